# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Links, inbox, run log and progress in memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from exchange_contact_sync.core.behavior import Behavior
from exchange_contact_sync.core.contact import Base
from exchange_contact_sync.core.evidence import facts_of, keys_kept
from exchange_contact_sync.core.last_known import facts_known, may_be_unlike
from exchange_contact_sync.core.link import Link, LinkState
from exchange_contact_sync.core.mailbox import ChangeType, Deferred, Entry
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.run import Line, Way, changed_by, is_remark

from .database import Database, UniqueViolation
from .partners import FakePartnerStore


class FakeLinkStore:
    """See ``core.ports.LinkStore``.

    :param database: Database
    :param partners: FakePartnerStore
    :ivar exporting: whether the account exports anything
    :ivar others: links of other accounts: partner by id of the contact
    :ivar forgotten: partner by sync key and by search key, before all links were
    deleted
    """

    def __init__(self, database: Database, partners: FakePartnerStore) -> None:
        self._db = database
        self._partners = partners
        self.exporting = True
        self.others: dict[str, int] = {}
        self.forgotten: dict[str, int] = {}

    @property
    def rows(self) -> dict[int, Link]:
        """All links by id."""
        return self._db.rows("link")

    def by_remote(self, ids: Sequence[str]) -> dict[str, Link]:
        """See ``LinkStore``."""
        wanted = set(ids) - {""}
        return {k.remote: k for k in self.rows.values() if k.remote in wanted}

    def by_sync_key(self, keys: Sequence[str]) -> dict[str, Link]:
        """See ``LinkStore``."""
        wanted = set(keys) - {""}
        return {k.sync_key: k for k in self.rows.values() if k.sync_key in wanted}

    def by_partner(self, ids: Sequence[int]) -> dict[int, Link]:
        """See ``LinkStore``."""
        wanted = set(ids) - {0}
        return {k.partner: k for k in self.rows.values() if k.partner in wanted}

    def by_search_key(self, keys: Sequence[str]) -> dict[str, Link]:
        """See ``LinkStore``."""
        links = [k for k in self.rows.values() if k.search_key in set(keys) - {""}]
        eldest = sorted(links, key=lambda link: link.id, reverse=True)
        return {link.search_key: link for link in eldest}

    def former(
        self, sync_keys: Sequence[str], search_keys: Sequence[str]
    ) -> dict[str, int]:
        """See ``LinkStore``."""
        wanted = {*sync_keys, *search_keys}
        return {k: partner for k, partner in self.forgotten.items() if k in wanted}

    def unlike(self, keys: Sequence[str]) -> list[Link]:
        """See ``LinkStore``."""
        wanted = set(keys)
        links = [k for k in self.rows.values() if may_be_unlike(k)]
        living = [link for link in links if link.remote and link.version]
        return [link for link in living if keys_kept(facts_known(link)) & wanted]

    def of_duplicates(self) -> list[Link]:
        """See ``LinkStore``."""
        stopped = [k for k in self.rows.values() if k.state is LinkState.STOPPED]
        return [link for link in stopped if link.reason is Reason.DUPLICATE]

    def elsewhere(self, ids: Sequence[str]) -> dict[str, int]:
        """See ``LinkStore``."""
        return {key: self.others[key] for key in ids if key in self.others}

    def pending(self, limit: int, skip: Iterable[int]) -> list[Link]:
        """See ``LinkStore``."""
        return self._some(lambda link: link.state is LinkState.PENDING, limit, skip)

    def dirty(self, limit: int, skip: Iterable[int]) -> list[Link]:
        """See ``LinkStore``."""
        return self._some(self._is_dirty, limit, skip)

    def asked(self, limit: int, skip: Iterable[int]) -> list[Link]:
        """See ``LinkStore``."""
        return self._some(
            lambda link: link.user_request or link.field_overrides, limit, skip
        )

    def returned(self, reasons: Sequence[Reason]) -> list[Link]:
        """See ``LinkStore``."""
        return [link for link in self.rows.values() if self._is_back(link, reasons)]

    def _is_back(self, link: Link, reasons: Sequence[Reason]) -> bool:
        partner = self._partners.rows.get(link.partner)
        stopped = link.state is LinkState.STOPPED and link.reason in reasons
        if link.user_request or not stopped or not partner:
            return False
        there = partner.active and not partner.hidden
        return there and not self._has_left(link)

    def add(self, links: Sequence[Link]) -> list[Link]:
        """See ``LinkStore``."""
        added = [replace(link, id=self._db.next_id()) for link in links]
        self._put(added)
        return added

    def save(self, links: Sequence[Link]) -> None:
        """See ``LinkStore``."""
        assert all(link.id in self.rows for link in links)
        self._put(links)

    def forget(self, links: Sequence[Link]) -> None:
        """See ``LinkStore``."""
        for link in links:
            if link.id in self.rows:
                self._db.remove("link", link.id)

    def count(self) -> int:
        """See ``LinkStore``."""
        return sum(link.is_active for link in self.rows.values())

    def without_partner(self) -> list[Link]:
        """See ``LinkStore``."""
        living = [link for link in self.rows.values() if link.is_active]
        return [link for link in living if self._lost_its_partner(link)]

    def _is_dirty(self, link: Link) -> bool:
        if not link.is_active:
            return False
        if not link.remote and link.state is not LinkState.ERROR:
            return False
        partner = self._partners.rows.get(link.partner)
        changed = partner is None or partner.change_token != link.change_token
        return changed or self._has_left(link)

    def _lost_its_partner(self, link: Link) -> bool:
        partner = self._partners.rows.get(link.partner)
        return partner is None or not partner.active or self._has_left(link)

    def _has_left(self, link: Link) -> bool:
        asked = self.exporting and link.follows_choice
        return asked and not self._partners.in_scope([link.partner])

    def _some(self, condition, limit: int, skip: Iterable[int]) -> list[Link]:
        left_out = set(skip)
        found = [k for k in self.rows.values() if k.id not in left_out and condition(k)]
        return sorted(found, key=lambda link: link.id)[:limit]

    def _put(self, links: Sequence[Link]) -> None:
        for link in links:
            # As a JSON column returns it.
            text = json.dumps(link.base.to_json() if link.base else None)
            facts = facts_of(json.loads(json.dumps(link.facts)))
            stored = replace(link, base=Base.from_json(json.loads(text)), facts=facts)
            self._db.set("link", link.id, stored)
        for name in ("partner", "remote", "sync_key"):
            used = Counter(getattr(link, name) for link in self.rows.values())
            twice = [value for value, number in used.items() if value and number > 1]
            if twice:
                raise UniqueViolation(f"{name}: {twice}")


