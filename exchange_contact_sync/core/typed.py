# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decide whether a person edited a value, by the text that was entered.

Canonical forms (``normalize.py``) decide whether two values mean the same. They must
not decide whether a value was edited, because a phone number has the same canonical
form with and without its country, and so has a web address with and without "https".
Therefore each side is compared with the text that this side had before.

``COMPARED_BY_MEANING`` contains the kinds whose text neither side stores as entered:
notes are converted to markup, a street has two lines in Odoo, countries and states are
records there.
"""

from __future__ import annotations

from collections.abc import Mapping

from .emails import addresses
from .fields import Kind
from .normalize import member, members, same
from .reference_data import ReferenceData
from .text import line

COMPARED_BY_MEANING = frozenset(
    {Kind.STREET, Kind.STATE, Kind.COUNTRY, Kind.NOTE, Kind.DATE}
)


def unedited(
    key: str,
    before: Mapping[str, str],
    now: Mapping[str, str],
    reference_data: ReferenceData,
) -> bool:
    """Decide whether one side still has the same text, apart from invisible spaces.

    The members of a set may be in any order, but their capitals count.

    :param key: a key of ``reference_data.rows``
    :param before: by field key, what this side had
    :param now: by field key, what this side has
    """
    kind = reference_data.rows[key].kind
    if kind in COMPARED_BY_MEANING:
        return same(key, before, now, reference_data)
    old, new = before.get(key) or "", now.get(key) or ""
    if old == new:
        return True
    if kind is Kind.SET:
        return _have_the_same(
            members(old, reference_data), members(new, reference_data)
        )
    if kind is Kind.EMAIL:
        return _addresses(old) == _addresses(new)
    return line(old) == line(new)


def _have_the_same(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Compare the members of two sets; a change of the owner's language, in which their
    names are written, is no edit."""
    return old.keys() == new.keys() and not any(
        old[one] != new[one] and member(old[one]) == member(new[one]) for one in old
    )


def _addresses(text: str) -> tuple[str, ...]:
    """Return the addresses only: an edit of the name next to one is no edit of it."""
    return addresses(text) or (line(text),)


def is_typed(key: str, reference_data: ReferenceData) -> bool:
    """Decide whether edits of a row are recognized by its text.

    :param key: a key of ``reference_data.rows``
    """
    return reference_data.rows[key].kind not in COMPARED_BY_MEANING
