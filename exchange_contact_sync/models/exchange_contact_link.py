# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..core.link import LinkState
from ..core.plan import Reason
from ..core.user_requests import UserRequest
from ..use_cases import deletion_limit, link_requests, privacy_lookup


class ExchangeContactLink(models.Model):
    """The pair of a partner and a contact of a mailbox."""

    _name = "exchange.contact.link"
    _inherit = ["exchange.private.names.mixin"]
    _description = "Link between an Odoo Contact and an Exchange Contact"
    _order = "account_id, id"
    _rec_name = "partner_id"

    account_id = fields.Many2one(
        "exchange.account",
        string="Exchange Account",
        required=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", index=True, ondelete="set null"
    )
    folder_id = fields.Many2one("exchange.folder", index=True, ondelete="set null")
    in_deleted_folder = fields.Boolean(
        related="folder_id.missing",
        string="In a Deleted Folder",
        help="The folder of the contact was deleted in Exchange. The contact is not "
        "synchronized until the folder is restored, or the contact is in another one.",
    )
    remote_id = fields.Char(
        help="Identifier of the contact in the mailbox; empty while it is being "
        "created.",
    )
    remote_version = fields.Char(
        help="The version of the contact that both sides agreed on.",
    )
    sync_key = fields.Char(
        help="Identifier of the pair, also stored on the contact in Exchange.",
    )
    search_key = fields.Char(
        groups=fields.NO_ACCESS,
        help="Identifier that stays the same when the contact is moved within the "
        "mailbox.",
    )
    match_keys = fields.Text(
        groups=fields.NO_ACCESS,
        help="Match keys of the Exchange contact that must not be matched with its "
        "Odoo contact, one per line.",
    )
    facts = fields.Json(
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="Values of the contact of a stopped pair, where they differ from the "
        "base.",
    )
    base = fields.Json(
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="What both sides last agreed on.",
    )
    photo = fields.Json(
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="What is known about the photo on both sides.",
    )
    change_token = fields.Char(
        groups=fields.NO_ACCESS,
        help="Shows whether the contact in Odoo changed since it was last compared.",
    )
    state = fields.Selection(
        [
            (LinkState.PENDING.value, "Being created"),
            (LinkState.SYNCED.value, "Synchronized"),
            (LinkState.STOPPED.value, "Not synchronized"),
            (LinkState.ERROR.value, "Problem"),
        ],
        required=True,
        default=LinkState.PENDING.value,
    )
    stop_reason = fields.Selection(
        [
            (Reason.GONE.value, "Deleted in Exchange, or moved to another folder"),
            (Reason.PRIVATE.value, "Marked private in Exchange"),
            (Reason.ARCHIVED.value, "Archived or deleted in Odoo"),
            (Reason.LEFT.value, "No longer among the contacts to export"),
            (Reason.PERSON.value, "Stopped manually"),
            (Reason.DUPLICATE.value, "The same person as another contact"),
        ],
        string="Reason",
        help="Why the contact is not synchronized.",
    )
    created_by_us = fields.Boolean(
        string="Created by Odoo",
        help="The contact in Exchange was created by a synchronization. "
        "Only such contacts are ever deleted there.",
    )
    last_change = fields.Datetime()
    marked = fields.Boolean(
        string="May Be Deleted in Exchange",
        help="Treated like a contact that Odoo created in Exchange: when it is "
        "deleted or archived in Odoo, and deletions are synchronized, it is deleted "
        "there.",
    )
    pinned = fields.Boolean(
        string="Always Exported",
        help="A user requested this contact, so it stays in the mailbox regardless of "
        "the export choice.",
    )
    user_request = fields.Selection(
        [
            (UserRequest.STOP.value, "Stop synchronizing"),
            (UserRequest.START.value, "Start synchronizing"),
            (UserRequest.RESUME.value, "Resume synchronizing"),
            (UserRequest.WITHDRAW.value, "Undo: archive in Odoo"),
            (UserRequest.REMOVE.value, "Undo: delete in Exchange"),
            (UserRequest.RESTORE.value, "Undo: restore in Odoo"),
            (UserRequest.SEPARATE.value, "Undo: unlink"),
        ],
        string="Next Step",
        readonly=True,
        help="What the next synchronization will do with this contact.",
    )
    over_limit = fields.Selection(
        [
            ("archive", "Archive in Odoo"),
            ("delete", "Delete in Exchange"),
            ("stop", "No longer synchronize"),
        ],
        string="Planned Change",
        readonly=True,
        index="btree_not_null",
        help="What the synchronization that the deletion limit stopped would do with "
        "this contact.",
    )
    field_overrides = fields.Json(
        groups=fields.NO_ACCESS,
        help="Values that a user chose, for the next synchronization.",
    )

    # An empty remote_id or sync_key means "not known yet", stored as NULL or as "".
    _remote_unique = models.UniqueIndex(
        "(account_id, remote_id) WHERE remote_id <> ''",
        "This contact of the mailbox is already linked.",
    )
    # Two users may connect the same mailbox. Its items then carry the same sync key
    # for both, so the key is unique only within an account.
    _sync_key_unique = models.UniqueIndex(
        "(account_id, sync_key) WHERE sync_key <> ''",
        "This identity is already used by another link.",
    )
    _partner_unique = models.Constraint(
        "UNIQUE (account_id, partner_id)",
        "This contact is already linked in this Exchange account.",
    )
    # A copied item carries the same sync key.
    _search_key_index = models.Index("(account_id, search_key) WHERE search_key <> ''")
    _match_keys_index = models.Index(
        "USING gin (string_to_array(match_keys, E'\\n'))"
        " WITH (fastupdate = off) WHERE match_keys <> ''"
    )
    _state_index = models.Index("(account_id, state)")
    # Each run searches for these rows; there are rarely any.
    _decided_index = models.Index(
        "(account_id) WHERE user_request IS NOT NULL OR field_overrides IS NOT NULL"
    )

    @api.depends("partner_id.display_name", "account_id.email")
    def _compute_display_name(self):
        for link in self:
            name = link.partner_id.display_name or self.env._("Deleted contact")
            link.display_name = f"{name} ({link.account_id.email})"
        self._hide_names()

    def _register_hook(self):
        super()._register_hook()
        privacy_lookup.extend(self.env)

    def action_stop(self):
        """Stop synchronizing; both sides stay as they are."""
        link_requests.stop(self)
        return True

    def action_start(self):
        """Have the next run synchronize the pair again from its last state."""
        return link_requests.start(self)

    def action_keep(self):
        """Keep contacts for which the deletion limit stopped a run, and stop their
        pairs.
        """
        deletion_limit.keep(self)
        return True

    def action_mark(self):
        """Mark the contact as one that may be deleted in the mailbox, or unmark it."""
        link_requests.toggle_marks(self)
        return True
