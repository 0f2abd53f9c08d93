# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A sign-in service over real HTTPS, and a person with a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from contract.sign_in.certificates import Certified
from exchange_server import Exchange, ExchangeServer
from exchange_server.tests.sign_in_wire import REDIRECT
from support import bare_addon

bare_addon.make_importable()

ADDRESS, PASSWORD = "anna@example.com", "secret"


@pytest.fixture
def exchange() -> Exchange:
    made = Exchange()
    made.add_mailbox(ADDRESS, PASSWORD, "Anna Example")
    return made


@pytest.fixture
def server(exchange: Exchange) -> Iterator[ExchangeServer]:
    with ExchangeServer(exchange, tls=True) as running:
        yield running
    assert running.errors == []


@pytest.fixture
def registered(exchange: Exchange):
    """The application as it is registered in the organization."""
    roles = ["Contacts.ReadWrite"]
    return exchange.tenant.add_application(redirect_uris=[REDIRECT], roles=roles)


@pytest.fixture
def application(server: ExchangeServer, registered):
    """The application as an administrator enters it."""
    from exchange_contact_sync.core.handles import hold
    from exchange_contact_sync.sign_in.application import Application
    from exchange_contact_sync.sign_in.clouds import Cloud

    return Application(
        registered.client_id,
        server.exchange.tenant.id,
        Cloud(server.base_url, server.base_url),
        secret=hold(registered.secret),
        ca_certificate=server.ca_pem.decode(),
    )


@pytest.fixture
def person(server: ExchangeServer, tmp_path: Path) -> Iterator[object]:
    """A person with a browser."""
    from contract.sign_in.person import Person

    authority = tmp_path / "authority.pem"
    authority.write_bytes(server.ca_pem)
    made = Person(server, str(authority))
    yield made
    made.session.close()


@pytest.fixture
def contacts(server: ExchangeServer, tmp_path: Path):
    """Request contacts with an access token, and return the HTTP status."""
    authority = tmp_path / "authority.pem"
    authority.write_bytes(server.ca_pem)

    def status(token: str, owner: str = "/me") -> int:
        with requests.Session() as session:
            session.trust_env = False
            url = f"{server.graph_url}{owner}/contacts"
            headers = {"Authorization": f"Bearer {token}"}
            return session.get(
                url, headers=headers, verify=str(authority), timeout=30
            ).status_code

    return status


@pytest.fixture(scope="session")
def certified() -> Certified:
    return Certified.made()


@pytest.fixture
def by_certificate(application, registered, certified):
    """The application with a certificate instead of a secret."""
    from exchange_contact_sync.core.handles import hold

    registered.certificates.append(certified.certificate)
    return replace(
        application,
        secret=hold(""),
        certificate=certified.certificate,
        private_key=hold(certified.key),
    )
