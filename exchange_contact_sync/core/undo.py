# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What has to be asked for to undo what a run did to a pair.

``WHOLE`` is the table: what happened to the whole contact decides; where nothing did,
each value goes back on both sides, because a pair in step has one value. The values of
a pair that the run itself linked go back on the side that had them, and the pair parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .fields import PHOTO, SETS
from .policy import Side
from .run import Line
from .user_requests import FieldOverride, UserRequest

PULL, PUSH = "pull", "push"

WHOLE: dict[tuple[str, str], UserRequest | None] = {
    (PULL, "create"): UserRequest.WITHDRAW,
    (PUSH, "create"): UserRequest.REMOVE,
    (PUSH, "revive"): UserRequest.REMOVE,
    (PULL, "archive"): UserRequest.RESTORE,
    (PULL, "revive"): UserRequest.WITHDRAW,
    (PULL, "link"): UserRequest.PART,
    (PULL, "start"): UserRequest.PART,
    (PUSH, "delete"): None,
}
"""By direction and action of a line; the first that a pair has decides. None: nothing
brings it back but the mailbox's own folder of deleted things."""


@dataclass(frozen=True)
class Decided:
    """What to ask for.

    :param user_request: UserRequest or None
    :param field_overrides: Mapping of field key to FieldOverride
    :param left: tuple of str, fields that cannot be undone: sets to which both sides
        brought something have no one value to go back to, and nobody keeps old photos
    """

    user_request: UserRequest | None = None
    field_overrides: Mapping[str, FieldOverride] = field(default_factory=dict)
    left: tuple[str, ...] = ()


def undo(lines: Sequence[Line]) -> Decided | None:
    """What undoes the lines of one pair.

    :param lines: sequence of Line, all that a run did to the pair, in its order
    :return: Decided, or None if it cannot be undone
    """
    happened = {(line.direction, line.action) for line in lines if not line.field}
    for fact, asked in WHOLE.items():
        if fact not in happened:
            continue
        if asked is None:
            return None
        if asked is not UserRequest.PART:
            return Decided(asked)
        return _values_back(lines, asked, _apart(lines))
    return _values_back(lines, None, _values(lines, None))


def _values_back(
    lines: Iterable[Line],
    asked: UserRequest | None,
    field_overrides: dict[str, FieldOverride],
) -> Decided:
    ways = {(line.field, line.direction) for line in lines if line.action == "update"}
    mixed = [key for key in field_overrides if {(key, PULL), (key, PUSH)} <= ways]
    left = tuple(key for key in mixed if key in SETS)
    if PHOTO.key in {key for key, _way in ways}:
        left = (*left, PHOTO.key)
    standing = {
        key: override for key, override in field_overrides.items() if key not in left
    }
    return Decided(asked, standing, left)


def _apart(lines: Sequence[Line]) -> dict[str, FieldOverride]:
    """Each side gets its own values back."""
    theirs = [line for line in lines if line.direction == PUSH]
    ours = [line for line in lines if line.direction == PULL]
    return {**_values(theirs, Side.EXCHANGE), **_values(ours, Side.ODOO)}


def _values(lines: Iterable[Line], side: Side | None) -> dict[str, FieldOverride]:
    """From what a field was first to what the run left in it."""
    field_overrides: dict[str, FieldOverride] = {}
    for line in lines:
        if line.action == "update" and line.field not in ("", PHOTO.key):
            first = field_overrides.get(line.field)
            wanted = first.wanted if first else line.old
            field_overrides[line.field] = FieldOverride(line.new, wanted, side)
    return {
        key: override
        for key, override in field_overrides.items()
        if override.was != override.wanted
    }
