# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads what a JSON column holds, whoever wrote it.

A column is written by this version of the addon, by an older one, by another addon or
by a statement in the database. What has another shape than this version writes counts
as not there: both sides then meet about that value as for the first time. Nothing here
raises an error, so that one row never stops the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

E = TypeVar("E", bound=Enum)


def mapping(data: object) -> Mapping[str, object]:
    """:param data: what a JSON column holds
    :return: Mapping, empty unless it is an object
    """
    return data if isinstance(data, Mapping) else {}


def texts(data: object) -> dict[str, str]:
    """:param data: what a JSON column holds
    :return: dict of text by key; what is no text is left out
    """
    return {k: text for k, text in mapping(data).items() if isinstance(text, str)}


def text(data: object) -> str:
    """:return: str, "" unless it is a text"""
    return data if isinstance(data, str) else ""


def text_list(data: object) -> tuple[str, ...]:
    """:return: tuple of str, the texts of a list; empty unless it is one"""
    found = data if isinstance(data, list) else ()
    return tuple(one for one in found if isinstance(one, str))


def members_of(kind: type[E], data: object) -> dict[str, E]:
    """:param kind: type of Enum, whose values are texts
    :param data: what a JSON column holds
    :return: dict of member by key; what names no member is left out
    """
    known = {member.value: member for member in kind}
    return {k: known[one] for k, one in texts(data).items() if one in known}


def number(data: object, default: int) -> int:
    """:return: int, ``default`` unless it is a whole number"""
    return data if isinstance(data, int) else default
