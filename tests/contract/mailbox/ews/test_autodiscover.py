# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Autodiscover finds the service for an e-mail address."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from contract.mailbox.conftest import ADDRESS, PASSWORD
from contract.mailbox.ews.web import CountingExchange, web_site
from exchange_contact_sync.core.errors import (
    AuthenticationFailed,
    CertificateNotTrusted,
    HostNotAllowed,
    MailboxNotFound,
    ServerNotFound,
)
from exchange_contact_sync.core.handles import hold
from exchange_contact_sync.core.hosts import Hosts
from exchange_contact_sync.ews.connection import autodiscover as discovery
from exchange_contact_sync.ews.connection.autodiscover import Search
from exchange_contact_sync.ews.connection.protocol import Login
from exchange_contact_sync.ews.session import Settings, open_gateway
from exchange_contact_sync.network.tls import AllowedServers
from exchange_server import ExchangeServer


@pytest.fixture
def exchange(schemas):
    organisation = CountingExchange(schemas=schemas)
    organisation.add_mailbox(ADDRESS, PASSWORD, "Anna Example")
    return organisation


@pytest.fixture
def discovering(server):
    """Settings that name Autodiscover instead of the service."""
    return Settings(ADDRESS, password=PASSWORD, server_url=server.autodiscover_url)


def connect(settings):
    with open_gateway(settings) as gateway:
        return gateway.folders(), gateway.connection


def test_autodiscover_leads_to_the_service(discovering, server):
    folders, connection = connect(discovering)

    assert folders[0].default
    assert connection.endpoint == server.url
    assert server.counters.requests["GetUserSettings"] == 1


def test_discovered_server_is_remembered(discovering, server):
    _folders, found = connect(discovering)
    server.counters.reset()

    connect(
        replace(
            discovering,
            endpoint=found.endpoint,
            endpoint_auth=found.auth_type,
            endpoint_version=found.version,
        )
    )

    assert "GetUserSettings" not in server.counters.requests


def test_an_address_served_under_another_name_is_followed(discovering, server):
    server.directory.redirect(ADDRESS, "anna@no-such-name.invalid")
    hosts = frozenset({"no-such-name.invalid", "*.no-such-name.invalid"})

    with pytest.raises(ServerNotFound) as error:
        connect(replace(discovering, allowed_hosts=hosts))

    # The search continued in the domain of the other address.
    assert "anna@no-such-name.invalid" in error.value.detail


def test_name_that_is_not_allowed_is_not_followed(discovering, server):
    server.directory.redirect(ADDRESS, "anna@no-such-name.invalid")

    with pytest.raises(HostNotAllowed):
        connect(discovering)


def test_an_address_served_elsewhere_is_followed(exchange, discovering, server):
    with ExchangeServer(exchange) as second:
        server.directory.redirect(ADDRESS, second.autodiscover_url)
        _folders, connection = connect(discovering)

        assert connection.endpoint == second.url


def test_a_circle_of_redirections_ends(discovering, server):
    server.directory.redirect(ADDRESS, server.autodiscover_url)

    with pytest.raises(ServerNotFound):
        connect(discovering)

    assert server.counters.requests["GetUserSettings"] < 5


def test_a_wrong_password_is_tried_once(discovering, exchange):
    with pytest.raises(AuthenticationFailed):
        connect(replace(discovering, password="wrong"))

    assert [scheme for scheme, _name in exchange.attempts] == ["ntlm"]


def test_unknown_address_is_reported(discovering):
    with pytest.raises(MailboxNotFound):
        connect(replace(discovering, email="nobody@example.com", username=ADDRESS))


def test_a_domain_without_exchange_is_reported():
    with pytest.raises(ServerNotFound):
        connect(Settings("anna@no-such-name.invalid", password=PASSWORD))


def test_a_service_that_is_not_trusted_is_reported(exchange):
    with ExchangeServer(exchange, tls=True) as server:
        settings = Settings(
            ADDRESS, password=PASSWORD, server_url=server.autodiscover_url
        )
        with pytest.raises(CertificateNotTrusted):
            connect(settings)
        trusting = replace(settings, ca_certificate=server.ca_pem.decode())
        _folders, connection = connect(trusting)

    assert connection.endpoint == server.url
    assert connection.endpoint.startswith("https://")


def test_first_service_that_answers_is_used(server):
    search = Search(
        Login(ADDRESS, hold(PASSWORD), ADDRESS),
        AllowedServers(Hosts(frozenset({"127.0.0.1"}))),
    )
    with web_site(404) as nothing:
        urls = [f"{nothing.url}/autodiscover/autodiscover.svc", server.autodiscover_url]

        assert search.endpoint(urls) == server.url

    assert "Authorization" not in nothing.seen[0]


def test_a_service_record_counts_with_the_usual_port_only(monkeypatch):
    def record(host, port, priority):
        target = SimpleNamespace(to_text=lambda omit_final_dot: host)
        kept = {"port": port, "priority": priority, "weight": 1, "target": target}
        return SimpleNamespace(**kept)

    found = [
        record("b.example.com", 443, 2),
        record("a.example.com", 443, 1),
        record("ssh.example.com", 22, 0),
    ]
    monkeypatch.setattr(discovery.dns.resolver, "resolve", lambda *_a, **_k: found)

    urls = list(discovery._service_record("example.com"))

    assert [url.split("/")[2] for url in urls] == ["a.example.com", "b.example.com"]


def test_no_file_is_left_in_the_temporary_folder(discovering, tmp_path):
    """exchangelib would store what it discovers there, readable for all users."""
    script = (
        "from support import bare_addon; bare_addon.make_importable()\n"
        "from exchange_contact_sync.ews.session import Settings, open_gateway\n"
        f"settings = Settings({ADDRESS!r}, password={PASSWORD!r},"
        f" server_url={discovering.server_url!r})\n"
        "with open_gateway(settings) as gateway: gateway.folders()\n"
    )
    tests = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(tests)}

    subprocess.run([sys.executable, "-c", script], env=environment, check=True)

    assert list(tmp_path.iterdir()) == []
