# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read the content of JSON columns without trusting its shape.

A column may have been written by this version of the addon, an older one, another addon
or an SQL statement. Data of an unexpected shape counts as missing: that value is then
merged as if both sides had never agreed on it. No function raises an error, so that one
invalid row does not affect others.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

E = TypeVar("E", bound=Enum)


def mapping(data: object) -> Mapping[str, object]:
    """Return a JSON object; anything else becomes an empty mapping."""
    return data if isinstance(data, Mapping) else {}


def texts(data: object) -> dict[str, str]:
    """Return the members of a JSON object that are texts."""
    return {k: text for k, text in mapping(data).items() if isinstance(text, str)}


def text(data: object) -> str:
    """Return a text; anything else becomes ""."""
    return data if isinstance(data, str) else ""


def text_list(data: object) -> tuple[str, ...]:
    """Return the texts of a JSON list; anything else becomes an empty tuple."""
    found = data if isinstance(data, list) else ()
    return tuple(one for one in found if isinstance(one, str))


def members_of(kind: type[E], data: object) -> dict[str, E]:
    """Return the members of a JSON object as members of an enumeration.

    :param kind: the enumeration, whose values are texts
    :return: by key, without values that name no member
    """
    known = {member.value: member for member in kind}
    return {k: known[one] for k, one in texts(data).items() if one in known}


def number(data: object, default: int) -> int:
    """Return a whole number; anything else becomes ``default``."""
    return data if isinstance(data, int) else default
