# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Forget what was synchronized."""

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
    """Reset as the owner asks; see :func:`reset`.

    :return: how many contacts kept our identity because the mailbox refused
    :raises UserError: it cannot be done now; nothing was forgotten
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
    """Forget what was synchronized, so that the next run begins from the beginning.

    First the mailbox, then all of Odoo's side in one transaction: if it is stopped in
    between, nothing is forgotten, and it can be done again.

    :param remove_identities: also take our identities off the contacts
    :return: how many contacts kept theirs because the mailbox refused; None when
        another process is at work
    :raises SyncError: the mailbox could not be worked with; nothing was forgotten
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
        commit()  # what the last holder did is seen by a new transaction only
        bookkeeping.forget(account, keep_keys=not remove_identities)
        account.env.flush_all()
        commit()  # before anybody else gets the lease
        return refused
