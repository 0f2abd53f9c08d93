# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""POX Autodiscover: settings, redirects and errors as documented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from lxml import etree

from exchange_server import Exchange, ExchangeServer, faults
from exchange_server.autodiscover.pox import OUTLOOK, REQUEST, RESPONSE
from exchange_server.tests.wire import ADDRESS, PASSWORD

NAMES = {"r": RESPONSE, "o": OUTLOOK}


def request(
    address: str = ADDRESS, schema: str = OUTLOOK, tag: str = "EMailAddress"
) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<Autodiscover xmlns="{REQUEST}"><Request>'
        f"<{tag}>{address}</{tag}>"
        f"<AcceptableResponseSchema>{schema}</AcceptableResponseSchema>"
        "</Request></Autodiscover>"
    )


@pytest.fixture
def ask(server: ExchangeServer) -> Callable[..., etree._Element]:
    """``ask(body)``: the root element of the answer, which is always an HTTP 200."""

    def send(body: str, method: str = "POST") -> etree._Element:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(
                method,
                f"{server.base_url}/autodiscover/autodiscover.xml",
                data=body,
                auth=(ADDRESS, PASSWORD),
                headers={"Content-Type": "text/xml; charset=utf-8"},
                timeout=10,
            )
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
        return etree.fromstring(answer.content)

    return send


def error_of(root: etree._Element) -> tuple[str | None, str | None]:
    error = root.find("r:Response/r:Error", NAMES)
    assert error.get("Id").isdecimal()
    assert error.get("Time").count(":") == 2
    assert error.find("r:DebugData", NAMES) is not None
    return (
        error.findtext("r:ErrorCode", None, NAMES),
        error.findtext("r:Message", None, NAMES),
    )


def test_the_settings_of_a_mailbox_are_returned(server: ExchangeServer, ask):
    root = ask(request())
    user = root.find("o:Response/o:User", NAMES)
    assert user.findtext("o:DisplayName", None, NAMES) == "Anna Example"
    assert user.findtext("o:AutoDiscoverSMTPAddress", None, NAMES) == ADDRESS
    account = root.find("o:Response/o:Account", NAMES)
    assert account.findtext("o:Action", None, NAMES) == "settings"
    protocols = {
        protocol.findtext("o:Type", None, NAMES): protocol
        for protocol in account.findall("o:Protocol", NAMES)
    }
    assert set(protocols) == {"EXCH", "EXPR"}
    for protocol in protocols.values():
        assert protocol.findtext("o:EwsUrl", None, NAMES) == server.url
        assert protocol.findtext("o:ASUrl", None, NAMES) == server.url
    assert protocols["EXPR"].findtext("o:SSL", None, NAMES) == "Off"
    assert server.counters.requests == {"Autodiscover": 1}


def test_a_mailbox_is_found_in_any_case_and_by_its_distinguished_name(
    exchange: Exchange, ask
):
    exact, other = ask(request()), ask(request(ADDRESS.upper()))
    assert etree.tostring(exact) == etree.tostring(other)
    dn = exact.findtext("o:Response/o:User/o:LegacyDN", None, NAMES)
    assert etree.tostring(ask(request(dn, tag="LegacyDN"))) == etree.tostring(exact)


def test_settings_of_another_user_may_be_requested(exchange: Exchange, ask):
    exchange.add_mailbox("bert@example.com", "another", "Bert")
    root = ask(request("bert@example.com"))
    name = root.findtext("o:Response/o:User/o:DisplayName", None, NAMES)
    assert name == "Bert"


def test_an_unknown_address_is_an_error(ask):
    code, message = error_of(ask(request("nobody@example.com")))
    assert (code, message) == ("500", "The e-mail address cannot be found.")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no XML",
        "<Autodiscover/>",
        f'<Autodiscover xmlns="{REQUEST}"/>',
        request(""),
        request(schema=""),
        request().replace("Autodiscover", "Discover"),
    ],
)
def test_invalid_requests_are_errors(ask, body):
    assert error_of(ask(body)) == ("600", "Invalid Request")


def test_a_get_is_an_invalid_request(ask):
    assert error_of(ask("", "GET")) == ("600", "Invalid Request")


def test_an_unsupported_schema_is_an_error(ask):
    mobile = OUTLOOK.replace("outlook", "mobilesync")
    code, message = error_of(ask(request(schema=mobile)))
    assert (code, message) == ("601", "Provider is not available")


def test_an_address_is_redirected_to_another_address(server: ExchangeServer, ask):
    server.directory.redirect("old@example.com", ADDRESS)
    account = ask(request("Old@example.com")).find("o:Response/o:Account", NAMES)
    assert account.findtext("o:Action", None, NAMES) == "redirectAddr"
    assert account.findtext("o:RedirectAddr", None, NAMES) == ADDRESS


def test_an_address_is_redirected_to_another_server(server: ExchangeServer, ask):
    url = "https://autodiscover.example.net/autodiscover/autodiscover.xml"
    server.directory.redirect(ADDRESS, url)
    account = ask(request()).find("o:Response/o:Account", NAMES)
    assert account.findtext("o:Action", None, NAMES) == "redirectUrl"
    assert account.findtext("o:RedirectUrl", None, NAMES) == url
    server.directory.clear_redirects()
    account = ask(request()).find("o:Response/o:Account", NAMES)
    assert account.findtext("o:Action", None, NAMES) == "settings"


def test_an_invalid_redirect_raises(server: ExchangeServer):
    with pytest.raises(ValueError, match="neither an e-mail address nor a URL"):
        server.directory.redirect(ADDRESS, "elsewhere")


def test_unauthenticated_requests_are_refused(server: ExchangeServer):
    with requests.Session() as session:
        session.trust_env = False
        url = f"{server.base_url}/autodiscover/autodiscover.xml"
        assert session.post(url, request(), timeout=10).status_code == 401


def test_faults_apply_to_autodiscover(server: ExchangeServer, ask):
    server.faults.add(faults.http_status(503, "Autodiscover"))
    with pytest.raises(AssertionError, match="503"):
        ask(request())
    ask(request())


@pytest.mark.parametrize(
    ("address", "schema_file"),
    [
        (ADDRESS, "autodiscover.response.xsd"),
        ("nobody@example.com", "autodiscover.response.error.xsd"),
    ],
)
def test_answers_follow_the_published_schema(schemas, ask, address, schema_file):
    """The schema files put all elements into one namespace, unlike the protocol."""
    path = Path(schemas.directory) / schema_file
    schema = etree.XMLSchema(etree.parse(str(path)))
    text = etree.tostring(ask(request(address))).replace(
        OUTLOOK.encode(), RESPONSE.encode()
    )
    schema.assertValid(etree.fromstring(text))
