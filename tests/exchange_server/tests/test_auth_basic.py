# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Basic scheme, and the challenges of servers with one or both schemes."""

from __future__ import annotations

import base64

import pytest
import requests

from exchange_server import Exchange, ExchangeServer
from exchange_server.tests.wire import ADDRESS, GET_FOLDER, PASSWORD, Post, soap

BODY = soap(GET_FOLDER).encode()
XML = {"Content-Type": "text/xml; charset=utf-8"}


def ask(server: ExchangeServer, authorization: str | None = None) -> requests.Response:
    """One request on a new connection."""
    headers = dict(XML)
    if authorization is not None:
        headers["Authorization"] = authorization
    with requests.Session() as session:
        session.trust_env = False
        return session.post(server.url, BODY, headers=headers, timeout=10)


def basic(username: str, password: str, encoding: str = "utf-8") -> str:
    token = base64.b64encode(f"{username}:{password}".encode(encoding))
    return f"Basic {token.decode()}"


@pytest.mark.parametrize("name", [ADDRESS, "ANNA@Example.com", "anna", "EXAMPLE\\anna"])
def test_each_form_of_a_user_name_is_accepted(server: ExchangeServer, name):
    assert ask(server, basic(name, PASSWORD)).status_code == 200


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        basic(ADDRESS, "wrong"),
        basic(ADDRESS, PASSWORD.upper()),
        basic(ADDRESS, ""),
        basic("nobody@example.com", PASSWORD),
        basic("", PASSWORD),
        "Basic",
        "Basic ?",
        "Basic " + base64.b64encode(b"no colon").decode(),
        "Bearer abc",
        "Negotiate abc",
    ],
)
def test_invalid_credentials_are_refused_with_challenges(
    server: ExchangeServer, authorization
):
    answer = ask(server, authorization)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'NTLM, Basic realm="EXCH01"'


@pytest.mark.parametrize(
    ("schemes", "challenges", "status"),
    [
        (("basic",), 'Basic realm="EXCH01"', 200),
        (("ntlm",), "NTLM", 401),
        (("basic", "ntlm"), 'NTLM, Basic realm="EXCH01"', 200),
    ],
)
def test_only_the_schemes_of_a_server_are_offered(
    exchange: Exchange, schemes, challenges, status
):
    with ExchangeServer(exchange, auth=schemes) as server:
        assert ask(server).headers["WWW-Authenticate"] == challenges
        assert ask(server, basic(ADDRESS, PASSWORD)).status_code == status


@pytest.mark.parametrize("schemes", [(), ("kerberos",), ("basic", "digest")])
def test_unknown_schemes_raise(exchange: Exchange, schemes):
    with pytest.raises(ValueError, match="authentication must be some of"):
        ExchangeServer(exchange, auth=schemes)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_passwords_with_colons_and_accents_are_accepted(exchange: Exchange, encoding):
    exchange.add_mailbox("bert@example.com", "a:b ü")
    with ExchangeServer(exchange) as server:
        authorization = basic("bert@example.com", "a:b ü", encoding)
        assert ask(server, authorization).status_code == 200


def test_each_request_needs_basic_credentials(server: ExchangeServer, post: Post):
    with requests.Session() as session:
        session.trust_env = False
        session.headers.update(XML)
        first = session.post(server.url, BODY, auth=(ADDRESS, PASSWORD), timeout=10)
        second = session.post(server.url, BODY, timeout=10)
    assert (first.status_code, second.status_code) == (200, 401)


def test_each_user_gets_their_own_mailbox(exchange: Exchange, post: Post):
    exchange.add_mailbox("bert@example.com", "another")
    path = ".//t:FolderId"
    mine = post(GET_FOLDER).one(path).get("Id")
    theirs = post(GET_FOLDER, user="bert@example.com", password="another").one(path)
    assert mine != theirs.get("Id")
