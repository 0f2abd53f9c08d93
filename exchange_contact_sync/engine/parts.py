# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a run is put together from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..core.errors import SyncError
from ..core.policy import Policy
from ..core.records import FolderChoice
from ..core.vocabulary import Vocabulary
from .ports import (
    Checkpoint,
    Clock,
    Inbox,
    LinkStore,
    PartnerStore,
    Progress,
    RemoteStore,
    RunLog,
)


@dataclass(frozen=True)
class BatchSizes:
    """How many contacts go into one batch.

    Reading in hundreds keeps Odoo's ``create`` efficient; writing to the mailbox
    in smaller batches keeps an answer that is lost from costing much.

    :param absorb: int, changes of the mailbox
    :param push: int, contacts written to the mailbox
    """

    absorb: int = 500
    push: int = 100


@dataclass(frozen=True)
class Parts:
    """Everything a run needs, built by ``composition``.

    :param mint: callable giving a new identity (str), unique in the world
    :param folders: tuple of FolderChoice
    :param export_folder: str, id of the folder new contacts go to
    :param confirmed: bool, a person has said that the brake may be passed
    """

    remote: RemoteStore
    partners: PartnerStore
    links: LinkStore
    inbox: Inbox
    checkpoint: Checkpoint
    clock: Clock
    log: RunLog
    progress: Progress
    mint: Callable[[], str]
    policy: Policy
    folders: tuple[FolderChoice, ...]
    export_folder: str
    confirmed: bool = False
    sizes: BatchSizes = field(default_factory=BatchSizes)


class OutOfTime(Exception):
    """The slice's time is up; the next one goes on from the last checkpoint."""


class Brake(SyncError):
    """The run would take away too much, and nobody has agreed to it.

    :param doomed: int, contacts it would archive, delete or stop
    :param linked: int, contacts that are linked
    """

    code = "brake"

    def __init__(self, code: str, doomed: int, linked: int) -> None:
        super().__init__(code)
        self.code = code
        self.doomed = doomed
        self.linked = linked


class Slice:
    """One slice of a run: its time, what it passed over, and its words.

    :param parts: Parts
    :param seconds: float, how long it may take
    """

    def __init__(self, parts: Parts, seconds: float) -> None:
        self.parts = parts
        self._end = parts.clock.monotonic() + seconds
        self._words: Vocabulary | None = None
        self.passed_entries: set[int] = set()
        self.passed_links: set[int] = set()

    @property
    def words(self) -> Vocabulary:
        """Countries and states, looked up once a slice."""
        if self._words is None:
            self._words = self.parts.partners.vocabulary()
        return self._words

    def check_time(self) -> None:
        """:raises OutOfTime: when the slice's time is up"""
        if self.parts.clock.monotonic() >= self._end:
            raise OutOfTime
