# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Remove values that are longer than any that people enter.

Such a value counts as unreadable: it does not change Odoo's value, and it is not
overwritten.
"""

from __future__ import annotations

from ..core import limits
from ..core.fields import NAME_EVIDENCE, NAME_PARTS, SETS

NOTE = "note"


def without_too_long(values: dict[str, str]) -> tuple[str, ...]:
    """Remove values that are too long.

    :param values: row to text, changed in place
    :return: rows that were removed
    :raises ValueError: the name is too long; a part of it would be another person's
        name
    """
    parts = "".join(values.get(key) or "" for key in NAME_PARTS)
    names = (parts, *(values.get(key) or "" for key in NAME_EVIDENCE))
    longest = max(map(len, names))
    if longest > limits.NAME_CHARACTERS:
        raise ValueError(f"a name of {longest} characters")
    found = tuple(k for k, text in values.items() if text and _is_too_long(k, text))
    for key in found:
        del values[key]
    return found


def _is_too_long(key: str, text: str) -> bool:
    if key in SETS:
        members = text.split("\n")
        longest = max(map(len, members))
        return len(members) > limits.MEMBERS or longest > limits.MEMBER_CHARACTERS
    most = limits.NOTE_CHARACTERS if key == NOTE else limits.TEXT_CHARACTERS
    return len(text) > most
