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

from .emails import Piece, addresses, canonical_email, form, pieces
from .multi_value import Placed
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
        whole = {text for text in replaced.values() if len(addresses(text)) > 1}
        head, *rests = (self._rest(i, replaced) for i in range(len(self.texts)))
        if self.first is None and changes.get(FIELD):
            head = [line(changes[FIELD])]
        elif self.first and placed is not None:
            head, beside = _split(head, replaced.get(self.first), whole)
            rests.insert(0, beside)
        options = [text for rest in rests for text in _texts(rest, whole)]
        found = {FIELD: ", ".join(head), OPTIONS: "\n".join([*options, *added])}
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
        return {**replaced, **dict.fromkeys(self.again, "")}, added

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


def _split(
    head: list[str], first: str | None, whole: Collection[str]
) -> tuple[list[str], list[str]]:
    """The field's first address is the contact's first: where that is gone, or has to
    stand alone, the others leave the field.

    :param head: list of str, pieces of the field
    :param first: str or None, what its first address becomes
    :param whole: collection of str, see :func:`_texts`
    :return: pieces that stay, and those that leave
    """
    if first == "":
        return [], head
    if len(head) < 2:
        return head, []
    stay = [one for one in head if one not in whole]
    if first is not None and first in whole:
        stay = [first]
    left = [*head]
    for one in stay:
        left.remove(one)
    return stay, left


def _texts(rest: list[str], whole: Collection[str]) -> list[str]:
    """:param rest: list of str, pieces of one text
    :param whole: collection of str, pieces of which each has to be a text of its own,
        because Exchange has all its addresses in one place
    :return: list of str
    """
    together = ", ".join(one for one in rest if one not in whole)
    return [*filter(None, (together,)), *(one for one in rest if one in whole)]


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
    several = {i: one for i, one in enumerate(texts) if len(addresses(one)) > 1}
    together = _together(several, (agreed, theirs)) if several else frozenset()
    for index in together:
        found[index] = [Address(visible(texts[index]), index, 0)]
    mine, *others = found
    first = _first(mine, agreed.get(FIELD) or theirs.get(FIELD) or "")
    further = [one for some in (mine, *others) for one in some if one != first]
    whole = [one for some in found for one in some if one.of in together]
    once, again = _without_repeats(first, further, whole, (agreed, theirs), spare)
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


def _together(
    several: Mapping[int, str], known: Collection[Mapping[str, str]]
) -> frozenset[int]:
    """Texts of which Exchange has all addresses together in one place each, that very
    text first."""
    there, written = _counted(known), _written(known)
    order = sorted(several, key=lambda i: not _take(written, visible(several[i])))
    return frozenset(i for i in order if _take(there, canonical_email(several[i])))


def _first(mine: list[Address], theirs: str) -> Address | None:
    if len(mine) > 1:
        wanted = canonical_email(theirs)
        mine = [one for one in mine if canonical_email(one.text) == wanted] or mine
        mine = [one for one in mine if one.text == theirs] or mine
    return mine[0] if mine else None


def _without_repeats(
    first: Address | None,
    further: list[Address],
    together: list[Address],
    known: Collection[Mapping[str, str]],
    spare: Collection[tuple[str, str]],
) -> tuple[list[Address], list[Address]]:
    """An address that stands in two texts has one place, unless Exchange has it in
    two; but what waits for a place goes on waiting.

    Of texts that mean the same, the one Exchange has goes before the others, so that it
    is not taken for an edit of one of them.
    """
    forms = [canonical_email(one.text) for one in [*filter(None, (first,)), *further]]
    if not together and len({*forms}) == len(forms):
        return further, []  # as nearly always
    elsewhere = {forms[0]} if first else set()
    elsewhere.update(form(text) for one in together for text in addresses(one.text))
    there, written = _counted(known, ROWS[1:]), _written(known)
    if first:
        _take(written, first.text)
    there += Counter(canonical_email(text) for key, text in spare if key == OPTIONS)
    seen: Counter[str] = Counter()
    again = []
    for one in sorted(further, key=lambda one: not _take(written, one.text)):
        of = canonical_email(one.text)
        repeated = seen[of] >= max(there[of], of not in elsewhere)
        if repeated and addresses(one.text):  # other texts stay as somebody put them
            again.append(one)
        seen[of] += 1
    return [one for one in further if one not in again], again


def _counted(
    known: Collection[Mapping[str, str]], rows: Collection[str] = ROWS
) -> Counter[str]:
    """In how many places Exchange has what means the same."""
    counted: Counter[str] = Counter()
    for side in known:
        counted |= Counter(canonical_email(side.get(row) or "") for row in rows)
    return counted


def _written(known: Collection[Mapping[str, str]]) -> Counter[str]:
    """In how many places Exchange has each text."""
    written: Counter[str] = Counter()
    for side in known:
        written |= Counter(line(side.get(row) or "") for row in ROWS)
    return written


def _take(written: Counter[str], text: str) -> bool:
    found = written[text] > 0
    written[text] -= found
    return found
