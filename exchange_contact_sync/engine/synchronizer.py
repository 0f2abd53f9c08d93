# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The order of a run.

    recover   find out whether contacts were created that an earlier slice sent
    collect   read the changes of the mailbox into the inbox
    guard     stop before any change if too much would be deleted
    apply_changes    apply the inbox to Odoo
    requests  carry out user requests for single links
    push      write the changes of Odoo to the mailbox
    export    create contacts that the mailbox does not have; one that was refused
              gets the values it can have like an edit
    photos    synchronize photos that differ from the last run

If the mailbox refuses a write because the contact changed there too, the contact goes
back to the inbox for another round, together with other changes made in the meantime. A
few rounds are enough unless a person edits faster than we read; what is left then waits
for the next run.

A mailbox that is full or read-only is not written again in the run; pulls continue.
"""

from __future__ import annotations

from collections.abc import Callable

from ..core.errors import WritingRefused
from ..core.run import Phase
from .guard import guard
from .photos import synchronize_photos
from .pull.apply_changes import apply_changes
from .pull.collect import collect
from .push.create import export
from .push.recover import recover
from .push.update import push
from .session import OutOfTime, RunSetup, Session
from .user_requests import carry_out_requests

ROUNDS = 4


class Synchronizer:
    """Processes a run, slice by slice.

    :ivar gone_folders: ids of folders that turned out to be gone
    """

    def __init__(self, setup: RunSetup) -> None:
        self._setup = setup
        self.gone_folders: frozenset[str] = frozenset()
        self._steps: dict[Phase, Callable[[Session], None]] = {
            Phase.COLLECT: collect,
            Phase.GUARD: guard,
            Phase.WORK: self._apply_and_write,
        }

    def run(self, seconds: float) -> bool:
        """Process the run until it is done or the time is up; everything done is
        committed.

        :param seconds: how long this slice may take; a batch that has begun is finished
        :return: whether the run is finished
        :raises SyncError: the mailbox cannot be used now, or did not answer for all
            contacts; the next run continues from where this one stopped
        :raises DeletionLimit: the run would delete too much; nothing was changed
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
            self.gone_folders = frozenset(session.gone_folders)
        return True

    def _rounds(self, session: Session) -> None:
        for _round in range(ROUNDS):
            phases = list(Phase)
            for phase in phases[phases.index(session.phase) :]:
                session.enter(phase)
                self._steps[phase](session)
            if not session.collects_again:
                return

    def _apply_and_write(self, session: Session) -> None:
        session.next_round()
        apply_changes(session)
        refused: WritingRefused | None = None
        try:
            self._write(session)
        except WritingRefused as error:
            refused = error
        synchronize_photos(session, refused)

    def _write(self, session: Session) -> None:
        carry_out_requests(session)
        push(session)
        if self._setup.policy.exports and not session.unread_folders:
            export(session)
            if session.incomplete_links:
                session.tried_links -= session.incomplete_links
                push(session)
