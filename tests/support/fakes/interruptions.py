# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run a function at any step of a run: a crash, an edit of a user, a lost answer."""

from __future__ import annotations

from collections.abc import Callable

from exchange_contact_sync.core.errors import SyncError

from .database import Collision, Database


class Killed(BaseException):
    """The process was killed."""


class Steps:
    """Counts the steps of a run: each call of a port and each answer of the mailbox,
    and the moments before and after each commit.

    :ivar taken: the number of steps so far
    """

    def __init__(self) -> None:
        self.taken = 0
        self._plans: dict[int, Callable[[], None]] = {}

    def plan(self, after: int, happening: Callable[[], None]) -> None:
        """Plan a function for a step.

        :param after: the number of steps from now, at least 1
        :param happening: function without arguments; an exception that it raises ends
        the run
        """
        self._plans[self.taken + after] = happening

    def kill(self, after: int) -> None:
        """Plan the end of the process at a step."""
        self.plan(after, self.die)

    @staticmethod
    def die() -> None:
        """:raises Killed: always"""
        raise Killed

    def forget_plans(self) -> None:
        """Remove all plans."""
        self._plans = {}

    def step(self) -> None:
        """Take one more step."""
        self.taken += 1
        happening = self._plans.pop(self.taken, None)
        if happening:
            happening()


class Watched:
    """A port that counts each call as a step.

    :param port: the port
    :param steps: Steps
    :param database: Database; set for a mailbox, which must not be called in a batch
    """

    def __init__(
        self, port: object, steps: Steps, database: Database | None = None
    ) -> None:
        self._port = port
        self._steps = steps
        self._database = database

    def __getattr__(self, name: str) -> object:
        found = getattr(self._port, name)
        return self._watched(found) if callable(found) else found

    def _watched(self, method: Callable) -> Callable:
        def call(*args: object, **kwargs: object) -> object:
            database = self._database
            assert not (database and database.in_transaction), (
                "a batch that may be done again talks to the mailbox"
            )
            assert not (database and database.reading), (
                "a transaction is open while the mailbox is asked"
            )
            self._steps.step()
            answer = method(*args, **kwargs)
            if database:
                self._steps.step()
            return answer

        return call


class FakeUnitOfWork:
    """See ``core.ports.UnitOfWork``.

    :param database: Database
    :param steps: Steps
    """

    TRIES = 5

    def __init__(self, database: Database, steps: Steps) -> None:
        self._db = database
        self._steps = steps
        self.transactions = 0
        self._meanwhile: list[Callable[[], None]] = []

    def collide(self, meanwhile: Callable[[], None]) -> None:
        """Let the next batch be rolled back because another transaction commits.

        :param meanwhile: function without arguments, which makes the other change
        """
        self._meanwhile.append(meanwhile)

    def read(self, query: Callable[[], object]) -> object:
        """See ``UnitOfWork``."""
        self.transactions += not self._db.reading
        self._db.reading = True
        return query()

    def release(self) -> None:
        """See ``UnitOfWork``."""
        self._db.reading = False

    def run(self, batch: Callable[[], object]) -> object:
        """See ``UnitOfWork``."""
        self.release()
        self.transactions += 1
        for _try in range(self.TRIES):
            try:
                result = self._attempt(batch)
            except Collision:
                self._meanwhile.pop()()
            else:
                self._steps.step()
                return result
        raise SyncError("one batch collided too often")

    def _attempt(self, batch: Callable[[], object]) -> object:
        with self._db.transaction():
            result = batch()
            self._steps.step()
            if self._meanwhile:
                raise Collision
        return result
