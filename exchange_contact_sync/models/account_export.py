# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models

from ..partner import export_scope, filters
from ..partner.filter_text import Unusable
from ..use_cases import filter_messages

DECIDING = (
    "export_contacts",
    "export_scope",
    "export_employees",
    "export_customers",
    "export_groups",
    "export_companies",
    "export_category_ids",
    "export_filter_ids",
)


class AccountExport(models.AbstractModel):
    """What the export choice comes to, while it is being made."""

    _name = "exchange.account.export.mixin"
    _description = "Export Choice of an Exchange Account"

    export_count = fields.Integer(
        string="Contacts Covered",
        compute="_compute_export_count",
        help="How many contacts the choice covers now, of those you have access to.",
    )
    export_problem = fields.Char(compute="_compute_export_count")

    @api.depends(*DECIDING)
    @api.depends_context("lang")
    def _compute_export_count(self):
        """As the owner, and before anything is saved."""
        for account in self:
            account.export_count, account.export_problem = 0, False
            if account._exports():
                account._count_exports(account._env_of_owner())

    def _count_exports(self, env):
        choice = export_scope.choice(self, env)
        if choice.unusable:
            self.export_problem = filter_messages.sentence(env, *choice.unusable[0])
            return
        try:
            self.export_count = filters.count(choice.domain, env)
        except Unusable:
            self.export_problem = env._(
                "The contacts cannot be counted. Choose fewer, or simpler filters."
            )

    def _env_of_owner(self):
        # Until it is saved, whoever fills the form in is the owner: the form's own
        # values come from the browser.
        owner = self._origin.user_id or self.env.user
        companies = {"allowed_company_ids": owner.company_ids.ids}
        return self.env(user=owner, su=False, context={**self.env.context, **companies})

    def write(self, vals):
        """Whoever chooses filters anew leaves out those they do not see any more."""
        if "export_filter_ids" in vals and not self.env.su:
            for account in self.sudo():
                chosen = account.export_filter_ids
                seen = chosen.with_env(self.env)._filtered_access("read")
                hidden = chosen - seen.sudo()
                account.export_filter_ids = [Command.unlink(i) for i in hidden.ids]
        return super().write(vals)

    def action_new_folder(self):
        """Ask for the name of a new folder in the mailbox."""
        self._check_owner()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Folder"),
            "res_model": "exchange.new.folder",
            "view_mode": "form",
            "target": "new",
            "context": {"default_account_id": self.id},
        }
