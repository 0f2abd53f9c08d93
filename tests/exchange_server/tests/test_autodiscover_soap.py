# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SOAP Autodiscover: by exchangelib's own service, and by raw messages."""

from __future__ import annotations

import pytest
import requests
from exchangelib import Configuration, Credentials
from exchangelib.autodiscover.protocol import AutodiscoverProtocol
from exchangelib.errors import ErrorNonExistentMailbox, UnauthorizedError
from lxml import etree

from exchange_server import Exchange, ExchangeServer
from exchange_server.autodiscover.soap import AUTODISCOVER
from exchange_server.tests.wire import ADDRESS, NAMESPACES, PASSWORD

NAMES = {**NAMESPACES, "a": AUTODISCOVER}


@pytest.fixture
def connect(server: ExchangeServer):
    """``connect(password)``: exchangelib's Autodiscover protocol at the server."""
    made = []

    def protocol(password: str = PASSWORD) -> AutodiscoverProtocol:
        made.append(
            AutodiscoverProtocol(
                config=Configuration(
                    service_endpoint=server.autodiscover_url,
                    credentials=Credentials(ADDRESS, password),
                )
            )
        )
        return made[-1]

    yield protocol
    for each in made:
        each.close()


@pytest.fixture
def ask(server: ExchangeServer):
    """``ask(body)``: status and root element of a raw request's answer."""

    def send(body: str) -> tuple[int, etree._Element]:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                server.autodiscover_url,
                data=body,
                auth=(ADDRESS, PASSWORD),
                headers={"Content-Type": "text/xml; charset=utf-8"},
                timeout=10,
            )
        return answer.status_code, etree.fromstring(answer.content)

    return send


def envelope(users: str, settings: str) -> str:
    return (
        f'<s:Envelope xmlns:s="{NAMES["s"]}" xmlns:a="{AUTODISCOVER}"><s:Header>'
        "<a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion></s:Header>"
        "<s:Body><a:GetUserSettingsRequestMessage><a:Request>"
        f"<a:Users>{users}</a:Users>"
        f"<a:RequestedSettings>{settings}</a:RequestedSettings>"
        "</a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>"
    )


def users(*addresses: str) -> str:
    return "".join(
        f"<a:User><a:Mailbox>{address}</a:Mailbox></a:User>" for address in addresses
    )


def settings(*names: str) -> str:
    return "".join(f"<a:Setting>{name}</a:Setting>" for name in names)


def test_exchangelib_finds_the_server(server: ExchangeServer, connect):
    found = connect().get_user_settings(ADDRESS)
    assert found.error_code is None or found.error_code == "NoError"
    assert found.ews_url == server.url
    assert found.autodiscover_smtp_address == ADDRESS
    assert found.user_settings["user_display_name"] == "Anna Example"
    assert found.version.api_version == "Exchange2016"
    found.raise_errors()
    assert server.counters.requests == {"GetUserSettings": 1}


def test_exchangelib_reports_an_unknown_address(connect):
    found = connect().get_user_settings("nobody@example.com")
    with pytest.raises(ErrorNonExistentMailbox):
        found.raise_errors()


def test_exchangelib_is_redirected_to_another_address(server: ExchangeServer, connect):
    server.directory.redirect("old@example.com", ADDRESS)
    found = connect().get_user_settings("old@example.com")
    assert (found.redirect_address, found.redirect_url) == (ADDRESS, None)


def test_exchangelib_is_redirected_to_another_server(server: ExchangeServer, connect):
    url = "https://autodiscover.example.net/autodiscover/autodiscover.svc"
    server.directory.redirect(ADDRESS, url)
    found = connect().get_user_settings(ADDRESS)
    assert (found.redirect_address, found.redirect_url) == (None, url)


def test_exchangelib_reports_a_wrong_password(connect):
    with pytest.raises(UnauthorizedError):
        connect("wrong").get_user_settings(ADDRESS)


def test_unknown_and_empty_settings_are_reported(connect):
    known = connect().get_user_settings(ADDRESS, settings=["external_oab_url"])
    assert known.user_settings == {}
    code, _ = known.user_settings_errors["external_oab_url"]
    assert code == "SettingIsNotAvailable"


def test_the_answer_is_the_documented_message(ask):
    status, root = ask(envelope(users(ADDRESS), settings("UserDisplayName", "Shoe")))
    assert status == 200
    version = root.find("s:Header/a:ServerVersionInfo", NAMES)
    assert version.findtext("a:MajorVersion", None, NAMES) == "15"
    response = root.find("s:Body/a:GetUserSettingsResponseMessage/a:Response", NAMES)
    assert response.findtext("a:ErrorCode", None, NAMES) == "NoError"
    one = response.find("a:UserResponses/a:UserResponse", NAMES)
    assert [etree.QName(child).localname for child in one] == [
        "ErrorCode",
        "ErrorMessage",
        "RedirectTarget",
        "UserSettingErrors",
        "UserSettings",
    ]
    setting = one.find("a:UserSettings/a:UserSetting", NAMES)
    assert [child.text for child in setting] == ["UserDisplayName", "Anna Example"]
    kind = "{http://www.w3.org/2001/XMLSchema-instance}type"
    assert setting.get(kind) == "StringSetting"
    error = one.find("a:UserSettingErrors/a:UserSettingError", NAMES)
    assert error.findtext("a:ErrorCode", None, NAMES) == "InvalidSetting"
    assert error.findtext("a:SettingName", None, NAMES) == "Shoe"


def test_each_of_several_users_gets_an_answer(exchange: Exchange, ask):
    exchange.add_mailbox("bert@example.com", "another")
    addresses = ("bert@example.com", "nobody@example.com", ADDRESS)
    _, root = ask(envelope(users(*addresses), settings("AutoDiscoverSMTPAddress")))
    codes = [
        response.findtext("a:ErrorCode", None, NAMES)
        for response in root.iterfind(".//a:UserResponse", NAMES)
    ]
    assert codes == ["NoError", "InvalidUser", "NoError"]
    values = [value.text for value in root.iterfind(".//a:Value", NAMES)]
    assert values == ["bert@example.com", ADDRESS]


@pytest.mark.parametrize(
    "body",
    [
        envelope("", settings("UserDisplayName")),
        envelope(users(ADDRESS), ""),
    ],
)
def test_requests_without_users_or_settings_are_errors(ask, body):
    status, root = ask(body)
    code = root.findtext(".//a:Response/a:ErrorCode", None, NAMES)
    assert (status, code) == (200, "InvalidRequest")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("no XML", "s:Client"),
        ("<x/>", "s:Client"),
        (f'<s:Envelope xmlns:s="{NAMES["s"]}"><s:Body/></s:Envelope>', "s:Client"),
        (
            f'<s:Envelope xmlns:s="{NAMES["s"]}"><s:Body><GetDomainSettingsRequest'
            f'Message xmlns="{AUTODISCOVER}"/></s:Body></s:Envelope>',
            "a:ActionNotSupported",
        ),
    ],
)
def test_an_unknown_request_is_a_fault(ask, body, code):
    status, root = ask(body)
    assert (status, root.findtext(".//faultcode")) == (500, code)
