# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The whole soak test: start, work for some time, and check the result."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from odoo.tools import config

from exchange_server import Exchange, ExchangeServer
from support.live_odoo import OdooServer

from .check import settle, violations
from .cluster import OwnPostgres
from .edits import Edits
from .scene import Environment, Scene
from .trouble import Trouble

THREADS = 2
"""The number of scheduled actions that run in parallel in each of the two servers."""

MEMORY_LIMIT = 1.5
"""The factor by which the memory of a server may grow after the first minute."""

PAUSE = 0.05
"""Seconds between two edits."""


@dataclass
class Numbers:
    """The numbers that are printed at the end."""

    memory: list[float] = field(default_factory=list)
    requested: int = 0
    _restarts: int = 0
    _next: float = 0.0

    def watch(self, server: OdooServer, now: float, restarts: int) -> None:
        """Record the memory of a server every ten seconds since its last start.

        :param now: seconds since the beginning
        :param restarts: the number of restarts of the database and the server
        """
        if restarts != self._restarts:
            self._restarts, self.memory = restarts, []
        if now >= self._next and server.is_running:
            self._next = now + 10
            self.memory.append(server.megabytes())

    @property
    def at_first(self) -> float:
        """Return the memory after the first minute."""
        return self.memory[min(6, len(self.memory) - 1)]


def soak(
    database: str, seconds: float, accounts: int, protocols: Sequence[str], seed: int
) -> int:
    """Run the soak test, and print a table of numbers and the violations.

    :param database: name on the server in PGHOST; a copy of it is used
    :param protocols: of the accounts, by turns
    :returns: the exit status: 0 if nothing was lost or duplicated
    """
    log = Path(tempfile.gettempdir()) / f"soak_{os.getpid()}.log"
    with (
        OwnPostgres(database) as postgres,
        ExchangeServer(Exchange(), auth=("basic",), tls=True) as server,
    ):
        config["db_host"] = os.environ["PGHOST"]  # also that of this process
        scene = Scene(database, server, accounts, protocols)
        edits = Edits(scene, random.Random(seed))
        with _servers(database, log) as (permanent, killable):
            servers = [killable, permanent]
            trouble = Trouble(server, servers, postgres, seconds / 5, seed)
            numbers = _work(scene, edits, trouble, permanent, seconds, seed)
        wrong = [*settle(scene), *violations(scene, edits)]
        return _report(scene, edits, trouble, numbers, wrong, log)


@contextmanager
def _servers(database: str, log: Path) -> Iterator[tuple[OdooServer, OdooServer]]:
    permanent, killable = (OdooServer(database, log, THREADS) for _number in range(2))
    with permanent, killable:
        yield permanent, killable


def _work(
    scene: Scene,
    edits: Edits,
    trouble: Trouble,
    permanent: OdooServer,
    seconds: float,
    seed: int,
) -> Numbers:
    dice, numbers = random.Random(seed), Numbers()
    begun = time.monotonic()
    trouble.start()
    try:
        while (now := time.monotonic() - begun) < seconds and trouble.is_alive():
            edits.one()
            if dice.random() < 0.2:
                scene.request_sync(dice.choice(scene.owners))
                numbers.requested += 1
            numbers.watch(permanent, now, trouble.made["database restarts"])
            time.sleep(PAUSE)
    finally:
        trouble.end()
    if trouble.failure:
        raise trouble.failure
    return numbers


def _report(
    scene: Scene,
    edits: Edits,
    trouble: Trouble,
    numbers: Numbers,
    wrong: list[str],
    log: Path,
) -> int:
    runs = scene.in_odoo(None, _runs)
    rows = {
        "accounts": len(scene.owners),
        "people": len(edits.people),
        "edits in Odoo": edits.made["odoo"],
        "edits in Exchange": edits.made["exchange"],
        "deletions": edits.made["deletions"],
        "collisions of the edits": scene.lost_answers,
        **trouble.made,
        "synchronizations asked for": numbers.requested,
        **{f"runs: {state}": number for state, number in runs.items()},
        "memory, first minute (MB)": round(numbers.at_first),
        "memory, end (MB)": round(numbers.memory[-1]),
        "lost, doubled or different": len(wrong),
    }
    for name, value in rows.items():
        print(f"{name:28} {value:>8}")
    print("\n".join(wrong[:50]))
    if numbers.memory[-1] > MEMORY_LIMIT * numbers.at_first:
        print(f"the server has more than {MEMORY_LIMIT} times the memory it had")
        return 1
    if wrong:
        print(f"the servers' log: {log}")
        return 1
    return 0


def _runs(env: Environment) -> dict[str, int]:
    env.cr.execute(
        "SELECT CASE WHEN state = 'failed' THEN state || ' ' || message_code ELSE state"
        " END, count(*) FROM exchange_sync_run GROUP BY 1 ORDER BY 2 DESC"
    )
    return dict(env.cr.fetchall())
