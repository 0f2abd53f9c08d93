# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Delete an account; contacts stay as they are on both sides."""

from __future__ import annotations

from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..storage.lease import lease
from ..storage.unit_of_work import committer
from . import failure_messages, reset, rights
from .wiring import as_owner


def disconnect(account: BaseModel, remove_identities: bool) -> int:
    """Delete an account with its links, as the owner asks.

    :param remove_identities: also take our identities off the contacts in the mailbox
    :return: how many contacts kept our identity because the mailbox refused
    :raises UserError: it cannot be done now; nothing was deleted
    """
    rights.check_owner(account)
    env = account.env
    try:
        refused = _disconnect(account, remove_identities)
    except reset.NotRemoved as error:
        sentence = failure_messages.sentence_of(account, error.code)
        raise UserError(
            env._(
                "%(email)s is not disconnected. %(why)s",
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


def _disconnect(account: BaseModel, remove_identities: bool) -> int | None:
    """:return: see :func:`disconnect`; None when another process is at work"""
    owned = as_owner(account)
    commit = committer(owned.env.cr)
    with lease(owned) as granted:
        if not granted:
            return None
        refused = reset.remove_identities(owned) if remove_identities else 0
        commit()  # what the last holder did is seen by a new transaction only
        owned.unlink()
        owned.env.flush_all()
        commit()  # before anybody else gets the lease
    account.env.invalidate_all()
    return refused
