# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where what was done becomes durable: the engine's ``UnitOfWork``; and where it is
undone, for previews."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
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
"""Somebody else changed the same rows at the same time. Odoo retries requests for
the same errors (``odoo/service/model.py``, ``PG_CONCURRENCY_EXCEPTIONS_TO_RETRY``)
but not the work of a scheduled action."""


class OdooUnitOfWork:
    """Reads in short read-only transactions, and does batches and commits each.

    :param env: Environment whose cursor the whole run works with
    :param commit: callable that commits; Odoo forbids it on the cursor of a test,
        therefore it is handed in
    :param forget: callable that forgets what was read within a transaction
    """

    def __init__(
        self, env: Environment, commit: Callable[[], None], forget: Callable[[], None]
    ) -> None:
        self._env = env
        self._commit = commit
        self._forget = forget
        self._reading = False

    def read(self, query: Callable[[], T]) -> T:
        """See the port. PostgreSQL refuses what writes."""
        if not self._reading:
            self._end()
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
            else:
                return result
            finally:
                self._forget()
                self._env.invalidate_all(flush=False)
        raise SyncError("rows were changed by somebody else again and again")


class DryRunUnitOfWork:
    """Does batches of a preview: all that a commit would set off within the database
    happens, and nothing is committed. Who collides with somebody else fails.

    :param env: Environment whose cursor the whole preview works with
    :param forget: callable that forgets what was read within a transaction
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
    """How transactions end, and how work that is never to last gets one of its own.

    A run commits each batch itself, on the cursor of the request or of the scheduled
    action: what was written to the mailbox cannot be rolled back, so Odoo must never
    forget that it was. Odoo commits when a request or a job ends; a run of many
    thousand contacts would lose hours of work to one failure, hold its locks until the
    end, and have a transaction open while the server is asked.
    """

    def commit(self, cr: BaseCursor) -> None:
        """Make durable what was done."""
        cr.commit()  # pylint: disable=invalid-commit

    def read_only(self, cr: BaseCursor) -> None:
        """Refuse what writes, until the transaction ends."""
        cr.execute("SET TRANSACTION READ ONLY")

    def roll_back(self, cr: BaseCursor) -> None:
        """Undo what was done since the last commit."""
        cr.rollback()

    @contextmanager
    def scratch(self, env: Environment) -> Iterator[BaseCursor]:
        """A cursor whose work is rolled back at the end.

        :return: context manager giving the cursor, which sees what is committed
        """
        with closing(env.registry.cursor()) as cr:
            yield cr


_used = [Transactions()]


@contextmanager
def using(transactions: Transactions) -> Iterator[None]:
    """Have transactions end in another way: Odoo forbids its tests to commit.

    :return: context manager
    """
    _used.append(transactions)
    try:
        yield
    finally:
        _used.remove(transactions)


def committer(cr: BaseCursor) -> Callable[[], None]:
    """How to commit on a cursor."""
    return partial(_used[-1].commit, cr)


def roll_back(env: Environment) -> None:
    """Undo what was not committed."""
    _used[-1].roll_back(env.cr)
    env.invalidate_all(flush=False)


@contextmanager
def undone(env: Environment) -> Iterator[Environment]:
    """Do something for real, and have it undone. Nothing inside may commit.

    It has a cursor of its own, so that nothing that waits for a commit (to send mails,
    to wake the web client or the scheduled actions) ever happens. Two things outlive
    the cursor. What a method of Odoo keeps for the whole process (``ormcache``) may
    have been kept anew in between: it is forgotten once more. Numbers that PostgreSQL
    gave out do not come back, so no row to come has the id of one that was undone.
    Files of attachments are collected by Odoo itself (``ir_attachment.py``,
    ``_mark_for_gc``).

    As long as it lasts, rows that it wrote are locked: another user who edits one of
    them waits. What code of other addons does outside of the database at once, nobody
    can undo.

    :param env: whose own work is committed
    :return: context manager giving the environment to work in
    """
    try:
        with _used[-1].scratch(env) as cr:
            yield env(cr=cr)
    finally:
        _forget_kept(env.registry)


def _forget_kept(registry: Registry) -> None:
    """What was kept since something of it was changed may be of what is undone."""
    changed = sorted(registry.cache_invalidated)
    if changed:
        registry.clear_cache(*changed)


if TYPE_CHECKING:
    _port: tuple[type[UnitOfWork], ...] = (OdooUnitOfWork, DryRunUnitOfWork)
