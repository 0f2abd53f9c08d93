# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What each fault does to a request, seen by a client and in the mailbox."""

from __future__ import annotations

import time

import pytest
import requests

from exchange_server import ExchangeServer, faults
from exchange_server.tests.wire import (
    CREATE_CONTACT,
    GET_FOLDER,
    NAMESPACES,
    Post,
    Reply,
    soap,
)

ERRORS = "{http://schemas.microsoft.com/exchange/services/2006/errors}"
CREATE_ENVELOPE = soap(CREATE_CONTACT)
DROPPED = requests.exceptions.ConnectionError


def names(mailbox) -> list[object]:
    return [item.values["contacts:GivenName"] for item in mailbox.contacts()]


def back_off(reply: Reply) -> str | None:
    path = ".//t:MessageXml/t:Value[@Name='BackOffMilliseconds']"
    return reply.xml.findtext(path, None, NAMESPACES)


def test_busy_is_a_soap_fault_with_a_back_off(server: ExchangeServer, post, mailbox):
    fault = server.faults.add(faults.busy("CreateItem", back_off_ms=1500))
    reply = post(CREATE_CONTACT)
    assert (reply.status, reply.fault_code) == (500, "ErrorServerBusy")
    assert reply.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert back_off(reply) == "1500"
    assert (names(mailbox), server.counters.writes) == ([], 0)
    assert fault.hits == 1
    assert post(CREATE_CONTACT).codes == ["NoError"]


def test_busy_may_omit_the_back_off(server: ExchangeServer, post: Post):
    server.faults.add(faults.busy(back_off_ms=None))
    reply = post(GET_FOLDER)
    assert (reply.fault_code, back_off(reply)) == ("ErrorServerBusy", None)


def test_any_soap_fault(server: ExchangeServer, post: Post):
    fault = faults.soap_fault(
        "ErrorInternalServerError", "Try later.", operation="GetFolder"
    )
    server.faults.add(fault)
    reply = post(GET_FOLDER)
    assert (reply.status, reply.fault_code) == (500, "ErrorInternalServerError")
    assert reply.xml.findtext(f".//{ERRORS}Message") == "Try later."
    assert reply.one("s:Header/t:ServerVersionInfo").get("MajorVersion") == "15"


def test_a_503_says_when_to_come_back(server: ExchangeServer, post, mailbox):
    server.faults.add(faults.http_status(503, retry_after=7))
    reply = post(CREATE_CONTACT)
    assert (reply.status, reply.headers["Retry-After"]) == (503, "7")
    assert names(mailbox) == []


def test_a_500_is_no_xml(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(500))
    reply = post(GET_FOLDER)
    assert (reply.status, "Retry-After" in reply.headers) == (500, False)
    assert reply.body.startswith(b"<html>")
    assert server.errors == []  # the fault is no failure of the simulator


def test_a_401_asks_again_for_the_password(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(401))
    reply = post(GET_FOLDER)
    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"] == 'NTLM, Basic realm="EXCH01"'
    assert post(GET_FOLDER).status == 200


def test_an_answer_may_be_a_page(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(200, body="<html>Please log on</html>"))
    reply = post(GET_FOLDER)
    assert (reply.status, reply.body) == (200, b"<html>Please log on</html>")


def test_a_redirect(server: ExchangeServer):
    server.faults.add(faults.http_status(302, location="https://other.example/EWS"))
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(
            server.url,
            "<x/>",
            auth=("anna", "password"),
            headers={"Content-Type": "text/xml"},
            allow_redirects=False,
            timeout=10,
        )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "https://other.example/EWS"


def test_a_slow_answer_comes_in_the_end(server: ExchangeServer, post: Post):
    server.faults.add(faults.slow(0.5, "GetFolder"))
    begin = time.monotonic()
    assert post(GET_FOLDER).codes == ["NoError"]
    assert time.monotonic() - begin >= 0.5


def test_an_answer_comes_byte_by_byte(server: ExchangeServer, post: Post):
    server.faults.add(faults.dripping(0.001, "GetFolder"))
    begin = time.monotonic()
    reply = post(GET_FOLDER)
    assert reply.codes == ["NoError"]
    assert time.monotonic() - begin >= 0.001 * int(reply.headers["Content-Length"])


