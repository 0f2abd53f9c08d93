# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..use_cases import feedback


class ExchangeReset(models.TransientModel):
    """The dialog that asks for confirmation before an account is reset."""

    _name = "exchange.reset"
    _inherit = ["exchange.relations.mixin"]
    _description = "Reset of a Synchronization"

    account_id = fields.Many2one(
        "exchange.account", required=True, readonly=True, ondelete="cascade"
    )
    remove_identities = fields.Boolean(
        string="Also remove the hidden identifiers from the contacts in the mailbox",
        help="Contacts that Odoo created in the mailbox have a hidden identifier, by "
        "which they are recognized when they are moved to another folder. Remove the "
        "identifiers if the mailbox is no longer to be synchronized.",
    )

    def action_confirm(self):
        """Reset the account, and return a notification about it."""
        from ..use_cases import reset

        refused = reset.reset_account(self.account_id, self.remove_identities)
        if refused:
            return feedback.notification(
                "warning",
                self.env._("The synchronization was reset"),
                self.env._(
                    "Identifiers that could not be removed from the mailbox: %s. "
                    "Press “Synchronize Now” to start from the beginning.",
                    refused,
                ),
            )
        return feedback.notification(
            "success",
            self.env._("The synchronization was reset"),
            self.env._("Press “Synchronize Now” to start from the beginning."),
        )
