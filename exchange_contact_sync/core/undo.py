# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the user request that undoes what a run did to a pair.

``WHOLE`` decides by what happened to the whole contact. If none of this happened, each
value is restored on both sides, because both sides of a synchronized pair have the same
value. If the run itself linked the pair, each value is restored on the side that had
it, and the link is stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .fields import PHOTO, SETS
from .policy import Side
from .run import Line, LineAction, Way
from .user_requests import FieldOverride, UserRequest

WHOLE: dict[tuple[Way, LineAction], UserRequest | None] = {
    (Way.PULL, LineAction.CREATE): UserRequest.WITHDRAW,
    (Way.PUSH, LineAction.CREATE): UserRequest.REMOVE,
    (Way.PUSH, LineAction.REVIVE): UserRequest.REMOVE,
    (Way.PULL, LineAction.ARCHIVE): UserRequest.RESTORE,
    (Way.PULL, LineAction.REVIVE): UserRequest.WITHDRAW,
    (Way.PULL, LineAction.LINK): UserRequest.SEPARATE,
    (Way.PULL, LineAction.START): UserRequest.SEPARATE,
    (Way.PUSH, LineAction.DELETE): None,
}
"""By direction and action of a line; the first entry that applies decides. None: only
the mailbox's folder for deleted items can bring the item back."""


@dataclass(frozen=True)
class Decided:
    """The user request and the field overrides that undo a run.

    :param left: fields that cannot be undone: a set to which both sides added members
        has no single value to go back to, and old photos are not kept
    """

    user_request: UserRequest | None = None
    field_overrides: Mapping[str, FieldOverride] = field(default_factory=dict)
    left: tuple[str, ...] = ()


def undo(lines: Sequence[Line]) -> Decided | None:
    """Return what undoes the lines of one pair.

    :param lines: everything that a run did to the pair, in order
    :return: None if it cannot be undone
    """
    happened = {(line.direction, line.action) for line in lines if not line.field}
    for fact, request in WHOLE.items():
        if fact not in happened:
            continue
        if request is None:
            return None
        if request is not UserRequest.SEPARATE:
            return Decided(request)
        return _values_back(lines, request, _own_values_back(lines))
    return _values_back(lines, None, _values(lines, None))


def _values_back(
    lines: Iterable[Line],
    request: UserRequest | None,
    field_overrides: dict[str, FieldOverride],
) -> Decided:
    ways = {
        (line.field, line.direction)
        for line in lines
        if line.action == LineAction.UPDATE
    }
    mixed = [
        key for key in field_overrides if {(key, Way.PULL), (key, Way.PUSH)} <= ways
    ]
    left = tuple(key for key in mixed if key in SETS)
    if PHOTO.key in {key for key, _way in ways}:
        left = (*left, PHOTO.key)
    standing = {
        key: override for key, override in field_overrides.items() if key not in left
    }
    return Decided(request, standing, left)


def _own_values_back(lines: Sequence[Line]) -> dict[str, FieldOverride]:
    """Return overrides that give each side its own values back."""
    theirs = [line for line in lines if line.direction == Way.PUSH]
    ours = [line for line in lines if line.direction == Way.PULL]
    return {**_values(theirs, Side.EXCHANGE), **_values(ours, Side.ODOO)}


def _values(lines: Iterable[Line], side: Side | None) -> dict[str, FieldOverride]:
    """Return overrides from what the run left in a field to what was there first."""
    field_overrides: dict[str, FieldOverride] = {}
    for line in lines:
        if line.action == LineAction.UPDATE and line.field not in ("", PHOTO.key):
            first = field_overrides.get(line.field)
            wanted = first.wanted if first else line.old
            field_overrides[line.field] = FieldOverride(line.new, wanted, side)
    return {
        key: override
        for key, override in field_overrides.items()
        if override.was != override.wanted
    }
