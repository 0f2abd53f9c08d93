# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One bad value does not keep the rest of a contact out.

When a side refuses a contact, its values are written in halves, and the half that is
refused in halves again, until it is known which values are. All contacts of a batch
share the attempts: a bad value among eight costs six more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ...core.errors import ContactError, ContactForbidden, ContactInvalid

A = TypeVar("A")


@dataclass
class Piecemeal(Generic[A]):
    """What became of a contact that was written piece by piece.

    :param units: tuple of str, all that was to be written
    :param answer: the last answer to a piece that was written; None if none was
    :param done: list of str, units that were written
    :param refused: dict of ContactError by unit
    :param error: ContactError for which nothing more could be written, or None
    """

    units: tuple[str, ...]
    answer: A | None = None
    done: list[str] = field(default_factory=list)
    refused: dict[str, ContactError] = field(default_factory=dict)
    error: ContactError | None = None

    def __post_init__(self) -> None:
        self._left: list[tuple[str, ...]] = []

    def next(self) -> tuple[str, ...]:
        """:return: tuple of str, the units to be written next; () when all is done"""
        return self._left.pop() if self._left and not self.error else ()

    def refuse(self, units: tuple[str, ...], error: ContactError) -> None:
        """These were not written.

        :param units: tuple of str
        :param error: ContactError
        """
        whole = isinstance(error, ContactForbidden) or len(units) == 1
        if not isinstance(error, REFUSALS):
            self.error = error
        elif whole:
            self.refused.update(dict.fromkeys(units, error))
        else:
            half = (len(units) + 1) // 2
            self._left += [units[half:], units[:half]]

    def accept(self, units: tuple[str, ...], answer: A) -> None:
        """These were written.

        :param units: tuple of str
        :param answer: what the side said
        """
        self.done += units
        self.answer = answer


REFUSALS = (ContactInvalid, ContactForbidden)
"""What does not change by itself."""

Attempt = Callable[
    [Sequence[tuple[int, Piecemeal[A], tuple[str, ...]]]], Sequence[A | ContactError]
]
"""Writes units of contacts: triples of the contact's number, what was written of it
before, and what is to be written now."""


def write_apart(
    refused: Mapping[int, tuple[tuple[str, ...], ContactError]], attempt: Attempt[A]
) -> dict[int, Piecemeal[A]]:
    """Find out what of contacts is refused, and write everything else.

    :param refused: Mapping of any number to the units that were refused together, and
        why
    :param attempt: callable, see ``Attempt``
    :return: dict of Piecemeal by number
    """
    found: dict[int, Piecemeal[A]] = {}
    for number, (units, error) in refused.items():
        found[number] = Piecemeal(units)
        found[number].refuse(units, error)
    while batch := _next(found):
        for (_number, one, units), answer in zip(batch, attempt(batch), strict=True):
            if isinstance(answer, ContactError):
                one.refuse(units, answer)
            else:
                one.accept(units, answer)
    return found


def _next(
    found: Mapping[int, Piecemeal[A]],
) -> list[tuple[int, Piecemeal[A], tuple[str, ...]]]:
    batch = ((number, one, one.next()) for number, one in found.items())
    return [each for each in batch if each[2]]
