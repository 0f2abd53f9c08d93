# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compare the three versions of a pair: what happened on each side, and the rows with
which a merge starts.

This module finds facts and applies no policy: an edit counts even if the owner's
choices do not allow to send it, because an edited contact is never deleted as a result
of a deletion on the other side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .align import Aligned, align, their_name
from .behavior import NOTHING_KNOWN, Behavior
from .changes import Change, Edit, edits_of
from .companies import represents_company
from .contact import Base, Contact
from .differences import NO_DIFFERENCES, Differences, row_of, without_members
from .fields import IS_COMPANY, SETS
from .policy import Direction, Policy
from .reference_data import ReferenceData
from .typed import unedited
from .unread import after_reading


@dataclass(frozen=True)
class Rows:
    """Three versions of a pair in the same rows.

    :param base: by row, what both sides agreed on
    :param keys: rows to compare: both sides store them, and one version has a text
    :param blank: the other rows that both sides store, the majority, each with ""
    :param edits: by row, without sets
    """

    base: Mapping[str, str]
    ours: Contact
    theirs: Contact
    reference_data: ReferenceData
    differences: Differences
    keys: tuple[str, ...]
    blank: Mapping[str, str]
    edits: Mapping[str, Edit]

    @property
    def changes(self) -> dict[str, Change]:
        """Who changed each row."""
        return {key: edit.change for key, edit in self.edits.items()}


def compare_rows(
    base: Mapping[str, str] | None,
    ours: Contact,
    theirs: Contact,
    reference_data: ReferenceData,
    differences: Differences = NO_DIFFERENCES,
) -> Rows:
    """Compare contacts whose rows were aligned.

    :param base: by row; None for a pair that never agreed
    :param differences: those that remained when the pair last agreed
    """
    base = base or {}
    held = {*differences.ours, *(row_of(key) for key in differences.reasons)}
    for side in (ours, theirs, base):
        held.update(key for key, text in side.items() if text)
    both = ours.keys() & theirs.keys()
    keys = [key for key in reference_data.rows if key in both]
    blank = {key: "" for key in keys if key not in held}
    looked_at = tuple(key for key in keys if key in held)
    single = [key for key in looked_at if key not in SETS]
    found = edits_of(single, base, ours, theirs, reference_data, differences)
    return Rows(
        base, ours, theirs, reference_data, differences, looked_at, blank, found
    )


@dataclass(frozen=True)
class Comparison:
    """The comparison of a pair.

    :param base: includes sent values that have arrived; None for a pair that never
        agreed
    :param ours: None for a partner that is still to be created
    """

    base: Base | None
    ours: Contact | None
    theirs: Contact
    aligned: Aligned
    rows: Rows

    def edited_in_odoo(self, policy: Policy) -> bool:
        """Decide whether a person edited the partner. Rows whose own direction does not
        allow to push them do not count.
        """
        edited = {key for key, edit in self.rows.edits.items() if edit.here}
        edited |= self._edited_sets
        return any(policy.rules.get(k, Direction.BOTH).pushes for k in edited)

    @cached_property
    def _edited_sets(self) -> set[str]:
        """The edited sets. Members that Exchange refused are no edit."""
        rows, reference_data = self.rows, self.rows.reference_data
        keys = SETS.intersection(rows.keys)
        if not keys:
            return set()
        barred = {key: "\n".join(rows.differences.barred(key)) for key in keys}
        mine = rows.ours.with_values(
            {
                key: without_members(rows.ours[key], members)
                for key, members in barred.items()
                if members
            }
        )
        found = edits_of(
            keys, rows.base, mine, rows.theirs, reference_data, rows.differences
        )
        return {key for key, edit in found.items() if edit.here}

    @cached_property
    def edited_in_exchange(self) -> bool:
        """Whether the item differs from when it was last read, including rows that are
        not pulled.
        """
        if self.base is None:
            return True
        before, reference_data = self.base.theirs(), self.rows.reference_data
        now = self.theirs.with_values({"name": their_name(self.theirs, self.base)})
        if not unedited("name", before, now, reference_data):
            return True
        keys = (
            key for key in reference_data.rows if key in before and key in self.theirs
        )
        return any(
            not unedited(key, before, self.theirs, reference_data) for key in keys
        )


def compare(
    base: Base | None,
    ours: Contact | None,
    theirs: Contact,
    reference_data: ReferenceData,
    *,
    carries: frozenset[str],
    preferred_slot: str,
    behavior: Behavior = NOTHING_KNOWN,
    read: bool = True,
) -> Comparison:
    """Compare the three versions of a pair.

    :param base: None for a pair that never agreed
    :param ours: None if the partner is still to be created
    :param carries: rows that a partner can store
    :param preferred_slot: slot for a number of the partner's kind
    :param behavior: of the mail server
    :param read: ``theirs`` was just read, not remembered
    """
    if base:
        base = after_reading(
            base.within(carries), theirs, reference_data, behavior, read=read
        )
    mine = _blank(theirs, carries) if ours is None else ours
    aligned = align(mine, theirs, base, reference_data, preferred_slot)
    rows = compare_rows(
        aligned.base, aligned.ours, aligned.theirs, reference_data, aligned.differences
    )
    return Comparison(base, ours, theirs, aligned, rows)


def _blank(theirs: Contact, carries: frozenset[str]) -> Contact:
    """Return a blank new partner; a company's item becomes a company."""
    blank = dict.fromkeys(carries, "")
    return Contact({**blank, IS_COMPANY: "yes" if represents_company(theirs) else ""})
