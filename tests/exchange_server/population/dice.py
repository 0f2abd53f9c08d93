# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Chance that falls alike everywhere."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


class Dice:
    """Draws from a seed.

    Only ``Random.random()`` is used: the module's documentation promises the same
    sequence for the same seed in all versions of Python for it alone ("Notes on
    Reproducibility").
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def chance(self, probability: float) -> bool:
        """True so often, from 0 (never) to 1 (always)."""
        return self._random() < probability

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, all of them as likely."""
        return choices[int(self._random() * len(choices))]

    def pick_other(self, choices: Sequence[T], but: T) -> T:
        """One of the choices, but not the given one; there must be another."""
        index = int(self._random() * (len(choices) - 1))
        return choices[index] if choices[index] != but else choices[-1]

    def pick_early(self, choices: Sequence[T]) -> T:
        """One of the choices, the first ones likelier, as sizes of companies are."""
        drawn = self._random()
        return choices[int(drawn * math.sqrt(drawn) * len(choices))]

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def fill(self, pattern: str) -> str:
        """The pattern with a digit for each "#" and a capital letter for each "@"."""
        if "@" in pattern:
            pattern = "".join(
                self.pick(LETTERS) if sign == "@" else sign for sign in pattern
            )
        parts = pattern.split("#")
        count = len(parts) - 1
        if not count:
            return pattern
        digits = str(int(self._random() * 10**count)).zfill(count)
        pairs = zip(parts, digits, strict=False)
        return "".join(part + digit for part, digit in pairs) + parts[-1]
