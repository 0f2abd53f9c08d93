# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reset accounts: delete the state of their synchronization."""

from __future__ import annotations

import logging
from functools import partial

import psycopg2

from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..core.errors import SyncError
from ..engine.remove_sync_keys import remove_sync_keys
from ..storage import reset as bookkeeping
from ..storage.lease import lease
from ..storage.unit_of_work import committer
from . import failure_messages, rights
from .wiring import as_owner, connected

_logger = logging.getLogger(__name__)


def reset_account(account: BaseModel, remove_identities: bool) -> int:
    """Reset an account at its owner's request; see :func:`reset`.

    :return: how many items kept their sync key because the mailbox refused
    :raises UserError: a reset is not possible now; nothing was changed
    """
    rights.check_owner(account)
    refused = _try_to_reset(account, remove_identities)
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


def _try_to_reset(account: BaseModel, remove_identities: bool) -> int | None:
    try:
        return reset(account, remove_identities=remove_identities)
    except SyncError as error:
        code = error.code
    except psycopg2.Error:
        raise
    except Exception:
        _logger.exception("Exchange account %s: unexpected failure", account.id)
        code = SyncError.code
    sentence = failure_messages.sentence_of(account, code)
    raise UserError(account.env._("Nothing was reset. %s", sentence))


def reset(account: BaseModel, *, remove_identities: bool) -> int | None:
    """Delete the state of the synchronization, so that the next run starts afresh.

    This changes first the mailbox, then all of Odoo's side in one transaction: after an
    interruption in between Odoo still has all state, and the reset can be repeated.

    :param remove_identities: also remove the sync keys from the items
    :return: how many items kept theirs because the mailbox refused; None when
    another process works on the account
    :raises SyncError: the mailbox could not be changed; Odoo's state is unchanged
    """
    account = as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return None
        refused = 0
        if remove_identities:
            spared = partial(bookkeeping.identities_elsewhere, account)
            with connected(account) as remote:
                refused = remove_sync_keys(remote, spared)
        commit()  # only a new transaction sees what the last holder of the lease did
        bookkeeping.forget(account, keep_keys=not remove_identities)
        account.env.flush_all()
        commit()  # before another process gets the lease
        return refused
