# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The differences that remain between the two sides of a synchronized pair.

The texts of a value may differ although both sides agree. Odoo adds "http://" to a
website, and a company that is a record has the name of that record. A value may also
stay *different* because one side refuses it or does not store it. In these cases both
texts are remembered and the row is left unchanged as long as neither text changes; a
changed text is an edit like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from .fields import SETS
from .normalize import member, members
from .reference_data import ReferenceData


class DifferenceReason(Enum):
    """Why a row or a member of a set stays different on the two sides."""

    REFUSED_BY_ODOO = "odoo"
    """Odoo does not accept Exchange's value."""
    REFUSED_BY_EXCHANGE = "exchange"
    """Exchange does not accept Odoo's value."""
    CUT = "cut"
    """Exchange stores only the beginning of the value."""
    NOT_KEPT = "not_kept"
    """Exchange acknowledges the value but does not store it."""
    STAYS = "stays"
    """Exchange acknowledges the deletion of the value but keeps it."""

    @property
    def is_refusal(self) -> bool:
        """Whether to try again when any other field of the pair changes."""
        return self in REFUSED


REFUSED = frozenset(
    {DifferenceReason.REFUSED_BY_ODOO, DifferenceReason.REFUSED_BY_EXCHANGE}
)


def member_key(row: str, member: str) -> str:
    """Return the key under which ``Differences.reasons`` stores a member of a set.

    :param row: key of a set
    :param member: in canonical form
    """
    return f"{row}\n{member}"


def member_of(key: str) -> str:
    """Return the member in a key of :func:`member_key`; "" for a row."""
    return key.partition("\n")[2]


def row_of(key: str) -> str:
    """Return the row of a key.

    :param key: a row, or from :func:`member_key`
    """
    return key.partition("\n")[0]


@dataclass(frozen=True)
class Differences:
    """The differences that remain between the sides of a pair; immutable.

    :param ours: by row, what Odoo had when both sides last agreed, or when a reason was
        found, if that differs from the base; of a set only the members that are spelled
        differently
    :param reasons: why values stay different, by row or set's member
        (:func:`member_key`)
    :param exact: texts were remembered as entered; False for pairs that agreed under a
        version before 19.0.1.3.0, which stored only the meaning of Odoo's texts
    """

    ours: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, DifferenceReason] = field(default_factory=dict)
    exact: bool = True

    def in_odoo(self, base: Mapping[str, str]) -> Mapping[str, str]:
        """Return what Odoo had when both sides agreed.

        :param base: by row, what both sides agreed on
        """
        if not self.ours:
            return base
        before = {**base, **self.ours}
        for key in SETS.intersection(self.ours):
            # The first of two equal names counts (``normalize.members``).
            before[key] = f"{self.ours[key]}\n{base.get(key, '')}"
        return before

    def moved(self, old: str, new: str) -> Differences:
        """Return the differences after a value moved to another row."""
        ours, reasons = dict(self.ours), dict(self.reasons)
        if old in ours:
            ours[new] = ours.pop(old)
        if old in reasons:
            reasons[new] = reasons.pop(old)
        return replace(self, ours=ours, reasons=reasons)

    def without(self, rows: Collection[str]) -> Differences:
        """Return the differences of the other rows."""
        if not self.ours and not self.reasons:
            return self
        ours = {key: text for key, text in self.ours.items() if key not in rows}
        reasons = {k: why for k, why in self.reasons.items() if row_of(k) not in rows}
        return replace(self, ours=ours, reasons=reasons)

    def with_reasons(
        self,
        reasons: Mapping[str, DifferenceReason],
        ours: Mapping[str, str] | None = None,
    ) -> Differences:
        """Return the differences with further values that stay different.

        :param reasons: by row or set's member
        :param ours: by row, what Odoo has in these rows
        """
        texts = {**self.ours, **(ours or {})}
        return replace(self, ours=texts, reasons={**self.reasons, **reasons})

    def with_set(self, row: str, written: str, barred: Collection[str]) -> Differences:
        """Return the differences after a set was merged.

        :param row: key of the set
        :param written: members that Odoo spells differently
        :param barred: members that stay different
        """
        ours = {key: text for key, text in self.ours.items() if key != row}
        if written:
            ours[row] = written
        stay = {member_key(row, member) for member in barred}
        reasons = {
            k: why for k, why in self.reasons.items() if row_of(k) != row or k in stay
        }
        return replace(self, ours=ours, reasons=reasons)

    def refused_by_exchange(self, row: str) -> frozenset[str]:
        """Return the members of a set that Exchange refused, in canonical form.

        :param row: key of the set
        """
        why = DifferenceReason.REFUSED_BY_EXCHANGE
        return frozenset(
            member_of(key)
            for key, one in self.reasons.items()
            if one is why and row_of(key) == row
        )

    def barred(
        self, row: str, retry: Collection[DifferenceReason] = (), *, moved: bool = False
    ) -> frozenset[str]:
        """Return the members of a set that stay different, in canonical form.

        :param row: key of the set
        :param retry: reasons for which a member is tried again in any case
        :param moved: another value of the pair changed
        """
        return frozenset(
            member_of(key)
            for key, why in self.reasons.items()
            if row_of(key) == row
            and member_of(key)
            and why not in retry
            and not (moved and why.is_refusal)
        )


NO_DIFFERENCES = Differences()
"""For a pair that never agreed, or whose texts are the same on both sides."""


def are_respelled(one: str, other: str) -> bool:
    """Decide whether two names of one member differ only in capitals. The name of a tag
    in another language is a different name.
    """
    return one != other and member(one) == member(other)


def spelled_differently(
    text: str, than: str, reference_data: ReferenceData | None = None
) -> str:
    """Return the members of a set that one side spells differently from the other.

    :param text: one member per line
    :param than: one member per line
    :param reference_data: given if members may be in several languages
    :return: those members of ``text`` that are in both and differ
    """
    other = members(than, reference_data)
    found = members(text, reference_data).items()
    return "\n".join(one for key, one in found if other.get(key, one) != one)


def without_members(text: str, left_out: str) -> str:
    """Return a set without some members, regardless of their spelling.

    :param text: one member per line
    :param left_out: one member per line
    """
    unwanted = members(left_out)
    return "\n".join(one for key, one in members(text).items() if key not in unwanted)
