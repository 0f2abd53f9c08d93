# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a run is put together from."""

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
    from .pull.by_content import Gone

T = TypeVar("T")
P = TypeVar("P")


class DeletionLimit(SyncError):
    """The run would take away too much, and nobody has agreed to it.

    :param doomed: int, contacts it would archive, delete or stop
    :param linked: int, contacts that are linked
    """

    code = "deletion_limit"

    def __init__(self, code: str, doomed: int, linked: int) -> None:
        super().__init__(code)
        self.code = code
        self.doomed = doomed
        self.linked = linked


def halt(limit: DeletionLimit) -> None:
    """:raises DeletionLimit: always"""
    raise limit


@dataclass(frozen=True)
class BatchSizes:
    """How many contacts go into one batch.

    Reading in hundreds keeps Odoo's ``create`` efficient; writing to the mailbox
    in smaller batches keeps an answer that is lost from costing much.

    :param pull: int, changes of the mailbox
    :param push: int, contacts written to the mailbox
    :param photos: int, photos read or written
    """

    pull: int = 500
    push: int = 100
    photos: int = 20


@dataclass
class RunSetup:
    """What a run is given: ports, policy and folders (built by ``use_cases.wiring``).

    :param new_sync_key: callable giving a new identity (str), unique in the world
    :param blind: callable that makes a keyed hash of a text, see
        ``engine/pull/deferred.py``
    :param folders: tuple of FolderChoice
    :param export_folder: str, id of the folder new contacts go to
    :param confirmed: bool, a person has said that the deletion limit may be exceeded
    :param undoing: bool, only what a person decided is carried out
    :param on_deletion_limit: callable that is told when the run would take away too
        much; if it returns, the run goes on
    :param lost_folders: frozenset of str, folders that the mailbox no longer has and
        that links still point to
    :param photos: PhotoStore, and with it ``pictures``, if photos are synchronized
    :param find_folders: callable that asks the mailbox for its folders, and gives those
        that take part (tuple of FolderChoice); None: they are as given
    :param behavior: BehaviorStore; None: nothing is known, and nothing kept
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
    on_deletion_limit: Callable[[DeletionLimit], None] = halt
    sizes: BatchSizes = field(default_factory=BatchSizes)
    lost_folders: frozenset[str] = frozenset()
    photos: PhotoStore | None = None
    pictures: PictureStore | None = None
    find_folders: Callable[[], tuple[FolderChoice, ...]] | None = None
    behavior: BehaviorStore | None = None


class _Outside:
    """A port of the mailbox.

    :param port: the port
    :param release: callable, called before each call of the port
    """

    def __init__(self, port: object, release: Callable[[], None]) -> None:
        self._port = port
        self._release = release

    def __getattr__(self, name: str) -> object:
        found = getattr(self._port, name)
        if not callable(found):
            return found

        def ask(*args: object, **kwargs: object) -> object:
            self._release()
            return found(*args, **kwargs)

        return ask


class OutOfTime(Exception):
    """The slice's time is up; the next one goes on from where it stopped."""


