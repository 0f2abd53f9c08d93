# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connecting to a mailbox, and a specific error for each reason why it fails."""

from __future__ import annotations

import socket
import time
from dataclasses import replace

import pytest

from contract.mailbox.conftest import ADDRESS, PASSWORD
from contract.mailbox.ews.web import CountingExchange, web_site
from exchange_contact_sync.core.errors import (
    AccessDenied,
    AuthenticationFailed,
    MailboxNotFound,
    NeedsTheUser,
    NoContactFolder,
    NotAMailServer,
    ServerBusy,
    ServerNotFound,
    ServiceDisabled,
    Unreachable,
)
from exchange_contact_sync.ews.session import Settings, open_gateway
from exchange_server import ExchangeServer, faults


@pytest.fixture
def exchange(schemas):
    organisation = CountingExchange(schemas=schemas)
    organisation.add_mailbox(ADDRESS, PASSWORD, "Anna Example")
    return organisation


def known(settings):
    """The same settings with everything that connecting learns about the server."""
    with open_gateway(settings) as gateway:
        found = gateway.connection
    return replace(
        settings,
        endpoint=found.endpoint,
        endpoint_auth=found.auth_type,
        endpoint_version=found.version,
    )


def connect(settings):
    with open_gateway(settings) as gateway:
        return gateway.folders()


def test_safer_authentication_is_chosen(settings, exchange):
    with open_gateway(settings) as gateway:
        assert gateway.connection.auth_type == "ntlm"

    assert exchange.attempts[0] == ("ntlm", ADDRESS)


@pytest.mark.parametrize("scheme", ["basic", "ntlm"])
def test_offered_authentication_is_used(exchange, scheme):
    with ExchangeServer(exchange, auth=[scheme]) as server:
        settings = Settings(ADDRESS, password=PASSWORD, server_url=server.url)
        with open_gateway(settings) as gateway:
            assert gateway.connection.auth_type == scheme
            assert gateway.folders()

    assert exchange.attempts[0][0] == scheme


@pytest.mark.parametrize("scheme", ["basic", "ntlm"])
def test_configured_authentication_is_used(settings, exchange, scheme):
    assert connect(replace(settings, auth_type=scheme))

    assert exchange.attempts[0][0] == scheme


@pytest.mark.parametrize("username", ["", "anna", "EXAMPLE\\anna"])
@pytest.mark.parametrize("scheme", ["basic", "ntlm"])
def test_users_sign_in_by_each_form_of_their_name(settings, scheme, username):
    assert connect(replace(settings, auth_type=scheme, username=username))


def test_connecting_needs_one_request_besides_probing(settings, server):
    with open_gateway(settings):
        assert server.counters.requests == {"GetFolder": 1}


def test_known_connection_needs_no_request(settings, server):
    settings = known(settings)
    server.counters.reset()

    with open_gateway(settings) as gateway:
        assert server.counters.total == 0
        assert gateway.connection.version == settings.endpoint_version
        assert gateway.folders()

    assert server.counters.requests == {"GetFolder": 1, "FindFolder": 1}


def test_knowledge_about_another_server_is_not_used(settings):
    settings = replace(known(settings), endpoint="http://127.0.0.1:1/EWS/Exchange.asmx")

    assert connect(settings)


@pytest.mark.parametrize(
    ("auth_type", "attempts"),
    [("auto", ["ntlm", "basic"]), ("ntlm", ["ntlm"]), ("basic", ["basic"])],
)
def test_a_wrong_password_is_tried_once_per_scheme(
    settings, exchange, auth_type, attempts
):
    settings = replace(settings, password="wrong", auth_type=auth_type)

    with pytest.raises(AuthenticationFailed):
        connect(settings)

    assert [scheme for scheme, _name in exchange.attempts] == attempts


def test_a_password_that_became_wrong_is_tried_once(settings, exchange, mailbox):
    settings = known(settings)
    mailbox.password = "a new one"
    exchange.attempts.clear()

    with open_gateway(settings) as gateway, pytest.raises(AuthenticationFailed):
        gateway.changes("some folder", "")

    assert len(exchange.attempts) == 1


