# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The story of a run.

    recover   what an earlier slice asked for and did not hear the answer of
    collect   what happened in the mailbox, kept in the inbox
    guard     stop before anything is touched if too much would go
    absorb    the inbox, into Odoo
    obey      what a person decided about single pairs
    push      what changed in Odoo, into the mailbox
    export    what is not in the mailbox yet; a contact that was refused gets what it
              can have like an edit
    photos    where one side has another than before

What the mailbox refuses because it changed there too goes back to the inbox and
round again, with whatever else happened meanwhile; a few rounds are enough for
anybody who is not editing faster than we read, and what is left then waits for the
next run.

A mailbox that is full, or that may not be written, is not written again in the run;
what comes into Odoo still does.
"""

from __future__ import annotations

from collections.abc import Callable

from ..core.errors import WritingRefused
from .guard import guard
from .photos import exchange_photos
from .pull.apply_changes import absorb
from .pull.collect import collect
from .push.create import export
from .push.recover import recover
from .push.update import push
from .session import PHASES, OutOfTime, Parts, Slice
from .user_requests import obey

ROUNDS = 4


class Synchronizer:
    """Works off a run, slice by slice.

    :param parts: Parts
    :ivar found_lost: frozenset of str, folders that turned out to be gone
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.found_lost: frozenset[str] = frozenset()
        self._steps: dict[str, Callable[[Slice], None]] = {
            "collect": collect,
            "guard": guard,
            "work": self._work,
        }

    def run(self, seconds: float) -> bool:
        """Work until done or until the time is up; all done is durable.

        :param seconds: float, how long this slice may take; a batch that was
            begun is finished
        :return: bool, whether the run is finished
        :raises SyncError: the mailbox cannot be worked with now, or did not answer for
            all; the next run goes on from the last checkpoint
        :raises Brake: the run would take away too much; nothing was touched
        """
        work = Slice(self._parts, seconds)
        try:
            recover(work)
            if self._parts.undoing:
                obey(work)
            else:
                self._rounds(work)
            if work.unanswered:
                raise work.unanswered
        except OutOfTime:
            return False
        finally:
            self.found_lost = frozenset(work.passed_folders)
        return True

    def _rounds(self, work: Slice) -> None:
        for _round in range(ROUNDS):
            begun = self._parts.log.phase() or PHASES[0]
            for phase in PHASES[PHASES.index(begun) :]:
                self._enter(phase)
                self._steps[phase](work)
            if not work.begins_again:
                return

    def _enter(self, phase: str) -> None:
        log = self._parts.log
        if log.phase() != phase:
            self._parts.checkpoint.run(lambda: log.enter(phase))
        self._parts.progress.show(phase, 0)

    def _work(self, work: Slice) -> None:
        work.next_round()
        absorb(work)
        refused: WritingRefused | None = None
        try:
            self._write(work)
        except WritingRefused as error:
            refused = error
        exchange_photos(work, refused)

    def _write(self, work: Slice) -> None:
        obey(work)
        push(work)
        if self._parts.policy.push and not work.unread_folders:
            export(work)
            if work.incomplete:
                work.passed_links -= work.incomplete
                push(work)