class Session(RunSetup):
    """One slice of a run: its time, what it passed over, and its words.

    :param setup: RunSetup
    :param seconds: float, how long it may take
    :ivar passed_entries: ids of changes that are not to be tried again in this slice
    :ivar reopened_entries: ids of changes of this batch that have to be looked at once
        more
    :ivar passed_links: ids of links that are not to be tried again in this slice
    :ivar refused_links: ids of links whose contact has to be read before it can be
        written again
    :ivar passed_folders: ids of folders that are gone
    :ivar unread_folders: ids of folders of which it cannot be read who is in them
    :ivar looked_for_folders: bool, the mailbox was asked which folders it has
    :ivar told: codes of remarks that are made once
    :ivar gone: Gone, contacts that are no longer where they were; None before any are
        looked for (``by_content.py``)
    :ivar doubted: dict of Link by id, whose contact others seem to be copies of
    :ivar certain: ids of links whose contact was asked for because of that
    :ivar errors: how many contacts failed in this slice, and are to be tried again
    :ivar unanswered: SyncError or None, why the mailbox did not answer for contacts
        that were passed over
    :ivar known_behavior: Behavior of the mail server, as far as it is known by now
    :ivar incomplete: ids of links whose contact was created without some of its values
    """

    def __init__(self, setup: RunSetup, seconds: float) -> None:
        super().__init__(**vars(setup))
        self._end = self.clock.monotonic() + seconds
        self.remote = self._outside(setup.remote)
        self.photos = self._outside(setup.photos) if setup.photos else None
        self._phase: Phase | None = None
        self._entered = False
        self._shown: list[tuple[Step, int]] = []
        self._words: ReferenceData | None = None
        self._moved_on = False
        self.passed_entries: set[int] = set()
        self.reopened_entries: set[int] = set()
        self.passed_links: set[int] = set()
        self.refused_links: set[int] = set()
        self.passed_folders: set[str] = set()
        self.unread_folders: set[str] = set()
        self.looked_for_folders = False
        self.told: set[str] = set()
        self.gone: Gone | None = None
        self.doubted: dict[int, Link] = {}
        self.certain: set[int] = set()
        self.errors = 0
        self.unanswered: SyncError | None = None
        self.known_behavior = self.behavior.known() if self.behavior else NOTHING_KNOWN
        self.incomplete: set[int] = set()

    def learn(self, behavior: Behavior) -> None:
        """More is known of the mail server. To be called within a batch.

        :param behavior: Behavior
        """
        if behavior != self.known_behavior and self.behavior:
            self.behavior.keep(behavior)
        self.known_behavior = behavior

    @property
    def words(self) -> ReferenceData:
        """Countries and states, looked up once a slice."""
        if self._words is None:
            self._words = self.partners.reference_data()
        return self._words

    def is_lost(self, folder: str) -> bool:
        """Whether nothing is known of the contacts of a folder any more, because it is
        gone as a whole: deleted, or the mailbox was replaced by a new one. That says
        nothing about a single contact; they may well be elsewhere.

        :param folder: str
        :return: bool
        """
        return folder in self.passed_folders or folder in self.lost_folders

    def may_have_moved(self, link: Link, homeless: set[str]) -> bool:
        """:param link: Link
        :param homeless: set of str, ids of contacts that are no longer where they were
        :return: bool, whether the link's contact can be another one now
        """
        if not link.remote or link.is_known_gone or link.remote in homeless:
            return True
        return self.is_lost(link.folder)

    def _outside(self, port: P) -> P:
        """A port of the mailbox, with no transaction open while it is asked."""
        return cast(P, _Outside(port, self.unit_of_work.release))

    def read(self, query: Callable[[], T]) -> T:
        """Read from the database (see ``core.ports.UnitOfWork``).

        :param query: callable without arguments; it writes nothing
        :return: what it returned
        """
        return self.unit_of_work.read(query)

    def transaction(self, batch: Callable[[], T]) -> T:
        """Do a batch and make it durable (see ``core.ports.UnitOfWork``).

        When it has to be done again, this slice remembers nothing of the first time.

        :param batch: callable without arguments
        :return: what it returned
        """
        entries, links, errors = self.passed_entries, self.passed_links, self.errors
        told, behavior, phase = self.told, self.known_behavior, self._phase

        def attempt() -> T:
            self.known_behavior = behavior
            self.passed_entries, self.passed_links = set(entries), set(links)
            self.errors, self.told = errors, set(told)
            self._phase = phase
            self._write_progress()
            return batch()

        result = self.unit_of_work.run(attempt)
        self._entered = False
        return result

    def _write_progress(self) -> None:
        """What a person may watch is written along with the next batch."""
        if self._entered and self._phase:
            self.log.enter(self._phase)
        shown, self._shown = self._shown, []
        for phase, done in shown:
            self.progress.show(phase, done)

    @property
    def phase(self) -> Phase:
        """What the run is doing."""
        if self._phase is None:
            self._phase = Phase(self.read(self.log.phase) or Phase.COLLECT)
        return self._phase

    def enter(self, phase: Phase) -> None:
        """A phase begins. It is written with the next batch: a slice that dies before
        goes on in the phase before, which finds nothing left to do.
        """
        if self.phase != phase:
            self._phase, self._entered = phase, True
        self.show(Step(phase.value), 0)

    def show(self, step: Step, done: int) -> None:
        """Show how far a step is; travels with the next batch."""
        self._shown.append((step, done))

    def suspend(self) -> None:
        """The slice's time is up: the next one goes on from here."""
        self.transaction(lambda: None)

    def finish(self) -> None:
        """All is done: show it, and leave no transaction open."""
        if any(done for _step, done in self._shown):
            self.suspend()
        self.unit_of_work.release()

    def begin_again(self) -> None:
        """The mailbox is not as we thought: before the run is over, the folders are
        asked again. To be called within a batch, so that the next slice knows it.
        """
        self._phase = Phase.COLLECT
        self.log.enter(Phase.COLLECT)

    @property
    def begins_again(self) -> bool:
        """Whether the folders will be asked again."""
        return self.phase == Phase.COLLECT

    def next_round(self) -> None:
        """What was refused because nobody had read it is read now, then tried again."""
        self.passed_links -= self.refused_links
        self.refused_links.clear()

    def moved_on(self) -> None:
        """Something is done for good: the next slice does not begin at the same."""
        self._moved_on = True

    def check_time(self) -> None:
        """A slice always gets something done, however little time it has.

        :raises OutOfTime: when the slice's time is up
        """
        if self._moved_on and self.clock.monotonic() >= self._end:
            raise OutOfTime
