# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo refuses: one contact takes no other with it, and each knows the reason."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import psycopg2

from odoo.exceptions import AccessError, UserError

from ..core.errors import (
    ContactForbidden,
    ContactInvalid,
    ContactOfUser,
    MayNotWrite,
    OdooFailed,
    ValueForbidden,
)
from ..core.text import clean
from .failures import is_of_the_run

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

    from ..core.errors import ContactError

_logger = logging.getLogger(__name__)

W = TypeVar("W")
A = TypeVar("A")

REFUSALS = (UserError, ValueError, psycopg2.DataError, psycopg2.IntegrityError)
"""What Odoo and PostgreSQL raise about values and rights. ``ValidationError`` and
``AccessError`` are kinds of ``UserError``; a NUL byte is a ``ValueError``. Anything
else that is raised while a contact is read or written is a failure of Odoo or of one
of its apps."""


def in_one_go(
    env: Environment,
    operation: Callable[[list[W]], Sequence[A]],
    work: list[W],
    forget: Callable[[], None],
    meaning: Callable[[Environment, Exception, W], A | ContactError] | None = None,
) -> list[A | ContactError]:
    """All of a batch, or else its halves, so that one contact that is refused, or that
    an app fails at, takes no other with it.

    :param env: of the account's owner
    :param operation: callable that takes ``work`` and gives an answer for each
    :param work: for partners that exist, tuples that begin with the record
    :param forget: callable that forgets what was read within the savepoint
    :param meaning: callable that takes ``env``, what was raised, and the one it was
        raised for, and gives the answer in its place; None for :func:`_meaning`
    :return: answers, ContactError in the place of what was refused
    :raises psycopg2.Error: the failure says nothing of the contacts (``failures.py``)

    Odoo may refuse after it has written (the check of rights on partners of internal
    users, ``base/models/res_partner.py``): hence the savepoints.
    """
    if not work:
        return []
    try:
        with env.cr.savepoint():
            return [*operation(work)]
    except Exception as error:
        if is_of_the_run(error):
            raise
        env.invalidate_all(flush=False)
        forget()
        if len(work) == 1:
            return [(meaning or _meaning)(env, error, work[0])]
    middle = len(work) // 2
    return [
        answer
        for half in (work[:middle], work[middle:])
        for answer in in_one_go(env, operation, half, forget, meaning)
    ]


def may_not(env: Environment, operation: str) -> bool:
    """Whether the owner may do that with no contact at all.

    :param env: of the account's owner
    :param operation: ``create`` or ``write``
    """
    return not env["res.partner"].has_access(operation)


def _meaning(env: Environment, error: Exception, one: object) -> ContactError:
    """What a failure means, in Odoo's own words."""
    if not isinstance(error, REFUSALS):
        _logger.warning("A contact could not be read or written", exc_info=error)
        return OdooFailed(_said("".join(traceback.format_exception_only(error))))
    said = _said(str(error))
    if not isinstance(error, AccessError):
        return ContactInvalid(said)
    partner = one[0] if isinstance(one, tuple) else None
    if may_not(env, "create" if partner is None else "write"):
        return MayNotWrite(said)
    if partner is None:
        return ValueForbidden(said)
    if colleagues(partner):
        return ContactOfUser(said)
    if not partner.has_access("write"):
        return ContactForbidden(said)
    return ValueForbidden(said)


def _said(text: str) -> str:
    """A reason as it can be stored, whatever an app put into it."""
    return clean(text).strip()


def colleagues(partners: BaseModel) -> BaseModel:
    """Find users whose contacts nobody may change that may not change users
    (``base/models/res_partner.py``, ``write``).

    :param partners: recordset of ``res.partner``
    :return: recordset of ``res.users`` in the same environment
    """
    found = partners.sudo().user_ids.filtered(
        lambda user: user._is_internal() and user != partners.env.user
    )
    users = found.with_env(partners.env)
    return users - users._filtered_access("write")
