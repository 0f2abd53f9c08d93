# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""To which hosts the gateway connects, whatever servers and DNS answer."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from contract.mailbox.conftest import ADDRESS, PASSWORD
from contract.mailbox.ews.web import web_site
from exchange_contact_sync.core.errors import (
    HostNotAllowed,
    MailboxNotFound,
    NotAMailServer,
    NotEncrypted,
    ServerNotFound,
)
from exchange_contact_sync.core.handles import hold
from exchange_contact_sync.core.hosts import Hosts
from exchange_contact_sync.ews.connection import autodiscover as discovery
from exchange_contact_sync.ews.connection.autodiscover import Search
from exchange_contact_sync.ews.connection.probe import Probe, login_schemes, probe
from exchange_contact_sync.ews.connection.protocol import (
    Login,
    MailboxProtocol,
    single_request_session,
)
from exchange_contact_sync.ews.operations.errors import translating_errors
from exchange_contact_sync.ews.session import Settings, open_gateway
from exchange_contact_sync.network.sockets import Allowance
from exchange_contact_sync.network.tls import AllowedServers, TrustingAdapter
from support.rows import for_each_row

LOGIN = Login(ADDRESS, hold(PASSWORD), ADDRESS)
PAGE = "/autodiscover/autodiscover.svc"


def named(*hosts, domain=""):
    return AllowedServers(Hosts(frozenset(hosts), domain))


def connect(settings):
    with open_gateway(settings) as gateway:
        return gateway.folders()


@for_each_row(
    "email",
    [
        "x@127.0.0.1:18095/path?",
        "x@[::1]",
        "x@localhost",
        f"x@{'a' * 300}.example",
        "anna",
    ],
)
def test_invalid_address_is_not_followed(email):
    with pytest.raises(MailboxNotFound, match="is not an e-mail address"):
        connect(Settings(email, password=PASSWORD))


def test_a_name_that_resolves_to_a_private_address_is_refused(server):
    """The address is checked after DNS resolved the name, and before connecting."""
    url = server.url.replace("127.0.0.1", "localhost")
    allowance = Allowance()
    allowance.start(10)
    with single_request_session(url, named("localhost"), 10) as session:
        assert session.post(url).status_code == 401
        session.mount(url, TrustingAdapter(named(domain="localhost"), allowance))
        with pytest.raises(HostNotAllowed), translating_errors():
            session.post(url)


def test_refusal_equals_the_error_of_an_unknown_name():
    """The error does not reveal which hosts exist in the private network."""
    refusals = []
    for host in ("no-such-name.invalid", "localhost"):
        with pytest.raises(ServerNotFound) as error:
            Search(LOGIN, named(domain=host)).endpoint([f"https://{host}{PAGE}"])
        refusals.append(error.value)

    assert {refusal.code for refusal in refusals} == {"server_not_found"}


def test_a_private_address_is_refused_before_it_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        port = listening.getsockname()[1]
        servers = named("127.0.0.2")
        with pytest.raises(HostNotAllowed):
            probe(f"http://127.0.0.1:{port}{PAGE}", servers, 5)
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_redirection_to_another_host_is_not_followed():
    """Redirections of plain HTTP requests and those of HTTPS requests."""
    with web_site(302, headers={"Location": f"https://10.0.0.1{PAGE}"}) as site:
        url = site.url + PAGE
        (target,) = Search(LOGIN, named("127.0.0.1"))._redirection(url)
        with pytest.raises(HostNotAllowed):
            Search(LOGIN, named("127.0.0.1")).endpoint([target])
        with pytest.raises(HostNotAllowed):
            Search(LOGIN, named("127.0.0.1")).endpoint([url])


