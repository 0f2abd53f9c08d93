# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is known of a pair besides the text that both sides agreed on.

Both sides need not have the same text for a value. Odoo writes "http://" before a
website, and a company that is a record is called as the record is. And a value may be
*apart*: one side refuses it, or does not keep it. Then both texts are remembered, the
row is left alone as long as both stay what they are, and a text that changes is an
edit like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from .fields import SETS
from .normalize import member, members
from .reference_data import ReferenceData


class Apart(Enum):
    """Why both sides have different values, and nobody is to change that."""

    REFUSED_BY_ODOO = "odoo"
    """Odoo does not take what Exchange has."""
    REFUSED_BY_EXCHANGE = "exchange"
    """Exchange does not take what Odoo has."""
    CUT = "cut"
    """Exchange keeps the beginning only."""
    NOT_KEPT = "not_kept"
    """Exchange acknowledges the value, and does not keep it."""
    STAYS = "stays"
    """Exchange acknowledges that the value was deleted, and keeps it."""

    @property
    def is_refusal(self) -> bool:
        """Whether it is worth to be tried again when the pair is worked on anyway."""
        return self in REFUSED


REFUSED = frozenset({Apart.REFUSED_BY_ODOO, Apart.REFUSED_BY_EXCHANGE})


def member_key(row: str, member: str) -> str:
    """:param row: str, key of a set
    :param member: str, in canonical form
    :return: str, under which it is kept that one member is apart
    """
    return f"{row}\n{member}"


def member_of(key: str) -> str:
    """:return: str, the member that :func:`member_key` was given; "" for a row"""
    return key.partition("\n")[2]


def row_of(key: str) -> str:
    """:param key: str, a row, or from :func:`member_key`
    :return: str, the row
    """
    return key.partition("\n")[0]


@dataclass(frozen=True)
class Known:
    """What is known of a pair besides the base, frozen.

    :param ours: Mapping of row to text, what Odoo had where its text was another than
        the base when both sides last agreed, or when the row was found to be apart; of
        a set only the members that are written otherwise
    :param apart: Mapping of row, or of a set's member (:func:`member_key`), to Apart
    :param exact: bool, texts were remembered as typed; False for pairs that agreed
        under a version before 19.0.1.3.0, of whose texts in Odoo only the meaning is
        known
    """

    ours: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, Apart] = field(default_factory=dict)
    exact: bool = True

    def in_odoo(self, base: Mapping[str, str]) -> Mapping[str, str]:
        """:param base: Mapping of row to text, what both sides agreed on
        :return: Mapping, what Odoo had then
        """
        if not self.ours:
            return base
        before = {**base, **self.ours}
        for key in SETS.intersection(self.ours):
            # Of two names that mean the same the first counts (``normalize.members``).
            before[key] = f"{self.ours[key]}\n{base.get(key, '')}"
        return before

    def moved(self, old: str, new: str) -> Known:
        """:param old: str, a row
        :param new: str, the row that has its place now
        :return: Known
        """
        ours, apart = dict(self.ours), dict(self.apart)
        if old in ours:
            ours[new] = ours.pop(old)
        if old in apart:
            apart[new] = apart.pop(old)
        return replace(self, ours=ours, apart=apart)

    def without(self, rows: Collection[str]) -> Known:
        """:param rows: set of str
        :return: Known, of which nothing is known about these rows
        """
        ours = {key: text for key, text in self.ours.items() if key not in rows}
        apart = {k: why for k, why in self.apart.items() if row_of(k) not in rows}
        return replace(self, ours=ours, apart=apart)

    def with_apart(
        self, apart: Mapping[str, Apart], ours: Mapping[str, str] | None = None
    ) -> Known:
        """:param apart: Mapping of row, or of a set's member, to Apart
        :param ours: Mapping of row to text, what Odoo has of these rows
        :return: Known
        """
        texts = {**self.ours, **(ours or {})}
        return replace(self, ours=texts, apart={**self.apart, **apart})

    def with_set(self, row: str, written: str, barred: Collection[str]) -> Known:
        """:param row: str, key of a set
        :param written: str, its members that Odoo writes otherwise
        :param barred: collection of str, members of it that stay apart
        :return: Known
        """
        ours = {key: text for key, text in self.ours.items() if key != row}
        if written:
            ours[row] = written
        stay = {member_key(row, member) for member in barred}
        apart = {
            k: why for k, why in self.apart.items() if row_of(k) != row or k in stay
        }
        return replace(self, ours=ours, apart=apart)

    def refused_by_exchange(self, row: str) -> frozenset[str]:
        """:param row: str, key of a set
        :return: frozenset of str, in canonical form, members that Exchange refused
        """
        why = Apart.REFUSED_BY_EXCHANGE
        return frozenset(
            member_of(key)
            for key, one in self.apart.items()
            if one is why and row_of(key) == row
        )

    def barred(
        self, row: str, retry: Collection[Apart] = (), *, moved: bool = False
    ) -> frozenset[str]:
        """:param row: str, key of a set
        :param retry: collection of Apart, what is to be tried again in any case
        :param moved: bool, something else of the pair changed
        :return: frozenset of str, in canonical form, members that stay apart
        """
        return frozenset(
            member_of(key)
            for key, why in self.apart.items()
            if row_of(key) == row
            and member_of(key)
            and why not in retry
            and not (moved and why.is_refusal)
        )


NOTHING_MORE = Known()
"""Of a pair that never agreed, or whose texts are the same on both sides."""


def are_respelled(one: str, other: str) -> bool:
    """:param one: str, a member of a set
    :param other: str, likewise
    :return: bool, whether they differ, but only in capitals: the name of a tag in
        another language is another name
    """
    return one != other and member(one) == member(other)


def written_otherwise(text: str, than: str, words: ReferenceData | None = None) -> str:
    """The members of a set that one side writes otherwise than the other.

    :param text: str, a member a line
    :param than: str, likewise
    :param words: ReferenceData, if members may be in several languages
    :return: str, those members of ``text`` that are in both and differ
    """
    other = members(than, words)
    found = members(text, words).items()
    return "\n".join(one for key, one in found if other.get(key, one) != one)


def without_members(text: str, left_out: str) -> str:
    """:param text: str, a member a line
    :param left_out: str, likewise
    :return: str, ``text`` without those members, however they are written
    """
    known = members(left_out)
    return "\n".join(one for key, one in members(text).items() if key not in known)
