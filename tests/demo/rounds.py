# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One synchronization, started as a person would, and all that it did."""

from __future__ import annotations

import time
from dataclasses import dataclass

import psycopg2

from exchange_server.server import ExchangeServer
from support.live_odoo import Rpc

COUNTERS = (
    "imported_created",
    "imported_updated",
    "exported_created",
    "exported_updated",
    "conflict_count",
    "error_count",
)
LONGEST = 120.0


@dataclass(frozen=True)
class Round:
    """What a synchronization did, as both sides saw it.

    :ivar state: of the run in Odoo
    :ivar counters: of the run in Odoo
    :ivar requests: that the mail server answered
    :ivar writes: that the mail server was asked for
    :ivar rows: contacts of Odoo that were written
    """

    name: str
    state: str
    message: str
    counters: dict[str, int]
    seconds: float
    requests: int
    writes: int
    rows: int


def synchronize(
    name: str, owner: Rpc, account: int, exchange: ExchangeServer, database: str
) -> Round:
    """Press "Synchronize now" and wait for the scheduled action to do it."""
    exchange.counters.reset()
    rows = _versions(database)
    known = owner.call("exchange.sync.run", "search", [["account_id", "=", account]])
    started = time.monotonic()
    owner.call("exchange.account", "action_sync_now", [account])
    run = _wait(owner, account, known)
    return Round(
        name=name,
        state=run["state"],
        message=run["message"] or "",
        counters={counter: run[counter] for counter in COUNTERS},
        seconds=time.monotonic() - started,
        requests=sum(exchange.counters.requests.values()),
        writes=exchange.counters.writes,
        rows=len(_versions(database) - rows),
    )


def _wait(owner: Rpc, account: int, known: list[int]) -> dict[str, object]:
    end = time.monotonic() + LONGEST
    domain = [
        ["account_id", "=", account],
        ["id", "not in", known],
        ["state", "!=", "running"],
    ]
    fields = [*COUNTERS, "state", "message"]
    while time.monotonic() < end:
        found = owner.call("exchange.sync.run", "search_read", domain, fields)
        if found:
            return found[0]
        time.sleep(0.1)
    raise RuntimeError("the synchronization does not end")


def _versions(database: str) -> set[tuple[object, ...]]:
    """Each version of a row of contacts bears marks of its own."""
    connection = psycopg2.connect(dbname=database)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, xmin::text, ctid::text FROM res_partner")
            return set(cursor.fetchall())
    finally:
        connection.close()
