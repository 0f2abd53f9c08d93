# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests with secrets only go to Microsoft's hosts, whatever answers and environment
variables say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.sign_in.person import begun
from exchange_contact_sync.core.errors import (
    AnswerMalformed,
    CertificateNotTrusted,
    NeedsTheUser,
)
from exchange_contact_sync.network.sockets import TooLarge
from exchange_contact_sync.sign_in.http import HttpClient
from exchange_contact_sync.sign_in.tokens import of_application
from exchange_server import faults

DISCOVERY = "OpenIdConfiguration"


def test_the_certificate_is_verified(application, server):
    with pytest.raises(CertificateNotTrusted):
        of_application(replace(application, ca_certificate=""))
    assert server.counters.total == 0


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_environment_changes_nothing(application, monkeypatch, name):
    monkeypatch.setenv(name, "/nonexistent")
    monkeypatch.setenv("MSAL_FORCE_REGION", "westus2")
    assert of_application(application).access


def test_discovery_cannot_lead_secrets_elsewhere(application, server):
    changed = (
        r'"token_endpoint": "[^"]*"',
        '"token_endpoint": "https://evil.example/a/b"',
    )
    server.faults.add(faults.replaced(*changed, DISCOVERY))
    with pytest.raises(AnswerMalformed, match="another server"):
        of_application(application)


def test_discovery_cannot_lead_users_elsewhere(application, server):
    changed = '"authorization_endpoint": "https://evil.example/a/b"'
    pattern = r'"authorization_endpoint": "[^"]*"'
    server.faults.add(faults.replaced(pattern, changed, DISCOVERY))
    with pytest.raises(AnswerMalformed, match="another server"):
        begun(application)


def test_a_host_with_the_same_beginning_is_another_host(server):
    client = HttpClient(server.base_url, server.ca_pem.decode())
    with pytest.raises(AnswerMalformed):
        client.get(f"{server.base_url}.evil.example/a")
    client.close()


def test_redirections_are_not_followed(application, server):
    fault = faults.http_status(302, "Token", location="https://evil.example/", body="x")
    server.faults.add(fault)
    with pytest.raises(AnswerMalformed):
        of_application(application)


@pytest.mark.parametrize("body", ["<html>Log in to the network</html>", "[]", "", "1"])
def test_answers_that_are_no_objects(application, server, body):
    server.faults.add(faults.http_status(400, DISCOVERY, body=body))
    with pytest.raises(AnswerMalformed):
        of_application(application)


@pytest.mark.parametrize("name", ["token_endpoint", "authorization_endpoint"])
def test_discovery_lacks_an_address(application, server, name):
    server.faults.add(faults.replaced(f'"{name}"', '"other"', DISCOVERY))
    with pytest.raises(AnswerMalformed, match=name):
        of_application(application)


def test_a_decompressed_answer_that_is_too_large_is_refused(application, server):
    server.faults.add(faults.bomb(DISCOVERY))
    with pytest.raises(Exception) as caught:
        of_application(application)
    assert not isinstance(caught.value, NeedsTheUser | TooLarge | MemoryError)
    assert "too large" in str(caught.value)
