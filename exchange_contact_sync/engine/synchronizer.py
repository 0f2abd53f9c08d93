# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The story of a run.

    recover   what an earlier slice asked for and did not hear the answer of
    collect   what happened in the mailbox, kept in the inbox
    guard     stop before anything is touched if too much would go
    apply_changes    the inbox, into Odoo
    requests  what a person decided about single pairs
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
from ..core.run import Phase
from .guard import guard
from .photos import exchange_photos
from .pull.apply_changes import apply_changes
from .pull.collect import collect
from .push.create import export
from .push.recover import recover
from .push.update import push
from .session import OutOfTime, RunSetup, Session
from .user_requests import carry_out_requests

ROUNDS = 4


class Synchronizer:
    """Works off a run, slice by slice.

    :param setup: RunSetup
    :ivar found_lost: frozenset of str, folders that turned out to be gone
    """

    def __init__(self, setup: RunSetup) -> None:
        self._setup = setup
        self.found_lost: frozenset[str] = frozenset()
        self._steps: dict[Phase, Callable[[Session], None]] = {
            Phase.COLLECT: collect,
            Phase.GUARD: guard,
            Phase.WORK: self._work,
        }

    def run(self, seconds: float) -> bool:
        """Work until done or until the time is up; all done is durable.

        :param seconds: float, how long this slice may take; a batch that was
            begun is finished
        :return: bool, whether the run is finished
        :raises SyncError: the mailbox cannot be worked with now, or did not answer for
            all; the next run goes on from where it stopped
        :raises DeletionLimit: the run would take away too much; nothing was touched
        """
        session = Session(self._setup, seconds)
        try:
            recover(session)
            if self._setup.undoing:
                carry_out_requests(session)
            else:
                self._rounds(session)
            if session.unanswered:
                raise session.unanswered
            session.finish()
        except OutOfTime:
            session.suspend()
            return False
        finally:
            self.found_lost = frozenset(session.passed_folders)
        return True

    def _rounds(self, session: Session) -> None:
        for _round in range(ROUNDS):
            phases = list(Phase)
            for phase in phases[phases.index(session.phase) :]:
                session.enter(phase)
                self._steps[phase](session)
            if not session.begins_again:
                return

    def _work(self, session: Session) -> None:
        session.next_round()
        apply_changes(session)
        refused: WritingRefused | None = None
        try:
            self._write(session)
        except WritingRefused as error:
            refused = error
        exchange_photos(session, refused)

    def _write(self, session: Session) -> None:
        carry_out_requests(session)
        push(session)
        if self._setup.policy.push and not session.unread_folders:
            export(session)
            if session.incomplete:
                session.passed_links -= session.incomplete
                push(session)
