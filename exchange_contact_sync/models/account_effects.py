# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# Choices under which earlier decisions may no longer hold.
LOOK_AGAIN = {
    "import_contacts",
    "import_scope",
    "folder_ids",
    "export_contacts",
    "export_folder_id",
    "skip_private",
    "sync_categories",
}


class AccountEffects(models.AbstractModel):
    """What a changed choice means for what was decided before."""

    _name = "exchange.account.effects.mixin"
    _description = "Effects of an Exchange Account's Choices"

    def _look_again(self):
        """Have the next synchronization decide anew.

        Contacts of the mailbox that were put aside (not imported, private, not clear
        who they are) are taken up again, and pairs are compared again: what one side
        changed while its changes did not travel is still to be done.
        """
        accounts = [("account_id", "in", self.ids)]
        entries = self.env["exchange.inbox.entry"].sudo()
        entries.search([*accounts, ("parked", "=", True)]).write(
            {"parked": False, "facts": False}
        )
        links = self.env["exchange.contact.link"].sudo()
        links.search([*accounts, ("state", "in", ("synced", "error"))]).write(
            {"partner_stamp": False}
        )