def test_a_small_answer_is_large_once_it_is_unpacked(server: ExchangeServer, post):
    server.faults.add(faults.bomb("GetFolder", size=10_000_001))
    reply = post(GET_FOLDER)
    assert reply.body == b" " * 10_000_001
    assert int(reply.headers["Content-Length"]) < 20_000


def test_a_slow_answer_does_not_delay_its_change(
    server: ExchangeServer, mailbox, post: Post
):
    server.faults.add(faults.slow(60, "CreateItem"))
    with requests.Session() as impatient:
        impatient.trust_env = False
        with pytest.raises(requests.exceptions.ReadTimeout):
            impatient.post(
                server.url,
                data=CREATE_ENVELOPE,
                auth=("anna", "password"),
                headers={"Content-Type": "text/xml"},
                timeout=0.5,
            )
    assert names(mailbox) == ["Ada"]
    assert post(GET_FOLDER).status == 200  # others do not wait


def test_stopping_does_not_wait_for_a_slow_answer(exchange, mailbox):
    with ExchangeServer(exchange) as server:
        server.faults.add(faults.slow(60))
        with requests.Session() as impatient:
            impatient.trust_env = False
            with pytest.raises(requests.exceptions.ReadTimeout):
                impatient.post(
                    server.url,
                    data=CREATE_ENVELOPE,
                    auth=("anna", "password"),
                    headers={"Content-Type": "text/xml"},
                    timeout=0.3,
                )
        begin = time.monotonic()
    assert time.monotonic() - begin < 2


def test_text_of_an_answer_is_replaced(server: ExchangeServer, post, mailbox):
    server.faults.add(faults.replaced("NoError", "ErrorOfTheYear3000", "CreateItem"))
    assert post(CREATE_CONTACT).codes == ["ErrorOfTheYear3000"]
    assert len(mailbox.contacts()) == 1
    server.faults.add(faults.replaced("NoError", "\ud83d", "CreateItem"))
    assert b"\xed\xa0\xbd" in post(CREATE_CONTACT).body


@pytest.mark.parametrize("sent", [None, 0, 100])
def test_a_truncated_answer_breaks_off(server: ExchangeServer, post, mailbox, sent):
    server.faults.add(faults.truncated("CreateItem", sent=sent))
    with pytest.raises((DROPPED, requests.exceptions.ChunkedEncodingError)):
        post(CREATE_CONTACT)
    assert names(mailbox) == ["Ada"]
    assert post(GET_FOLDER).status == 200


@pytest.mark.parametrize("reset", [False, True])
def test_a_connection_dropped_before_changes_nothing(
    server: ExchangeServer, post, mailbox, reset
):
    server.faults.add(faults.drop_before("CreateItem", reset=reset))
    with pytest.raises(DROPPED):
        post(CREATE_CONTACT)
    assert (names(mailbox), server.counters.writes) == ([], 0)


@pytest.mark.parametrize("reset", [False, True])
def test_a_connection_dropped_after_keeps_the_change(
    server: ExchangeServer, post, mailbox, reset
):
    fault = server.faults.add(faults.drop_after("CreateItem", reset=reset))
    with pytest.raises(DROPPED):
        post(CREATE_CONTACT)
    assert (names(mailbox), server.counters.writes, fault.hits) == (["Ada"], 1, 1)
    assert post(CREATE_CONTACT).codes == ["NoError"]
    assert names(mailbox) == ["Ada", "Ada"]


def test_the_recorder_keeps_the_answer_that_was_lost(server: ExchangeServer, post):
    server.faults.add(faults.drop_after())
    server.faults.add(faults.busy())
    with server.recorder as recorder:
        with pytest.raises(DROPPED):
            post(GET_FOLDER)
        post(GET_FOLDER)
    lost, never_made = recorder.exchanged
    assert lost.status == 200
    assert b"GetFolderResponse" in lost.answer
    assert (never_made.status, never_made.answer) == (None, None)
