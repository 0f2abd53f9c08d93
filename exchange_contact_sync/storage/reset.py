# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reset the synchronization of an account; the caller holds the account's lease."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from . import runs
from .moving import NOT_MOVING

if TYPE_CHECKING:
    from odoo.models import BaseModel

RESET = "reset"

KEEP_KEYS = """
    INSERT INTO exchange_former_link (account_id, partner_id, sync_key, search_key)
    SELECT account_id, partner_id, sync_key, search_key
      FROM exchange_contact_link
     WHERE account_id = %s AND partner_id IS NOT NULL
       AND (sync_key <> '' OR search_key <> '')
"""


def sync_keys_elsewhere(account: BaseModel, keys: Iterable[str]) -> set[str]:
    """Return the sync keys that links of other accounts have, because several users may
    share one mailbox.

    :param account: record of ``exchange.account``
    """
    links = account.env["exchange.contact.link"].sudo()
    found = links.search(
        [("sync_key", "in", list(keys)), ("account_id", "!=", account.id)]
    )
    return set(found.mapped("sync_key"))


def forget(account: BaseModel, *, keep_keys: bool) -> None:
    """Delete all links, inbox entries and folder states of an account.

    The history and the owner's settings stay. The account is not synchronized again
    until the owner requests it.

    :param account: record of ``exchange.account``
    :param keep_keys: link contacts to the same partners again as long as they have the
        same sync key or search key
    """
    account = account.sudo()
    of_account = [("account_id", "=", account.id)]
    account.env["exchange.former.link"].search(of_account).unlink()
    if keep_keys:
        account.env["exchange.contact.link"].flush_model()
        account.env.cr.execute(KEEP_KEYS, [account.id])
    for model in ("exchange.contact.link", "exchange.inbox.entry"):
        account.env[model].search(of_account).unlink()
    folders = account.env["exchange.folder"].with_context(active_test=False)
    folders.search([*of_account, ("sync_state", "!=", False)]).sync_state = False
    open_runs = account.env["exchange.sync.run"].search(
        [*of_account, ("state", "=", "running")]
    )
    runs.close(open_runs, "failed", RESET)
    account.write(_begin_again(account))


def _begin_again(account: BaseModel) -> dict[str, Any]:
    """Return the values to reset on the account.

    Problems that the owner has to solve first, such as a wrong password, stay, and so
    does the time for which the server asked not to be contacted.
    """
    values: dict[str, Any] = {
        "last_sync": False,
        "folders_refreshed": False,
        "next_sync": False,
        "sync_requested": False,
        "failure_count": 0,
        "deletion_limit_passed": False,
        "server_behavior": False,
        **NOT_MOVING,
    }
    if account.deletion_limit_reached:
        values["state"] = "connected"
    if account.deletion_limit_reached or account.state != "error":
        values.update(message_code=False, message_detail=False)
    return values
