# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's database in memory, with transactions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class UniqueViolation(Exception):
    """Two rows violate a unique constraint."""


class Collision(Exception):
    """Another transaction changed the same rows at the same time."""


class Database:
    """Tables of immutable rows, with one transaction at a time.

    :ivar reading: whether a read-only transaction is open
    :ivar written: number of rows that commits of the engine changed, by table
    """

    def __init__(self) -> None:
        self._tables: dict[str, dict[Any, Any]] = defaultdict(dict)
        self._saved: dict[str, dict[Any, Any]] | None = None
        self._numbers = 0
        self.reading = False
        self.written: Counter[str] = Counter()

    def __deepcopy__(self, memo: dict[int, Any]) -> Database:
        """Return another database with the same rows, which are immutable."""
        assert not self.in_transaction, "a copy within a batch"
        other = memo[id(self)] = type(self)()
        other._tables.update({name: dict(rows) for name, rows in self._tables.items()})
        other._numbers, other.reading = self._numbers, self.reading
        other.written = Counter(self.written)
        return other

    def rows(self, table: str) -> dict[Any, Any]:
        """Return the rows of a table by key, for reading."""
        return self._tables[table]

    def committed(self, table: str) -> dict[Any, Any]:
        """Return the rows of a table by key as other transactions see them."""
        tables = self._tables if self._saved is None else self._saved
        return tables.get(table, {})

    def next_id(self) -> int:
        """Return an unused id; as in PostgreSQL, a rollback does not make ids
        available."""
        self._numbers += 1
        return self._numbers

    @property
    def in_transaction(self) -> bool:
        """Whether a batch of the engine is running."""
        return self._saved is not None

    def set(self, table: str, key: Any, row: Any) -> None:
        """Write a row within the engine's transaction."""
        assert self.in_transaction, f"{table} written outside of a batch"
        self._tables[table][key] = row

    def remove(self, table: str, key: Any) -> None:
        """Delete a row within the engine's transaction."""
        assert self.in_transaction, f"{table} written outside of a batch"
        del self._tables[table][key]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything that is done inside, or roll everything back."""
        assert not self.in_transaction, "a batch within a batch"
        self._saved = {name: dict(rows) for name, rows in self._tables.items()}
        try:
            yield
        except BaseException:
            for name, rows in self._tables.items():
                rows.clear()
                rows.update(self._saved.get(name, {}))
            raise
        else:
            self._count(self._saved)
        finally:
            self._saved = None

    def _count(self, before: dict[str, dict[Any, Any]]) -> None:
        for name, rows in self._tables.items():
            old = before.get(name, {})
            changed = sum(1 for k, row in rows.items() if old.get(k, self) != row)
            self.written[name] += changed + len(old.keys() - rows.keys())

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo at the end everything that is committed inside, except for used ids, as
        PostgreSQL's savepoints do."""
        tables, written = self.tables(), Counter(self.written)
        try:
            yield
        finally:
            for name, rows in self._tables.items():
                rows.clear()
                rows.update(tables.get(name, {}))
            self.written = written

    def tables(self) -> dict[str, dict[Any, Any]]:
        """Return a copy of all tables that have rows, for comparison."""
        return {name: dict(rows) for name, rows in self._tables.items() if rows}

    def by_somebody_else(self, change: Callable[[], T]) -> T:
        """Make a change that is committed separately, such as a change by a user."""
        assert not self.in_transaction
        self._saved = {}
        try:
            return change()
        finally:
            self._saved = None
