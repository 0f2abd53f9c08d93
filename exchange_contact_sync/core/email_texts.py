# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addresses of a partner, and the texts they stand in.

Exchange gets bare addresses, each in a place of its own. Odoo's field and its
communication options hold texts: with a display name, or with several addresses. Which
address changed is found out by the bare ones. In the text only that one is replaced, so
that what a person wrote around the others stays.

Of several addresses in Odoo's one field, the one that Exchange has as its first stays
the first. The others are further addresses, before those of the options. A text of
which Exchange has all addresses together in one place is not taken apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .emails import Piece, addresses, canonical_email, pieces
from .lists import Placed
from .text import line, visible

FIELD, OPTIONS = "email", "emails"
"""Keys of Odoo's one field and of the list of its options."""

ROWS = ("email", "email2", "email3")


@dataclass(frozen=True)
class Address:
    """One address of a partner.

    :param text: str, bare; what is no address is as it is written
    :param of: int, which of the texts it stands in
    :param piece: int, which piece of that text
    """

    text: str
    of: int
    piece: int


@dataclass(frozen=True)
class EmailTexts:
    """The texts of a partner, taken apart.

    :param texts: tuple of str, as written; the first is Odoo's one field, "" if blank
    :param first: Address for the first place of Exchange, or None
    :param further: tuple of Address, for the other places, in order
    :param again: tuple of Address that are one of the others once more
    :param together: frozenset of int, texts that are not taken apart
    """

    texts: tuple[str, ...] = ("",)
    first: Address | None = None
    further: tuple[Address, ...] = ()
    again: tuple[Address, ...] = ()
    together: frozenset[int] = frozenset()

    @property
    def values(self) -> dict[str, str]:
        """The bare addresses by the keys of the field and of the list."""
        further = "\n".join(one.text for one in self.further)
        return {FIELD: self.first.text if self.first else "", OPTIONS: further}

    def after(
        self, changes: Mapping[str, str], placed: Placed | None
    ) -> dict[str, str]:
        """What to write in Odoo.

        :param changes: Mapping of row to new text; "" takes the address away
        :param placed: Placed, the further addresses; None if they are not carried
        :return: dict of the field and the list, as far as they change
        """
        if FIELD not in changes and (
            placed is None or placed.places.keys().isdisjoint(changes)
        ):
            return {}
        replaced, added = self._replaced(changes, placed)
        head, *options = (self._rest(i, replaced) for i in range(len(self.texts)))
        if self.first is None and changes.get(FIELD):
            head = [line(changes[FIELD])]
        elif self.first and replaced.get(self.first) == "" and placed is not None:
            options.insert(0, head)  # the field's first address is the contact's first
            head = []
        found = {
            FIELD: ", ".join(head),
            OPTIONS: "\n".join([*(", ".join(one) for one in options if one), *added]),
        }
        before = {FIELD: self.texts[0], OPTIONS: "\n".join(self.texts[1:])}
        return {key: text for key, text in found.items() if text != before[key]}

    def _replaced(
        self, changes: Mapping[str, str], placed: Placed | None
    ) -> tuple[dict[Address, str], list[str]]:
        """:return: new text by address, and the addresses that are new"""
        replaced, added, left = {}, [], [*self.further]
        if self.first and FIELD in changes:
            replaced[self.first] = line(changes[FIELD])
        for row, old in placed.places.items() if placed else ():
            known = next((one for one in left if old and one.text == old), None)
            if known:
                left.remove(known)
            if known and row in changes:
                replaced[known] = line(changes[row])
            elif changes.get(row):
                added.append(line(changes[row]))
        new = {canonical_email(one.text): text for one, text in replaced.items()}
        for one in self.again:
            if (text := new.get(canonical_email(one.text))) is not None:
                replaced[one] = text
        return replaced, added

    def _rest(self, index: int, replaced: Mapping[Address, str]) -> list[str]:
        """A text's pieces, as written where nothing is replaced."""
        mine = [new for one, new in replaced.items() if one.of == index]
        if index in self.together and mine:
            return [new for new in mine if new]
        if not mine:
            return [self.texts[index]] if self.texts[index] else []
        written: list[str] = []
        for number, part in enumerate(_pieces(self.texts[index])):
            old = _in_piece(part, index, number)
            text = _with_same(part.text, old, replaced)
            if text is not None:
                written.append(text)
            else:
                written += filter(None, (replaced.get(one, one.text) for one in old))
        return written


