# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reset accounts: delete the state of their synchronization."""

from __future__ import annotations

import logging
from functools import partial

import psycopg2

from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..core.errors import SyncError
from ..engine.remove_sync_keys import remove_sync_keys as remove_from_items
from ..storage import reset as bookkeeping
from ..storage.lease import lease
from ..storage.unit_of_work import committer
from . import failure_messages, rights
from .wiring import as_owner, connected

_logger = logging.getLogger(__name__)


def reset_account(account: BaseModel, remove_sync_keys: bool) -> int:
    """Reset an account at its owner's request; see :func:`reset`.

    :return: how many items kept their sync key because the mailbox refused
    :raises UserError: a reset is not possible now; nothing was changed
    """
    rights.check_owner(account)
    refused = _try_to_reset(account, remove_sync_keys)
    if refused is None:
        raise UserError(
            account.env._(
                "%s is being synchronized right now, so nothing was reset. Try "
                "again in a moment, or pause the account first.",
                account.email,
            )
        )
    account.env.invalidate_all()
    return refused


def _try_to_reset(account: BaseModel, remove_sync_keys: bool) -> int | None:
    try:
        return reset(account, remove=remove_sync_keys)
    except NotRemoved as error:
        sentence = failure_messages.sentence_of(account, error.code)
    raise UserError(account.env._("Nothing was reset. %s", sentence))


class NotRemoved(Exception):
    """The sync keys could not be removed from the items of the mailbox.

    :param code: of the failure
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def reset(account: BaseModel, *, remove: bool) -> int | None:
    """Delete the state of the synchronization, so that the next run starts afresh.

    The mailbox is changed first, then all of Odoo's side in one transaction. After an
    interruption in between, Odoo still has all state, and the reset can be repeated.

    :param remove: also remove the sync keys from the items
    :return: how many items kept theirs because the mailbox refused; None if another
        process works on the account
    :raises NotRemoved: the mailbox could not be changed; Odoo's state is unchanged
    """
    account = as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return None
        refused = remove_sync_keys(account) if remove else 0
        commit()  # only a new transaction sees what the last holder of the lease did
        bookkeeping.forget(account, keep_keys=not remove)
        account.env.flush_all()
        commit()  # before another process gets the lease
        return refused


def remove_sync_keys(account: BaseModel) -> int:
    """Remove the sync keys from the items of the mailbox.

    :param account: record of ``exchange.account`` as its owner, its lease held
    :return: how many items kept theirs because the mailbox refused
    :raises NotRemoved: the mailbox could not be changed
    """
    try:
        spared = partial(bookkeeping.sync_keys_elsewhere, account)
        with connected(account) as remote:
            return remove_from_items(remote, spared)
    except SyncError as error:
        raise NotRemoved(error.code) from error
    except psycopg2.Error:
        raise
    except Exception as error:
        _logger.exception("Exchange account %s: unexpected failure", account.id)
        raise NotRemoved(SyncError.code) from error
