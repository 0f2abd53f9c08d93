# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find out who changed a field since both sides agreed.

A side changed a field if its text differs from the text that this side had
(``typed.py``); a cleared value is a change like any other. Where the sides never
agreed, texts are compared by meaning, since a program may have written either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from .contact import Contact
from .differences import (
    NO_DIFFERENCES,
    DifferenceReason,
    Differences,
    spelled_differently,
)
from .fields import SETS, Kind
from .normalize import agree_at_first, canonical, same
from .reference_data import ReferenceData
from .typed import is_typed, unedited


class Change(Enum):
    """Who changed a field since both sides agreed."""

    NOBODY = "nobody"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH_SAME = "both to the same value"
    BOTH_DIFFERENT = "both to different values"
    FIRST_FILLS_OURS = "no base: only theirs has a value"
    FIRST_FILLS_THEIRS = "no base: only ours has a value"


CHANGE_IF_RETRIED = {
    DifferenceReason.REFUSED_BY_ODOO: Change.THEIRS,
    DifferenceReason.REFUSED_BY_EXCHANGE: Change.OURS,
    DifferenceReason.CUT: Change.OURS,
    DifferenceReason.NOT_KEPT: Change.OURS,
    DifferenceReason.STAYS: Change.OURS,
}
"""How a value that stays different is classified when it is tried again."""


@dataclass(frozen=True)
class Edit:
    """What happened to a row since both sides agreed.

    :param here: Odoo's text was edited, or never agreed on
    :param there: Exchange's text was edited, or never agreed on
    """

    change: Change
    here: bool = False
    there: bool = False


EDITS_AT_FIRST = {
    Change.NOBODY: Edit(Change.NOBODY),
    Change.BOTH_DIFFERENT: Edit(Change.BOTH_DIFFERENT, True, True),
    Change.FIRST_FILLS_OURS: Edit(Change.FIRST_FILLS_OURS, there=True),
    Change.FIRST_FILLS_THEIRS: Edit(Change.FIRST_FILLS_THEIRS, here=True),
}
"""Rows that both sides never agreed on."""


def edits_of(
    keys: Iterable[str],
    base: Mapping[str, str],
    ours: Contact,
    theirs: Contact,
    reference_data: ReferenceData,
    differences: Differences = NO_DIFFERENCES,
) -> dict[str, Edit]:
    """Find out who changed which fields.

    :param keys: fields that both sides can store
    :param base: by field key, what Exchange had; a key that is missing was never agreed
        on
    :param differences: what Odoo had where that was a different text
    """
    before, found = differences.in_odoo(base), {}
    for key in keys:
        if key not in base:
            found[key] = EDITS_AT_FIRST[_at_first(key, ours, theirs, reference_data)]
            continue
        here = not unedited(key, before, ours, reference_data)
        there = not unedited(key, base, theirs, reference_data)
        change = _change(key, here, there, ours, theirs, reference_data)
        found[key] = Edit(change, here, there)
    return found


def _at_first(
    key: str, ours: Contact, theirs: Contact, reference_data: ReferenceData
) -> Change:
    if not ours.get(key):  # as with a partner that is still to be created
        text = theirs.get(key) and canonical(key, theirs, reference_data)
        return Change.FIRST_FILLS_OURS if text else Change.NOBODY
    here, there = (canonical(key, side, reference_data) for side in (ours, theirs))
    if not here or not there:
        if here == there:
            return Change.NOBODY
        return Change.FIRST_FILLS_THEIRS if here else Change.FIRST_FILLS_OURS
    alike = here == there or agree_at_first(key, ours, theirs, reference_data)
    return Change.NOBODY if alike else Change.BOTH_DIFFERENT


def _change(
    key: str,
    here: bool,
    there: bool,
    ours: Contact,
    theirs: Contact,
    reference_data: ReferenceData,
) -> Change:
    """Classify a row by which texts were edited.

    :param here: Odoo's text was edited
    :param there: Exchange's text was edited
    """
    if here and there:
        alike = same(key, ours, theirs, reference_data)
        return Change.BOTH_SAME if alike else Change.BOTH_DIFFERENT
    if not here and not there:
        return Change.NOBODY
    if unedited(key, ours, theirs, reference_data):
        return Change.BOTH_SAME
    return Change.OURS if here else Change.THEIRS


def with_retried(
    found: Mapping[str, Change],
    differences: Differences,
    *,
    retry: Collection[DifferenceReason],
) -> dict[str, Change]:
    """Return the changes including refused values that are tried again.

    A refused value is tried again when any other field of the pair changed: the edit
    may have corrected the cause of the refusal.

    :param retry: reasons for which a value is tried again in any case
    """
    again = dict(found)
    if not differences.reasons:
        return again
    moved = any(change is not Change.NOBODY for change in found.values())
    for key in differences.reasons.keys() & found.keys():
        why = differences.reasons[key]
        if found[key] is Change.NOBODY and (why in retry or moved and why.is_refusal):
            again[key] = CHANGE_IF_RETRIED[why]
    return again


def with_exact_texts(
    base: Mapping[str, str],
    differences: Differences,
    ours: Contact,
    reference_data: ReferenceData,
) -> Differences:
    """Convert the differences of a pair whose base only stored the meaning of Odoo's
    texts.

    A text that means the same as the base was not edited; it is stored as Odoo's text.

    :param base: see :func:`edits_of`
    """
    if differences.exact:
        return differences
    texts = {}
    for key in base.keys() & ours.keys():
        if not is_typed(key, reference_data) or unedited(
            key, base, ours, reference_data
        ):
            continue
        if key in SETS:
            texts[key] = spelled_differently(ours[key], base[key], reference_data)
        elif same(key, base, ours, reference_data) or _was_same(
            key, base, ours, reference_data
        ):
            texts[key] = ours[key]
    kept = {key: text for key, text in texts.items() if text}
    return replace(differences, ours={**differences.ours, **kept}, exact=True)


def _was_same(
    key: str, base: Mapping[str, str], ours: Contact, reference_data: ReferenceData
) -> bool:
    """Decide whether the versions before 19.0.1.3.0 took both for the same number: they
    compared digits only. Which of the two was entered last can no longer be known."""
    if reference_data.rows[key].kind is not Kind.PHONE:
        return False
    digits = [
        [char for char in text if char.isdigit()] for text in (base[key], ours[key])
    ]
    return bool(digits[0]) and digits[0] == digits[1]
