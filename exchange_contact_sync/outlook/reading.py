# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read responses of any protocol without trusting their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from ..core.errors import AnswerMalformed, ContactDamaged

P = ParamSpec("P")
T = TypeVar("T")

UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Exceptions that Python and the libraries of protocols raise if an answer does not
have the expected form: an element is missing, or a text is not a number or a date.
"""

LONGEST_ID = 1024
"""Characters of an id or a version. Those of Exchange have less than 300; PostgreSQL
accepts up to 2,704 bytes in an index.
"""

LONGEST_KEY = 255
"""Characters of a sync key or search key; our sync keys have 36."""


@contextmanager
def understood(operation: str) -> Iterator[None]:
    """Convert exceptions of unreadable answers to errors of ``core.errors``.

    :param operation: its name
    :raises AnswerMalformed: the answer does not have the expected form
    """
    try:
        yield
    except UNREADABLE as error:
        raise AnswerMalformed(f"{operation}: {_description(error)}") from error


def or_damaged(
    read: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T | ContactDamaged:
    """Read the part of an answer about one contact.

    :return: the result of ``read``, or ContactDamaged if the part cannot be read
    """
    try:
        return read(*args, **kwargs)
    except UNREADABLE as error:
        return ContactDamaged(_description(error))


def number_of(text: str | None) -> int | None:
    """Return a number; None for a text that is not a number, or one that is too large
    for a count.
    """
    text = (text or "").strip()
    is_number = text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if is_number else None


def checked_id(text: str | None) -> str:
    """Return an id if it fits into the database.

    :param text: the id of an item, an attachment or a folder
    :raises ValueError: it does not fit, or is missing
    """
    if not text:
        raise ValueError("an id is missing")
    if len(text) > LONGEST_ID:
        raise ValueError(f"an id of {len(text)} characters")
    return text


def _description(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
