# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Three versions of a contact, field by field.

``FATE`` is the whole policy: what becomes of a field, by who changed it. A
side changed a field when its value differs from the base in canonical form; a
value that was cleared changed like any other. Sets have no fate as a whole: they are
merged member by member (``sets.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from .contact import Contact
from .fields import SETS, Field
from .normalize import canonical, same
from .policy import ConflictPolicy, Direction, Policy, Side
from .sets import SetMerge, merge_set
from .vocabulary import Vocabulary


class Change(Enum):
    """Who changed a field since the base."""

    NOBODY = "nobody"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH_SAME = "both to the same value"
    BOTH_DIFFERENT = "both to different values"
    FIRST_FILLS_OURS = "no base: only theirs has a value"
    FIRST_FILLS_THEIRS = "no base: only ours has a value"


class Fate(Enum):
    """What becomes of a field."""

    LEAVE = "both stay as they are"
    TAKE_THEIRS = "theirs comes in"
    SEND_OURS = "ours goes out"
    CONFLICT = "the policy decides"


FATE: dict[Change, Fate] = {
    Change.NOBODY: Fate.LEAVE,
    Change.BOTH_SAME: Fate.LEAVE,
    Change.OURS: Fate.SEND_OURS,
    Change.THEIRS: Fate.TAKE_THEIRS,
    Change.FIRST_FILLS_OURS: Fate.TAKE_THEIRS,
    Change.FIRST_FILLS_THEIRS: Fate.SEND_OURS,
    Change.BOTH_DIFFERENT: Fate.CONFLICT,
}

ALLOWED: dict[tuple[Fate, Direction], Fate] = {
    (Fate.TAKE_THEIRS, Direction.PUSH): Fate.LEAVE,
    (Fate.TAKE_THEIRS, Direction.NONE): Fate.LEAVE,
    (Fate.SEND_OURS, Direction.PULL): Fate.LEAVE,
    (Fate.SEND_OURS, Direction.NONE): Fate.LEAVE,
    (Fate.CONFLICT, Direction.PULL): Fate.TAKE_THEIRS,
    (Fate.CONFLICT, Direction.NONE): Fate.LEAVE,
}
"""What a direction forbids; a pair that is not listed keeps its fate. A conflict
under "only to Exchange" stays one: a change made there is never overwritten
without a word."""


@dataclass(frozen=True)
class Conflict:
    """One field that both sides changed to different values.

    :param key: str, field key
    :param winner: Side
    :param kept: str, the value both sides have afterwards
    :param lost: str, the value that gave way
    """

    key: str
    winner: Side
    kept: str
    lost: str


@dataclass(frozen=True)
class Merge:
    """What a merge found.

    :param pull: Mapping of field key to text, to be written in Odoo
    :param push: Mapping of field key to text, to be written in Exchange
    :param base: Mapping of field key to text, what a later merge compares with:
        what Exchange has now, wherever its value was accepted
    :param foreign: Mapping of field key to text, what Exchange has where that is
        not the base, because the field's direction keeps it out
    :param own: Mapping of field key to text, what Odoo has in rows of ``push`` where
        that is not what is sent: a set of which Odoo does not get everything
    :param conflicts: tuple of Conflict
    """

    pull: Mapping[str, str] = field(default_factory=dict)
    push: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


def changed_by(
    key: str,
    base: Mapping[str, str] | None,
    ours: Contact,
    theirs: Contact,
    words: Vocabulary,
) -> Change:
    """Who changed a field.

    :param key: str, a field both sides carry
    :param base: Mapping, or None; a key it does not have was never agreed on
    :param ours: Contact
    :param theirs: Contact
    :param words: Vocabulary
    :return: Change
    """
    mine, other = canonical(key, ours, words), canonical(key, theirs, words)
    before = None if base is None or key not in base else canonical(key, base, words)
    return _change(before, mine, other)


def _change(before: str | None, mine: str, other: str) -> Change:
    """Who changed a field, by its canonical forms; None: it was never agreed on."""
    if before is None:
        if mine == other:
            return Change.NOBODY
        if not mine:
            return Change.FIRST_FILLS_OURS
        return Change.BOTH_DIFFERENT if other else Change.FIRST_FILLS_THEIRS
    if mine == other:
        return Change.NOBODY if mine == before else Change.BOTH_SAME
    if mine == before:
        return Change.THEIRS
    return Change.OURS if other == before else Change.BOTH_DIFFERENT


def winner_of(policy: Policy, ours_is_newer: bool) -> Side:
    """Who wins a conflict; equal times go to Exchange.

    :param policy: Policy
    :param ours_is_newer: bool, Odoo's side was modified strictly later
    :return: Side
    """
    if policy.conflict is ConflictPolicy.NEWEST:
        return Side.ODOO if ours_is_newer else Side.EXCHANGE
    return Side.ODOO if policy.conflict is ConflictPolicy.ODOO else Side.EXCHANGE


def merge(
    base: Mapping[str, str] | None,
    ours: Contact,
    theirs: Contact,
    policy: Policy,
    words: Vocabulary,
    *,
    ours_is_newer: bool = False,
) -> Merge:
    """Merge two contacts whose rows were aligned.

    :param base: Mapping of field key to text, or None at first contact
    :param ours: Contact
    :param theirs: Contact
    :param policy: Policy
    :param words: Vocabulary
    :param ours_is_newer: bool, for the policy "newest"
    :return: Merge
    """
    base = base or {}
    keys = [key for key in words.rows if key in ours and key in theirs]
    mine = {key: canonical(key, ours, words) for key in keys}
    other = {key: canonical(key, theirs, words) for key in keys}
    before = {key: canonical(key, base, words) for key in keys if key in base}
    alike = {key for key in keys if mine[key] == other[key]}
    same_now = FATE[Change.BOTH_SAME]  # as of rows that nobody changed
    fates = {
        key: same_now
        if key in alike
        else _fate(key, before.get(key), mine[key], other[key], policy)
        for key in keys
        if key not in SETS
    }
    side = winner_of(policy, ours_is_newer)
    winners = _winners(fates, alike, side, words.rows)
    merged = _settle(fates, winners, base, ours, theirs, policy, alike)
    for key in SETS.intersection(keys):
        one = merge_set(
            base.get(key, ""), ours[key], theirs[key], policy.direction(key), words
        )
        merged = _with_set(merged, key, one, ours[key], theirs[key])
    agreed = merged.base
    foreign = {
        key: theirs[key]
        for key in keys
        if key not in agreed or not same(key, agreed, theirs, words)
    }
    return replace(merged, foreign=foreign)


def _with_set(merged: Merge, key: str, one: SetMerge, ours: str, theirs: str) -> Merge:
    pull = {} if one.ours == ours else {key: one.ours}
    push = {} if one.theirs == theirs else {key: one.theirs}
    own = {key: one.base_when_sent} if push and one.base_when_sent != one.theirs else {}
    return replace(
        merged,
        pull={**merged.pull, **pull},
        push={**merged.push, **push},
        base={**merged.base, key: one.base},
        own={**merged.own, **own},
    )


def _fate(key: str, before: str | None, mine: str, other: str, policy: Policy) -> Fate:
    fate = FATE[_change(before, mine, other)]
    if fate is Fate.LEAVE:
        return fate
    return ALLOWED.get((fate, policy.direction(key)), fate)


def _winners(
    fates: dict[str, Fate], alike: set[str], side: Side, rows: Mapping[str, Field]
) -> dict[str, Side]:
    """Who wins each conflict; the other parts of the group go with the winner, also
    those that their direction would leave different.
    """
    winners: dict[str, Side] = {}
    for key, fate in fates.items():
        if fate is Fate.CONFLICT:
            winners[key] = side
            for mate in _group(key, rows):
                if mate in fates and mate not in alike:
                    winners.setdefault(mate, side)
    return winners


def _group(key: str, rows: Mapping[str, Field]) -> list[str]:
    group = rows[key].group
    return [k for k, row in rows.items() if group and row.group == group and k != key]


def _settle(
    fates: dict[str, Fate],
    winners: dict[str, Side],
    base: Mapping[str, str],
    ours: Contact,
    theirs: Contact,
    policy: Policy,
    alike: set[str],
) -> Merge:
    """All of a merge but ``foreign``; ``alike`` are the rows that mean the same."""
    pull, push, agreed, conflicts = {}, {}, dict(base), []
    for key, fate in fates.items():
        side = winners.get(key)
        if fate is Fate.LEAVE and side is None:
            if key in alike:
                agreed[key] = theirs[key]
            continue
        agreed[key] = theirs[key]
        if side is Side.ODOO or (side is None and fate is Fate.SEND_OURS):
            push[key] = ours[key]
        elif policy.direction(key).pulls:
            pull[key] = theirs[key]
        else:
            agreed[key] = ours[key]
        if side is Side.ODOO:
            conflicts.append(Conflict(key, side, kept=ours[key], lost=theirs[key]))
        elif side is Side.EXCHANGE:
            conflicts.append(Conflict(key, side, kept=theirs[key], lost=ours[key]))
    return Merge(pull, push, agreed, conflicts=tuple(conflicts))
