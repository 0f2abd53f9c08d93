# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run that only seems to happen: the engine itself, on other ports.

The mailbox only seems to be written, so that the run goes on as if all had been done,
and what there is to tell is kept in memory. What happens on Odoo's side is undone by
whoever previews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ...core.run import Line
from ..session import DeletionLimit, RunSetup
from .dry_run import DryRunMailbox, is_made_up
from .dry_run_photos import DryRunPhotos


class Story:
    """The engine's ``RunLog`` and ``Progress`` of a preview; nobody watches it.

    :ivar lines: list of Line
    :ivar counters: Counter by field of ``exchange.sync.run``
    :ivar limits_reached: list of DeletionLimit, for which the run would have stopped
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.counters: Counter[str] = Counter()
        self.limits_reached: list[DeletionLimit] = []
        self._phase = ""

    def phase(self) -> str:
        """See the port."""
        return self._phase

    def enter(self, phase: str) -> None:
        """See the port."""
        self._phase = phase

    def record(self, lines: Sequence[Line], counters: Mapping[str, int]) -> None:
        """See the port. No batch of a preview is done twice."""
        self.lines += map(_without_made_up, lines)
        self.counters.update(counters)

    def show(self, phase: str, done: int) -> None:
        """See the port."""


def _without_made_up(line: Line) -> Line:
    return replace(line, remote="") if is_made_up(line.remote) else line


def preview_of(setup: RunSetup, story: Story, now: Callable[[], datetime]) -> RunSetup:
    """The setup of a run, made that of its preview.

    :param setup: RunSetup; what its unit of work does must be undone afterwards
    :param story: Story, is told what happens
    :param now: callable giving the time, aware
    :return: RunSetup
    """
    remote = DryRunMailbox(setup.remote, now)
    return replace(
        setup,
        remote=remote,
        photos=DryRunPhotos(setup.photos, remote) if setup.photos else None,
        log=story,
        progress=story,
        on_deletion_limit=story.limits_reached.append,
    )
