# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..use_cases import rights


class ExchangeNewFolder(models.TransientModel):
    """The dialog that creates a folder in the mailbox, for exported contacts."""

    _name = "exchange.new.folder"
    _inherit = ["exchange.relations.mixin"]
    _description = "New Folder of a Mailbox"

    account_id = fields.Many2one(
        "exchange.account", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char(string="Folder Name", required=True)
    parent_id = fields.Many2one(
        "exchange.folder",
        string="Parent Folder",
        compute="_compute_parent_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        domain="[('account_id', '=', account_id), ('missing', '=', False)]",
    )

    @api.depends("account_id")
    def _compute_parent_id(self):
        for wizard in self:
            folders = wizard.account_id.folder_ids
            default = folders.filtered(lambda one: one.is_default and not one.missing)
            wizard.parent_id = default[:1]

    def action_create(self):
        """Create the folder in the mailbox.

        :return: action, see ``connect.new_folder``
        """
        from ..use_cases import connect

        self.ensure_one()
        account, name = self.account_id, (self.name or "").strip()
        rights.check_owner(account)
        if not name:
            raise UserError(self.env._("Enter a name for the folder."))
        if self.parent_id and self.parent_id.account_id != account:
            raise UserError(self.env._("Choose a folder of this mailbox."))
        return connect.new_folder(account, name, self.parent_id)
