# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Changes taken apart into what can be written, and refused, by itself.

A unit is a row or part of the name, or one member of a set (``known.member_key``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .fields import ALONG, SETS
from .known import member_key, member_of, row_of
from .normalize import members

_FIRST = "_country"
"""What the keys of countries end with: a state is looked for in the country that is
there."""


def units_of(changes: Mapping[str, str], before: Mapping[str, str]) -> tuple[str, ...]:
    """:param changes: Mapping of key to new text
    :param before: Mapping of key to text, what the side to be written has
    :return: tuple of str, in an order in which they can be written one by one
    """
    found = []
    for key, text in changes.items():
        if key in ALONG:
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
    """What to write for some units.

    :param units: collection of str
    :param done: collection of str, units that were written before
    :param changes: Mapping of key to new text, all that was to be written
    :param before: Mapping of key to text, see :func:`units_of`
    :return: dict of key to text
    """
    keys = {row_of(unit) for unit in units}
    keys |= {beside for beside, key in ALONG.items() if key in keys}
    written = {*units, *done}
    return {
        key: with_members(before.get(key) or "", text, written, key)
        if key in SETS
        else text
        for key, text in changes.items()
        if key in keys
    }


def with_members(before: str, after: str, units: Collection[str], key: str) -> str:
    """A set of which some members are as they are to be.

    :param before: str, a member a line
    :param after: str, likewise
    :param units: collection of str, the members that are as in ``after``
    :param key: str, of the set
    :return: str
    """
    old, new = members(before), members(after)
    changed = {member_of(unit) for unit in units if row_of(unit) == key}
    kept = {k: text for k, text in old.items() if k in new or k not in changed}
    kept.update((k, text) for k, text in new.items() if k in changed)
    return "\n".join(kept.values())
