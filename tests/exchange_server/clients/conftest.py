# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server for each client, and the table of what each client could do.

A test module is a client, named by its constant ``CLIENT``; a test is a step. The steps
of a client follow one another on one mailbox.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from exchange_server import Exchange, ExchangeServer
from exchange_server.clients.user import ADDRESS, PASSWORD
from exchange_server.graph.schema import GraphTypes
from exchange_server.schema import Schemas
from exchange_server.store.mailbox import Mailbox
from exchange_server.tls import LOCAL_NAMES, CertificateAuthority

# Where clients of Microsoft 365 look for it.
MICROSOFT_NAMES = ("login.microsoftonline.com", "graph.microsoft.com")
TABLE = pytest.StashKey[dict[tuple[str, str], str]]()


class SwiftClock:
    """A clock on which no two changes happen in the same second.

    Some clients distinguish versions by the time of the last change, in whole seconds.
    """

    def __init__(self) -> None:
        self._now = datetime.now(timezone.utc)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


@pytest.fixture(scope="module")
def exchange() -> Exchange:
    """An organization that is strict about the published schemas and types."""
    organization = Exchange(
        schemas=Schemas(Path(os.environ["EXCHANGE_SCHEMAS"])),
        graph_types=GraphTypes(Path(os.environ["GRAPH_TYPES"])),
        clock=SwiftClock(),
    )
    organization.add_mailbox(ADDRESS, PASSWORD, "Anna Example")
    return organization


@pytest.fixture(scope="module")
def mailbox(exchange: Exchange) -> Mailbox:
    """The client's mailbox."""
    return exchange.mailbox(ADDRESS)


@pytest.fixture(autouse=True)
def emptied(mailbox: Mailbox) -> Iterator[None]:
    """Each step begins without contacts, even if the step before failed."""
    yield
    for contact in mailbox.contacts():
        mailbox.delete_contact(contact.id)


@pytest.fixture(scope="module")
def server(exchange: Exchange) -> Iterator[ExchangeServer]:
    """The simulator on a free port."""
    with ExchangeServer(exchange) as running:
        yield running
    assert running.errors == []


@pytest.fixture(scope="module")
def authority() -> CertificateAuthority:
    """Who certifies the server to its clients."""
    return CertificateAuthority()


@pytest.fixture(scope="module")
def authority_file(
    authority: CertificateAuthority, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The authority's certificate, for clients to trust."""
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    path.write_bytes(authority.pem)
    return path


@pytest.fixture(scope="module")
def microsoft(
    exchange: Exchange, authority: CertificateAuthority
) -> Iterator[ExchangeServer]:
    """The simulator over HTTPS, also under the names of Microsoft's servers."""
    tls = authority.server_context(names=[*MICROSOFT_NAMES, *LOCAL_NAMES])
    with ExchangeServer(exchange, tls=tls) as running:
        yield running
    assert running.errors == []


@pytest.fixture(scope="module")
def log(request: pytest.FixtureRequest) -> Path:
    """The file for the output of the client."""
    return _log(request.module.CLIENT)


def _log(client: str) -> Path:
    folder = Path(os.environ["EXCHANGE_CONTACT_SYNC_CACHE"]) / "logs"
    return folder / f"clients-{client}.log"


def pytest_configure(config: pytest.Config) -> None:
    """Prepare the table."""
    config.stash[TABLE] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Add a step to the table; an error before or after the step is a failure."""
    report = yield
    step = item.name.removeprefix("test_").replace("_", " ")
    key = item.module.CLIENT, step
    table = item.config.stash[TABLE]
    if report.failed or table.get(key) != "failed":
        table[key] = "failed" if report.failed else "passed"
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table."""
    table = config.stash[TABLE]
    if not table:
        return
    clients = max(len(client) for client, _ in table)
    steps = max(len(step) for _, step in table)
    terminalreporter.section("clients")
    for client in sorted({c for (c, _), result in table.items() if result == "failed"}):
        terminalreporter.write_line(f"What {client} says of itself: {_log(client)}")
    for (client, step), result in table.items():
        color = {"green": result == "passed", "red": result == "failed"}
        terminalreporter.write_line(
            f"{client:{clients}}  {step:{steps}}  {result}", **color
        )
