# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run the engine on ports that change nothing.

Writes to the mailbox are only recorded, so that the run continues as if they had
succeeded, and the lines stay in memory. The caller undoes what happens in Odoo.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ...core.run import Line, Way, changed_by, is_remark
from ..session import DeletionLimit, RunSetup
from .dry_run import DryRunMailbox, is_made_up
from .dry_run_photos import DryRunPhotos


class PreviewLog:
    """The ``RunLog`` and ``Progress`` of a preview; progress is not shown.

    :ivar counters: by field of ``exchange.sync.run``
    :ivar limits_reached: deletion limits that would have stopped the run
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
        """See the port. A preview never repeats a batch."""
        self.lines += map(_without_made_up, lines)
        self.counters.update(counters)

    def changed(self, direction: Way, links: Collection[int]) -> set[int]:
        """See the port."""
        return changed_by(self.lines, direction, links)

    def has_remark(self, code: str) -> bool:
        """See the port."""
        return any(is_remark(line, code) for line in self.lines)

    def show(self, phase: str, done: int) -> None:
        """See the port."""


def _without_made_up(line: Line) -> Line:
    return replace(line, remote="") if is_made_up(line.remote) else line


def preview_of(
    setup: RunSetup, log: PreviewLog, now: Callable[[], datetime]
) -> RunSetup:
    """Turn the setup of a run into the setup of its preview.

    :param setup: the caller must undo what its unit of work does
    :param log: records what happens
    :param now: returns the time, aware
    """
    remote = DryRunMailbox(setup.remote, now)
    return replace(
        setup,
        remote=remote,
        photos=DryRunPhotos(setup.photos, remote) if setup.photos else None,
        log=log,
        progress=log,
        on_deletion_limit=log.limits_reached.append,
    )
