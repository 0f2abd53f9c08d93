# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Isolate contacts that Odoo refuses, and return the reason for each."""

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
"""Exceptions that Odoo and PostgreSQL raise because of values and rights.
``ValidationError`` and ``AccessError`` are kinds of ``UserError``; a NUL byte causes a
``ValueError``. Any other exception while a contact is read or written is a failure of
Odoo or of one of its apps.
"""


def in_one_go(
    env: Environment,
    operation: Callable[[list[W]], Sequence[A]],
    work: list[W],
    forget: Callable[[], None],
    meaning: Callable[[Environment, Exception, W], A | ContactError] | None = None,
) -> list[A | ContactError]:
    """Process a whole batch; if that fails, process its halves.

    So a contact that is refused, or for which an app fails, does not affect the others.
    Odoo may refuse a write after it was made (the check of rights on partners of
    internal users, ``base/models/res_partner.py``), hence the savepoints.

    :param env: of the account's owner
    :param operation: takes ``work`` and returns an answer for each item
    :param work: for existing partners, tuples that begin with the record
    :param forget: discards what was read within the savepoint
    :param meaning: takes ``env``, the exception and the item, and returns the answer
        for that item; None for :func:`_meaning`
    :return: answers, with a ContactError for each item that was refused
    :raises psycopg2.Error: the failure does not concern the contacts (``failures.py``)
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
    """Return whether the owner may not do this with any contact.

    :param env: of the account's owner
    :param operation: ``create`` or ``write``
    """
    return not env["res.partner"].has_access(operation)


def _meaning(env: Environment, error: Exception, one: object) -> ContactError:
    """Return the error for an exception, with Odoo's own text."""
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
    """Return a text in a form that can be stored, even if an app put other characters
    in it.
    """
    return clean(text).strip()


def colleagues(partners: BaseModel) -> BaseModel:
    """Return the users whose contacts only user managers may change
    (``base/models/res_partner.py``, ``write``).

    :param partners: recordset of ``res.partner``
    :return: recordset of ``res.users`` in the same environment
    """
    found = partners.sudo().user_ids.filtered(
        lambda user: user._is_internal() and user != partners.env.user
    )
    users = found.with_env(partners.env)
    return users - users._filtered_access("write")
