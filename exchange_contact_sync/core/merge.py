# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Merge three versions of a contact, field by field.

``FATE`` decides what happens to a field by who changed it
(``changes.py``). Sets are merged member by member instead (``multi_value.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from .behavior import Behavior
from .changes import Change, with_retried
from .comparison import Rows, compare_rows
from .contact import Contact
from .differences import NO_DIFFERENCES, DifferenceReason, Differences, member_key
from .fields import SETS, Field
from .multi_value import SetMerge, merge_set
from .normalize import agree_at_first, members, same
from .policy import ConflictPolicy, Direction, Policy, Side
from .reference_data import ReferenceData
from .typed import is_typed, unedited


class Fate(Enum):
    """What happens to a field."""

    LEAVE = "both sides stay as they are"
    TAKE_THEIRS = "Exchange's value is pulled"
    SEND_OURS = "Odoo's value is pushed"
    CONFLICT = "the conflict policy decides"


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
"""Fates that a direction forbids, and what replaces them; all others stay. A conflict
under "only to Exchange" remains a conflict, so that a change made in Exchange is never
overwritten without being reported."""


@dataclass(frozen=True)
class Conflict:
    """A field that both sides changed to different values.

    :param key: field key
    :param kept: the value that both sides have afterwards
    :param lost: the value that was overwritten
    """

    key: str
    winner: Side
    kept: str
    lost: str


@dataclass(frozen=True)
class Merge:
    """The result of a merge.

    :param pull: by field key, the values to write in Odoo
    :param push: by field key, the values to write in Exchange
    :param base: by field key, what the next merge compares with: what Exchange has now,
        wherever its value was accepted
    :param foreign: by field key, what Exchange has where that differs from the base,
        because the field's direction does not allow to pull it
    :param own: by field key, what Odoo has in rows of ``push`` where that differs from
        the value sent: a set of which Odoo does not get all members
    :param differences: those that remain once Odoo has exactly the values of ``pull``
    """

    pull: Mapping[str, str] = field(default_factory=dict)
    push: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    differences: Differences = NO_DIFFERENCES


def winner_of(policy: Policy, ours_is_newer: bool) -> Side:
    """Decide who wins a conflict; Exchange wins if the times are equal.

    :param ours_is_newer: Odoo's side was modified strictly later
    """
    if policy.conflict is ConflictPolicy.NEWEST:
        return Side.ODOO if ours_is_newer else Side.EXCHANGE
    return Side.ODOO if policy.conflict is ConflictPolicy.ODOO else Side.EXCHANGE


def merge(
    base: Mapping[str, str] | None,
    ours: Contact,
    theirs: Contact,
    policy: Policy,
    reference_data: ReferenceData,
    differences: Differences = NO_DIFFERENCES,
    *,
    ours_is_newer: bool = False,
    retry: Collection[DifferenceReason] = frozenset(),
) -> Merge:
    """Merge two contacts whose rows were aligned.

    :param base: by field key; None before both sides agreed for the first time
    :param differences: those that remained when the pair last agreed
    :param ours_is_newer: for the policy "newest"
    :param retry: reasons for which a value is tried again in any case
    """
    rows = compare_rows(base, ours, theirs, reference_data, differences)
    return merge_rows(rows, policy, ours_is_newer=ours_is_newer, retry=retry)


def merge_rows(
    rows: Rows,
    policy: Policy,
    *,
    ours_is_newer: bool = False,
    retry: Collection[DifferenceReason] = frozenset(),
) -> Merge:
    """Merge two contacts that were compared.

    :param ours_is_newer: for the policy "newest"
    :param retry: reasons for which a value is tried again in any case
    """
    base, ours, theirs = rows.base, rows.ours, rows.theirs
    reference_data, differences = rows.reference_data, rows.differences
    keys, found = rows.keys, rows.changes
    changes = with_retried(found, differences, retry=retry)
    fates = {key: _fate(key, change, policy) for key, change in changes.items()}
    side = winner_of(policy, ours_is_newer)
    winners = _winners(fates, side, ours, theirs, reference_data)
    tried = {key for key, who in changes.items() if who is not found[key]}
    merged = _settle(fates, winners, base, ours, theirs, policy, differences, tried)
    settled = [
        key
        for key, who in changes.items()
        if key not in winners and _is_settled(who, key, differences)
    ]
    merged = _in_step(merged, settled, ours, theirs, reference_data)
    sets = SETS.intersection(keys)
    merged = _merge_sets(
        merged, sets, base, ours, theirs, policy, reference_data, differences, retry
    )
    agreed = merged.base
    foreign = {
        key: theirs[key]
        for key in keys
        if key not in agreed or not unedited(key, agreed, theirs, reference_data)
    }
    return replace(merged, base={**agreed, **rows.blank}, foreign=foreign)


def _fate(key: str, change: Change, policy: Policy) -> Fate:
    fate = FATE[change]
    if fate is Fate.LEAVE:
        return fate
    return ALLOWED.get((fate, policy.direction(key)), fate)


def _winners(
    fates: Mapping[str, Fate],
    side: Side,
    ours: Contact,
    theirs: Contact,
    reference_data: ReferenceData,
) -> dict[str, Side]:
    """Decide who wins each conflict. The other parts of the group follow the winner,
    even if their direction would leave them different.
    """
    winners: dict[str, Side] = {}
    for key, fate in fates.items():
        if fate is Fate.CONFLICT:
            winners[key] = side
            for mate in _group(key, reference_data.rows):
                if mate in fates and not same(mate, ours, theirs, reference_data):
                    winners.setdefault(mate, side)
    return winners


def _group(key: str, rows: Mapping[str, Field]) -> list[str]:
    group = rows[key].group
    return [k for k, row in rows.items() if group and row.group == group and k != key]


def _settle(
    fates: Mapping[str, Fate],
    winners: Mapping[str, Side],
    base: Mapping[str, str],
    ours: Contact,
    theirs: Contact,
    policy: Policy,
    differences: Differences,
    tried: Collection[str],
) -> Merge:
    """Collect the values to write on each side, and the base that results.

    :param tried: rows that stay different and are tried again
    """
    pull, push, agreed, conflicts = {}, {}, dict(base), []
    moving = {key for key, fate in fates.items() if fate is not Fate.LEAVE}
    for key in fates:
        side = winners.get(key)
        if key not in moving and side is None:
            continue
        agreed[key] = theirs[key]
        if side is Side.ODOO or (side is None and fates[key] is Fate.SEND_OURS):
            push[key] = ours[key]
        elif policy.direction(key).pulls:
            pull[key] = theirs[key]
        else:
            agreed[key] = ours[key]
        if side is Side.ODOO:
            conflicts.append(Conflict(key, side, kept=ours[key], lost=theirs[key]))
        elif side is Side.EXCHANGE:
            conflicts.append(Conflict(key, side, kept=theirs[key], lost=ours[key]))
    # What Exchange refused stays different until Exchange has it.
    refused = {
        key for key in push if key in tried and differences.reasons[key].is_refusal
    }
    differences = differences.without((moving | winners.keys()) - refused)
    return Merge(
        pull, push, agreed, conflicts=tuple(conflicts), differences=differences
    )


def _is_settled(who: Change, key: str, differences: Differences) -> bool:
    """Decide whether a row need not be written. A row that stays different and was not
    edited keeps its reason, because a name may be refused only in part."""
    return (
        who is Change.BOTH_SAME
        or who is Change.NOBODY
        and key not in differences.reasons
    )


def _in_step(
    merged: Merge,
    settled: Collection[str],
    ours: Contact,
    theirs: Contact,
    reference_data: ReferenceData,
) -> Merge:
    """Mark rows that mean the same on both sides as agreed, each with its own text.

    :param settled: rows without an edit that has to be written
    """
    alike = {
        key for key in settled if agree_at_first(key, ours, theirs, reference_data)
    }
    differences = merged.differences.without(alike)
    texts = {
        key: ours[key]
        for key in alike
        if is_typed(key, reference_data)
        and not unedited(key, ours, theirs, reference_data)
    }
    if texts:
        differences = replace(differences, ours={**differences.ours, **texts})
    agreed = {**merged.base, **{key: theirs[key] for key in alike}}
    return replace(merged, base=agreed, differences=differences)


def _merge_sets(
    merged: Merge,
    keys: Collection[str],
    base: Mapping[str, str],
    ours: Contact,
    theirs: Contact,
    policy: Policy,
    reference_data: ReferenceData,
    differences: Differences,
    retry: Collection[DifferenceReason],
) -> Merge:
    """Merge the sets; a refused member is tried again together with other changes."""
    for key in keys:
        moved = bool(merged.pull or merged.push)
        one = merge_set(
            base.get(key, ""),
            ours[key],
            theirs[key],
            policy.direction(key),
            reference_data,
            written=differences.ours.get(key, ""),
            barred=differences.barred(key, retry, moved=moved),
        )
        merged = _with_set(merged, key, one, ours[key], theirs[key])
    return merged


def _with_set(merged: Merge, key: str, one: SetMerge, ours: str, theirs: str) -> Merge:
    """Add a merged set. Members that Exchange refused stay different until it has
    them."""
    refused = merged.differences.refused_by_exchange(key)
    differing = members(one.theirs).keys() ^ members(theirs).keys()
    barred = one.barred | (refused & differing)
    pull = {} if one.ours == ours else {key: one.ours}
    push = {} if one.theirs == theirs else {key: one.theirs}
    own = {key: one.base_when_sent} if push and one.base_when_sent != one.theirs else {}
    return replace(
        merged,
        pull={**merged.pull, **pull},
        push={**merged.push, **push},
        base={**merged.base, key: one.base},
        own={**merged.own, **own},
        differences=merged.differences.with_set(key, one.written, barred),
    )


def held_back(merged: Merge, theirs: Contact, behavior: Behavior) -> Merge:
    """Remove values that Exchange would acknowledge but not store, and note the
    reason why they differ.

    :param theirs: what Exchange has
    """
    kept = {
        key: DifferenceReason.NOT_KEPT if text else DifferenceReason.STAYS
        for key, text in merged.push.items()
        if key in (behavior.lost if text else behavior.stuck)
    }
    if not kept:
        return merged
    differences = merged.differences
    for key, why in kept.items():
        text = merged.push[key]
        if key in SETS:
            differing = members(text).keys() ^ members(theirs[key]).keys()
            differences = differences.with_reasons(
                {member_key(key, one): why for one in differing}
            )
        else:
            differences = differences.with_reasons({key: why}, {key: text})
    push = {key: text for key, text in merged.push.items() if key not in kept}
    own = {key: text for key, text in merged.own.items() if key not in kept}
    return replace(merged, push=push, own=own, differences=differences)
