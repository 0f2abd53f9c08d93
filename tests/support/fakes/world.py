# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engine between a mailbox and an Odoo in memory."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from exchange_contact_sync.core.link import Link
from exchange_contact_sync.core.mailbox import FolderChoice
from exchange_contact_sync.core.policy import Policy
from exchange_contact_sync.core.run import Line
from exchange_contact_sync.engine.preview.preview import PreviewLog, preview_of
from exchange_contact_sync.engine.session import BatchSizes, RunSetup
from exchange_contact_sync.engine.synchronizer import Synchronizer
from support.fakes.remote_store import FakeRemoteStore

from .database import Database
from .interruptions import FakeUnitOfWork, Steps, Watched
from .partners import FakePartnerStore
from .pictures import FakePictures
from .stores import (
    FakeBehaviorStore,
    FakeInbox,
    FakeLinkStore,
    FakeProgress,
    FakeRunLog,
)

START = datetime(2026, 3, 1, 8, 0, tzinfo=timezone.utc)
FOREVER = 1e9
BOOKKEEPING = ("run", "line", "progress")
"""The tables of the run's history, which every run writes."""


class FakeClock:
    """A clock that advances by one second with each step of a run.

    :param steps: Steps
    """

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def monotonic(self) -> float:
        """See ``Clock``."""
        return float(self._steps.taken)


@dataclass(frozen=True)
class Ran:
    """The result of a run.

    :param lines: its lines
    :param counters: its counters
    :param requests: calls of the mailbox, by method
    :param writes: number of contacts created, changed or deleted in the mailbox
    :param rows: number of rows written in Odoo, by table, without the run's history
    :param slices: the number of slices
    """

    lines: list[Line]
    counters: Counter[str]
    requests: Counter[str]
    writes: int
    rows: Counter[str]
    slices: int = 1

    def actions(self) -> list[tuple[str, str]]:
        """Direction and action of each line."""
        return [(line.direction, line.action) for line in self.lines]


