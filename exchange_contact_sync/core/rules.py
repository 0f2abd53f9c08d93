# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which way each value of a contact travels, as people choose it.

What people choose for is a value: the parts of an address share one rule, since a state
means nothing beside the country of another house, and so do the places of a list, since
a value may go to any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .fields import LISTS, PHOTO, Field
from .policy import Direction
from .shape import members_of


@dataclass(frozen=True)
class Value:
    """What one rule is for.

    :param key: str, the key of its first row
    :param rows: tuple of str
    """

    key: str
    rows: tuple[str, ...]


def values_of(rows: Mapping[str, Field]) -> tuple[Value, ...]:
    """:param rows: Mapping of key to Field, the table
    :return: tuple of Value, in the order of the table, the photo last
    """
    lists = {row: key for key, members in LISTS.items() for row in members}
    together: dict[str, list[str]] = {}
    for key, row in rows.items():
        together.setdefault(row.group or lists.get(key) or key, []).append(key)
    found = [Value(keys[0], tuple(keys)) for keys in together.values()]
    return (*found, Value(PHOTO.key, (PHOTO.key,)))


def spread(
    chosen: Mapping[str, str], rows: Mapping[str, Field]
) -> dict[str, Direction]:
    """:param chosen: Mapping of key of a Value to the name of its Direction
    :param rows: Mapping of key to Field, the table
    :return: dict of Direction by row, for those that differ from both ways; a value
        that is no longer in the table has none, nor has one without a known direction
    """
    known = members_of(Direction, chosen)
    return {
        row: known[value.key]
        for value in values_of(rows)
        if known.get(value.key, Direction.BOTH) is not Direction.BOTH
        for row in value.rows
    }
