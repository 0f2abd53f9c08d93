# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Show the progress of a run: the engine's ``Progress``.

Messages are sent on the bus when the next batch commits, so that undone work is never
shown, and at most once per second. A run that finds nothing to do sends no progress.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from odoo.tools import SQL

from ..core.run import COUNTED, Step

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from ..core.ports import Progress


ALMOST_DONE = 99.0  # percent; 100 is only shown once the run is closed
PAUSE = 1.0  # seconds, the least time between two messages
MESSAGE = "exchange_contact_sync/live"
"""Type of the messages, known to ``static/src/sync_progress``."""

COUNTED_BEFORE = (Step.APPLY, Step.EXPORT)
"""Steps whose work is counted before they begin; the work of other steps is counted as
it is found.
"""


def counts(run: BaseModel | Mapping[str, Any]) -> dict[str, int]:
    """Return what a run has done so far, in a few numbers.

    :param run: record of ``exchange.sync.run``, or its counters
    """
    return {
        name: sum(run[column] or 0 for column in columns)
        for name, columns in COUNTED.items()
    }


class OdooProgress:
    """The share of the waiting work that is done.

    A slice starts where the last one stopped, so that the progress bar never goes back.

    :param run: record of ``exchange.sync.run``, in the environment of the owner
    :param backlog: returns how many partners are still to export, 0 for none
    """

    def __init__(self, run: BaseModel, backlog: Callable[[], int]) -> None:
        owner, run = run.env.user, run.sudo()
        self._cr = run.env.cr
        self._run_id = run.id
        self._account_id = run.account_id.id
        self._watcher = owner.partner_id
        # The person who started the run sees its progress from the beginning.
        self._watched = run.account_id.sync_requested
        self._backlog = backlog
        self._counts = counts(run)
        self._begun = self._shown = min(run.progress, ALMOST_DONE)
        self._done = 0
        self._total = 0
        self._knows_backlog = False
        self._sent = 0.0  # of the monotonic clock
        self._step = ""  # of the last message

    def show(self, phase: str, done: int) -> None:
        """See the port. The message is sent when the next batch commits."""
        self._done += done
        if phase == Step.WORK:
            self._begin()
        elif phase == Step.EXPORT and not self._knows_backlog:
            self._knows_backlog = True
            self._total = self._done + self._backlog()
        elif phase not in COUNTED_BEFORE:
            self._total += done
        changed = self._update(another_step=bool(done) and phase != self._step)
        if changed or not done and (self._watched or self._total > self._done):
            self._send(phase)

    def _begin(self) -> None:
        """Count the work, including partners to export if anything is waiting.

        Most runs find nothing to do and should cost as little as possible.
        """
        waiting = self._waiting()
        self._knows_backlog = bool(waiting)
        self._total = self._done + waiting + (self._backlog() if waiting else 0)

    def _update(self, *, another_step: bool) -> bool:
        """Store the progress if it changed or belongs to another step.

        :return: whether there is something new to show
        """
        share = min(self._done / self._total, 1.0) if self._total else 0.0
        progress = self._begun + (ALMOST_DONE - self._begun) * share
        if progress <= self._shown and not another_step:
            return False
        self._shown = max(self._shown, progress)
        names = [name for columns in COUNTED.values() for name in columns]
        self._cr.execute(
            SQL(
                "UPDATE exchange_sync_run SET progress = %s WHERE id = %s RETURNING %s",
                self._shown,
                self._run_id,
                SQL(", ").join(map(SQL.identifier, names)),
            )
        )
        self._counts = counts(dict(zip(names, self._cr.fetchone(), strict=True)))
        return True

    def _send(self, step: str) -> None:
        now = time.monotonic()
        if now - self._sent < PAUSE:
            return
        self._sent, self._step = now, step
        live = {"state": "running", "step": step, "progress": self._shown}
        self._watcher._bus_send(
            MESSAGE, {"account": self._account_id, "live": {**live, **self._counts}}
        )

    def _waiting(self) -> int:
        self._cr.execute(
            SQL(
                "SELECT count(*) FROM exchange_inbox_entry"
                " WHERE account_id = %s AND NOT deferred",
                self._account_id,
            )
        )
        return int(self._cr.fetchone()[0])


if TYPE_CHECKING:
    _port: type[Progress] = OdooProgress