def test_an_unknown_user_is_refused(settings):
    with pytest.raises(AuthenticationFailed):
        connect(replace(settings, username="nobody@example.com"))


def test_a_name_that_no_server_has_is_not_found(settings):
    with pytest.raises(ServerNotFound):
        connect(replace(settings, server_url="mail.no-such-name.invalid"))


@pytest.mark.parametrize(
    "url", ["https://", "ftp://mail.example.com", "a b", "http://a:b"]
)
def test_address_without_a_service_is_not_found(settings, url):
    with pytest.raises(ServerNotFound):
        connect(replace(settings, server_url=url))


def test_closed_port_is_unreachable(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"

        with pytest.raises(Unreachable) as error:
            connect(replace(settings, server_url=url))

    assert "refused" in error.value.detail.lower()


def test_no_answer_in_time_is_unreachable(settings, server):
    settings = replace(known(settings), timeout=0.3)
    server.faults.add(faults.slow(5, "GetFolder"))
    started = time.monotonic()

    with pytest.raises(Unreachable):
        connect(settings)

    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "fault",
    [
        faults.drop_before("GetFolder"),
        faults.drop_before("GetFolder", reset=True),
        faults.truncated("GetFolder"),
        faults.http_status(500, "GetFolder", body="<html>Sorry</html>"),
        faults.http_status(502, "GetFolder"),
        faults.soap_fault("ErrorMailboxStoreUnavailable", operation="GetFolder"),
        faults.soap_fault("ErrorMailboxMoveInProgress", operation="GetFolder"),
    ],
    ids=lambda fault: fault.effect.kind,
)
def test_a_server_with_an_internal_error_is_unreachable(settings, server, fault):
    server.faults.add(fault)

    with pytest.raises(Unreachable):
        connect(settings)

    assert fault.hits == 1
    assert connect(settings)


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (faults.busy("GetFolder", back_off_ms=4200), 4.2),
        (faults.busy("GetFolder", back_off_ms=None), 60),
        (faults.http_status(503, "GetFolder", retry_after=90), 90),
        (faults.http_status(503, "GetFolder"), 60),
        (faults.http_status(429, "GetFolder", retry_after=5), 5),
        (faults.soap_fault("ErrorTooManyObjectsOpened", operation="GetFolder"), 60),
    ],
)
def test_a_busy_server_says_when_to_come_back(settings, server, fault, seconds):
    server.faults.add(fault)

    with pytest.raises(ServerBusy) as busy:
        connect(settings)

    assert busy.value.back_off == pytest.approx(seconds)
    assert fault.hits == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "<html><body>Welcome</body></html>"),
        (200, '<?xml version="1.0"?><html><body>Welcome</body></html>'),
        (200, '{"error": "not found"}'),
        (200, ""),
        (404, "<html><body>Not found</body></html>"),
        (405, ""),
        (400, "Bad request"),
    ],
)
def test_a_server_that_is_not_exchange_is_recognized(settings, status, body):
    with web_site(status, body) as site, pytest.raises(NotAMailServer):
        connect(replace(settings, server_url=site.url))


def test_a_login_page_is_reported_as_not_a_mail_server(settings):
    target = "https://login.example.com/?back=%2FEWS&secret=1"
    with web_site(302, headers={"Location": target}) as site:
        with pytest.raises(NotAMailServer) as error:
            connect(replace(settings, server_url=site.url))

    assert "https://login.example.com" in error.value.detail
    assert "secret" not in error.value.detail


def test_no_password_is_sent_without_a_challenge(settings):
    settings = replace(settings, auth_type="basic")
    with web_site(200, "<html/>") as site, pytest.raises(NotAMailServer):
        connect(replace(settings, server_url=site.url))

    assert len(site.seen) == 1
    assert "Authorization" not in site.seen[0]