@dataclass
class World:
    """Everything that a test of the engine needs.

    :param policy: Policy
    :param imported: whether each folder is imported; the first is the default one
    :param sizes: BatchSizes
    :param confirmed: whether a person has allowed to exceed the deletion limit
    :param undoing: whether only decisions of people are carried out
    :param imports_new_folders: whether folders created during a run are imported,
    unless they are in ``left_out``
    """

    policy: Policy = field(default_factory=Policy)
    imported: tuple[bool, ...] = (True,)
    sizes: BatchSizes = field(default_factory=BatchSizes)
    confirmed: bool = False
    page_size: int = 512
    undoing: bool = False
    imports_new_folders: bool = False
    left_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._minutes = itertools.count(1)
        self._identities = itertools.count(1)
        self.steps = Steps()
        self.db = Database()
        self.mailbox = FakeRemoteStore(self.page_size, self.now)
        self.partners = FakePartnerStore(self.db, self.now)
        self.links = FakeLinkStore(self.db, self.partners)
        self.inbox = FakeInbox(self.db)
        self.pictures = FakePictures(self.db, self.partners, self.now)
        self.log = FakeRunLog(self.db)
        self.behavior = FakeBehaviorStore(self.db)
        self.unit_of_work = FakeUnitOfWork(self.db, self.steps)
        self.progress = FakeProgress(self.db)
        more = [f"Folder {number}" for number in range(2, len(self.imported) + 1)]
        made = [self.mailbox.add_folder(name) for name in more]
        self.folders = (self.mailbox.default, *made)
        self._folders_known = True

    def now(self) -> datetime:
        """Return a time later than all before."""
        return START + timedelta(minutes=next(self._minutes))

    def identity(self) -> str:
        """Return a new sync key."""
        return f"key-{next(self._identities)}"

    def setup(self) -> RunSetup:
        """Build what a process builds again for each slice."""
        if not self._folders_known:
            self.find_folders()
        self._folders_known = True
        self.db.reading = False  # the process of the last slice may have been killed
        self.links.exporting = self.policy.push
        return RunSetup(
            remote=Watched(self.mailbox, self.steps, self.db),
            partners=Watched(self.partners, self.steps),
            links=Watched(self.links, self.steps),
            inbox=Watched(self.inbox, self.steps),
            unit_of_work=self.unit_of_work,
            clock=FakeClock(self.steps),
            log=Watched(self.log, self.steps),
            progress=self.progress,
            new_sync_key=self.identity,
            blind=lambda text: hashlib.sha256(text.encode()).hexdigest(),
            find_folders=self.find_folders,
            policy=self.policy,
            folders=tuple(map(FolderChoice, self.folders, self.imported)),
            export_folder=self.mailbox.default if self.policy.push else "",
            confirmed=self.confirmed,
            undoing=self.undoing,
            sizes=self.sizes,
            photos=Watched(self.mailbox.photos, self.steps, self.db),
            pictures=Watched(self.pictures, self.steps),
            behavior=Watched(self.behavior, self.steps),
        )

    def find_folders(self) -> tuple[FolderChoice, ...]:
        """Add the new folders of the mailbox, if new folders are imported."""
        found = [folder.id for folder in self.mailbox.folders()]
        if self.imports_new_folders:
            known = {*self.folders, *self.left_out}
            new = tuple(one for one in found if one not in known)
            self.folders += new
            self.imported += (True,) * len(new)
        return tuple(map(FolderChoice, self.folders, self.imported))

    def run(self, seconds: float = FOREVER) -> Ran:
        """Run slice by slice until the run is finished.

        :param seconds: the time of a slice
        """
        self.log.begin()
        calls, writes = Counter(self.mailbox.calls), self.mailbox.writes
        self.db.written.clear()
        slices = 1
        while not Synchronizer(self.setup()).run(seconds):
            slices += 1
            assert slices < 5000, "the slices make no progress"
        written = +self.db.written
        for table in BOOKKEEPING:
            del written[table]
        return Ran(
            self.log.lines(),
            self.log.counters(),
            self.mailbox.calls - calls,
            self.mailbox.writes - writes,
            written,
            slices,
        )

    def preview(self) -> PreviewLog:
        """Preview a run."""
        log = PreviewLog()
        known = self.folders, self.imported, self._folders_known
        with self.db.undone():
            setup = preview_of(self.setup(), log, self.now)
            assert Synchronizer(setup).run(FOREVER)
        self.folders, self.imported, self._folders_known = known
        return log

    def change(self, **choices: object) -> None:
        """Change the settings as the owner; all pairs are checked again."""
        self.policy = replace(self.policy, **choices)

        def look_again() -> None:
            for link in self.links.rows.values():
                self.db.set("link", link.id, replace(link, change_token=""))

        self.db.by_somebody_else(look_again)

    def decide(self, link: Link, **decided: object) -> None:
        """Record a decision of a person about a pair.

        :param decided: ``asked``, ``field_overrides``, ``marked``
        """
        stored = replace(self.links.rows[link.id], **decided)
        self.db.by_somebody_else(lambda: self.db.set("link", link.id, stored))

    def answer(self, name: str, partner: int) -> None:
        """Record the decision of a person about a contact to match.

        :param partner: id, or 0 for a new partner
        """
        self.say_who(self.item_id(name), partner)

    def say_who(self, remote: str, partner: int) -> None:
        """Record the same decision by the id of the contact."""
        rows = self.inbox.rows.items()
        (found,) = [(k, row) for k, row in rows if row.entry.ref.id == remote]
        decided = replace(found[1].entry, chosen=partner)
        row = replace(found[1], entry=decided, deferred=False, facts="", keys=())
        self.db.by_somebody_else(lambda: self.db.set("inbox", found[0], row))

    def forget(self) -> None:
        """Delete all links, waiting changes and states of the folders."""

        def clear() -> None:
            for link in self.links.rows.values():
                keys = filter(None, (link.sync_key, link.search_key))
                self.links.forgotten.update(dict.fromkeys(keys, link.partner))
            for table in ("link", "inbox", "state"):
                for key in list(self.db.rows(table)):
                    self.db.remove(table, key)

        self.db.by_somebody_else(clear)
        self._folders_known = False

    # Shorthands for tests

    def partner(self, name: str) -> Mapping[str, str]:
        """Return the values of the only partner with a name."""
        return self.partners.rows[self.partner_id(name)].values

    def partner_id(self, name: str) -> int:
        """Return the id of the only partner with a name."""
        rows = self.partners.rows.values()
        (found,) = [row.id for row in rows if row.values["name"] == name]
        return found

    def names(self, *, active: bool = True) -> list[str]:
        """Return the names of all partners."""
        rows = self.partners.rows.values()
        return sorted(row.values["name"] for row in rows if row.active is active)

    def item(self, text: str) -> dict[str, str]:
        """Return the values of the only contact in the mailbox with a display name."""
        return self.mailbox.items[self.item_id(text)].values

    def item_id(self, text: str) -> str:
        """Return the id of the only contact in the mailbox with a display name."""
        items = self.mailbox.items.values()
        (found,) = [item.id for item in items if item.values["display_name"] == text]
        return found

    def items(self) -> list[str]:
        """Return the display names of all contacts in the mailbox."""
        items = self.mailbox.items.values()
        return sorted(item.values["display_name"] for item in items)

    def link(self, name: str) -> Link:
        """Return the link of the only partner with a name."""
        (found,) = self.links.by_partner([self.partner_id(name)]).values()
        return found

    def picture(self) -> dict[str, list]:
        """Return everything that people can see, without order and without sync
        keys."""
        items = self.mailbox.items
        people = {row.id: row.values["name"] for row in self.partners.rows.values()}
        shown = {i: item.values["display_name"] for i, item in items.items()}
        links = [
            (people.get(k.partner, ""), shown.get(k.remote, ""), k.state.value)
            for k in self.links.rows.values()
        ]
        return {
            "partners": sorted(
                (row.active, sorted(row.values.items()))
                for row in self.partners.rows.values()
            ),
            "mailbox": sorted(
                (item.folder, sorted(item.values.items()), str(item.unmodelled))
                for item in items.values()
            ),
            "links": sorted(links),
        }
