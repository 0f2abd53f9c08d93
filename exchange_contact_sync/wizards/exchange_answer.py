# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..core.link import LinkState
from ..use_cases import line_requests


class ExchangeAnswer(models.TransientModel):
    """Who a contact is that could be several."""

    _name = "exchange.answer"
    _inherit = ["exchange.relations.mixin"]
    _description = "Match an Exchange Contact"

    line_id = fields.Many2one(
        "exchange.sync.line", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char(related="line_id.name", related_sudo=False)
    candidate_ids = fields.Many2many(
        related="line_id.candidate_ids", related_sudo=False
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact in Odoo",
        domain="[('type', '=', 'contact')]",
        help="The contact in Odoo that is the same person or company.",
    )

    def action_link(self):
        """It is the chosen contact."""
        self.ensure_one()
        if not self.partner_id:
            raise UserError(self.env._("Choose the contact first."))
        link = self.env["exchange.contact.link"].search(
            [
                ("account_id", "=", self.line_id.run_id.account_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("state", "!=", LinkState.STOPPED.value),
            ]
        )
        if link:
            raise UserError(
                self.env._(
                    "%s already is another contact of this mailbox. Stop synchronizing "
                    "that one first, or create a new contact.",
                    self.partner_id.display_name,
                )
            )
        return line_requests.answer(self.line_id, self.partner_id)

    def action_create(self):
        """It is somebody new."""
        self.ensure_one()
        return line_requests.answer(self.line_id, self.env["res.partner"])
