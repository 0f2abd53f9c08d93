# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults while people work: killed servers, server faults, a restarted database."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

from exchange_server import ExchangeServer, faults
from exchange_server.fault_queue import Fault
from support.live_odoo import OdooServer

from .cluster import OwnPostgres

OPERATIONS = (
    "SyncFolderItems",
    "GetItem",
    "FindItem",
    "CreateItem",
    "UpdateItem",
    "DeleteItem",
    "ContactsDelta",
    "ListContacts",
    "GetContact",
    "CreateContact",
    "UpdateContact",
    "DeleteContact",
    "Batch",
)
"""Of both protocols."""

FAULTS: tuple[Callable[..., Fault], ...] = (
    lambda **when: faults.busy(back_off_ms=1000, **when),
    lambda **when: faults.http_status(503, retry_after=1, **when),
    lambda **when: faults.http_status(500, **when),
    lambda **when: faults.soap_fault("ErrorInternalServerError", **when),
    lambda **when: faults.replaced('<m:ResponseCode>|"@odata.etag"', "<", **when),
    lambda **when: faults.slow(1.0, **when),
    faults.truncated,
    faults.drop_before,
    faults.drop_after,
)
"""No faults that need the owner: such an account would wait until the end."""

BETWEEN_KILLS = (12.0, 20.0)
BETWEEN_FAULTS = (0.5, 3.0)


class Trouble(threading.Thread):
    """Causes faults until :meth:`end` is called.

    :param server: the mail server
    :param servers: Odoo servers; the first is killed and started repeatedly
    :param postgres: restarted once; this ends Odoo's scheduled actions
    (odoo/service/server.py, ``cron_thread``), so the servers are restarted too
    :param restart_after: seconds until this restart
    """

    def __init__(
        self,
        server: ExchangeServer,
        servers: Sequence[OdooServer],
        postgres: OwnPostgres,
        restart_after: float,
        seed: int,
    ) -> None:
        super().__init__(name="trouble")
        self._server, self._servers, self._postgres = server, servers, postgres
        self._restart_at: float | None = time.monotonic() + restart_after
        self._dice = random.Random(seed)
        self._over = threading.Event()
        self.made: Counter[str] = Counter()
        self.failure: Exception | None = None

    def end(self) -> None:
        """Cause no more faults, and wait until the current one is over."""
        self._over.set()
        self.join()
        self._server.faults.clear()

    def run(self) -> None:
        """The method that the thread runs."""
        next_kill = time.monotonic() + self._dice.uniform(*BETWEEN_KILLS)
        try:
            while not self._over.wait(self._dice.uniform(*BETWEEN_FAULTS)):
                self._spoil()
                if time.monotonic() > next_kill:
                    self._kill(self._servers[0])
                    next_kill = time.monotonic() + self._dice.uniform(*BETWEEN_KILLS)
                if self._restart_at and time.monotonic() > self._restart_at:
                    self._restart_at = None
                    self._restart()
        except Exception as error:  # it is reported at the end of the soak test
            self.failure = error

    def _spoil(self) -> None:
        self._server.faults.clear()
        make = self._dice.choice(FAULTS)
        operation = self._dice.choice(OPERATIONS)
        times = self._dice.randint(1, 3)
        self._server.faults.add(make(operation=operation, times=times))
        self.made["faults"] += 1

    def _kill(self, server: OdooServer) -> None:
        server.kill()
        self.made["kills"] += 1
        server.start()

    def _restart(self) -> None:
        self._postgres.restart()
        for server in self._servers:
            self._kill(server)
        self.made["database restarts"] += 1
