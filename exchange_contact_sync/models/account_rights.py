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
    import_problem = fields.Char(compute="_compute_import_problem")
    used_rights = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        help="Which of them the last synchronization could use: to import, to export, "
        "to change contacts in Odoo, to create some.",
    )

    @api.depends("user_id")
    def _compute_rights(self):
        for account in self:
            account.may_import = account.user_id.has_group(IMPORT)
            account.may_export = account.user_id.has_group(EXPORT)

    @api.depends("user_id", "import_contacts")
    @api.depends_context("lang")
    def _compute_import_problem(self):
        """Said before anything is synchronized: Odoo refuses each contact otherwise."""
        for account in self:
            partners = self.env["res.partner"].with_user(account.user_id)
            account.import_problem = account.import_contacts and (
                not partners.has_access("write")
                and self.env._(
                    "You may not change contacts in Odoo, so nothing can be imported. "
                    "Ask your administrator for the right “Contact Creation”."
                )
                or not partners.has_access("create")
                and self.env._(
                    "You may not create contacts in Odoo, so nobody new can be "
                    "imported. Ask your administrator for the right “Contact Creation”."
                )
            )

    def _imports(self):
        """:return: bool, chosen, and allowed"""
        return self.import_contacts and self.may_import

    def _exports(self):
        """:return: bool, chosen, and allowed"""
        return self.export_contacts and self.may_export

    def _note_rights(self):
        """Whoever gets a right back gets what did not travel in the meantime."""
        account = self.sudo()
        partners = self.env["res.partner"].with_user(account.user_id)
        rights = (
            account.may_import,
            account.may_export,
            partners.has_access("write"),
            partners.has_access("create"),
        )
        now = "".join(str(int(right)) for right in rights)
        known = account.used_rights or ""
        before = known + now[len(known) :]
        if known != now:
            account.used_rights = now
        if any(new > old for new, old in zip(now, before, strict=True)):
            account._look_again()

    @api.model
    def _rights_domain(self):
        """:return: list, accounts whose owner may do anything at all"""
        find = self.env["ir.model.data"]._xmlid_to_res_id  # is asked once a process
        groups = [find(IMPORT), find(EXPORT)]
        return [("user_id.all_group_ids", "in", groups)]

    def _check_rights(self, vals):
        """Nobody switches on what they may not do. What was on before stays on, without
        effect, so that nothing has to be set again when the right comes back.

        :param vals: dict, as for ``create`` of none or ``write``
        """
        if self.env.su:
            return
        for name, group in (("import_contacts", IMPORT), ("export_contacts", EXPORT)):
            if not vals.get(name):
                continue
            off = self.filtered(lambda account, name=name: not account[name])
            owners = off.user_id if self else self.env.user
            if not all(owner.sudo().has_group(group) for owner in owners):
                raise ValidationError(self._refusal(group))

    @api.model
    def _refusal(self, group):
        """:param group: str, ``IMPORT`` or ``EXPORT``
        :return: str, a sentence
        """
        if group == IMPORT:
            return self.env._(
                "You may not import contacts from Exchange. Ask your administrator."
            )
        return self.env._(
            "You may not export contacts to Exchange. Ask your administrator."
        )

    def _why_nothing_to_do(self):
        """:return: str, a sentence about an account that has nothing to do"""
        if self.import_contacts and not self.may_import:
            return self._refusal(IMPORT)
        if self.export_contacts and not self.may_export:
            return self._refusal(EXPORT)
        return self.env._("Choose first which contacts to import or export.")
