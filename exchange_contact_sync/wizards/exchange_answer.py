# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..use_cases import match_requests


class ExchangeAnswer(models.TransientModel):
    """The dialog in which the owner says which partner a contact is."""

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
    details = fields.Char(related="line_id.details", related_sudo=False)
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact in Odoo",
        domain="[('type', '=', 'contact')]",
        help="The contact in Odoo that is the same person or company.",
    )

    def action_link(self):
        """Link the contact to the partner chosen in the form."""
        self.ensure_one()
        if not self.partner_id:
            raise UserError(self.env._("Choose the contact first."))
        return match_requests.link(self.line_id, self.partner_id)

    def action_link_to(self, partner):
        """Link the contact to one of its candidates.

        :param partner: int, id of the partner
        """
        self.ensure_one()
        return self.line_id.action_link_to(partner)

    def action_create(self):
        """Create the contact in Odoo."""
        self.ensure_one()
        return match_requests.create(self.line_id)

    def action_never(self):
        """Never import the contact."""
        self.ensure_one()
        return match_requests.never(self.line_id)