@dataclass(frozen=True)
class Waiting:
    """A row of the inbox; ``facts`` as in a column of JSON."""

    entry: Entry
    deferred: bool = False
    facts: str = ""
    keys: tuple[str, ...] = ()


class FakeInbox:
    """See ``core.ports.Inbox``.

    :param database: Database
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    @property
    def rows(self) -> dict[int, Waiting]:
        """All entries by id."""
        return self._db.rows("inbox")

    def states(self, folders: Sequence[str]) -> dict[str, str]:
        """See ``Inbox``."""
        known = self._db.rows("state")
        return {folder: known.get(folder, "") for folder in folders}

    def move_state(self, folder: str, state: str) -> None:
        """See ``Inbox``."""
        self._db.set("state", folder, state)

    def put(self, folder: str, entries: Sequence[Entry]) -> None:
        """See ``Inbox``."""
        known = {row.entry.ref.id: row.entry for row in self.rows.values()}
        for entry in {entry.ref.id: entry for entry in entries}.values():
            old = known.get(entry.ref.id)
            new = old.id if old else self._db.next_id()
            ref = replace(entry.ref, folder=folder)
            chosen = old.chosen if old else None
            self._db.set(
                "inbox", new, Waiting(Entry(ref, entry.change_type, new, chosen))
            )

    def next(
        self, limit: int, change_type: ChangeType, skip: Iterable[int]
    ) -> list[Entry]:
        """See ``Inbox``."""
        left_out = set(skip)
        found = [
            row.entry
            for key, row in sorted(self.rows.items())
            if row.entry.change_type is change_type
            and not row.deferred
            and key not in left_out
        ]
        return found[:limit]

    def deleted(self) -> set[str]:
        """See ``Inbox``."""
        entries = [row.entry for row in self.rows.values()]
        return {
            entry.ref.id for entry in entries if entry.change_type is ChangeType.DELETED
        }

    def waiting(self, ids: Sequence[str]) -> set[str]:
        """See ``Inbox``."""
        entries = [row.entry for row in self.rows.values()]
        changed = {
            entry.ref.id for entry in entries if entry.change_type is ChangeType.CHANGED
        }
        return changed & set(ids)

    def settle(self, entries: Sequence[Entry]) -> None:
        """See ``Inbox``."""
        for entry in entries:
            if entry.id in self.rows:
                self._db.remove("inbox", entry.id)

    def defer(self, contacts: Sequence[Deferred]) -> None:
        """See ``Inbox``."""
        self._note(contacts, deferred=True)

    def describe(self, contacts: Sequence[Deferred]) -> None:
        """See ``Inbox``."""
        self._note(contacts)

    def _note(self, contacts: Sequence[Deferred], **noted: object) -> None:
        for one in contacts:
            if one.entry.id not in self.rows:
                continue
            facts = json.dumps(one.facts) if one.facts else ""
            row = replace(self.rows[one.entry.id], facts=facts, keys=one.keys, **noted)
            self._db.set("inbox", one.entry.id, row)

    def deferred(self) -> list[Deferred]:
        """See ``Inbox``."""
        return [one for one in self.described() if self.rows[one.entry.id].deferred]

    def described(self, keys: Sequence[str] | None = None) -> list[Deferred]:
        """See ``Inbox``."""
        rows = [row for row in self.rows.values() if row.facts]
        if keys is not None:
            rows = [row for row in rows if set(keys) & set(row.keys)]
        return [
            Deferred(row.entry, facts_of(json.loads(row.facts)), row.keys)
            for row in rows
        ]

    def resume(self, entries: Sequence[Entry]) -> None:
        """See ``Inbox``."""
        for entry in entries:
            if entry.id not in self.rows:
                continue
            row = replace(self.rows[entry.id], deferred=False, facts="", keys=())
            self._db.set("inbox", entry.id, row)


class FakeBehaviorStore:
    """See ``core.ports.BehaviorStore``.

    :param database: Database
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def known(self) -> Behavior:
        """See ``BehaviorStore``."""
        text = self._db.rows("behavior").get("known", "{}")
        return Behavior.from_json(json.loads(text))

    def keep(self, behavior: Behavior) -> None:
        """See ``BehaviorStore``."""
        self._db.set("behavior", "known", json.dumps(behavior.to_json()))


