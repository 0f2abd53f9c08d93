# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that are longer than any that people enter.

A contact does not carry such a value, as if it could not be read: neither is Odoo's
written, nor is it written over.
"""

from __future__ import annotations

from ...core import limits
from ...core.fields import NAME_EVIDENCE, NAME_PARTS, SETS

NOTE = "note"


def without_too_long(values: dict[str, str]) -> tuple[str, ...]:
    """Take out what is too long.

    :param values: dict of row to text, changed here
    :return: rows that were taken out
    :raises ValueError: the name is: without a part of it, it is that of somebody else
    """
    parts = "".join(values.get(key) or "" for key in NAME_PARTS)
    names = (parts, *(values.get(key) or "" for key in NAME_EVIDENCE))
    longest = max(map(len, names))
    if longest > limits.NAME_CHARACTERS:
        raise ValueError(f"a name of {longest} characters")
    found = tuple(key for key, text in values.items() if _is_too_long(key, text))
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
