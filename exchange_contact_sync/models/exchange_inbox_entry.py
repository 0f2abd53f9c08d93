# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ExchangeInboxEntry(models.Model):
    """A change of the mailbox that is not applied yet."""

    _name = "exchange.inbox.entry"
    _description = "Pending Exchange Change"
    _order = "id"
    _rec_name = "remote_id"

    account_id = fields.Many2one(
        "exchange.account",
        string="Exchange Account",
        required=True,
        ondelete="cascade",
    )
    folder_id = fields.Many2one("exchange.folder", index=True, ondelete="cascade")
    remote_id = fields.Char(required=True)
    remote_version = fields.Char()
    sync_key = fields.Char()
    search_key = fields.Char(groups=fields.NO_ACCESS)
    change_type = fields.Selection(
        [("changed", "Created or changed"), ("deleted", "Deleted")],
        required=True,
        default="changed",
    )
    deferred = fields.Boolean(
        help="Deferred: not chosen for import, private, or not matched yet.",
    )
    facts = fields.Json(
        help="Evidence by which a deferred contact is recognized.",
        groups=fields.NO_ACCESS,
    )

    match_keys = fields.Text(
        groups=fields.NO_ACCESS,
        help="Keys by which Odoo contacts are matched with the contact, one per line; "
        "of a private contact as keyed hashes.",
    )
    answer = fields.Selection(
        [
            ("link", "It is an existing Odoo contact"),
            ("create", "It is a new contact"),
            ("never", "It is never imported"),
        ],
        help="The user's answer for a contact that could not be matched for certain.",
    )
    answered_partner_id = fields.Many2one(
        "res.partner", string="Chosen Contact", index="btree_not_null"
    )

    _remote_unique = models.Constraint(
        "UNIQUE (account_id, remote_id)",
        "This change of the mailbox is already waiting.",
    )
    _match_keys_index = models.Index(
        "USING gin (string_to_array(match_keys, E'\\n'))"
        " WITH (fastupdate = off) WHERE match_keys <> ''"
    )
    # Each batch searches for these rows; there are rarely any.
    _deleted_index = models.Index("(account_id) WHERE change_type = 'deleted'")
