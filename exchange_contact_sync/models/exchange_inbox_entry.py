# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ExchangeInboxEntry(models.Model):
    """A change of the mailbox that waits to be worked off."""

    _name = "exchange.inbox.entry"
    _description = "Exchange Change to Work Off"
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
        string="What Happened",
        required=True,
        default="changed",
    )
    deferred = fields.Boolean(
        help="Put aside: not imported by choice, private, or not clear who it is.",
    )
    facts = fields.Json(
        help="By what a contact that was put aside can be recognized.",
        groups=fields.NO_ACCESS,
    )

    match_keys = fields.Text(
        groups=fields.NO_ACCESS,
        help="By what partners find the contact, one a line; of a private contact as "
        "keyed hashes.",
    )
    answer = fields.Selection(
        [("link", "It is a contact of Odoo"), ("create", "It is somebody new")],
        help="What a person said about a contact that could be several.",
    )
    answered_partner_id = fields.Many2one(
        "res.partner", string="Answered Contact", index="btree_not_null"
    )

    _remote_unique = models.Constraint(
        "UNIQUE (account_id, remote_id)",
        "This change of the mailbox is already waiting.",
    )
    _match_keys_index = models.Index(
        "USING gin (string_to_array(match_keys, E'\\n'))"
        " WITH (fastupdate = off) WHERE match_keys <> ''"
    )
    # Asked for in each batch; nearly always there is none.
    _deleted_index = models.Index("(account_id) WHERE change_type = 'deleted'")
