# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ExchangeFormerLink(models.Model):
    """The identity of a pair, kept after a reset; its content is not kept."""

    _name = "exchange.former.link"
    _description = "Former Exchange Link"

    account_id = fields.Many2one(
        "exchange.account",
        string="Exchange Account",
        required=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sync_key = fields.Char(help="Identifier of the pair, stored on the contact.")
    search_key = fields.Char(help="Identifier that a contact keeps when it is moved.")

    _sync_key_index = models.Index("(account_id, sync_key)")
    _search_key_index = models.Index("(account_id, search_key)")
