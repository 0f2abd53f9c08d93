# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What commits or is undone together: Odoo's database, in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class UniqueViolation(Exception):
    """Two rows that must differ do not."""


class Collision(Exception):
    """Somebody else changed the same rows at the same time."""


class Database:
    """Tables of immutable rows, with one transaction at a time.

    :ivar reading: whether a reading transaction is open
    :ivar written: rows that commits of the engine changed, by table
    """

    def __init__(self) -> None:
        self._tables: dict[str, dict[Any, Any]] = defaultdict(dict)
        self._saved: dict[str, dict[Any, Any]] | None = None
        self._numbers = 0
        self.reading = False
        self.written: Counter[str] = Counter()

    def __deepcopy__(self, memo: dict[int, Any]) -> Database:
        """Return another database with the same rows; they are immutable."""
        assert not self.in_transaction, "a copy within a batch"
        other = memo[id(self)] = type(self)()
        other._tables.update({name: dict(rows) for name, rows in self._tables.items()})
        other._numbers, other.reading = self._numbers, self.reading
        other.written = Counter(self.written)
        return other

    def rows(self, table: str) -> dict[Any, Any]:
        """The rows of a table by key, to be read."""
        return self._tables[table]

    def committed(self, table: str) -> dict[Any, Any]:
        """The rows of a table by key as other transactions see them, to be read."""
        tables = self._tables if self._saved is None else self._saved
        return tables.get(table, {})

    def next_id(self) -> int:
        """A number no row has had; as in PostgreSQL, none comes back by a rollback."""
        self._numbers += 1
        return self._numbers

    @property
    def in_transaction(self) -> bool:
        """Whether a batch of the engine is being done."""
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
        """All that is done inside becomes durable, or nothing of it."""
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
        """All that is committed inside has not happened afterwards; as with
        PostgreSQL's savepoints, only the numbers do not come back."""
        tables, written = self.tables(), Counter(self.written)
        try:
            yield
        finally:
            for name, rows in self._tables.items():
                rows.clear()
                rows.update(tables.get(name, {}))
            self.written = written

    def tables(self) -> dict[str, dict[Any, Any]]:
        """A copy of all tables that have rows, for comparing."""
        return {name: dict(rows) for name, rows in self._tables.items() if rows}

    def by_somebody_else(self, change: Callable[[], T]) -> T:
        """A change that commits on its own, as one of a user does."""
        assert not self.in_transaction
        self._saved = {}
        try:
            return change()
        finally:
            self._saved = None
