# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The stores in memory, which the unit tests of the engine use."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from exchange_contact_sync.core.link import Link
from exchange_contact_sync.core.mailbox import Entry
from exchange_contact_sync.core.run import Line
from exchange_contact_sync.core.user_requests import UserRequest
from exchange_contact_sync.engine.preview.preview import PreviewLog
from support.fakes.database import Database
from support.fakes.interruptions import FakeUnitOfWork, Steps
from support.fakes.world import World

STORES = ("links", "inbox", "behavior", "log", "progress", "partners", "pictures")


class _Committed:
    """A store that runs each call in a transaction."""

    def __init__(self, store: Any, database: Database) -> None:
        self._store, self._database = store, database

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not callable(found):
            return found

        @functools.wraps(found)
        def call(*args: Any, **kwargs: Any) -> Any:
            with self._database.transaction():
                return found(*args, **kwargs)

        return call


class MemoryWorld:
    """See ``world.StoresWorld``."""

    def __init__(self) -> None:
        self._world = World()
        for name in STORES:
            store = _Committed(getattr(self._world, name), self._world.db)
            setattr(self, name, store)

    def reopen(self) -> None:
        """See ``StoresWorld``; these stores have no caches."""

    def add_partner(self, values: Mapping[str, str], *, chosen: bool = True) -> int:
        """See ``StoresWorld``."""
        return self._world.partners.add(values, chosen=chosen)

    def edit_partner(self, partner: int, values: Mapping[str, str]) -> None:
        """See ``StoresWorld``."""
        self._world.partners.edit(partner, values)

    def archive(self, partner: int, *, active: bool = False) -> None:
        """See ``StoresWorld``."""
        self._world.partners.mark(partner, active=active)

    def delete_partner(self, partner: int) -> None:
        """See ``StoresWorld``."""
        self._world.partners.delete(partner)

    def hide(self, partner: int) -> None:
        """See ``StoresWorld``."""
        self._world.partners.mark(partner, hidden=True)

    def choose(self, partner: int, *, chosen: bool) -> None:
        """See ``StoresWorld``."""
        self._world.partners.mark(partner, chosen=chosen)

    def ask(self, link: Link, request: UserRequest) -> None:
        """See ``StoresWorld``."""
        row = replace(self._world.links.rows[link.id], user_request=request)
        self._set("link", link.id, row)

    def answer(self, entry: Entry, partner: int) -> None:
        """See ``StoresWorld``."""
        row = self._world.inbox.rows[entry.id]
        chosen = replace(row.entry, chosen=partner)
        self._set("inbox", entry.id, replace(row, entry=chosen))

    def change_token(self, partner: int) -> str:
        """See ``StoresWorld``."""
        return self._world.partners.rows[partner].change_token

    def recorded(self) -> list[Line]:
        """See ``StoresWorld``."""
        return self._world.log.lines()

    def counted(self) -> dict[str, int]:
        """See ``StoresWorld``."""
        return dict(self._world.log.counters())

    def watched(self) -> set[str]:
        """See ``StoresWorld``."""
        return {step for step, done in self._world.progress.shown().items() if done}

    def _set(self, table: str, key: int, row: object) -> None:
        self._world.db.by_somebody_else(lambda: self._world.db.set(table, key, row))


class PreviewWorld(MemoryWorld):
    """The same world with the log of a preview."""

    def __init__(self) -> None:
        super().__init__()
        self.log = PreviewLog()

    def recorded(self) -> list[Line]:
        """See ``StoresWorld``."""
        return self.log.lines

    def counted(self) -> dict[str, int]:
        """See ``StoresWorld``."""
        return dict(self.log.counters)


class MemoryTransactions:
    """See ``transactions.TransactionsWorld``."""

    def __init__(self) -> None:
        self._db = Database()
        self._fake = FakeUnitOfWork(self._db, Steps())
        self.work = self._fake

    def text(self) -> str:
        """See ``TransactionsWorld``."""
        return self._db.rows("text").get(1, "")

    def write(self, text: str) -> None:
        """See ``TransactionsWorld``."""
        self._db.set("text", 1, text)

    def flush(self) -> None:
        """See ``TransactionsWorld``."""

    def committed(self) -> str:
        """See ``TransactionsWorld``."""
        return self._db.committed("text").get(1, "")

    def write_elsewhere(self, text: str) -> None:
        """See ``TransactionsWorld``."""
        self._db.by_somebody_else(lambda: self._db.set("text", 1, text))

    def collide(self, text: str, times: int = 1) -> None:
        """See ``TransactionsWorld``."""
        for _time in range(times):
            self._fake.collide(lambda: self.write_elsewhere(text))

    def is_open(self) -> bool:
        """See ``TransactionsWorld``."""
        return self._db.reading or self._db.in_transaction
