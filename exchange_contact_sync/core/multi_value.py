# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of which a contact may have any number: lists and sets.

A list has any number of values in Odoo and a few places in Exchange. A value stays in
the place it has. An edited value takes the place it had before, a new one a place that
is free on both sides, in the order people entered them. What finds no place stays in
Odoo and is not sent; it goes to a place that is cleared in Odoo, but not to one that is
cleared in Exchange.

A set is merged member by member. A member is there or it is not, so where the sides
differ exactly one of them changed it since the base, and nothing can be in conflict:
what either side added or removed survives. Without a base nothing counts as removed.
What a direction keeps out of Odoo, and a member that Odoo has no record for, are the
same: the base goes on saying what Odoo has, so that the absence in Odoo is no removal
and the member comes in as soon as it may.

Each side may write a member in its own way ("VIP", "vip"). A side that changes its
spelling was edited, and the other follows; when both were, Exchange's spelling wins.

What Outlook would take apart is not sent: it writes the categories of an item as one
text and reads them again at the list separator of Windows, a comma or a semicolon
(Outlook VBA page "ContactItem.Categories"), and a category has less than 256 characters
(PidNameKeywords, [MS-OXCMSG] 2.2.1.17). Such a member stays in Odoo; one that Exchange
has already comes in whole and stays whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .fields import LISTS, MAIN_PHONE
from .known import are_respelled, written_otherwise
from .normalize import canonical, members
from .policy import Direction
from .reference_data import ReferenceData
from .text import line

NO_WORDS = ReferenceData({}, {})


@dataclass(frozen=True)
class Placed:
    """A list of Odoo's, and the places of its values.

    :param texts: tuple of str, all values in their order
    :param places: Mapping of row to text, "" where there is none
    """

    texts: tuple[str, ...]
    places: Mapping[str, str]

    @property
    def surplus(self) -> tuple[str, ...]:
        """Values without a place."""
        left = list(self.texts)
        for text in self.places.values():
            if text:
                left.remove(text)
        return tuple(left)

    def after(self, changes: Mapping[str, str]) -> str | None:
        """:param changes: Mapping of row to new text; "" takes the value away
        :return: str, the list once its places have changed; None if none has
        """
        if self.places.keys().isdisjoint(changes):
            return None
        texts = list(self.texts)
        for row, old in self.places.items():
            new = line(changes[row]) if row in changes else old
            if old:
                index = texts.index(old)
                texts[index : index + 1] = [new] if new else []
            elif new:
                texts.append(new)
        return "\n".join(texts)


def place(
    text: str,
    rows: Sequence[str],
    agreed: Mapping[str, str],
    theirs: Mapping[str, str],
    spare: Collection[str] = (),
) -> Placed:
    """Find the places of a list's values.

    :param text: str, a value a line
    :param rows: sequence of str, the places there are
    :param agreed: Mapping of row to text, what both sides last agreed on
    :param theirs: Mapping of row to text, what Exchange has
    :param spare: collection of str, values that had no place when the pair last agreed
    :return: Placed
    """
    texts = tuple(part for part in text.split("\n") if part.strip())
    places = dict.fromkeys(rows, "")
    left = list(texts)
    for known in (agreed, theirs):  # what is in its place goes before what might be
        for row in rows if left else ():
            same = [] if places[row] else _like(row, known.get(row) or "", left)
            if same:
                places[row] = same[0]
                left.remove(same[0])
    if left:
        _place_rest(places, left, agreed, theirs, spare)
    return Placed(texts, places)


def _place_rest(
    places: dict[str, str],
    left: Sequence[str],
    agreed: Mapping[str, str],
    theirs: Mapping[str, str],
    spare: Collection[str],
) -> None:
    """Values that are in no place yet, new ones first."""
    fresh = [text for text in left if text not in spare]
    waiting = fresh + [text for text in left if text in spare]
    empty = [row for row, text in places.items() if not text]
    cleared = [row for row in empty if agreed.get(row)]
    places.update(zip(cleared, waiting, strict=False))
    free = sorted(
        set(empty) - set(cleared), key=lambda row: (bool(theirs.get(row)), row)
    )
    places.update(zip(free, fresh[len(cleared) :], strict=False))


def _like(row: str, known: str, texts: Sequence[str]) -> list[str]:
    """What means the same as the known text, that very text first."""
    found = [one for one in texts if known and _alike(row, one, known)]
    return sorted(found, key=lambda one: one != known)


def _alike(row: str, one: str, other: str) -> bool:
    if one == other:
        return True
    return canonical(row, {row: one}, NO_WORDS) == canonical(
        row, {row: other}, NO_WORDS
    )


def rows_of(carries: Collection[str]) -> set[str]:
    """:param carries: collection of str, what Odoo has a place for
    :return: set of str, the rows it means
    """
    rows = {row for key in LISTS.keys() & set(carries) for row in LISTS[key]}
    return rows | (set(carries) - LISTS.keys() - {MAIN_PHONE})


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


def left_out(ours: str, theirs: str, words: ReferenceData) -> list[str]:
    """:param ours: str, a member a line
    :param theirs: str
    :param words: ReferenceData
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
    words: ReferenceData,
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
    :param words: ReferenceData, to tell what Odoo can have
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
    words: ReferenceData,
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
