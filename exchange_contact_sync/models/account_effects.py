# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from ..core.shape import texts
from ..use_cases import extending

# Choices under which earlier decisions may no longer hold.
LOOK_AGAIN = {
    "import_contacts",
    "import_scope",
    "folder_ids",
    "export_contacts",
    "export_folder_id",
    "skip_private",
    "sync_categories",
    "sync_addresses",
    "import_filter",
    "import_category_names",
    "field_rules",
}


class AccountEffects(models.AbstractModel):
    """What a changed choice means for what was decided before."""

    _name = "exchange.account.effects.mixin"
    _description = "Effects of an Exchange Account's Choices"

    further_fields = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        help="What other addons had synchronized when that was last done.",
    )

    def _read_again(self):
        """Have the next synchronization read every contact that is synchronized: there
        is something of it that nobody ever asked the mailbox for.
        """
        self.env["exchange.inbox.entry"].flush_model()
        self.env["exchange.contact.link"].flush_model()
        self.env.cr.execute(
            SQL(
                "INSERT INTO exchange_inbox_entry (account_id, folder_id, remote_id,"
                " remote_version, sync_key, change_type, deferred)"
                " SELECT account_id, folder_id, remote_id, '', sync_key, 'changed',"
                "        FALSE FROM exchange_contact_link"
                "  WHERE account_id = ANY(%s) AND state IN ('synced', 'error')"
                "    AND remote_id <> ''"
                " ON CONFLICT (account_id, remote_id) DO NOTHING",
                self.ids,
            )
        )
        self.env["exchange.inbox.entry"].invalidate_model()

    def _default_rules(self):
        """What the administrator set for all accounts of the provider."""
        return texts(self.provider_id.field_rules)

    def _rules(self):
        """:return: dict of direction by key, what holds for this account"""
        return {**self._default_rules(), **texts(self.field_rules)}

    def _note_further_fields(self):
        """A field that came with another addon is compared on all pairs."""
        now = " ".join(sorted(extending.further_rows(self.env)))
        if (self.further_fields or "") != now:
            self.further_fields = now
            self._look_again()

    def _look_again(self):
        """Have the next synchronization decide anew.

        Contacts of the mailbox that were put aside (not imported, private, not clear
        who they are) are taken up again, and pairs are compared again: what one side
        changed while its changes did not travel is still to be done.
        """
        accounts = [("account_id", "in", self.ids)]
        entries = self.env["exchange.inbox.entry"].sudo()
        entries.search([*accounts, ("deferred", "=", True)])._take_up()
        links = self.env["exchange.contact.link"].sudo()
        links.search([*accounts, ("state", "in", ("synced", "error"))]).write(
            {"change_token": False}
        )
