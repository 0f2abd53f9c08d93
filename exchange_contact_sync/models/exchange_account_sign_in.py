# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..use_cases import moving, rights


class ExchangeAccount(models.Model):
    """How an account signs in to its mailbox without a password."""

    _name = "exchange.account"
    _inherit = ["exchange.account"]

    sign_in_ids = fields.One2many(
        "exchange.sign.in", "account_id", groups=fields.NO_ACCESS
    )
    can_sign_in = fields.Boolean(compute="_compute_can_sign_in", compute_sudo=True)
    opens_shared_mailbox = fields.Boolean(
        compute="_compute_opens_shared_mailbox",
        compute_sudo=True,
        help="The mailbox is not that of the user who signed in, but shared with them.",
    )

    move_stage = fields.Selection(
        [
            ("sign_in", "Sign in"),
            ("folders", "Decide about folders"),
            ("preview", "Look at a preview"),
        ],
        string="Move to Exchange Online",
        readonly=True,
        copy=False,
        help="What the owner has to do before the account is synchronized again.",
    )
    may_move = fields.Boolean(
        compute="_compute_may_move",
        compute_sudo=True,
        help="The account can get a mail provider of Microsoft 365 without a reset.",
    )
    lost_folder_names = fields.Char(compute="_compute_lost_folder_names")

    @api.depends("provider_id.kind")
    def _compute_may_move(self):
        clouds = self.env["exchange.provider"].search_count([("kind", "=", "graph")], 1)
        for account in self:
            # A form computes this again once another provider was chosen in it; what
            # was chosen must stay a choice, since forms do not save read-only fields.
            saved = account._origin.provider_id or account.provider_id
            account.may_move = bool(clouds and saved.kind == "ews")

    @api.depends("move_stage", "folder_ids.missing", "link_ids.state")
    def _compute_lost_folder_names(self):
        for account in self:
            asked = account.move_stage == moving.FOLDERS
            account.lost_folder_names = asked and moving.names_of_lost_folders(account)

    def action_check_folders(self):
        """Look whether the folders that were not reached are reached now.

        :return: action, a notification
        """
        from ..use_cases import connect

        self.ensure_one()
        rights.check_owner(self)
        return connect.sign_in(self)

    def action_leave_folders(self):
        """Continue without the folders that are not reached."""
        self.ensure_one()
        rights.check_owner(self)
        moving.leave_folders(self)

    @api.depends(
        "has_password", "uses_service_account", "signs_in_with_microsoft", "sign_in_ids"
    )
    def _compute_can_sign_in(self):
        for account in self:
            saved = account.has_password
            if account.signs_in_with_microsoft:
                saved = account.sign_in_ids
            account.can_sign_in = bool(saved or account.uses_service_account)

    @api.depends("sign_in_ids.shared")
    def _compute_opens_shared_mailbox(self):
        for account in self:
            account.opens_shared_mailbox = account.sign_in_ids[:1].shared
