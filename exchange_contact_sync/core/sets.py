# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Three versions of a set, member by member.

A member is there or it is not, so where the sides differ exactly one of them changed
it since the base, and nothing can be in conflict: what either side added or removed
survives. Without a base nobody is known to have removed anything.

What a direction keeps out of Odoo, and a member that Odoo has no record for, are one
and the same: the base goes on saying what Odoo has, so that the absence in Odoo is
no removal and the member comes in as soon as it may.

What Outlook would take apart is not sent: it writes the categories of an item as one
text and reads them again at the list separator of Windows, a comma or a semicolon
(Outlook VBA page "ContactItem.Categories"), and a category has less than 256 characters
(PidNameKeywords, [MS-OXCMSG] 2.2.1.17). Such a member stays in Odoo; one that Exchange
has already comes in whole and stays whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from .normalize import members
from .policy import Direction
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class SetMerge:
    """What becomes of a set. Where nothing changed, the text is the one there was.

    :param ours: str, what Odoo has afterwards
    :param theirs: str, what Exchange has afterwards
    :param base: str, what a later merge compares with as long as Exchange was told
        nothing
    :param base_when_sent: str, and once Exchange has acknowledged ``theirs``
    """

    ours: str
    theirs: str
    base: str
    base_when_sent: str


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
    base: str, ours: str, theirs: str, direction: Direction, words: Vocabulary
) -> SetMerge:
    """Merge a set.

    :param base: str, a member a line; "" if the sides never agreed
    :param ours: str
    :param theirs: str
    :param direction: Direction
    :param words: Vocabulary, to tell what Odoo can have
    :return: SetMerge
    """
    before, mine, other = (members(one, words) for one in (base, ours, theirs))
    differing = mine.keys() ^ other.keys()
    by_them = {one for one in differing if (one in before) == (one in mine)}
    comes_in = {
        one
        for one in by_them
        if direction.pulls and (one in mine or words.has_tag(one))
    }
    by_us = differing - by_them
    may_go = {one for one in by_us if one in other or may_go_out(mine[one])}
    goes_out = may_go if direction.pushes else set()
    written = {**other, **{one: mine[one] for one in mine if one not in other}}
    kept_out = by_them - comes_in

    def toggled(text: str, changes: set[str]) -> str:
        """Exchange's members first, in its order and as written there."""
        chosen = members(text, words).keys() ^ changes
        return "\n".join(written[one] for one in written if one in chosen)

    return SetMerge(
        toggled(ours, comes_in) if comes_in else ours,
        toggled(theirs, goes_out) if goes_out else theirs,
        toggled(theirs, kept_out) if kept_out else theirs,
        toggled(theirs, kept_out | goes_out),
    )
