# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A running Odoo with users, and the matrix of what each of them can do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange_server import Exchange, ExchangeServer
from security import roles
from security.doors import Door, Json2, JsonRpc, XmlRpc
from security.matrix import Matrix
from security.table import FILE
from security.world import DOORS
from support.live_odoo import OdooServer, database_copy


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the table again after rights were changed."""
    parser.addoption("--accept", action="store_true", help="write rights.txt anew")


@pytest.fixture(scope="session")
def exchange() -> Iterator[ExchangeServer]:
    """A mail server with a mailbox for each owner."""
    exchange = Exchange()
    for role in roles.OWNERS:
        exchange.add_mailbox(roles.address(role), roles.OWNER_PASSWORD)
    with ExchangeServer(exchange) as server:
        yield server


@pytest.fixture(scope="session")
def odoo(exchange: ExchangeServer, tmp_path_factory) -> Iterator[OdooServer]:
    """An Odoo server that logs everything, and whose key is a canary value."""
    folder = tmp_path_factory.mktemp("odoo")
    patch = pytest.MonkeyPatch()
    patch.setenv("EXCHANGE_CONTACT_SYNC_KEY", roles.KEY)
    with database_copy("rights") as database:
        _build(database, exchange.url, folder / "world.json")
        server = OdooServer(database, folder / "odoo.log", 0, EVERYTHING)
        server.folder = folder
        with server:
            yield server
    patch.undo()


EVERYTHING = ("--log-handler=:DEBUG", "--log-handler=odoo.sql_db:INFO")
"""Log handlers, without the SQL queries."""


def _build(database: str, server_url: str, path: Path) -> None:
    code = (
        f"from security.world import build; build(env, {server_url!r}, {str(path)!r})"
    )
    command = [sys.executable, "-m", "odoo", "shell", "-d", database, "--no-http"]
    command.append("--log-level=error")
    subprocess.run(command, input=code.encode(), check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def world(odoo: OdooServer) -> dict:
    """The result of ``world.build``."""
    return json.loads((odoo.folder / "world.json").read_text())


def doors(odoo: OdooServer, world: dict) -> dict[tuple[str, str], Door]:
    """Return a client for each API and each kind of user."""
    made: dict[tuple[str, str], Door] = {}
    where = odoo.url, odoo.database
    for role in roles.ROLES:
        login = roles.address(role) if role != "public" else ""
        uid = world["users"].get(role, world["public"])
        made["JSON-RPC", role] = JsonRpc(*where, login, role)
        made["JSON-2", role] = Json2(*where, world["keys"].get(role, ""))
        made["XML-RPC", role] = XmlRpc(*where, uid, role)
    return made


@pytest.fixture(scope="session")
def matrix(odoo: OdooServer, world: dict, request) -> Matrix:
    """The matrix, filled by all calls."""
    found = Matrix(world)
    found.fill(doors(odoo, world))
    request.config.stash[MATRIX] = found
    return found


MATRIX = pytest.StashKey[Matrix]()


def pytest_terminal_summary(terminalreporter) -> None:
    """Print refused and tried calls by role and API, and the secrets that were
    found."""
    found = terminalreporter.config.stash.get(MATRIX, None)
    if found is None:
        return
    write = terminalreporter.write_line
    write("")
    write(f"{'refused/tried':<16}" + "".join(f"{door:>14}" for door in DOORS))
    for role in roles.ROLES:
        keys = [(role, door) for door in DOORS]
        cells = [f"{found.refused[key]}/{found.tried[key]}" for key in keys]
        write(f"{role:<16}" + "".join(f"{cell:>14}" for cell in cells))
    calls = sum(found.tried.values())
    write(
        f"secrets found/looked for: {len(found.found)}/{len(roles.CANARIES)}"
        f" in {calls} answers, {found.seconds:.0f} s; rights: {FILE.name}"
    )