@pytest.mark.parametrize(
    ("challenge", "error"),
    [("Bearer client_id=x", NeedsTheUser), ("Kerberos", AuthenticationFailed)],
)
def test_a_server_that_takes_no_password_says_so(settings, challenge, error):
    with web_site(401, headers={"WWW-Authenticate": challenge}) as site:
        with pytest.raises(error):
            connect(replace(settings, server_url=site.url))

    assert len(site.seen) == 1


def test_a_service_that_is_switched_off_is_reported(settings, server):
    server.faults.add(faults.http_status(403, "GetFolder"))

    with pytest.raises(ServiceDisabled):
        connect(settings)


def test_modern_authentication_is_reported_as_unsupported(settings):
    with pytest.raises(NeedsTheUser) as error:
        connect(replace(settings, auth_type="oauth"))

    assert "OAuth" in error.value.detail


def test_invalid_address_is_refused(settings):
    with pytest.raises(NeedsTheUser):
        connect(replace(settings, email="anna"))


def test_an_address_without_mailbox_is_reported(settings):
    with pytest.raises(MailboxNotFound):
        connect(replace(settings, email="nobody@example.com", username=ADDRESS))


def test_the_mailbox_of_another_person_is_not_opened(settings, exchange):
    exchange.add_mailbox("ben@example.com", "other")

    with pytest.raises(AccessDenied):
        connect(replace(settings, email="ben@example.com", username=ADDRESS))


def test_a_mailbox_that_disappears_is_reported(settings, mailbox):
    with open_gateway(settings) as gateway:
        mailbox.disable()

        with pytest.raises(MailboxNotFound):
            gateway.folders()


def test_a_mailbox_without_contact_folder_is_reported(settings, mailbox):
    mailbox.remove_folder(mailbox.folder("contacts"))
    del mailbox.distinguished["contacts"]

    with pytest.raises(NoContactFolder):
        connect(settings)


def through_service(settings, password="service"):
    return replace(
        settings,
        password="",
        impersonator_username="service@example.com",
        impersonator_password=password,
    )


def test_a_service_account_acts_for_the_owner(settings, exchange, mailbox, server):
    exchange.add_mailbox("service@example.com", "service").may_impersonate = True

    with open_gateway(through_service(settings)) as gateway:
        folder = gateway.folders()[0].id
        gateway.create(folder, [("key-1", {"surname": "By the service"})])

    (contact,) = mailbox.contacts()
    assert contact.values["contacts:Surname"] == "By the service"
    assert {entry.user for entry in server.counters.log} == {"service@example.com"}


def test_a_service_account_without_that_right_is_refused(settings, exchange):
    exchange.add_mailbox("service@example.com", "service")

    with pytest.raises(AccessDenied):
        connect(through_service(settings))


def test_a_service_account_reports_an_address_without_mailbox(settings, exchange):
    exchange.add_mailbox("service@example.com", "service").may_impersonate = True

    with pytest.raises(MailboxNotFound):
        connect(through_service(replace(settings, email="nobody@example.com")))


def test_gateway_works_again_after_a_failure(settings, server):
    with open_gateway(settings) as gateway:
        folder = gateway.folders()[0].id
        server.faults.add(faults.drop_after("SyncFolderItems"))
        server.faults.add(faults.http_status(503, "GetItem"))
        with pytest.raises(Unreachable):
            gateway.changes(folder, "")

        assert gateway.changes(folder, "").complete


def test_a_batch_that_times_out_is_read_in_smaller_batches(settings, server, mailbox):
    values = ({"contacts:Surname": f"Person {n}"} for n in range(120))
    mailbox.bulk_add_contacts(mailbox.folder("contacts"), values)
    with open_gateway(replace(settings, timeout=0.5)) as gateway:
        folder = gateway.folders()[0].id
        refs = gateway.changes(folder, "").changed
        server.faults.add(faults.slow(1.5, "GetItem"))
        server.counters.reset()

        found = gateway.fetch(refs)

    assert len({one.ref.id for one in found}) == 120
    assert server.counters.requests == {"GetItem": 5}
