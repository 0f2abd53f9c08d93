# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Three versions of a set, member by member.

A member is there or it is not, so where the sides differ exactly one of them changed
it since the base, and nothing can be in conflict: what either side added or removed
survives. Without a base nobody is known to have removed anything.

What a direction keeps out of Odoo, and a member that Odoo has no record for, are one
and the same: the base goes on saying what Odoo has, so that the absence in Odoo is
no removal and the member comes in as soon as it may.

Each side may write a member in its own way ("VIP", "vip"). A side that writes it
otherwise than it did before was edited, and the other follows; when both were, it is
written as in Exchange.

What Outlook would take apart is not sent: it writes the categories of an item as one
text and reads them again at the list separator of Windows, a comma or a semicolon
(Outlook VBA page "ContactItem.Categories"), and a category has less than 256 characters
(PidNameKeywords, [MS-OXCMSG] 2.2.1.17). Such a member stays in Odoo; one that Exchange
has already comes in whole and stays whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .known import are_respelled, written_otherwise
from .normalize import members
from .policy import Direction
from .reference_data import Vocabulary


@dataclass(frozen=True)
class SetMerge:
    """What becomes of a set. Where nothing changed, the text is the one there was.

    :param ours: str, what Odoo has afterwards
    :param theirs: str, what Exchange has afterwards
    :param base: str, what a later merge compares with as long as Exchange was told
        nothing
    :param base_when_sent: str, and once Exchange has acknowledged ``theirs``
    :param written: str, members that Odoo writes otherwise than ``base``
    :param barred: frozenset of str, members that stay apart, in canonical form
    """

    ours: str
    theirs: str
    base: str
    base_when_sent: str
    written: str = ""
    barred: frozenset[str] = frozenset()


SEPARATORS, LONGEST = ",;", 255


def may_go_out(name: str) -> bool:
    """:param name: str, as written
    :return: bool, whether it is one category to Outlook
    """
    return len(name) <= LONGEST and not any(char in name for char in SEPARATORS)


def left_out(ours: str, theirs: str, words: Vocabulary) -> list[str]:
    """:param ours: str, a member a line
    :param theirs: str
    :param words: Vocabulary
    :return: list of str, members of Odoo's that Exchange does not get
    """
    there = members(theirs, words)
    mine = members(ours, words).items()
    return [name for one, name in mine if one not in there and not may_go_out(name)]


def merge_set(
    base: str,
    ours: str,
    theirs: str,
    direction: Direction,
    words: Vocabulary,
    *,
    written: str = "",
    barred: Collection[str] = frozenset(),
) -> SetMerge:
    """Merge a set.

    :param base: str, a member a line, as Exchange wrote them; "" if the sides never
        agreed
    :param ours: str
    :param theirs: str
    :param direction: Direction
    :param words: Vocabulary, to tell what Odoo can have
    :param written: str, members that Odoo wrote otherwise than ``base``
    :param barred: collection of str, members that a side refused, in canonical form
    :return: SetMerge
    """
    before, mine, other = (members(one, words) for one in (base, ours, theirs))
    moves = _moves(before, mine, other, direction, words, barred)
    comes_in, kept_out, goes_out = moves
    ours_before = {**before, **members(written, words)}
    names = _names(before, ours_before, mine, other, direction)
    order = [*other, *(one for one in mine if one not in other)]

    def text(was: str, changes: Collection[str], written: Mapping[str, str]) -> str:
        """Exchange's members first, in its order."""
        held = members(was, words)
        chosen = held.keys() ^ changes
        if not changes and all(written[one] == held[one] for one in held):
            return was
        return "\n".join(written[one] for one in order if one in chosen)

    agreed = text(theirs, kept_out, names.agreed)
    odoo = (names.odoo[one] for one in mine.keys() & members(agreed, words).keys())
    return SetMerge(
        text(ours, comes_in, names.ours),
        text(theirs, goes_out, names.theirs),
        agreed,
        text(theirs, kept_out | goes_out, {**names.theirs, **names.kept_out}),
        written_otherwise("\n".join(odoo), agreed, words),
        frozenset((mine.keys() ^ other.keys()).intersection(barred)),
    )


def _moves(
    before: Mapping[str, str],
    mine: Mapping[str, str],
    other: Mapping[str, str],
    direction: Direction,
    words: Vocabulary,
    barred: Collection[str],
) -> tuple[set[str], set[str], set[str]]:
    """:return: members whose presence or absence comes in, is kept out, and goes out"""
    differing = mine.keys() ^ other.keys()
    by_them = {one for one in differing if (one in before) == (one in mine)}
    held = {one for one in by_them if one in mine or words.has_tag(one)}
    comes_in = held.difference(barred) if direction.pulls else set()
    by_us = (differing - by_them).difference(barred)
    may_go = {one for one in by_us if one in other or may_go_out(mine[one])}
    return comes_in, by_them - comes_in, may_go if direction.pushes else set()


@dataclass(frozen=True)
class _Names:
    """How the members of both sides are written, by their canonical forms.

    :param ours: in Odoo, afterwards
    :param theirs: in Exchange, afterwards
    :param agreed: in the base, as long as Exchange was told nothing
    :param odoo: in Odoo, as far as Exchange knows of it
    :param kept_out: in the base, where Exchange's new spelling may not come in
    """

    ours: Mapping[str, str]
    theirs: Mapping[str, str]
    agreed: Mapping[str, str]
    odoo: Mapping[str, str]
    kept_out: Mapping[str, str]


def _names(
    before: Mapping[str, str],
    ours_before: Mapping[str, str],
    mine: Mapping[str, str],
    other: Mapping[str, str],
    direction: Direction,
) -> _Names:
    """:param before: dict of members as Exchange wrote them, by canonical form
    :param ours_before: likewise, as Odoo wrote them
    """
    both = mine.keys() & other.keys()
    differ = {one for one in both if are_respelled(mine[one], other[one])}
    by_them = {one for one in differ & before.keys() if before[one] != other[one]}
    # A name in another language is no edit: the owner's language is another now.
    respelled = {
        one for one in differ if are_respelled(ours_before.get(one, ""), mine[one])
    }
    by_us = (differ & before.keys() & respelled) - by_them
    come_in = {one: other[one] for one in by_them if direction.pulls}
    kept_out = {one: before[one] for one in by_them.difference(come_in)}
    go_out = {one: mine[one] for one in by_us if direction.pushes}
    ours = {**other, **mine, **come_in}
    theirs = {**mine, **other}
    edited = {one: ours_before[one] for one in by_us}
    return _Names(
        ours,
        {**theirs, **go_out},
        {**theirs, **kept_out},
        {**ours, **edited},
        kept_out,
    )
