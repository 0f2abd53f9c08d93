# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Isolate contacts that Odoo refuses, and return the reason for each."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import psycopg2
from psycopg2 import errors

from odoo.exceptions import AccessError, RedirectWarning, UserError

from ..core.errors import (
    BelongsToUser,
    ContactForbidden,
    ContactInvalid,
    ContactOfUser,
    MayNotWrite,
    OdooFailed,
    ValueForbidden,
    ValueTooLong,
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

TOO_LONG = (errors.ProgramLimitExceeded, errors.StringDataRightTruncation)
"""PostgreSQL's exceptions for a value that does not fit into an index or a column."""

REFUSALS = (
    UserError,
    RedirectWarning,
    ValueError,
    psycopg2.DataError,
    psycopg2.IntegrityError,
    *TOO_LONG,
)
"""Exceptions that Odoo and PostgreSQL raise because of values and rights.
``ValidationError`` and ``AccessError`` are kinds of ``UserError``; ``RedirectWarning``
is shown to users who may do something about it; a NUL byte causes a ``ValueError``. Any
other exception while a contact is read or written is a failure of Odoo or of one of its
apps.
"""


def process_batch(
    env: Environment,
    operation: Callable[[list[W]], Sequence[A]],
    work: list[W],
    forget: Callable[[], None],
    to_answer: Callable[[Environment, Exception, W], A | ContactError] | None = None,
) -> list[A | ContactError]:
    """Process a whole batch; if that fails, process its halves.

    So a contact that is refused, or for which an app fails, does not affect the others.
    Odoo may refuse a write after it was made (the check of rights on partners of
    internal users, ``base/models/res_partner.py``), hence the savepoints.

    :param env: of the account's owner
    :param operation: takes ``work`` and returns an answer for each item
    :param work: for existing partners, tuples that begin with the record
    :param forget: discards what was read within the savepoint
    :param to_answer: takes ``env``, the exception and the item, and returns the answer
        for that item; None for :func:`_contact_error`
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
            return [(to_answer or _contact_error)(env, error, work[0])]
    middle = len(work) // 2
    return [
        answer
        for half in (work[:middle], work[middle:])
        for answer in process_batch(env, operation, half, forget, to_answer)
    ]


def may_not(env: Environment, operation: str) -> bool:
    """Return whether the owner may not do this with any contact.

    :param env: of the account's owner
    :param operation: ``create`` or ``write``
    """
    return not env["res.partner"].has_access(operation)


def _contact_error(env: Environment, error: Exception, one: object) -> ContactError:
    """Return the error for an exception, with Odoo's own text."""
    if not isinstance(error, REFUSALS):
        _logger.warning("A contact could not be read or written", exc_info=error)
        return OdooFailed(_storable("".join(traceback.format_exception_only(error))))
    text = _storable(str(error))
    if isinstance(error, TOO_LONG):
        return ValueTooLong(text)
    if not isinstance(error, AccessError):
        return ContactInvalid(text, _reason(env, error))
    partner = one[0] if isinstance(one, tuple) else None
    if may_not(env, "create" if partner is None else "write"):
        return MayNotWrite(text)
    if partner is None:
        return ValueForbidden(text)
    if colleagues(partner):
        return ContactOfUser(text)
    if not partner.has_access("write"):
        return ContactForbidden(text)
    return ValueForbidden(text)


def archiving_error(env: Environment, error: Exception, one: object) -> ContactError:
    """Return the error for a partner that could not be archived or unarchived.

    Odoo archives no partner of an active user (``base/models/res_partner.py``,
    ``write``).

    :param one: tuple of the partner and whether it was to be active
    """
    answer = _contact_error(env, error, one)
    partner, active = one if isinstance(one, tuple) else (None, True)
    if active or partner is None or not isinstance(answer, ContactInvalid):
        return answer
    users = env["res.users"].sudo().search([("partner_id", "=", partner.id)])
    if not users:
        return answer
    return BelongsToUser(answer.detail, ", ".join(users.mapped("name")))


def _reason(env: Environment, error: Exception) -> str:
    """Return the text of Odoo's dialog about a refusal; "" if it would not help users.

    The rights on the records that an ``AccessError`` names are explained elsewhere.
    """
    if isinstance(error, UserError | RedirectWarning):
        return _storable(str(error.args[0]) if error.args else "")
    if not isinstance(error, psycopg2.IntegrityError):
        return ""
    models = env.registry.values()
    table = error.diag.table_name
    model = next((env[one._name] for one in models if one._table == table), None)
    if model is None or not _is_explained(model, error):
        return ""
    # The lines after the first one are about models and statements.
    return _storable(model._sql_error_to_message(error)).partition("\n")[0]


def _is_explained(model: BaseModel, error: psycopg2.IntegrityError) -> bool:
    """Return whether Odoo has a message for a constraint (``odoo/orm/models.py``,
    ``_sql_error_to_message``)."""
    if isinstance(error, errors.NotNullViolation | errors.UniqueViolation):
        return True
    return error.diag.constraint_name in model._table_objects


def _storable(text: str) -> str:
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
