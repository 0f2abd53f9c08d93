# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a person edited a value: asked of the text that was typed.

Canonical forms (``normalize.py``) say whether two values mean the same. They must not
decide whether a value was edited: a number is the same to them with and without its
country, and an address on the web with and without "https". Each side is therefore
compared with the text that this side had before.

``AS_MEANT`` are the kinds whose text neither side keeps as it was typed: notes travel
as markup, a street has two lines in Odoo, countries and states are records there.
"""

from __future__ import annotations

from collections.abc import Mapping

from .emails import addresses
from .fields import Kind
from .normalize import member, members, same
from .reference_data import ReferenceData
from .text import line

AS_MEANT = frozenset({Kind.STREET, Kind.STATE, Kind.COUNTRY, Kind.NOTE, Kind.DATE})


def unedited(
    key: str, before: Mapping[str, str], now: Mapping[str, str], words: ReferenceData
) -> bool:
    """Whether one side has a value as it was, but for blanks nobody sees.

    :param key: str, a key of ``words.rows``
    :param before: Mapping of field key to text, what this side had
    :param now: Mapping of field key to text, what it has
    :param words: ReferenceData
    :return: bool; the members of a set count with their capitals, in any order
    """
    kind = words.rows[key].kind
    if kind in AS_MEANT:
        return same(key, before, now, words)
    old, new = before.get(key) or "", now.get(key) or ""
    if old == new:
        return True
    if kind is Kind.SET:
        return _have_the_same(members(old, words), members(new, words))
    if kind is Kind.EMAIL:
        return _addresses(old) == _addresses(new)
    return line(old) == line(new)


def _have_the_same(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """The owner may use another language by now, which is no edit."""
    return old.keys() == new.keys() and not any(
        old[one] != new[one] and member(old[one]) == member(new[one]) for one in old
    )


def _addresses(text: str) -> tuple[str, ...]:
    """Whoever edits the name beside an address does not edit the address."""
    return addresses(text) or (line(text),)


def is_typed(key: str, words: ReferenceData) -> bool:
    """:param key: str, a key of ``words.rows``
    :param words: ReferenceData
    :return: bool, whether edits of the row are told by its text
    """
    return words.rows[key].kind not in AS_MEANT
