# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTPS with a certificate authority that clients have to trust explicitly."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest
import requests
from requests_ntlm import HttpNtlmAuth

from exchange_server import Exchange, ExchangeServer
from exchange_server.tests.wire import ADDRESS, GET_FOLDER, PASSWORD, soap
from exchange_server.tls import CertificateAuthority

BODY = soap(GET_FOLDER).encode()


@pytest.fixture
def session():
    with requests.Session() as made:
        made.trust_env = False
        made.headers["Content-Type"] = "text/xml; charset=utf-8"
        made.auth = (ADDRESS, PASSWORD)
        yield made


@pytest.fixture
def secure(exchange: Exchange):
    with ExchangeServer(exchange, tls=True) as running:
        yield running
    assert running.errors == []


@pytest.fixture
def ca_file(secure: ExchangeServer, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    path.write_bytes(secure.ca_pem)
    return str(path)


def test_a_client_that_trusts_the_authority_connects(secure, session, ca_file):
    assert secure.url.startswith("https://127.0.0.1:")
    assert session.post(secure.url, BODY, verify=ca_file, timeout=10).status_code == 200


def test_a_client_that_does_not_trust_the_authority_refuses(secure, session, ca_file):
    with pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        session.post(secure.url, BODY, timeout=10)
    assert secure.counters.total == 0
    assert session.post(secure.url, BODY, verify=ca_file, timeout=10).status_code == 200


def test_each_server_has_an_authority_of_its_own(exchange, secure, session, ca_file):
    with ExchangeServer(exchange, tls=True) as other:
        with pytest.raises(requests.exceptions.SSLError):
            session.post(other.url, BODY, verify=ca_file, timeout=10)


def test_the_strictest_checks_pass(secure, ca_file):
    context = ssl.create_default_context(cafile=ca_file)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    for name in ("127.0.0.1", "localhost"):
        plain = socket.create_connection(("127.0.0.1", secure.port), timeout=10)
        with context.wrap_socket(plain, server_hostname=name) as connection:
            assert connection.version() in ("TLSv1.2", "TLSv1.3")


def test_ntlm_over_tls(secure, session, ca_file):
    session.auth = HttpNtlmAuth(ADDRESS, PASSWORD)
    for _ in range(2):
        answer = session.post(secure.url, BODY, verify=ca_file, timeout=10)
        assert answer.status_code == 200
    assert answer.history == []


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"days": -1}, "certificate has expired"),
        ({"names": ("mail.example.com",)}, "doesn't match|not valid for"),
    ],
)
def test_invalid_certificates_can_be_used(
    exchange, session, tmp_path, settings, reason
):
    authority = CertificateAuthority()
    path = tmp_path / "ca.pem"
    path.write_bytes(authority.pem)
    with ExchangeServer(exchange, tls=authority.server_context(**settings)) as server:
        with pytest.raises(requests.exceptions.SSLError, match=reason):
            session.post(server.url, BODY, verify=str(path), timeout=10)
        with pytest.raises(ValueError, match="no certificate authority"):
            server.ca_pem  # noqa: B018


def test_plain_http_on_the_secure_port_gets_no_answer(secure, session):
    url = secure.url.replace("https:", "http:")
    with pytest.raises(requests.exceptions.ConnectionError):
        session.post(url, BODY, timeout=10)


def test_stopping_ends_secure_connections(exchange, session, tmp_path):
    server = ExchangeServer(exchange, tls=True).start()
    path = tmp_path / "ca.pem"
    path.write_bytes(server.ca_pem)
    assert session.post(server.url, BODY, verify=str(path), timeout=10).ok
    server.stop()
    with pytest.raises(requests.exceptions.ConnectionError):
        session.post(server.url, BODY, verify=str(path), timeout=10)
