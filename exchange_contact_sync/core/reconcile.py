# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Merge the three versions of a pair and derive what each side gets.

``merge`` compares rows. This module adds what does not belong to one row: the slot of a
phone number, the name of a nameless contact, places that Odoo cannot store.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .align import (
    STAND_IN_NAME,
    SURPLUS,
    UNKNOWN_PLACES,
    Aligned,
    stand_in_name,
    to_exchange,
    to_odoo,
)
from .behavior import NOTHING_KNOWN, Behavior
from .comparison import Comparison, compare_rows
from .contact import Base, Contact
from .differences import DifferenceReason
from .fields import EMAIL_LABELS, IS_COMPANY, PHONE_KEYS, SETS
from .initials import along_with_name
from .merge import Merge, held_back, merge_rows
from .multi_value import left_out
from .outcome import Outcome
from .policy import Policy
from .reference_data import ReferenceData, not_storable
from .user_requests import FieldOverride, Granted, grant


def reconcile(
    comparison: Comparison,
    policy: Policy,
    *,
    ours_is_newer: bool = False,
    field_overrides: Mapping[str, FieldOverride] | None = None,
    behavior: Behavior = NOTHING_KNOWN,
    retry: Collection[DifferenceReason] = frozenset(),
) -> Outcome:
    """Merge the three versions of a pair.

    :param ours_is_newer: for the policy "newest"
    :param field_overrides: by row, what a person decided
    :param behavior: of the mail server
    :param retry: values that differ for these reasons are sent again in any case
    """
    aligned, rows = comparison.aligned, comparison.rows
    granted = grant(field_overrides or {}, aligned, rows.reference_data)
    if granted.ours is not aligned.ours:
        rows = compare_rows(
            *(granted.base, granted.ours, aligned.theirs),
            rows.reference_data,
            granted.differences,
        )
    merged = merge_rows(rows, policy, ours_is_newer=ours_is_newer, retry=retry)
    remembered = {
        **aligned.remembered,
        **_left_out(aligned, policy, rows.reference_data),
    }
    merged = along_with_name(merged, aligned, remembered, policy)
    merged = held_back(merged, aligned.theirs, behavior)
    return _outcome(comparison, granted, merged, remembered, policy)


def _outcome(
    comparison: Comparison,
    granted: Granted,
    merged: Merge,
    remembered: dict[str, str],
    policy: Policy,
) -> Outcome:
    """Express a merge in the terms of each side."""
    aligned, ours = comparison.aligned, comparison.ours
    pulled = {**granted.pull, **merged.pull}  # the parts of a value stay together
    pulled = _settle_places(pulled, remembered, aligned, comparison.rows.reference_data)
    pulled = _settle_name(pulled, remembered, ours, aligned, comparison.theirs)
    kept = _next_base(comparison.base, aligned, merged, remembered)
    out: dict[str, str] = {}
    if merged.push:
        there = _there(aligned, remembered, policy)
        out = to_exchange(merged.push, there, aligned.differences.reasons)
    into_odoo = to_odoo(pulled, aligned)
    kind = _kind(aligned) if ours is None else {}
    return Outcome(aligned, merged, pulled, into_odoo, out, kept, granted.refused, kind)


def _there(
    aligned: Aligned, remembered: Mapping[str, str], policy: Policy
) -> dict[str, str]:
    """Return what Exchange has, without derived values that the owner does not push:
    the label of an e-mail follows its address, and ``file_as`` follows the name."""
    made_of = {**EMAIL_LABELS, "name": "file_as"}
    kept = {made for key, made in made_of.items() if not policy.direction(key).pushes}
    there = {**aligned.theirs, **remembered}
    return {key: text for key, text in there.items() if key not in kept}


def _kind(aligned: Aligned) -> dict[str, str]:
    return {IS_COMPANY: "yes"} if IS_COMPANY in aligned.remembered else {}


def _next_base(
    base: Base | None, aligned: Aligned, merged: Merge, remembered: Mapping[str, str]
) -> Base:
    """Return the base that applies once Odoo is written and Exchange is about to be."""
    kept = {} if base is None else _not_carried(base.foreign, aligned)
    foreign = {**kept, **merged.foreign}
    return Base(
        merged.base, foreign, remembered, merged.push, merged.own, merged.differences
    )


def _left_out(
    aligned: Aligned, policy: Policy, reference_data: ReferenceData
) -> dict[str, str]:
    """Add set members that are not sent to the report of values without a slot."""
    ours, theirs = aligned.ours, aligned.theirs
    surplus = aligned.remembered.get(SURPLUS, "").split("\n")
    for key in SETS:
        if key in ours and key in theirs and policy.direction(key).pushes:
            names = left_out(ours[key], theirs[key], reference_data)
            surplus += [f"{key} {name}" for name in names]
    surplus = [one for one in surplus if one]
    return {SURPLUS: "\n".join(surplus)} if surplus else {}


def _settle_places(
    pull: Mapping[str, str],
    remembered: dict[str, str],
    aligned: Aligned,
    reference_data: ReferenceData,
) -> dict[str, str]:
    """Remember places that Odoo cannot store, and leave their rows blank in Odoo."""
    unheld = not_storable(pull, aligned.ours, reference_data)
    if unheld:
        known = remembered.get(UNKNOWN_PLACES, "").split()
        remembered[UNKNOWN_PLACES] = " ".join(sorted(unheld.union(known)))
    blank = {key for key in unheld if not aligned.ours[key]}
    return {key: text for key, text in pull.items() if key not in blank}


def _settle_name(
    pull: Mapping[str, str],
    remembered: dict[str, str],
    ours: Contact | None,
    aligned: Aligned,
    theirs: Contact,
) -> dict[str, str]:
    """Make sure that the partner keeps or gets a name; items need not have one.

    A new partner gets a stand-in name; an existing one keeps its name when the name is
    removed in Exchange. Both are remembered, so that they are not pushed as a change.
    """
    pulled = dict(pull)
    if pulled.get("name"):
        remembered.pop(STAND_IN_NAME, None)
    elif ours is None:
        filed = theirs.get("file_as", "")
        stand_in = stand_in_name({**aligned.theirs, "file_as": filed})
        pulled["name"] = remembered[STAND_IN_NAME] = stand_in
    elif "name" in pulled:
        del pulled["name"]
        remembered[STAND_IN_NAME] = ours["name"]
    return pulled


def _not_carried(foreign: Mapping[str, str], aligned: Aligned) -> dict[str, str]:
    """Return the texts of rows that one side cannot store at the moment."""
    return {
        key: text
        for key, text in foreign.items()
        if key not in PHONE_KEYS and not (key in aligned.ours and key in aligned.theirs)
    }
