# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Commit the batches of a run, or undo them for a preview: the engine's
``UnitOfWork``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from psycopg2 import errors

from ..core.errors import SyncError

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.modules.registry import Registry
    from odoo.sql_db import BaseCursor

    from ..core.ports import UnitOfWork


_logger = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 5
COLLISIONS = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
)
"""Another transaction changed the same rows at the same time. Odoo retries requests
after the same errors (``odoo/service/model.py``,
``PG_CONCURRENCY_EXCEPTIONS_TO_RETRY``), but not scheduled actions.
"""


class OdooUnitOfWork:
    """Reads in short read-only transactions, and commits each batch.

    :param env: its cursor is used by the whole run
    :param commit: commits; a parameter because Odoo forbids commits on a test's cursor
    :param forget: discards what was read within a transaction
    """

    def __init__(
        self, env: Environment, commit: Callable[[], None], forget: Callable[[], None]
    ) -> None:
        self._env = env
        self._commit = commit
        self._forget = forget
        self._reading = False

    def read(self, query: Callable[[], T]) -> T:
        """See the port. PostgreSQL refuses statements that write.

        What was read while the ports were set up belongs to the first read-only
        transaction: a transaction may become read-only after it has begun
        (https://www.postgresql.org/docs/15/sql-set-transaction.html).
        """
        if not self._reading:
            self._env.flush_all()
            self._reading = True
            _used[-1].read_only(self._env.cr)
        return query()

    def release(self) -> None:
        """See the port."""
        if self._reading:
            self._end()

    def _end(self) -> None:
        self._reading = False
        self._env.flush_all()
        self._commit()
        self._forget()
        self._env.invalidate_all(flush=False)

    def run(self, batch: Callable[[], T]) -> T:
        """See the port."""
        self.release()
        for attempt in range(1, TRIES + 1):
            try:
                result = batch()
                self._env.flush_all()
                self._commit()
            except COLLISIONS as collision:
                self._env.cr.rollback()
                _logger.info("Batch, try %s of %s: %s", attempt, TRIES, collision)
            except BaseException:
                roll_back(self._env)
                raise
            else:
                return result
            finally:
                self._forget()
                self._env.invalidate_all(flush=False)
        raise SyncError("other transactions kept changing the same rows")


class DryRunUnitOfWork:
    """Runs the batches of a preview.

    Everything that a commit would cause within the database happens, but nothing is
    committed. A collision with another transaction is an error.

    :param env: its cursor is used by the whole preview
    :param forget: discards what was read within a transaction
    """

    def __init__(self, env: Environment, forget: Callable[[], None]) -> None:
        self._env = env
        self._forget = forget

    def read(self, query: Callable[[], T]) -> T:
        """See the port."""
        return query()

    def release(self) -> None:
        """See the port. The dry run is one transaction."""

    def run(self, batch: Callable[[], T]) -> T:
        """See the port."""
        try:
            result = batch()
            self._env.flush_all()
            self._env.cr.flush()
            return result
        finally:
            self._forget()
            self._env.invalidate_all(flush=False)


class Transactions:
    """Ends transactions, and provides a cursor for work that is rolled back.

    A run commits each batch itself, on the cursor of the request or of the scheduled
    action: what was written to the mailbox cannot be rolled back, so Odoo's record of
    it must be durable. Odoo commits when a request or a job ends; with that, a run of
    many thousand contacts would lose hours of work because of one failure, hold its
    locks until the end, and have a transaction open during requests to the server.
    """

    def commit(self, cr: BaseCursor) -> None:
        """Commit what was done."""
        cr.commit()  # pylint: disable=invalid-commit

    def read_only(self, cr: BaseCursor) -> None:
        """Refuse statements that write, until the transaction ends."""
        cr.execute("SET TRANSACTION READ ONLY")

    def roll_back(self, cr: BaseCursor) -> None:
        """Undo what was done since the last commit."""
        cr.rollback()

    @contextmanager
    def scratch(self, env: Environment) -> Iterator[BaseCursor]:
        """Return a context manager for a cursor whose work is rolled back at the end.

        The cursor sees what is committed.
        """
        with closing(env.registry.cursor()) as cr:
            yield cr

    @contextmanager
    def separate_cursor(self, env: Environment) -> Iterator[BaseCursor]:
        """Return a context manager for a cursor whose work is committed at its end,
        even if the open transaction is rolled back.
        """
        with env.registry.cursor() as cr:
            yield cr


_used = [Transactions()]


@contextmanager
def using(transactions: Transactions) -> Iterator[None]:
    """Return a context manager that ends transactions in another way.

    Odoo's tests need this because they must not commit.
    """
    _used.append(transactions)
    try:
        yield
    finally:
        _used.remove(transactions)


def committer(cr: BaseCursor) -> Callable[[], None]:
    """Return the function that commits on a cursor."""
    return partial(_used[-1].commit, cr)


def roll_back(env: Environment) -> None:
    """Undo what was not committed."""
    _used[-1].roll_back(env.cr)
    env.invalidate_all(flush=False)


def separate_cursor(env: Environment) -> AbstractContextManager[BaseCursor]:
    """Return a context manager for a cursor whose work is committed at its end.

    :param env: its own transaction continues, and does not see that work
    """
    return _used[-1].separate_cursor(env)


@contextmanager
def undone(env: Environment) -> Iterator[Environment]:
    """Return a context manager that undoes everything done within it.

    The code within it must not commit. It works on a separate cursor, so that actions
    waiting for a commit (sending mails, notifying the web client or the scheduled
    actions) never happen. Two things outlive the cursor:

    - Values that a method of Odoo caches for the whole process (``ormcache``) may have
      been cached again in between. These caches are cleared once more.
    - PostgreSQL does not reuse the ids it assigned, so no later row has the id of an
      undone one.

    Odoo deletes the files of attachments by itself (``ir_attachment.py``,
    ``_mark_for_gc``). Rows that the code wrote stay locked until the end: other users
    who edit one of them have to wait. What other addons do immediately outside of the
    database cannot be undone.

    :param env: its own work is committed
    :return: context manager that gives the environment to work in
    """
    try:
        with _used[-1].scratch(env) as cr:
            yield env(cr=cr)
    finally:
        _clear_caches(env.registry)


def _clear_caches(registry: Registry) -> None:
    """Clear caches that may contain undone values."""
    changed = sorted(registry.cache_invalidated)
    if changed:
        registry.clear_cache(*changed)


if TYPE_CHECKING:
    _port: tuple[type[UnitOfWork], ...] = (OdooUnitOfWork, DryRunUnitOfWork)
