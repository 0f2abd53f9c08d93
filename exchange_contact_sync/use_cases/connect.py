# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sign in to a mailbox, and list and create its folders."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..core.errors import AnswerMalformed, SyncError, Unreachable
from ..storage import folders
from . import (
    credentials,
    failure_messages,
    feedback,
    microsoft,
    moving,
    rights,
    schedule,
    settle,
)
from .wiring import as_owner, connected, refresh

if TYPE_CHECKING:
    from ..sign_in.tokens import Tokens

_logger = logging.getLogger(__name__)


def sign_in(account: BaseModel) -> feedback.Action:
    """Sign in to the mailbox with the saved credentials, and list its folders.

    :return: notification of success or failure; ``feedback.no_answer``, and nothing is
        changed, if the server did not answer
    """
    env = account.env
    rights.check_may_use(env)
    rights.check_owner(account)
    if not account.can_sign_in:
        raise UserError(_what_is_missing(account))
    _done, error = _attempt(account, authorize)
    if error and feedback.is_no_answer(error):
        return feedback.no_answer(feedback.why_no_answer(env, error))
    if error:
        feedback.note_failure(account, error, state="error")
        return feedback.failure_notification(account)
    _note_connected(account)
    if account.state != "connected":
        return feedback.failure_notification(account)
    return feedback.notification(
        "success",
        env._("%s is connected", account.email),
        env._("Choose what to synchronize, then press “Synchronize Now”."),
    )


def with_microsoft(account: BaseModel) -> feedback.Action:
    """Redirect the owner to Microsoft's page, to sign in to the mailbox.

    :return: action; a notification if that is not possible
    """
    rights.check_may_use(account.env)
    rights.check_owner(account)
    shared = account.opens_shared_mailbox
    address = "" if shared else account.email
    try:
        url = microsoft.begin(account, address, shared=shared)
    except SyncError as error:
        sentence = failure_messages.sentence_of(account, error.code)
        title = account.env._("Operation failed")
        return feedback.notification("danger", title, str(sentence))
    return feedback.to_page(url)


def connect(account: BaseModel, tokens: Tokens) -> None:
    """Connect an account with tokens that its owner has just got by signing in.

    :raises SyncError: the mailbox could not be opened
    """
    authorize(account, tokens)
    _note_connected(account)


def _note_connected(account: BaseModel) -> None:
    account.sudo().write(moving.state_after_sign_in(account))
    if account.last_sync and not account.next_sync:
        schedule.plan_next_sync(account, fields.Datetime.now())


def _what_is_missing(account: BaseModel) -> str:
    env = account.env
    if account.signs_in_with_microsoft:
        return env._("Sign in with Microsoft first.")
    return env._("Enter the password first.")


def update_folders(account: BaseModel) -> feedback.Action:
    """Read the list of contact folders from the mailbox.

    :return: see :func:`sign_in`
    """
    rights.check_owner(account)
    _done, error = _attempt(account, refresh_folders)
    if error and feedback.is_no_answer(error):
        return feedback.no_answer(feedback.why_no_answer(account.env, error))
    if not error:
        title = account.env._("The folders are up to date")
        return feedback.notification("success", title, "")
    stops = {"state": "error"} if settle.needs_owner(account, error) else {}
    feedback.note_failure(account, error, **stops)
    return feedback.failure_notification(account)


def new_folder(account: BaseModel, name: str, parent: BaseModel) -> feedback.Action:
    """Create a contact folder in the mailbox.

    :param parent: record of ``exchange.folder``; none for the top of the mailbox
    :return: action with which the form chooses the folder for new contacts, without
        saving; or ``feedback.no_answer``
    :raises UserError: the folder could not be created
    """
    parent_id = parent.sudo().remote_id or ""
    folder, error = _attempt(account, lambda own: create_folder(own, name, parent_id))
    if error and feedback.is_no_answer(error):
        return feedback.no_answer(_why_no_folder(account, error))
    if error:
        raise UserError(_why_no_folder(account, error))
    made = account.env["exchange.folder"].browse(folder)
    chosen = {"id": made.id, "display_name": made.display_name}
    typed = {"typed": {"export_folder_id": chosen}}
    return {"type": "ir.actions.act_window_close", "infos": typed}


def _why_no_folder(account: BaseModel, error: SyncError) -> str:
    env = account.env
    sentence = failure_messages.sentence_of(account, error.code)
    if feedback.is_no_answer(error):
        sentence = feedback.why_no_answer(env, error)
    if isinstance(error, (Unreachable, AnswerMalformed)):
        return env._(
            "It is not known whether the folder was created: refresh the "
            "folders to see it. %s",
            sentence,
        )
    return env._("No folder was created. %s", sentence)


def _attempt(
    account: BaseModel, operation: Callable[[BaseModel], Any]
) -> tuple[Any, SyncError | None]:
    """Run an operation on the mailbox as its owner.

    :return: what the operation returns, and why it failed if it did
    """
    try:
        with account.env.cr.savepoint():
            return operation(account.with_user(account.user_id)), None
    except SyncError as error:
        return None, error
    except psycopg2.Error:
        raise
    except Exception:
        _logger.exception("Exchange account %s: unexpected failure", account.id)
        return None, SyncError()


def authorize(account: BaseModel, tokens: Tokens | None = None) -> None:
    """Sign in, store how the server was reached, and list the folders.

    :param tokens: those that the owner has just got by signing in
    :raises SyncError: the mailbox could not be opened
    """
    account = as_owner(account)
    with connected(account, fresh=True, tokens=tokens) as remote:
        if account.sudo().move_stage:
            moving.continue_move(account, remote, remote.folders())
        else:
            folders.store_folders(account, remote.folders())
        found = remote.connection
        account.sudo().write(
            {
                "connection_url": found.endpoint
                and credentials.sealed_address(account, found.endpoint),
                "connection_auth": found.auth_type,
                "connection_version": found.version,
                "server_behavior": False,
                "folders_refreshed": fields.Datetime.now(),
            }
        )


def refresh_folders(account: BaseModel) -> None:
    """List the contact folders that the mailbox has.

    :raises SyncError: the mailbox could not be opened
    """
    account = as_owner(account)
    with connected(account) as remote:
        refresh(account, remote)


def create_folder(account: BaseModel, name: str, parent: str) -> int:
    """Create a contact folder in the mailbox.

    Once created, the folder is stored even if listing the folders fails.

    :param parent: the mailbox's id of the parent folder; "" for the top
    :return: id of the new ``exchange.folder``
    :raises SyncError: the mailbox could not be opened
    """
    account = as_owner(account)
    with connected(account) as remote:
        made = remote.create_folder(name, parent)
        try:
            refresh(account, remote)
        except SyncError:
            account.sudo().folders_refreshed = False  # the next run lists them
    account.invalidate_recordset(["folder_ids"])
    known = folders.folder_ids(account).get(made)
    return known or folders.add_folder(account, made, name, parent)
