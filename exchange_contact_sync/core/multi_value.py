# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Merge values of which a contact may have any number: lists and sets.

A list has any number of values in Odoo and a few slots in Exchange. A value stays in
its slot. An edited value takes its former slot, a new value a slot that is free on both
sides, in the order in which people entered them. Values without a slot stay in Odoo and
are not sent; they move to a slot that is cleared in Odoo, but not to one that is
cleared in Exchange.

A set is merged member by member. A member is either present or absent, so if the sides
differ, exactly one of them changed it since the base, and there are no conflicts: what
either side added or removed is applied. Without a base nothing counts as removed.
Members that a direction does not allow to pull, and members for which Odoo has no
record, are treated alike: the base stays equal to what Odoo has, so that the absence in
Odoo is no removal and the member is pulled as soon as that is possible.

Each side may spell a member in its own way ("VIP", "vip"). If one side changes its
spelling, the other follows; if both do, Exchange's spelling wins.

Members that Outlook would split are not sent: Outlook writes the categories of an item
as one text and splits it again at the list separator of Windows, a comma or a semicolon
(Outlook VBA page "ContactItem.Categories"), and a category has less than 256 characters
(PidNameKeywords, [MS-OXCMSG] 2.2.1.17). Such a member stays in Odoo; if Exchange
already has one, it is pulled and kept as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .differences import are_respelled, spelled_differently
from .fields import LISTS, MAIN_PHONE
from .normalize import canonical, members
from .policy import Direction
from .reference_data import ReferenceData
from .text import line

NO_REFERENCE_DATA = ReferenceData({}, {})


