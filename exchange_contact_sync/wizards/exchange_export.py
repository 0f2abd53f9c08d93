# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..use_cases import export_requests


class ExchangeExport(models.TransientModel):
    """The dialog that asks to which of the user's mailboxes contacts are exported."""

    _name = "exchange.export"
    _inherit = ["exchange.relations.mixin"]
    _description = "Export of Contacts to Exchange"

    partner_ids = fields.Many2many("res.partner", string="Contacts", required=True)
    partner_count = fields.Integer(
        string="Number of Contacts", compute="_compute_partner_count"
    )
    account_ids = fields.Many2many(
        "exchange.account",
        string="Mailboxes",
        domain="[('user_id', '=', uid), ('state', 'in', ('connected', 'error'))]",
    )

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        for wizard in self:
            wizard.partner_count = len(wizard.partner_ids)

    def action_export(self):
        """Request the export, and return a notification about it."""
        if not self.account_ids:
            raise UserError(self.env._("Choose a mailbox."))
        return export_requests.export_to(self.partner_ids, self.account_ids)
