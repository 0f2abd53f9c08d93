# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

MAILBOX = ("email", "provider_id")
"""What says which mailbox is meant."""


class AccountMailbox(models.AbstractModel):
    """Which mailbox an account leads to, and when that may become another one.

    Links say which contact of *this* mailbox a partner is. In another one they would
    all seem to be deleted, so they have to be forgotten first.
    """

    _name = "exchange.account.mailbox.mixin"
    _description = "Mailbox of an Exchange Account"

    mailbox_fixed = fields.Boolean(compute="_compute_mailbox_fixed", compute_sudo=True)

    @api.depends("link_ids", "run_ids.state")
    def _compute_mailbox_fixed(self):
        for account in self:
            account.mailbox_fixed = account._is_synchronized()

    def _is_synchronized(self):
        """Whether there is anything that a reset would forget."""
        mine, sudo = [("account_id", "in", self.ids)], self.env(su=True)
        return bool(
            sudo["exchange.contact.link"].search_count(mine, limit=1)
            or sudo["exchange.inbox.entry"].search_count(mine, limit=1)
            or sudo["exchange.sync.run"].search_count(
                [*mine, ("state", "=", "running")], limit=1
            )
        )

    def _leaving_mailbox(self, vals):
        """:return: the accounts that lead to another mailbox with these values"""
        named = {name: vals[name] for name in MAILBOX if name in vals}
        return self.filtered(
            lambda account: any(
                _same(account[name]) != _same(value) for name, value in named.items()
            )
        )

    def _check_may_leave_mailbox(self):
        for account in self:
            if account._is_synchronized():
                raise ValidationError(
                    self.env._(
                        "%s is synchronized. Before the account can lead to another "
                        "mailbox, reset the synchronization.",
                        account.email,
                    )
                )

    def _leave_mailbox(self):
        """Nothing that was found out about the old mailbox holds for the new one."""
        self._forget_connection()
        accounts = self.sudo()
        accounts.write(
            {
                "state": "draft",
                "connected_since": False,
                "folders_refreshed": False,
                "export_folder_id": False,
                "last_sync": False,
                "next_sync": False,
                "sync_requested": False,
                "deletion_limit_passed": False,
                **self._no_failure(),
            }
        )
        folders = accounts.env["exchange.folder"].with_context(active_test=False)
        folders.search([("account_id", "in", self.ids)]).unlink()


def _same(value):
    """A form in which two values are the same if they mean the same mailbox."""
    if isinstance(value, models.BaseModel):
        return value.id
    return value.strip().lower() if isinstance(value, str) else value
