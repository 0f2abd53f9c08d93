# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a rehearsal would have written into the history, kept in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..core.records import Line
from .parts import Brake


class Story:
    """The engine's ``RunLog`` and ``Progress`` of a rehearsal; nobody watches it.

    :ivar lines: list of Line
    :ivar counters: Counter by field of ``exchange.sync.run``
    :ivar brakes: list of Brake, for which the run would have stopped
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.counters: Counter[str] = Counter()
        self.brakes: list[Brake] = []
        self._phase = ""

    def phase(self) -> str:
        """See the port."""
        return self._phase

    def enter(self, phase: str) -> None:
        """See the port."""
        self._phase = phase

    def record(self, lines: Sequence[Line], counters: Mapping[str, int]) -> None:
        """See the port. No batch of a rehearsal is done twice."""
        self.lines += lines
        self.counters.update(counters)

    def show(self, phase: str, done: int) -> None:
        """See the port."""