@dataclass(frozen=True)
class Placed:
    """A list of Odoo and the slots of its values.

    :param texts: all values in their order
    :param places: by row, the value, "" for none
    """

    texts: tuple[str, ...]
    places: Mapping[str, str]

    @property
    def surplus(self) -> tuple[str, ...]:
        """The values without a slot."""
        left = list(self.texts)
        for text in self.places.values():
            if text:
                left.remove(text)
        return tuple(left)

    def after(self, changes: Mapping[str, str]) -> str | None:
        """Return the list after changes of its slots; None if none of them changed.

        :param changes: new texts by row; "" removes the value
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
    """Find the slots of a list's values.

    :param text: one value per line
    :param rows: the available slots
    :param agreed: by row, what both sides last agreed on
    :param theirs: by row, what Exchange has
    :param spare: values that had no slot when the pair last agreed
    """
    texts = tuple(part for part in text.split("\n") if part.strip())
    places = dict.fromkeys(rows, "")
    left = list(texts)
    for known in (agreed, theirs):  # certain slots take precedence over likely ones
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
    """Place the values that have no slot yet, new ones first."""
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
    """Return the texts with the same meaning as the known one, an equal one first."""
    found = [one for one in texts if known and _alike(row, one, known)]
    return sorted(found, key=lambda one: one != known)


def _alike(row: str, one: str, other: str) -> bool:
    if one == other:
        return True
    return canonical(row, {row: one}, NO_REFERENCE_DATA) == canonical(
        row, {row: other}, NO_REFERENCE_DATA
    )


def rows_of(carries: Collection[str]) -> set[str]:
    """Return the rows that Odoo can store, with the slots of its lists.

    :param carries: the keys that Odoo can store
    """
    rows = {row for key in LISTS.keys() & set(carries) for row in LISTS[key]}
    return rows | (set(carries) - LISTS.keys() - {MAIN_PHONE})


@dataclass(frozen=True)
class SetMerge:
    """The result of merging a set. Where nothing changed, the text is the former one.

    :param ours: what Odoo has afterwards
    :param theirs: what Exchange has afterwards
    :param base: what the next merge compares with until ``theirs`` is sent
    :param base_when_sent: the same once Exchange has acknowledged ``theirs``
    :param written: members that Odoo spells differently from ``base``
    :param barred: in canonical form, members that stay different
    """

    ours: str
    theirs: str
    base: str
    base_when_sent: str
    written: str = ""
    barred: frozenset[str] = frozenset()


SEPARATORS, LONGEST = ",;", 255


def may_go_out(name: str) -> bool:
    """Decide whether Outlook reads a name as one category."""
    return len(name) <= LONGEST and not any(char in name for char in SEPARATORS)


def left_out(ours: str, theirs: str, reference_data: ReferenceData) -> list[str]:
    """Return Odoo's members that are not sent to Exchange.

    :param ours: one member per line
    :param theirs: one member per line
    """
    there = members(theirs, reference_data)
    mine = members(ours, reference_data).items()
    return [name for one, name in mine if one not in there and not may_go_out(name)]


def merge_set(
    base: str,
    ours: str,
    theirs: str,
    direction: Direction,
    reference_data: ReferenceData,
    *,
    written: str = "",
    barred: Collection[str] = frozenset(),
) -> SetMerge:
    """Merge a set.

    :param base: one member per line, spelled as in Exchange; "" if the sides never
        agreed
    :param ours: one member per line
    :param theirs: one member per line
    :param reference_data: decides which members Odoo can store
    :param written: members that Odoo spelled differently from ``base``
    :param barred: in canonical form, members that a side refused
    """
    before, mine, other = (members(one, reference_data) for one in (base, ours, theirs))
    moves = _moves(before, mine, other, direction, reference_data, barred)
    comes_in, kept_out, goes_out = moves
    ours_before = {**before, **members(written, reference_data)}
    names = _names(before, ours_before, mine, other, direction)
    order = [*other, *(one for one in mine if one not in other)]

    def text(was: str, changes: Collection[str], written: Mapping[str, str]) -> str:
        """Return the members, Exchange's first and in its order."""
        held = members(was, reference_data)
        chosen = held.keys() ^ changes
        if not changes and all(written[one] == held[one] for one in held):
            return was
        return "\n".join(written[one] for one in order if one in chosen)

    agreed = text(theirs, kept_out, names.agreed)
    odoo = (
        names.odoo[one] for one in mine.keys() & members(agreed, reference_data).keys()
    )
    return SetMerge(
        text(ours, comes_in, names.ours),
        text(theirs, goes_out, names.theirs),
        agreed,
        text(theirs, kept_out | goes_out, {**names.theirs, **names.kept_out}),
        spelled_differently("\n".join(odoo), agreed, reference_data),
        frozenset((mine.keys() ^ other.keys()).intersection(barred)),
    )


def _moves(
    before: Mapping[str, str],
    mine: Mapping[str, str],
    other: Mapping[str, str],
    direction: Direction,
    reference_data: ReferenceData,
    barred: Collection[str],
) -> tuple[set[str], set[str], set[str]]:
    """Return the members whose presence or absence is pulled, kept out, and pushed."""
    differing = mine.keys() ^ other.keys()
    by_them = {one for one in differing if (one in before) == (one in mine)}
    held = {one for one in by_them if one in mine or reference_data.has_tag(one)}
    comes_in = held.difference(barred) if direction.pulls else set()
    by_us = (differing - by_them).difference(barred)
    may_go = {one for one in by_us if one in other or may_go_out(mine[one])}
    return comes_in, by_them - comes_in, may_go if direction.pushes else set()


@dataclass(frozen=True)
class _Names:
    """The spellings of the members of both sides, by their canonical forms.

    :param ours: in Odoo, afterwards
    :param theirs: in Exchange, afterwards
    :param agreed: in the base, until ``theirs`` is sent
    :param odoo: in Odoo, as far as Exchange knows them
    :param kept_out: in the base, if Exchange's new spelling cannot be pulled
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
    """Decide how each member is spelled.

    :param before: by canonical form, members as Exchange spelled them
    :param ours_before: by canonical form, members as Odoo spelled them
    """
    both = mine.keys() & other.keys()
    differ = {one for one in both if are_respelled(mine[one], other[one])}
    by_them = {one for one in differ & before.keys() if before[one] != other[one]}
    # A name in another language is no edit: the owner's language changed.
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
