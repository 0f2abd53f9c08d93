# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Move an account from Exchange Server's protocol to that of Exchange Online.

The mailbox is the same, so links, bases and history stay. Three things come first:

1. ``sign_in``: the owner signs in again, and the known ids are translated.
2. ``folders``: the owner decides about folders that can no longer be reached.
3. ``preview``: the owner looks at a preview before anything is synchronized.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo import fields
from odoo.models import BaseModel

from ..core.errors import AuthenticationFailed
from ..core.link import ACTIVE_STATES
from ..storage import folders, moving
from . import feedback, schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.mailbox import RemoteFolder
    from .gateways import Gateway

SIGN_IN, FOLDERS, PREVIEW = "sign_in", "folders", "preview"
TO_SIGN_IN, OUT_OF_REACH = "moved_to_cloud", "folders_out_of_reach"
"""Codes of the messages."""


def moved(changing: BaseModel, vals: dict[str, Any]) -> BaseModel:
    """Return those of the accounts whose mailbox stays the same and is only reached in
    another way.

    :param changing: accounts whose new values name another mailbox, or another way to
        reach the same one
    :param vals: what is about to be written
    """
    provider = changing.env["exchange.provider"].browse(vals.get("provider_id") or [])
    if provider.kind != "graph":
        return changing.browse()
    return changing.filtered(
        lambda account: (
            account.connected_since
            and account.provider_id.kind == "ews"
            and _keeps_address(account, vals)
        )
    )


def returned(changing: BaseModel, vals: dict[str, Any]) -> BaseModel:
    """Return those of the accounts that get their former provider back before their
    move is completed.

    :param changing: as for :func:`moved`
    :param vals: what is about to be written
    """
    provider = changing.env["exchange.provider"].browse(vals.get("provider_id") or [])
    if provider.kind != "ews":  # the former one may have got another type since
        return changing.browse()
    return changing.filtered(
        lambda account: (
            account.move_stage
            and account.sudo().former_provider_id == provider
            and _keeps_address(account, vals)
        )
    )


def _keeps_address(account: BaseModel, vals: dict[str, Any]) -> bool:
    address = (vals.get("email") or "").strip().lower()
    return address in ("", account.email.strip().lower())


def note_provider(accounts: BaseModel) -> None:
    """Store the provider of accounts that are about to move."""
    for account in accounts.sudo():
        account.former_provider_id = account.provider_id


def begin(accounts: BaseModel) -> None:
    """Stop accounts until their owners have signed in."""
    connected = accounts.sudo().filtered("connected_since")
    if not connected:
        return
    connected.write(
        {
            **feedback.NO_FAILURE,
            "state": "error",
            "message_code": TO_SIGN_IN,
            "move_stage": SIGN_IN,
            "next_sync": False,
            "sync_requested": False,
            "connection_url": False,
            "connection_auth": False,
            "connection_version": False,
            "server_behavior": False,
        }
    )


def move_back(accounts: BaseModel) -> None:
    """Reach mailboxes as before, after their provider got its former type again or
    they got their former provider.

    Links and folders have ids that both protocols understand. Owners who signed in to
    Microsoft 365 meanwhile have to enter their password again, because it was erased.
    """
    for account in accounts.sudo().filtered("move_stage"):
        reached = {**feedback.NO_FAILURE, "state": "connected", **moving.NOT_MOVING}
        lacking = {"state": "error", "message_code": AuthenticationFailed.code}
        account.write(reached if account.can_sign_in else {**reached, **lacking})
        if account.can_sign_in:
            schedule.plan_next_sync(account, fields.Datetime.now())


def continue_move(
    account: BaseModel, remote: Gateway, found: Sequence[RemoteFolder]
) -> None:
    """Translate the known ids and store the folders, after the owner signed in.

    :param remote: the mailbox as it is reached now
    :param found: its folders
    :raises SyncError: the server did not answer
    """
    if account.move_stage == SIGN_IN:
        known = moving.known_ids(account)
        moving.replace_ids(account, remote.translated(known))
        moving.replace_ids(account, _other_spelling(account, found))
    folders.store_folders(account, found)
    stage = FOLDERS if missing_folders(account) else PREVIEW
    account.sudo().write(
        {"move_stage": stage, "password_encrypted": False, "username": False}
    )


def _other_spelling(
    account: BaseModel, found: Sequence[RemoteFolder]
) -> dict[str, str]:
    """Return the new id of the default folder by the known one, if they differ.

    Graph may write it in another way than EWS, and translates neither into the other
    (microsoft-graph-docs issue 6273). A mailbox has one default folder.
    """
    known, listed = account.sudo().folder_ids, {one.id for one in found}
    old = {one.remote_id for one in known if one.is_default} - listed
    new = {one.id for one in found if one.default} - {*known.mapped("remote_id")}
    return dict(zip(old, new, strict=True)) if len(old) == len(new) == 1 else {}


def missing_folders(account: BaseModel) -> BaseModel:
    """Return the folders that can no longer be reached and have synchronized
    contacts.
    """
    links = account.env["exchange.contact.link"].sudo()
    missing = account.sudo().folder_ids.filtered("missing")
    active = [("state", "in", ACTIVE_STATES), ("folder_id", "in", missing.ids)]
    return links.search(active).folder_id


def names_of_missing_folders(account: BaseModel) -> str:
    """Return the names of these folders, for a sentence."""
    return ", ".join(missing_folders(account).mapped("name"))


def state_after_sign_in(account: BaseModel) -> dict[str, Any]:
    """Return the values of an account after its owner signed in."""
    if account.sudo().move_stage == FOLDERS:
        return {
            **feedback.NO_FAILURE,
            "state": "error",
            "message_code": OUT_OF_REACH,
        }
    since = account.connected_since or fields.Datetime.now()
    return {**feedback.NO_FAILURE, "state": "connected", "connected_since": since}


def leave_folders(account: BaseModel) -> None:
    """Continue without the folders that cannot be reached: their contacts stay, and are
    not synchronized until the folders can be reached again.
    """
    if account.move_stage == FOLDERS:
        account.sudo().move_stage = PREVIEW
        account.sudo().write(state_after_sign_in(account))


def note_preview(account: BaseModel) -> None:
    """Note that the owner has seen what a synchronization would do."""
    if account.sudo().move_stage == PREVIEW:
        account.sudo().write(moving.NOT_MOVING)