def test_a_service_record_that_leads_elsewhere_is_not_followed(monkeypatch):
    elsewhere = iter([f"https://192.168.1.1{PAGE}"])
    monkeypatch.setattr(discovery, "_service_record", lambda _domain: elsewhere)
    login = Login("x@no-such-name.invalid", hold(PASSWORD), "x@no-such-name.invalid")

    with pytest.raises(HostNotAllowed):
        Search(login, named(domain="no-such-name.invalid")).endpoint()


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example.com/EWS/Exchange.asmx",
        "https://10.0.0.1/EWS/Exchange.asmx",
        "https://mail.example.com.evil.example/EWS/Exchange.asmx",
        "https://mail.example.com:8443/EWS/Exchange.asmx",
    ],
)
def test_the_service_that_autodiscover_names_has_to_be_allowed(server, url):
    server.directory.ews_url = url
    settings = Settings(ADDRESS, password=PASSWORD, server_url=server.autodiscover_url)

    with pytest.raises(ServerNotFound):
        connect(settings)


def test_allowed_service_is_used(server):
    server.directory.ews_url = "https://mail.no-such-name.invalid/EWS/Exchange.asmx"
    settings = Settings(ADDRESS, password=PASSWORD, server_url=server.autodiscover_url)
    allowed = replace(settings, allowed_hosts=frozenset({"mail.no-such-name.invalid"}))

    with pytest.raises(HostNotAllowed):
        connect(settings)
    with pytest.raises(ServerNotFound) as error:
        connect(allowed)
    assert not isinstance(error.value, HostNotAllowed)  # no host has this name


def test_allowed_one_of_two_services_is_used():
    """Exchange returns two addresses, for clients outside and inside of the network."""
    outside, inside = (f"https://{one}.example/EWS" for one in ("evil", "mail"))

    assert Search(LOGIN, named("mail.example"))._allowed([outside, inside]) == inside


def test_an_allowed_service_without_encryption_is_refused(server):
    server.directory.ews_url = "http://mail.no-such-name.invalid/EWS/Exchange.asmx"
    settings = Settings(ADDRESS, password=PASSWORD, server_url=server.autodiscover_url)
    allowed = replace(settings, allowed_hosts=frozenset({"mail.no-such-name.invalid"}))

    with pytest.raises(ServerNotFound, match="no encrypted address"):
        connect(allowed)


def test_redirect_to_plain_http_is_not_followed():
    servers = named("127.0.0.1")
    with (
        web_site(401, headers={"WWW-Authenticate": "Basic"}) as plain,
        web_site(302, headers={"Location": plain.url + PAGE}) as site,
    ):
        with pytest.raises(NotAMailServer):
            probe(site.url + PAGE, servers, 5)
        assert not list(Search(LOGIN, servers)._redirection(site.url + PAGE))

    assert not plain.seen


def test_a_proxy_is_not_asked_for_a_private_network():
    """The proxy would resolve the name itself, within the private network."""
    url, allowance = f"http://localhost{PAGE}", Allowance()
    allowance.start(10)
    with (
        web_site(401) as proxy,
        single_request_session(url, named("localhost"), 5) as asking,
    ):
        asking.mount(url, TrustingAdapter(named(domain="localhost"), allowance))
        with pytest.raises(HostNotAllowed), translating_errors():
            asking.post(url, proxies={"http": proxy.url})

    assert not proxy.seen


def test_remembered_server_must_still_be_allowed(settings):
    found = "https://mail.elsewhere.example/EWS/Exchange.asmx"
    known = replace(
        settings,
        server_url="",
        endpoint=found,
        endpoint_auth="basic",
        endpoint_version="15.1.2507.6 Exchange2016",
    )

    with pytest.raises(HostNotAllowed):
        connect(known)


@pytest.mark.parametrize("scheme", ["basic", "NTLM"])
def test_no_login_is_sent_over_a_connection_that_others_can_read(server, scheme):
    """This holds even if every earlier check has failed."""
    host = "127.0.0.2"  # this machine too, but not the address that counts as local
    url = server.url.replace("127.0.0.1", host)
    with pytest.raises(NotEncrypted):
        login_schemes(Probe(url, frozenset({"basic", "ntlm"})))
    with web_site(401, headers={"WWW-Authenticate": scheme}, host=host) as site:
        protocol = MailboxProtocol(site.url, scheme, LOGIN, named(host), 5)
        protocol.begin()
        with pytest.raises(NotEncrypted), protocol.create_session() as session:
            session.post(site.url)

    assert not any("Authorization" in headers for headers in site.seen)
