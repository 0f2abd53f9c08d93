# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    exchange_link_ids = fields.One2many(
        "exchange.contact.link",
        "partner_id",
        string="Exchange Links",
        groups="base.group_user",
        help="The mailboxes of the current user this contact is synchronized with.",
    )
