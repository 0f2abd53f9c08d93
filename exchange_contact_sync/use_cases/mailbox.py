# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Change the mailbox of an account, and clear what was stored about the old one.

A link identifies an item of *this* mailbox. In another mailbox all items would seem to
be deleted, so the account has to be reset first.
"""

from __future__ import annotations

from typing import Any

from odoo.exceptions import ValidationError
from odoo.models import BaseModel

from ..storage.moving import NOT_MOVING
from . import feedback, sign_ins

MAILBOX = ("email", "provider_id")
"""Fields that identify the mailbox."""


def is_synchronized(account: BaseModel) -> bool:
    """Return whether the account has any state that a reset would clear."""
    mine, env = [("account_id", "in", account.ids)], account.env(su=True)
    running = [*mine, ("state", "=", "running")]
    return bool(
        env["exchange.contact.link"].search_count(mine, limit=1)
        or env["exchange.inbox.entry"].search_count(mine, limit=1)
        or env["exchange.sync.run"].search_count(running, limit=1)
    )


def changing(accounts: BaseModel, vals: dict[str, Any]) -> BaseModel:
    """Return the accounts that these values would connect to another mailbox."""
    named = {name: vals[name] for name in MAILBOX if name in vals}
    return accounts.filtered(
        lambda account: any(
            _plain(account[name]) != _plain(value) for name, value in named.items()
        )
    )


def _plain(value: Any) -> Any:
    """Normalize a value, so that values for the same mailbox are equal."""
    if isinstance(value, BaseModel):
        return value.id
    return value.strip().lower() if isinstance(value, str) else value


def check_may_change(accounts: BaseModel) -> None:
    """Check that no account has to be reset before its mailbox changes.

    :raises ValidationError: one of the accounts is synchronized
    """
    for account in accounts:
        if is_synchronized(account):
            raise ValidationError(
                account.env._(
                    "%s is synchronized. Before you connect the account to another "
                    "mailbox, reset the synchronization.",
                    account.email,
                )
            )


def clear_old(accounts: BaseModel) -> None:
    """Clear what was stored about the old mailbox."""
    forget_connection(accounts)
    sign_ins.erase(accounts)
    accounts = accounts.sudo()
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
            **NOT_MOVING,
            **feedback.NO_FAILURE,
        }
    )
    folders = accounts.env["exchange.folder"].with_context(active_test=False)
    folders.search([("account_id", "in", accounts.ids)]).unlink()


def forget_connection(accounts: BaseModel) -> None:
    """Have the next connection find the server and the authentication method again."""
    accounts.sudo().write(
        {
            "connection_url": False,
            "connection_auth": False,
            "connection_version": False,
            "server_behavior": False,
        }
    )


def check_own(accounts: BaseModel) -> None:
    """Reject early what ``credentials.of_account`` would refuse on each use.

    :raises ValidationError: a service account would open another user's mailbox
    """
    if accounts.env.su:
        return
    for account in accounts.filtered("uses_service_account"):
        login = account.user_id.login
        if account.email.lower() != login.lower():
            raise ValidationError(
                account.env._(
                    "With this mail provider you can connect your own mailbox only: "
                    "%s.",
                    login,
                )
            )
