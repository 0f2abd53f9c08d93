# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The NTLM scheme: a real handshake, and the connection that remembers it."""

from __future__ import annotations

import base64
import os

import pytest
import requests
import spnego
from hypothesis import given, settings
from hypothesis import strategies as st
from requests_ntlm import HttpNtlmAuth

from exchange_server import Exchange, ExchangeServer
from exchange_server.auth import ntlm
from exchange_server.auth.ntlm import USER_FILE
from exchange_server.tests.wire import ADDRESS, GET_FOLDER, PASSWORD, soap

BODY = soap(GET_FOLDER).encode()
XML = {"Content-Type": "text/xml; charset=utf-8"}


@pytest.fixture
def session():
    with requests.Session() as made:
        made.trust_env = False
        made.headers.update(XML)
        yield made


def say(session, server, token: bytes) -> requests.Response:
    """Send one NTLM message along with a request."""
    authorization = f"NTLM {base64.b64encode(token).decode()}"
    headers = {"Authorization": authorization}
    return session.post(server.url, BODY, headers=headers, timeout=10)


def challenge_of(response: requests.Response) -> bytes:
    scheme, _, token = response.headers["WWW-Authenticate"].partition(" ")
    assert scheme == "NTLM"
    return base64.b64decode(token)


@pytest.mark.parametrize("name", [ADDRESS, "anna", "EXAMPLE\\anna", "OTHER\\Anna"])
def test_each_form_of_a_user_name_is_accepted(server: ExchangeServer, session, name):
    session.auth = HttpNtlmAuth(name, PASSWORD)
    answer = session.post(server.url, BODY, timeout=10)
    assert answer.status_code == 200
    assert [step.status_code for step in answer.history] == [401, 401]
    assert server.counters.requests == {"GetFolder": 1}


@pytest.mark.parametrize(
    ("name", "password"),
    [(ADDRESS, "wrong"), ("nobody@example.com", PASSWORD), (ADDRESS, "Password")],
)
def test_invalid_credentials_are_refused_with_all_challenges(
    server: ExchangeServer, session, name, password
):
    session.auth = HttpNtlmAuth(name, password)
    answer = session.post(server.url, BODY, timeout=10)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'NTLM, Basic realm="EXCH01"'
    assert server.counters.total == 0


def test_the_connection_stays_authenticated(server: ExchangeServer, session):
    session.auth = HttpNtlmAuth(ADDRESS, PASSWORD)
    assert session.post(server.url, BODY, timeout=10).status_code == 200
    session.auth = None
    again = session.post(server.url, BODY, timeout=10)
    assert (again.status_code, again.history) == (200, [])


def test_another_connection_is_not_authenticated(server: ExchangeServer, session):
    session.auth = HttpNtlmAuth(ADDRESS, PASSWORD)
    assert session.post(server.url, BODY, timeout=10).status_code == 200
    with requests.Session() as other:
        other.trust_env = False
        answer = other.post(server.url, BODY, headers=XML, timeout=10)
        assert answer.status_code == 401


def test_a_wrong_password_ends_the_authentication_of_the_connection(
    server: ExchangeServer, session
):
    session.auth = HttpNtlmAuth(ADDRESS, PASSWORD)
    assert session.post(server.url, BODY, timeout=10).status_code == 200
    session.auth = None
    headers = {"Authorization": "Basic " + base64.b64encode(b"anna:wrong").decode()}
    assert (
        session.post(server.url, BODY, headers=headers, timeout=10).status_code == 401
    )
    assert session.post(server.url, BODY, timeout=10).status_code == 401


def test_an_answer_to_another_challenge_is_refused(server: ExchangeServer, session):
    client = spnego.client(ADDRESS, PASSWORD, protocol="ntlm")
    challenge = challenge_of(say(session, server, client.step()))
    proof = client.step(challenge)
    with requests.Session() as thief:
        thief.trust_env = False
        thief.headers.update(XML)
        assert say(thief, server, proof).status_code == 401
        assert say(thief, server, spnego_negotiate()).status_code == 401
        assert say(thief, server, proof).status_code == 401
    assert say(session, server, proof).status_code == 200


def spnego_negotiate() -> bytes:
    return spnego.client(ADDRESS, PASSWORD, protocol="ntlm").step()


@pytest.mark.parametrize(
    "token",
    [
        b"",
        b"NTLMSSP",
        b"NTLMSSP\0\1\0\0\0",
        b"NTLMSSP\0\2\0\0\0" + bytes(40),
        b"NTLMSSP\0\3\0\0\0" + bytes(80),
        b"Kerberos ticket",
    ],
)
def test_invalid_ntlm_messages_are_refused(server: ExchangeServer, session, token):
    assert say(session, server, token).status_code == 401
    say(session, server, spnego_negotiate())
    assert say(session, server, token).status_code == 401
    assert server.errors == []


def test_a_token_that_is_not_base64_is_refused(server: ExchangeServer, session):
    headers = {"Authorization": "NTLM *"}
    assert (
        session.post(server.url, BODY, headers=headers, timeout=10).status_code == 401
    )


@pytest.mark.parametrize("password", ["a:b", "Пароль 密码", "x" * 100, "with\nnewline"])
def test_passwords_with_any_characters_are_accepted(
    exchange: Exchange, session, password
):
    exchange.add_mailbox("bert@example.com", password)
    with ExchangeServer(exchange, auth=("ntlm",)) as server:
        session.auth = HttpNtlmAuth("bert@example.com", password)
        assert session.post(server.url, BODY, timeout=10).status_code == 200


def test_two_servers_may_have_different_passwords_for_one_user(
    server: ExchangeServer, session
):
    other = Exchange()
    other.add_mailbox(ADDRESS, "another")
    with ExchangeServer(other) as second:
        session.auth = HttpNtlmAuth(ADDRESS, PASSWORD)
        assert session.post(server.url, BODY, timeout=10).status_code == 200
        assert session.post(second.url, BODY, timeout=10).status_code == 401
        session.auth = HttpNtlmAuth(ADDRESS, "another")
        assert session.post(second.url, BODY, timeout=10).status_code == 200


def test_the_environment_is_restored(server: ExchangeServer, session, monkeypatch):
    session.auth = HttpNtlmAuth(ADDRESS, PASSWORD)
    assert USER_FILE not in os.environ
    session.post(server.url, BODY, timeout=10)
    assert USER_FILE not in os.environ
    monkeypatch.setenv(USER_FILE, "/of/somebody/else")
    session.post(server.url, BODY, timeout=10)
    assert os.environ[USER_FILE] == "/of/somebody/else"


@settings(deadline=None, max_examples=300)
@given(kind=st.sampled_from([1, 3]), rest=st.binary(max_size=200))
def test_no_message_breaks_the_handshake(kind, rest):
    exchange = Exchange()
    exchange.add_mailbox(ADDRESS, PASSWORD)
    begun = ntlm.step(base64.b64encode(spnego_negotiate()).decode(), None, exchange)
    message = ntlm.SIGNATURE + kind.to_bytes(4, "little") + rest
    found = ntlm.step(base64.b64encode(message).decode(), begun, exchange)
    assert found is None or isinstance(found, ntlm.Handshake)
