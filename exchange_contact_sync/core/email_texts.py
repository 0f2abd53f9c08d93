# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The e-mail addresses of a partner, and the texts that contain them.

Exchange gets addresses only, each in a slot of its own. Odoo's e-mail field and its
communication options contain texts: with a display name, or with several addresses. The
addresses decide what changed. In the text only the changed address is replaced, so that
what a person wrote around the others stays.

If Odoo's field contains several addresses, the one that Exchange has in its first slot
remains the first. The others are further addresses, before those of the options. A text
whose addresses Exchange has together in one slot is not split.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .emails import Piece, addresses, canonical_email, form, pieces
from .multi_value import Placed
from .text import line, visible

FIELD, OPTIONS = "email", "emails"
"""The keys of Odoo's e-mail field and of the list of communication options."""

ROWS = ("email", "email2", "email3")


@dataclass(frozen=True)
class Address:
    """One e-mail address of a partner.

    :param text: without what surrounds it; a text that is no address as written
    :param of: index of the text that contains it
    :param piece: index of the piece in that text
    """

    text: str
    of: int
    piece: int


@dataclass(frozen=True)
class EmailTexts:
    """The texts of a partner, split into addresses.

    :param texts: as written; the first is Odoo's e-mail field, "" if blank
    :param first: the address for Exchange's first slot
    :param further: the addresses for the other slots, in order
    :param again: repetitions of other addresses
    :param together: indexes of the texts that are not split
    """

    texts: tuple[str, ...] = ("",)
    first: Address | None = None
    further: tuple[Address, ...] = ()
    again: tuple[Address, ...] = ()
    together: frozenset[int] = frozenset()

    @property
    def values(self) -> dict[str, str]:
        """The addresses, by the keys of the field and of the list."""
        further = "\n".join(one.text for one in self.further)
        return {FIELD: self.first.text if self.first else "", OPTIONS: further}

    def after(
        self, changes: Mapping[str, str], placed: Placed | None
    ) -> dict[str, str]:
        """Return the values to write in Odoo.

        :param changes: new texts by row; "" removes the address
        :param placed: the further addresses; None if Odoo does not store them
        :return: the field and the list, as far as they change
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
        """Return the new text by address, and the addresses that are new."""
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
        """Return the pieces of a text, as written where nothing is replaced."""
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
    """Decide which pieces stay in the field. Its first address is the contact's first
    one: if that is removed, or has to be alone, the others leave the field.

    :param head: pieces of the field
    :param first: what its first address becomes
    :param whole: see :func:`_texts`
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
    """Join the pieces of one text to the texts of the options.

    :param whole: pieces that have to be texts of their own, because Exchange has all
        their addresses in one slot
    """
    together = ", ".join(one for one in rest if one not in whole)
    return [*filter(None, (together,)), *(one for one in rest if one in whole)]


def _with_same(
    text: str, old: list[Address], replaced: Mapping[Address, str]
) -> str | None:
    """Return a piece in which only the spelling of addresses changes; None if one
    becomes a different address."""
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
    """Split the texts of a partner into addresses.

    :param ours: by field key, the partner
    :param agreed: by row, what Exchange had when the pair last agreed
    :param theirs: by row, what Exchange has
    :param spare: pairs of list and text, see ``align.surplus_of``
    """
    field, listed = ours.get(FIELD) or "", ours.get(OPTIONS) or ""
    if not listed and addresses(field) == (field,):
        return EmailTexts((field,), Address(field, 0, 0))  # the usual case
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
        return [Address(text, index, 0)]  # the usual case
    parts = enumerate(_pieces(text))
    found = [one for number, part in parts for one in _in_piece(part, index, number)]
    return found or [Address(visible(text), index, 0)]


def _in_piece(piece: Piece, index: int, number: int) -> list[Address]:
    found = piece.addresses or (piece.text,)
    return [Address(text, index, number) for text in dict.fromkeys(found)]


def _together(
    several: Mapping[int, str], known: Collection[Mapping[str, str]]
) -> frozenset[int]:
    """Return the texts whose addresses Exchange has together in one slot each; a text
    that Exchange has exactly so takes precedence."""
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
    """Separate repeated addresses: an address in two texts has one slot, unless
    Exchange has it in two. Addresses that had no slot remain without one.

    Of texts with the same meaning, the one that Exchange has takes precedence, so that
    it does not count as an edit of another one.
    """
    forms = [canonical_email(one.text) for one in [*filter(None, (first,)), *further]]
    if not together and len({*forms}) == len(forms):
        return further, []  # the usual case
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
        if repeated and addresses(one.text):  # texts without an address stay
            again.append(one)
        seen[of] += 1
    return [one for one in further if one not in again], again


def _counted(
    known: Collection[Mapping[str, str]], rows: Collection[str] = ROWS
) -> Counter[str]:
    """Count the slots in which Exchange has each value, by canonical form."""
    counted: Counter[str] = Counter()
    for side in known:
        counted |= Counter(canonical_email(side.get(row) or "") for row in rows)
    return counted


def _written(known: Collection[Mapping[str, str]]) -> Counter[str]:
    """Count the slots in which Exchange has each text."""
    written: Counter[str] = Counter()
    for side in known:
        written |= Counter(line(side.get(row) or "") for row in ROWS)
    return written


def _take(written: Counter[str], text: str) -> bool:
    found = written[text] > 0
    written[text] -= found
    return found
