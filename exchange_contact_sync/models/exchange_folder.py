# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..use_cases import reprocessing

OWNER_MAY_WRITE = {"selected"}


class ExchangeFolder(models.Model):
    """A contact folder of a mailbox."""

    _name = "exchange.folder"
    _inherit = ["exchange.private.names.mixin", "exchange.relations.mixin"]
    _description = "Exchange Folder"
    _order = "account_id, sequence, id"

    name = fields.Char(string="Folder", required=True, readonly=True)
    account_id = fields.Many2one(
        "exchange.account",
        string="Exchange Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    parent_id = fields.Many2one(
        "exchange.folder",
        string="Parent Folder",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    child_ids = fields.One2many("exchange.folder", "parent_id", string="Subfolders")
    sequence = fields.Integer(default=0, readonly=True)
    remote_id = fields.Char(required=True, readonly=True, groups="base.group_system")
    sync_state = fields.Text(groups=fields.NO_ACCESS, copy=False, prefetch=False)
    selected = fields.Boolean(
        string="Import",
        help="Contacts of this folder are imported into Odoo.",
    )
    is_default = fields.Boolean(
        string="Default Folder",
        readonly=True,
        help="The folder where the mailbox keeps contacts by default.",
    )
    missing = fields.Boolean(
        string="Deleted in Exchange",
        readonly=True,
        help="The folder is in Deleted Items, or no longer exists in the mailbox.",
    )
    loss_reported = fields.Boolean(
        groups=fields.NO_ACCESS,
        copy=False,
        help="A synchronization has reported that the contacts of the deleted folder "
        "are not synchronized.",
    )
    item_count = fields.Integer(string="Contacts", readonly=True)
    complete_name = fields.Char(
        string="Path", compute="_compute_complete_name", recursive=True
    )

    _remote_unique = models.Constraint(
        "UNIQUE (account_id, remote_id)",
        "This folder of the mailbox is already known.",
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for folder in self:
            # A loop: recursion would exceed Python's limit in deep trees.
            names, above = [], folder
            while above:
                names.append(above.name)
                above = above.parent_id
            folder.complete_name = " / ".join(filter(None, reversed(names)))

    @api.depends("complete_name")
    def _compute_display_name(self):
        for folder in self:
            folder.display_name = folder.complete_name
        self._hide_names()

    def write(self, vals):
        if not self.env.su and set(vals) - OWNER_MAY_WRITE:
            raise AccessError(self.env._("Folders are changed in Exchange, not here."))
        result = super().write(vals)
        if "selected" in vals:
            reprocessing.decide_again(self.account_id)
        return result
