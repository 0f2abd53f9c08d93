# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


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
