# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The setup of a run, and the session of one of its slices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

from ..core.behavior import NOTHING_KNOWN, Behavior
from ..core.errors import SyncError
from ..core.link import Link
from ..core.mailbox import FolderChoice
from ..core.policy import Policy
from ..core.ports import (
    BehaviorStore,
    Clock,
    Inbox,
    LinkStore,
    PartnerStore,
    PhotoStore,
    PictureStore,
    Progress,
    RemoteStore,
    RunLog,
    UnitOfWork,
)
from ..core.reference_data import ReferenceData
from ..core.run import Phase, Step

if TYPE_CHECKING:
    from .pull.by_content import GoneContacts

T = TypeVar("T")
P = TypeVar("P")


@dataclass(frozen=True)
class AffectedLinks:
    """Links whose partner or item is gone, by what the run would do about them.

    :param archived: ids of links whose partner it would archive
    :param deleted: ids of links whose item it would delete
    :param stopped: ids of links it would stop
    """

    archived: tuple[int, ...] = ()
    deleted: tuple[int, ...] = ()
    stopped: tuple[int, ...] = ()


class DeletionLimit(SyncError):
    """The run would delete too much, and no person has confirmed it.

    :param doomed: number of contacts it would archive, delete or stop
    :param linked: number of linked contacts
    :param affected: the links of these contacts
    """

    code = "deletion_limit"

    def __init__(
        self,
        code: str,
        doomed: int,
        linked: int,
        affected: AffectedLinks | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.doomed = doomed
        self.linked = linked
        self.affected = affected or AffectedLinks()


def stop_run(limit: DeletionLimit) -> None:
    """Stop the run.

    :raises DeletionLimit: always
    """
    raise limit


@dataclass(frozen=True)
class BatchSizes:
    """How many contacts go into one batch.

    Reading in hundreds keeps Odoo's ``create`` efficient; writing to the mailbox in
    smaller batches limits the loss when an answer does not arrive.

    :param pull: changes of the mailbox
    :param push: contacts written to the mailbox
    :param photos: photos read or written
    """

    pull: int = 500
    push: int = 100
    photos: int = 20


@dataclass
class RunSetup:
    """The ports, policy and folders of a run (built by ``use_cases.wiring``).

    :param new_sync_key: returns a new sync key, unique worldwide
    :param blind: returns a keyed hash of a text, see ``engine/pull/deferred.py``
    :param export_folder: id of the folder for new contacts
    :param confirmed: a person has agreed that the deletion limit may be exceeded
    :param undoing: carry out user requests only
    :param on_deletion_limit: called if the run would delete too much; if it returns,
        the run continues
    :param missing_folders: ids of folders that the mailbox no longer has and that links
        still point to
    :param photos: set together with ``pictures`` if photos are synchronized
    :param find_folders: asks the mailbox for its folders and returns those to
        synchronize; None if the given ``folders`` are final
    :param behavior: None if nothing is known and nothing is stored
    """

    remote: RemoteStore
    partners: PartnerStore
    links: LinkStore
    inbox: Inbox
    unit_of_work: UnitOfWork
    clock: Clock
    log: RunLog
    progress: Progress
    new_sync_key: Callable[[], str]
    blind: Callable[[str], str]
    policy: Policy
    folders: tuple[FolderChoice, ...]
    export_folder: str
    confirmed: bool = False
    undoing: bool = False
    on_deletion_limit: Callable[[DeletionLimit], None] = stop_run
    sizes: BatchSizes = field(default_factory=BatchSizes)
    missing_folders: frozenset[str] = frozenset()
    photos: PhotoStore | None = None
    pictures: PictureStore | None = None
    find_folders: Callable[[], tuple[FolderChoice, ...]] | None = None
    behavior: BehaviorStore | None = None


class _MailboxPort:
    """A port of the mailbox that ends the open transaction before each call.

    :param port: the port
    :param release: called before each call of the port
    """

    def __init__(self, port: object, release: Callable[[], None]) -> None:
        self._port = port
        self._release = release

    def __getattr__(self, name: str) -> object:
        attribute = getattr(self._port, name)
        if not callable(attribute):
            return attribute

        def call(*args: object, **kwargs: object) -> object:
            self._release()
            return attribute(*args, **kwargs)

        return call


class OutOfTime(Exception):
    """The slice's time is up; the next slice continues from where it stopped."""


class Session(RunSetup):
    """One slice of a run: its ports, its time left, and what it has tried already.

    :param seconds: how long the slice may take
    :ivar tried_entries: ids of inbox entries not to process again in this slice
    :ivar reopened_entries: ids of inbox entries of this batch to process once more
    :ivar tried_links: ids of links not to process again in this slice
    :ivar links_to_reread: ids of links whose contact has to be read before it can be
        written again
    :ivar gone_folders: ids of folders that turned out to be gone in this slice
    :ivar unread_folders: ids of folders whose contacts cannot be listed
    :ivar looked_for_folders: the mailbox was asked for its folders
    :ivar reported: codes of remarks that are reported only once
    :ivar gone_contacts: contacts that are no longer where they were; None before
        the first search (``by_content.py``)
    :ivar doubted_links: by id, links whose contact must be requested, because other
        contacts seem to be copies of it
    :ivar confirmed_links: ids of links whose contact was requested for that reason
    :ivar errors: how many contacts failed in this slice and will be tried again
    :ivar unanswered: why the mailbox did not answer for the contacts that were skipped
    :ivar known_behavior: what is known of the mail server so far
    :ivar incomplete_links: ids of links whose contact was created without some values
    """

    def __init__(self, setup: RunSetup, seconds: float) -> None:
        super().__init__(**vars(setup))
        self._end = self.clock.monotonic() + seconds
        self.remote = self._mailbox_port(setup.remote)
        self.photos = self._mailbox_port(setup.photos) if setup.photos else None
        self._phase: Phase | None = None
        self._entered = False
        self._shown: list[tuple[Step, int]] = []
        self._reference_data: ReferenceData | None = None
        self._made_progress = False
        self.tried_entries: set[int] = set()
        self.reopened_entries: set[int] = set()
        self.tried_links: set[int] = set()
        self.links_to_reread: set[int] = set()
        self.gone_folders: set[str] = set()
        self.unread_folders: set[str] = set()
        self.looked_for_folders = False
        self.reported: set[str] = set()
        self.gone_contacts: GoneContacts | None = None
        self.doubted_links: dict[int, Link] = {}
        self.confirmed_links: set[int] = set()
        self.errors = 0
        self.unanswered: SyncError | None = None
        self.known_behavior = self.behavior.known() if self.behavior else NOTHING_KNOWN
        self.incomplete_links: set[int] = set()

    def learn(self, behavior: Behavior) -> None:
        """Store what is known of the mail server; call this within a batch."""
        if behavior != self.known_behavior and self.behavior:
            self.behavior.keep(behavior)
        self.known_behavior = behavior

    @property
    def reference_data(self) -> ReferenceData:
        """Return countries and states, looked up once per slice."""
        if self._reference_data is None:
            self._reference_data = self.partners.reference_data()
        return self._reference_data

    def is_folder_gone(self, folder: str) -> bool:
        """Return whether the whole folder is gone.

        The folder was deleted, or the mailbox was replaced by a new one. This does not
        mean that a single contact was deleted: it may be in another folder.
        """
        return folder in self.gone_folders or folder in self.missing_folders

    def may_have_moved(self, link: Link, missing: set[str]) -> bool:
        """Return whether the link's contact may have another id now.

        :param missing: ids of contacts that are no longer where they were
        """
        if not link.remote or link.is_known_gone or link.remote in missing:
            return True
        return self.is_folder_gone(link.folder)

    def _mailbox_port(self, port: P) -> P:
        return cast(P, _MailboxPort(port, self.unit_of_work.release))

    def read(self, query: Callable[[], T]) -> T:
        """Read from the database (see ``core.ports.UnitOfWork``).

        :param query: a function that writes nothing
        :return: the result of ``query``
        """
        return self.unit_of_work.read(query)

    def transaction(self, batch: Callable[[], T]) -> T:
        """Run a batch in a transaction and commit it (see ``core.ports.UnitOfWork``).

        If the batch has to be repeated, the session's state is reset before each
        attempt.

        :return: the result of ``batch``
        """
        entries, links, errors = self.tried_entries, self.tried_links, self.errors
        reported, behavior, phase = self.reported, self.known_behavior, self._phase

        def attempt() -> T:
            self.known_behavior = behavior
            self.tried_entries, self.tried_links = set(entries), set(links)
            self.errors, self.reported = errors, set(reported)
            self._phase = phase
            self._write_progress()
            return batch()

        result = self.unit_of_work.run(attempt)
        self._entered = False
        return result

    def _write_progress(self) -> None:
        """Write the progress to show, together with the next batch."""
        if self._entered and self._phase:
            self.log.enter(self._phase)
        shown, self._shown = self._shown, []
        for step, done in shown:
            self.progress.show(step, done)

    @property
    def phase(self) -> Phase:
        """Return the current phase of the run."""
        if self._phase is None:
            self._phase = Phase(self.read(self.log.phase) or Phase.COLLECT)
        return self._phase

    def enter(self, phase: Phase) -> None:
        """Begin a phase.

        The phase is stored with the next batch. If the slice dies before, the next
        slice repeats the previous phase, which has nothing left to do.
        """
        if self.phase != phase:
            self._phase, self._entered = phase, True
        self.show(Step(phase.value), 0)

    def show(self, step: Step, done: int) -> None:
        """Show the progress of a step; it is written with the next batch."""
        self._shown.append((step, done))

    def suspend(self) -> None:
        """End the slice; the next one continues from here."""
        self.transaction(lambda: None)

    def finish(self) -> None:
        """Show that the run is finished, and leave no transaction open."""
        if any(done for _step, done in self._shown):
            self.suspend()
        self.unit_of_work.release()

    def collect_again(self) -> None:
        """Have the folders read again before the run ends.

        The mailbox is not in the expected state. Call this within a batch, so that the
        next slice knows it.
        """
        self._phase = Phase.COLLECT
        self.log.enter(Phase.COLLECT)

    @property
    def collects_again(self) -> bool:
        """Return whether the folders will be read again."""
        return self.phase == Phase.COLLECT

    def next_round(self) -> None:
        """Allow writes again that were refused because the contact had to be read
        first.
        """
        self.tried_links -= self.links_to_reread
        self.links_to_reread.clear()

    def note_progress(self) -> None:
        """Note that something was finished, so the next slice will not start at the
        same point.
        """
        self._made_progress = True

    def check_time(self) -> None:
        """Check the time left; a slice always finishes something, even without any time
        left.

        :raises OutOfTime: the slice's time is up
        """
        if self._made_progress and self.clock.monotonic() >= self._end:
            raise OutOfTime
