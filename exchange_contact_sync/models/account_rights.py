# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

IMPORT, EXPORT = (
    "exchange_contact_sync.group_import",
    "exchange_contact_sync.group_export",
)


class AccountRights(models.AbstractModel):
    """Who may import and who may export, whatever was chosen before."""

    _name = "exchange.account.rights.mixin"
    _description = "Rights of an Exchange Account's Owner"

    may_import = fields.Boolean(compute="_compute_rights", compute_sudo=True)
    may_export = fields.Boolean(compute="_compute_rights", compute_sudo=True)
    used_rights = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        help="Which of both the last synchronization could use.",
    )

    @api.depends("user_id")
    def _compute_rights(self):
        for account in self:
            account.may_import = account.user_id.has_group(IMPORT)
            account.may_export = account.user_id.has_group(EXPORT)

    def _imports(self):
        """:return: bool, chosen, and allowed"""
        return self.import_contacts and self.may_import

    def _exports(self):
        """:return: bool, chosen, and allowed"""
        return self.export_contacts and self.may_export

    def _note_rights(self):
        """Whoever gets a right back gets what did not travel in the meantime."""
        account = self.sudo()
        now = f"{int(account.may_import)}{int(account.may_export)}"
        before = account.used_rights or now
        if account.used_rights != now:
            account.used_rights = now
        if any(new > old for new, old in zip(now, before, strict=True)):
            account._look_again()

    @api.model
    def _rights_domain(self):
        """:return: list, accounts whose owner may do anything at all"""
        groups = [self.env.ref(IMPORT).id, self.env.ref(EXPORT).id]
        return [("user_id.all_group_ids", "in", groups)]

    def _check_rights(self, vals):
        """Nobody switches on what they may not do."""
        for name, group in (("import_contacts", IMPORT), ("export_contacts", EXPORT)):
            if not vals.get(name) or self.env.su:
                continue
            owners = self.filtered(lambda a, n=name: not a[n]).user_id or (
                self.env.user if not self else self.env["res.users"]
            )
            if any(not owner.sudo().has_group(group) for owner in owners):
                raise ValidationError(
                    self.env._(
                        "You may not do this: %s. Ask your administrator.",
                        self._fields[name]._description_string(self.env),
                    )
                )
