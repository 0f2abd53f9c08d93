# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Delete an account; contacts stay as they are on both sides."""

from __future__ import annotations

from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..storage.lease import lease
from ..storage.unit_of_work import committer
from . import failure_messages, reset, rights
from .wiring import as_owner


def disconnect(account: BaseModel, remove_sync_keys: bool) -> int:
    """Delete an account with its links at its owner's request.

    :param remove_sync_keys: also remove the sync keys from the items of the mailbox
    :return: how many items kept their sync key because the mailbox refused
    :raises UserError: the account cannot be deleted now; nothing was changed
    """
    rights.check_owner(account)
    env = account.env
    try:
        refused = _disconnect(account, remove_sync_keys)
    except reset.NotRemoved as error:
        sentence = failure_messages.sentence_of(account, error.code)
        raise UserError(
            env._(
                "%(email)s was not disconnected. %(why)s",
                email=account.email,
                why=sentence,
            )
        ) from error
    if refused is None:
        raise UserError(
            env._(
                "%s is being synchronized right now. Try again in a moment, or pause "
                "the account first.",
                account.email,
            )
        )
    return refused


def _disconnect(account: BaseModel, remove_sync_keys: bool) -> int | None:
    """Delete an account; see :func:`disconnect`.

    :return: as :func:`disconnect`; None if another process works on the account
    """
    owned = as_owner(account)
    commit = committer(owned.env.cr)
    with lease(owned) as granted:
        if not granted:
            return None
        refused = reset.remove_sync_keys(owned) if remove_sync_keys else 0
        commit()  # only a new transaction sees what the last holder of the lease did
        owned.unlink()
        owned.env.flush_all()
        commit()  # before another process gets the lease
    account.env.invalidate_all()
    return refused
