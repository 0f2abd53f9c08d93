# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Any number of values of one kind in Odoo, a few places in Exchange.

A value stays in the place it has. One that was edited takes the place it had before,
a new one a place that is free on both sides, in the order people gave them. What finds
no place stays in Odoo and is not sent; it goes to a place that somebody clears in
Odoo, but not to one that is cleared in Exchange.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .fields import LISTS, MAIN_PHONE
from .normalize import canonical
from .reference_data import Vocabulary
from .text import line

NO_WORDS = Vocabulary({}, {})


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
