# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Certificates are always checked, for each connection separately."""

from __future__ import annotations

import ssl
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from contract.mailbox.conftest import ADDRESS, PASSWORD
from contract.mailbox.ews.web import web_site
from exchange_contact_sync.core.errors import (
    CertificateNotTrusted,
    NotAMailServer,
    Unreachable,
)
from exchange_contact_sync.ews.session import Settings, open_gateway
from exchange_server import ExchangeServer
from exchange_server.tls import CertificateAuthority


@pytest.fixture
def secure(exchange):
    """A server whose certificate is signed by a private authority."""
    with ExchangeServer(exchange, tls=True) as running:
        yield running


def self_signed():
    """A self-signed certificate, as Exchange's setup creates it.

    :return: pair of PEM and settings for a server
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "EXCH01")])
    now = datetime.now(timezone.utc)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        file.write(private + pem)
        file.flush()
        context.load_cert_chain(file.name)
    return pem, context


def settings_for(server, authority=b"", **more):
    return Settings(
        ADDRESS,
        password=PASSWORD,
        server_url=server.url,
        ca_certificate=authority.decode(),
        **more,
    )


def connect(settings):
    with open_gateway(settings) as gateway:
        return gateway.folders()


@pytest.mark.parametrize("scheme", ["basic", "ntlm"])
def test_an_authority_that_is_given_is_trusted(secure, scheme):
    assert connect(settings_for(secure, secure.ca_pem, auth_type=scheme))


def test_an_unknown_authority_is_not_trusted(secure):
    with pytest.raises(CertificateNotTrusted):
        connect(settings_for(secure))

    assert secure.counters.total == 0


def test_another_authority_is_not_trusted(secure):
    with pytest.raises(CertificateNotTrusted):
        connect(settings_for(secure, CertificateAuthority().pem))


@pytest.mark.parametrize("scheme", ["auto", "basic", "ntlm"])
def test_known_connections_are_checked_too(secure, scheme):
    settings = settings_for(
        secure,
        auth_type=scheme,
        endpoint=secure.url,
        endpoint_auth="basic",
        endpoint_version="15.1.2507.6 Exchange2016",
    )

    with pytest.raises(CertificateNotTrusted):
        connect(settings)


@pytest.mark.parametrize(
    ("names", "days"), [(("mail.example.com",), 30), (("127.0.0.1",), -2)]
)
def test_a_certificate_for_another_name_or_time_is_not_trusted(exchange, names, days):
    authority = CertificateAuthority()
    context = authority.server_context(names, days)
    with ExchangeServer(exchange, tls=context) as server:
        with pytest.raises(CertificateNotTrusted):
            connect(settings_for(server, authority.pem))


def test_a_self_signed_certificate_can_be_trusted(exchange):
    pem, context = self_signed()
    with ExchangeServer(exchange, tls=context) as server:
        assert connect(settings_for(server, pem))
        with pytest.raises(CertificateNotTrusted):
            connect(settings_for(server))
        with pytest.raises(CertificateNotTrusted):
            connect(settings_for(server, self_signed()[0]))


def test_trust_in_one_server_is_no_trust_in_another(exchange, secure):
    with ExchangeServer(exchange, tls=True) as second:
        assert connect(settings_for(secure, secure.ca_pem))
        assert connect(settings_for(second, second.ca_pem))
        with open_gateway(settings_for(secure, secure.ca_pem)) as gateway:
            with pytest.raises(CertificateNotTrusted):
                connect(settings_for(second, secure.ca_pem))
            assert gateway.folders()
        with pytest.raises(CertificateNotTrusted):
            connect(settings_for(secure))


def test_environment_variables_do_not_change_trust(secure, monkeypatch, tmp_path):
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(secure.ca_pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(bundle))

    with pytest.raises(CertificateNotTrusted):
        connect(settings_for(secure))

    bundle.write_bytes(CertificateAuthority().pem)
    assert connect(settings_for(secure, secure.ca_pem))


def test_a_change_of_the_systems_authorities_is_noticed(secure, monkeypatch, tmp_path):
    """The operating system's certificates are read once, and again after a change."""
    bundle = tmp_path / "system.pem"
    bundle.write_bytes(CertificateAuthority().pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with pytest.raises(CertificateNotTrusted):
        connect(settings_for(secure))

    bundle.write_bytes(secure.ca_pem)
    assert connect(settings_for(secure))

    bundle.write_bytes(CertificateAuthority().pem)
    with pytest.raises(CertificateNotTrusted):
        connect(settings_for(secure))


@pytest.mark.parametrize(
    "text", ["no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n", "\0"]
)
def test_an_authority_that_is_no_certificate_is_reported(secure, text):
    with pytest.raises(CertificateNotTrusted) as error:
        connect(replace(settings_for(secure), ca_certificate=text))

    assert "PEM" in error.value.detail


def test_https_to_a_server_without_encryption_is_reported(server):
    url = server.url.replace("http://", "https://")

    with pytest.raises(NotAMailServer):
        connect(Settings(ADDRESS, password=PASSWORD, server_url=url))


def test_http_to_a_server_with_encryption_is_reported(secure):
    url = secure.url.replace("https://", "http://")

    with pytest.raises((NotAMailServer, Unreachable)):
        connect(Settings(ADDRESS, password=PASSWORD, server_url=url))


def test_a_redirection_to_https_on_the_same_host_is_followed(secure):
    with web_site(301, headers={"Location": secure.url}) as site:
        settings = replace(settings_for(secure, secure.ca_pem), server_url=site.url)
        with open_gateway(settings) as gateway:
            assert gateway.connection.endpoint == secure.url
            assert gateway.folders()

    assert len(site.seen) == 1
    assert "Authorization" not in site.seen[0]


def test_a_redirection_to_another_host_is_refused(secure):
    elsewhere = secure.url.replace("127.0.0.1", "localhost")
    with web_site(301, headers={"Location": elsewhere}) as site:
        settings = replace(settings_for(secure, secure.ca_pem), server_url=site.url)
        with pytest.raises(NotAMailServer):
            connect(settings)