class FakeRunLog:
    """See ``core.ports.RunLog``; it keeps the lines of all runs.

    :param database: Database
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def begin(self) -> None:
        """Begin a new run."""

        def clear() -> None:
            self._db.set("run", "phase", "")
            self._db.set("run", "counters", Counter())
            self._db.set("run", "first", len(self._db.rows("line")))

        self._db.by_somebody_else(clear)

    def phase(self) -> str:
        """See ``RunLog``."""
        return self._db.rows("run").get("phase", "")

    def enter(self, phase: str) -> None:
        """See ``RunLog``."""
        self._db.set("run", "phase", phase)

    def record(self, lines: Sequence[Line], counters: Mapping[str, int]) -> None:
        """See ``RunLog``."""
        for one in lines:
            self._db.set("line", len(self._db.rows("line")), one)
        total = self._db.rows("run").get("counters", Counter()) + Counter(counters)
        self._db.set("run", "counters", total)

    def changed(self, direction: Way, links: Collection[int]) -> set[int]:
        """See ``RunLog``."""
        return changed_by(self.lines(), direction, links)

    def has_remark(self, code: str) -> bool:
        """See ``RunLog``."""
        return any(is_remark(line, code) for line in self.lines())

    def lines(self, *, all_runs: bool = False) -> list[Line]:
        """Return the lines of this run, or of all runs."""
        rows = list(self._db.rows("line").values())
        return rows if all_runs else rows[self._db.rows("run").get("first", 0) :]

    def counters(self) -> Counter[str]:
        """Return the counters of this run."""
        return self._db.rows("run").get("counters", Counter())


class FakeProgress:
    """See ``core.ports.Progress``; it keeps the progress of all runs.

    :param database: Database
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def show(self, phase: str, done: int) -> None:
        """See ``Progress``."""
        before = self._db.rows("progress").get(phase, 0)
        self._db.set("progress", phase, before + done)

    def shown(self) -> dict[str, int]:
        """Return by phase the progress that was shown."""
        return dict(self._db.committed("progress"))
