# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run the same contract tests on several mailboxes.

The fixture ``world`` is the mailbox in memory, then the gateways for EWS and Graph on
the Exchange simulator over real HTTP. If EXCHANGE_CONTRACT_URL, _EMAIL and _PASSWORD
are set (and _USERNAME, _CA_FILE where needed), it is a real server too. The fixture
``troubled`` covers the mailboxes that can be made to fail. These tests run without
Odoo: see ``support.bare_addon``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from support import bare_addon

bare_addon.make_importable()

ADDRESS = "anna@example.com"
PASSWORD = "a secret for Anna"
REAL_SERVER = ("URL", "EMAIL", "PASSWORD")


def _real(name: str) -> str:
    return os.environ.get(f"EXCHANGE_CONTRACT_{name}", "")


WORLDS = ["memory", "simulator", "graph"]
if all(map(_real, REAL_SERVER)):
    WORLDS.append("server")


@pytest.fixture(scope="session")
def schemas():
    """The published schemas: the simulator validates every request against them."""
    from exchange_server.schema import Schemas

    directory = os.environ.get("EXCHANGE_SCHEMAS")
    if not directory:
        pytest.fail("Set EXCHANGE_SCHEMAS; ./dev test contract does.", pytrace=False)
    return Schemas(Path(directory))


@pytest.fixture(scope="session")
def graph_types():
    """The published types of Microsoft Graph, against which requests are validated."""
    from exchange_server.graph.schema import GraphTypes

    directory = os.environ.get("GRAPH_TYPES")
    if not directory:
        pytest.fail("Set GRAPH_TYPES; ./dev test contract does.", pytrace=False)
    return GraphTypes(Path(directory))


@pytest.fixture
def exchange(schemas, graph_types):
    """An organization with one mailbox."""
    from exchange_server import Exchange

    organisation = Exchange(schemas=schemas, graph_types=graph_types)
    organisation.add_mailbox(ADDRESS, PASSWORD, "Anna Example")
    return organisation


@pytest.fixture
def mailbox(exchange):
    """Anna's mailbox in the simulator."""
    return exchange.mailbox(ADDRESS)


@pytest.fixture
def server(exchange) -> Iterator[object]:
    """The organization's server over plain HTTP.

    The tests in ``ews`` cover authentication; here it would only take time.
    """
    with running(exchange, auth=("basic",)) as one:
        yield one


@contextmanager
def running(exchange, **options: object) -> Iterator[object]:
    """Start a server, and check that it had no internal errors when it ends."""
    from exchange_server import ExchangeServer

    with ExchangeServer(exchange, **options) as one:
        yield one
    assert one.errors == []  # no error became an HTTP 500 unnoticed


@pytest.fixture
def settings(server):
    """Anna's settings, without anything learned about the server."""
    from exchange_contact_sync.ews.session import Settings

    return Settings(ADDRESS, password=PASSWORD, server_url=server.url)


@pytest.fixture
def gateway(settings):
    """The EWS gateway, open on Anna's mailbox."""
    from exchange_contact_sync.ews.session import open_gateway

    with open_gateway(settings) as opened:
        yield opened


@pytest.fixture
def simulator_world(server, mailbox, gateway):
    """Anna's mailbox on the simulator."""
    from contract.mailbox.worlds.simulator import SimulatorWorld

    return SimulatorWorld(server, mailbox, gateway)


@pytest.fixture
def graph_settings(server):
    """The settings that connect Anna's mailbox through Graph."""
    from contract.mailbox.worlds.graph import Tokens
    from exchange_contact_sync.graph.session import Settings

    return Settings(Tokens(server, ADDRESS), server.graph_url)


@pytest.fixture
def graph_world(server, mailbox, graph_settings):
    """Anna's mailbox on the simulator, through Graph."""
    from contract.mailbox.worlds.graph import GraphWorld
    from exchange_contact_sync.graph.session import open_gateway

    with open_gateway(graph_settings) as opened:
        yield GraphWorld(server, mailbox, opened)


@pytest.fixture
def make_world(request) -> Iterator[Callable[[str], object]]:
    """A world by its name."""
    with ExitStack() as stack:

        def make(name: str) -> object:
            if name == "memory":
                from contract.mailbox.worlds.fake import FakeWorld

                return FakeWorld()
            if name in ("simulator", "graph"):
                return request.getfixturevalue(f"{name}_world")
            return _server_world(stack)

        yield make


def _server_world(stack: ExitStack) -> object:
    from contract.mailbox.worlds.server import ServerWorld
    from exchange_contact_sync.ews.session import Settings, open_gateway

    authority = _real("CA_FILE")
    settings = Settings(
        _real("EMAIL"),
        username=_real("USERNAME"),
        password=_real("PASSWORD"),
        server_url=_real("URL"),
        ca_certificate=Path(authority).read_text() if authority else "",
    )
    world = ServerWorld(settings, stack.enter_context(open_gateway(settings)))
    stack.callback(world.close)
    return world


@pytest.fixture(params=WORLDS)
def world(request, make_world):
    """A mailbox under test, see ``worlds.world.World``."""
    return make_world(request.param)


@pytest.fixture(params=WORLDS[:3])
def troubled(request, make_world):
    """A mailbox that can be made to fail, see ``worlds.world.Troubled``."""
    return make_world(request.param)
