# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo is killed during a run and restarted, and the next run completes the work."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import psycopg2
import pytest
from psycopg2 import errors

from exchange_server import Exchange, ExchangeServer
from exchange_server.fault_effects import Process, Surroundings
from exchange_server.fault_queue import Fault
from exchange_server.http_message import HttpAnswer
from support.cases.sync_case import schemas
from support.live_odoo import OdooServer, Rpc

PEOPLE = 300
ADDRESS, PASSWORD = "anna@example.com", "correct horse"
LONGEST = 90.0  # seconds


@dataclass
class Hold:
    """The request is carried out; its answer waits until Odoo is dead."""

    kind: ClassVar[str] = "hold"
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        """Called by the simulator."""
        answer = process()
        self.reached.set()
        self.released.wait(LONGEST)
        return answer


@pytest.fixture
def database() -> Iterator[str]:
    """A database with the addon, of this test alone."""
    name = f"{os.environ['EXCHANGE_CONTACT_SYNC_DB']}_crash_{os.getpid()}"
    template = os.environ["EXCHANGE_CONTACT_SYNC_TEMPLATE"]
    run_sql(f'DROP DATABASE IF EXISTS "{name}"')
    end = time.monotonic() + LONGEST
    while True:
        try:
            run_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            break
        except errors.ObjectInUse:  # another process is copying it
            assert time.monotonic() < end
            time.sleep(0.5)
    yield name
    run_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


def run_sql(statement: str) -> None:
    connection = psycopg2.connect(dbname="postgres")
    connection.autocommit = True
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()


@pytest.fixture
def server() -> Iterator[ExchangeServer]:
    exchange = Exchange(schemas=schemas())
    exchange.add_mailbox(ADDRESS, PASSWORD)
    with ExchangeServer(exchange) as running:
        yield running
    assert running.errors == []


@pytest.fixture
def odoo(database: str) -> Iterator[OdooServer]:
    logs = Path(os.environ["EXCHANGE_CONTACT_SYNC_CACHE"], "logs")
    logs.mkdir(parents=True, exist_ok=True)
    with OdooServer(database, logs / f"{database}.log") as running:
        yield running


class Owner:
    """The owner of an account, who works in the web client."""

    def __init__(self, odoo: OdooServer, server: ExchangeServer) -> None:
        self._odoo = odoo
        self.log_in()
        provider = {"name": "Company mail", "server_url": server.url}
        [provider_id] = self.call("exchange.provider", "create", [provider])
        account = {
            "provider_id": provider_id,
            "email": ADDRESS,
            "password": PASSWORD,
            "export_contacts": True,
            "auto_sync": False,
        }
        [self.account] = self.call("exchange.account", "create", [account])
        self.call("exchange.account", "action_authorize", [self.account])

    def log_in(self) -> None:
        self.call = Rpc(self._odoo.url, self._odoo.database, "admin", "admin").call

    def synchronize(self) -> None:
        self.call("exchange.account", "action_sync_now", [self.account])

    def runs(self) -> list[dict]:
        """The account's runs, the latest first."""
        domain = [["account_id", "=", self.account]]
        fields = ["state", "message", "error_count"]
        return self.call("exchange.sync.run", "search_read", domain, fields)

    def wait_for_the_end(self) -> dict:
        """:returns: the last run, once nothing is left to do"""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            [account] = self.call(
                "exchange.account", "read", [self.account], ["sync_requested"]
            )
            runs = self.runs()
            running = [run for run in runs if run["state"] == "running"]
            if not account["sync_requested"] and not running:
                return runs[0]
            time.sleep(0.2)
        raise AssertionError(f"the synchronization does not end: {self.runs()}")

    def people(self) -> list[str]:
        domain = [["type", "=", "contact"], ["is_company", "=", False]]
        found = self.call("res.partner", "search_read", domain, ["name"])
        return sorted(partner["name"] for partner in found)


def kill_in_the_middle(
    owner: Owner, odoo: OdooServer, server: ExchangeServer, operation: str
) -> None:
    """Kill Odoo after a batch was carried out and before it is known to be."""
    hold = Hold()
    server.faults.add(Fault(hold, operation, nth=2))
    owner.synchronize()
    assert hold.reached.wait(LONGEST), "the synchronization does not come to it"
    odoo.kill()
    hold.released.set()
    odoo.start()
    owner.log_in()


def finish(owner: Owner) -> None:
    owner.synchronize()
    last = owner.wait_for_the_end()
    assert (last["state"], last["error_count"]) == ("done", 0)
    [killed] = [run for run in owner.runs() if run["state"] == "failed"]
    assert "was interrupted because the server stopped" in killed["message"]


def names(server: ExchangeServer) -> list[str]:
    items = server.exchange.mailbox(ADDRESS).contacts()
    return sorted(str(item.values["contacts:DisplayName"]) for item in items)


def test_export_survives_a_crash(odoo: OdooServer, server: ExchangeServer) -> None:
    owner = Owner(odoo, server)
    people = [
        {"name": f"Person {number}", "email": f"person{number}@example.com"}
        for number in range(PEOPLE)
    ]
    owner.call("res.partner", "create", people)
    kill_in_the_middle(owner, odoo, server, "CreateItem")
    assert len(names(server)) == 200, "two batches were carried out, one is known of"
    finish(owner)
    exported = [name for name in names(server) if name.startswith("Person ")]
    assert len(exported) == len(set(exported)) == PEOPLE
    assert names(server) == owner.people()


def test_import_survives_a_crash(odoo: OdooServer, server: ExchangeServer) -> None:
    mailbox = server.exchange.mailbox(ADDRESS)
    mailbox.bulk_add_contacts(
        mailbox.folder("contacts"),
        [{"contacts:DisplayName": f"Contact {n}"} for n in range(PEOPLE * 4)],
    )
    in_mailbox = names(server)
    owner = Owner(odoo, server)
    in_odoo = owner.people()
    kill_in_the_middle(owner, odoo, server, "GetItem")
    finish(owner)
    assert owner.people() == names(server) == sorted(in_mailbox + in_odoo)
