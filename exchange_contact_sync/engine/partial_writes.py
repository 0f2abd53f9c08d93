# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the value that a side refuses, and write all other values of the contact.

When a side refuses a contact, its values are written in halves, and a refused half is
split again, until the refused values are known. All contacts of a batch share the
attempts: one bad value among eight costs six more attempts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..core.errors import ContactError, ContactForbidden, ContactInvalid

A = TypeVar("A")


@dataclass
class PartialWrite(Generic[A]):
    """The result of writing a contact in parts.

    :param units: all units to write
    :param answer: the last answer to a part that was written; None if there is none
    :param done: units that were written
    :param refused: errors by unit
    :param error: the error that prevents any further write, or None
    """

    units: tuple[str, ...]
    answer: A | None = None
    done: list[str] = field(default_factory=list)
    refused: dict[str, ContactError] = field(default_factory=dict)
    error: ContactError | None = None

    def __post_init__(self) -> None:
        self._left: list[tuple[str, ...]] = []

    def next(self) -> tuple[str, ...]:
        """Return the units to write next; () when all are done."""
        return self._left.pop() if self._left and not self.error else ()

    def refuse(self, units: tuple[str, ...], error: ContactError) -> None:
        """Note that these units were not written, and split them if they can be
        split.
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
        """Note that these units were written.

        :param answer: the answer of the side that was written
        """
        self.done += units
        self.answer = answer


REFUSALS = (ContactInvalid, ContactForbidden)
"""Errors that remain until the contact, its partner or the access rights change."""

Attempt = Callable[
    [Sequence[tuple[int, PartialWrite[A], tuple[str, ...]]]], Sequence[A | ContactError]
]
"""A function that writes units of contacts. It takes triples: the contact's number, the
result of earlier attempts, and the units to write now.
"""


def write_in_parts(
    refused: Mapping[int, tuple[tuple[str, ...], ContactError]], attempt: Attempt[A]
) -> dict[int, PartialWrite[A]]:
    """Find out which values of contacts are refused, and write all others.

    :param refused: by any number of the caller's choice: the units that were refused
        together, and the error
    :param attempt: see ``Attempt``
    :return: results by the same numbers
    """
    found: dict[int, PartialWrite[A]] = {}
    for number, (units, error) in refused.items():
        found[number] = PartialWrite(units)
        found[number].refuse(units, error)
    while batch := _next(found):
        for (_number, one, units), answer in zip(batch, attempt(batch), strict=True):
            if isinstance(answer, ContactError):
                one.refuse(units, answer)
            else:
                one.accept(units, answer)
    return found


def _next(
    found: Mapping[int, PartialWrite[A]],
) -> list[tuple[int, PartialWrite[A], tuple[str, ...]]]:
    batch = ((number, one, one.next()) for number, one in found.items())
    return [each for each in batch if each[2]]
