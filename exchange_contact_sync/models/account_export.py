# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..partner import scope

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
        self.export_problem = self._filter_problem(env)
        if not self.export_problem:
            chosen = scope.domain(self, env)
            self.export_count = env["res.partner"].search_count(chosen)

    def _env_of_owner(self):
        # Until it is saved, whoever fills the form in is the owner: the form's own
        # values come from the browser.
        owner = self._origin.user_id or self.env.user
        companies = {"allowed_company_ids": owner.company_ids.ids}
        return self.env(user=owner, su=False, context={**self.env.context, **companies})

    def _filter_problem(self, env):
        """Whether a saved filter is of no use (any more).

        :param env: Environment of the owner
        :return: str, a sentence, or False
        """
        if self.export_scope == "all" or not self.export_groups:
            return False
        for saved in self.export_filter_ids:
            try:
                Domain(scope.filter_domain(saved, env)).validate(env["res.partner"])
            except (SyntaxError, ValueError):
                return self.env._(
                    "The filter “%s” cannot be used here. Correct it, or take it out.",
                    saved.sudo().name,
                )
        return False

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