def _with_same(
    text: str, old: list[Address], replaced: Mapping[Address, str]
) -> str | None:
    """A piece in which no address becomes another one; only how it is written may
    change. None, if that is not so."""
    for one in old:
        new = replaced.get(one, one.text)
        if canonical_email(new) != canonical_email(one.text) or one.text not in text:
            return None
        text = text.replace(one.text, new, 1)
    return text


def email_texts(
    ours: Mapping[str, str],
    agreed: Mapping[str, str],
    theirs: Mapping[str, str],
    spare: Collection[tuple[str, str]] = (),
) -> EmailTexts:
    """Take the texts of a partner apart.

    :param ours: Mapping of field key to text, the partner
    :param agreed: Mapping of row to text, what Exchange had when the pair last agreed
    :param theirs: Mapping of row to text, what Exchange has
    :param spare: collection of pairs of list and text, see ``align.surplus_of``
    :return: EmailTexts
    """
    field, listed = ours.get(FIELD) or "", ours.get(OPTIONS) or ""
    if not listed and addresses(field) == (field,):
        return EmailTexts((field,), Address(field, 0, 0))  # as most partners have
    texts = (field, *(text for text in listed.split("\n") if text.strip()))
    found = [_addresses(text, index) for index, text in enumerate(texts)]
    several = [index for index, some in enumerate(found) if len(some) > 1]
    together = frozenset(i for i in several if _is_together(texts[i], agreed, theirs))
    for index in together:
        found[index] = [Address(visible(texts[index]), index, 0)]
    mine, *others = found
    first = _first(mine, agreed.get(FIELD) or theirs.get(FIELD) or "")
    further = [one for some in (mine, *others) for one in some if one != first]
    once, again = further, []
    if several:
        once, again = _without_repeats(first, further, (agreed, theirs), spare)
    return EmailTexts(texts, first, tuple(once), tuple(again), together)


def _pieces(text: str) -> tuple[Piece, ...]:
    return pieces(text) if "@" in text else (Piece(visible(text), ()),)


def _addresses(text: str, index: int) -> list[Address]:
    if not text.strip():
        return []
    if addresses(text) == (text,):
        return [Address(text, index, 0)]  # as nearly all are
    parts = enumerate(_pieces(text))
    found = [one for number, part in parts for one in _in_piece(part, index, number)]
    return found or [Address(visible(text), index, 0)]


def _in_piece(piece: Piece, index: int, number: int) -> list[Address]:
    found = piece.addresses or (piece.text,)
    return [Address(text, index, number) for text in dict.fromkeys(found)]


def _is_together(
    text: str, agreed: Mapping[str, str], theirs: Mapping[str, str]
) -> bool:
    wanted = canonical_email(text)
    return len(addresses(text)) > 1 and any(
        canonical_email(side.get(row) or "") == wanted
        for side in (agreed, theirs)
        for row in ROWS
    )


def _first(mine: list[Address], theirs: str) -> Address | None:
    if len(mine) > 1:
        wanted = canonical_email(theirs)
        mine = [one for one in mine if canonical_email(one.text) == wanted] or mine
    return mine[0] if mine else None


def _without_repeats(
    first: Address | None,
    further: list[Address],
    known: Collection[Mapping[str, str]],
    spare: Collection[tuple[str, str]],
) -> tuple[list[Address], list[Address]]:
    """An address that stands in two texts has one place, unless Exchange has it in
    two; but what waits for a place goes on waiting."""
    seen = Counter([canonical_email(first.text)] if first else ())
    once, again = [], []
    for one in further:
        form = canonical_email(one.text)
        there = max(_count(form, side) for side in known)
        repeated = seen[form] and seen[form] >= there
        waits = (OPTIONS, one.text) in spare
        (again if repeated and not waits else once).append(one)
        seen[form] += 1
    return once, again


def _count(form: str, side: Mapping[str, str]) -> int:
    return sum(canonical_email(side.get(row) or "") == form for row in ROWS)
