# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Split changes into units that a side can accept or refuse separately.

A unit is a row or part of the name, or one member of a set
(``differences.member_key``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .differences import member_key, member_of, row_of
from .fields import SETS, WRITTEN_WITH
from .normalize import members

_FIRST = "_country"
"""The ending of the keys of countries. They are written first, because a state is
searched in the country that is stored."""


def units_of(changes: Mapping[str, str], before: Mapping[str, str]) -> tuple[str, ...]:
    """Return the units of some changes, in an order in which they can be written.

    :param changes: new texts by key
    :param before: by key, what the side to be written has
    """
    found = []
    for key, text in changes.items():
        if key in WRITTEN_WITH:
            continue
        if key in SETS:
            old, new = members(before.get(key) or ""), members(text)
            differing = [one for one in {**old, **new} if old.get(one) != new.get(one)]
            found += [member_key(key, one) for one in differing]
        else:
            found.append(key)
    return tuple(sorted(found, key=lambda key: not key.endswith(_FIRST)))


def texts_of(
    units: Collection[str],
    done: Collection[str],
    changes: Mapping[str, str],
    before: Mapping[str, str],
) -> dict[str, str]:
    """Return the texts to write for some units.

    :param done: units that were written before
    :param changes: by key, all texts that were to be written
    :param before: see :func:`units_of`
    :return: by key
    """
    keys = {row_of(unit) for unit in units}
    keys |= {beside for beside, key in WRITTEN_WITH.items() if key in keys}
    written = {*units, *done}
    return {
        key: with_members(before.get(key) or "", text, written, key)
        if key in SETS
        else text
        for key, text in changes.items()
        if key in keys
    }


def with_members(before: str, after: str, units: Collection[str], key: str) -> str:
    """Return a set in which only some members are changed.

    :param before: one member per line
    :param after: one member per line
    :param units: the members to take from ``after``
    :param key: of the set
    """
    old, new = members(before), members(after)
    changed = {member_of(unit) for unit in units if row_of(unit) == key}
    kept = {k: text for k, text in old.items() if k in new or k not in changed}
    kept.update((k, text) for k, text in new.items() if k in changed)
    return "\n".join(kept.values())
