# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Limits on the time, the memory and the text that a server can cost us."""

from __future__ import annotations

import gzip
import time
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from contract.mailbox.ews.web import web_site
from exchange_contact_sync.core import limits
from exchange_contact_sync.core.errors import (
    AnswerMalformed,
    ContactTooLarge,
    ServerBusy,
    SyncError,
    Unanswered,
    Unreachable,
)
from exchange_contact_sync.ews.session import open_gateway
from exchange_server import faults
from exchange_server.fault_effects import Process, Surroundings
from exchange_server.fault_queue import Fault
from exchange_server.http_message import HttpAnswer

PAGE = 64 * 2**10


@dataclass
class SlowRefusal:
    """After a delay, refuse the version that the request asks for."""

    kind: ClassVar[str] = "slow_refusal"

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        """Called by the simulator."""
        around.wait(0.3)
        refusal = faults.soap_fault("ErrorInvalidServerVersion")
        return refusal.effect.around(process, around)


@pytest.fixture
def settings(settings):
    """The settings without NTLM handshakes, and with a short timeout."""
    return replace(settings, auth_type="basic", timeout=0.5)


def connect(settings):
    with open_gateway(settings) as gateway:
        return gateway.folders()


@pytest.fixture
def small(monkeypatch):
    """Lower the limits, so that a test reaches them quickly."""
    monkeypatch.setattr(limits, "RECEIVED_BYTES", PAGE)
    monkeypatch.setattr(limits, "UNPACKED_BYTES", PAGE)


def test_an_answer_ends_in_time_although_it_never_stops(settings, server):
    server.faults.add(faults.dripping(0.05, "GetFolder"))
    started = time.monotonic()

    with pytest.raises(Unreachable, match="was not complete") as error:
        connect(settings)

    assert 0.9 < time.monotonic() - started < 5  # not twenty
    assert not error.value.slow, "a smaller batch would be as slow"


def test_handshakes_and_retries_share_one_timeout(settings, server):
    """The server slowly refuses each version that is tried."""
    fault = faults.soap_fault("ErrorInvalidServerVersion", operation="GetFolder")
    server.faults.add(replace(fault, times=None))
    with pytest.raises(SyncError):
        connect(replace(settings, auth_type="ntlm", timeout=10))
    versions = server.counters.requests["GetFolder"]
    server.counters.reset()
    server.faults.clear()
    server.faults.add(replace(Fault(SlowRefusal()), operation="GetFolder", times=None))

    with pytest.raises(Unreachable):
        connect(replace(settings, auth_type="ntlm"))

    assert server.counters.requests["GetFolder"] < versions


def test_reading_slow_headers_times_out(settings):
    with web_site(401, headers={"WWW-Authenticate": "Basic"}, pause=0.05) as site:
        started = time.monotonic()
        with pytest.raises(Unreachable):
            connect(replace(settings, server_url=site.url))

    assert time.monotonic() - started < 5  # the whole head takes seven


def test_an_answer_too_large_after_decompression_is_refused(settings, server):
    server.faults.add(faults.bomb("GetFolder"))

    with pytest.raises(Unreachable, match="decompressed answer is too large"):
        connect(replace(settings, timeout=20))


def test_an_answer_that_is_too_large_is_refused(settings, server):
    body = "x" * (limits.RECEIVED_BYTES + 1)
    server.faults.add(faults.http_status(200, "GetFolder", body=body))

    with pytest.raises(Unreachable, match=r"is too large\.$"):
        connect(replace(settings, timeout=20))


@pytest.mark.parametrize("coding", ["deflate", "br", "gzip, gzip"])
def test_an_answer_in_an_unknown_encoding_is_refused(settings, coding):
    headers = {"Content-Encoding": coding}
    with web_site(401, "x", headers) as site, pytest.raises(Unreachable):
        connect(replace(settings, server_url=site.url))


def test_a_truncated_compressed_answer_is_refused(settings):
    body = gzip.compress(b"<Envelope/>")[:-4]
    headers = {"Content-Encoding": "gzip"}
    with web_site(200, body, headers) as site, pytest.raises(Unreachable):
        connect(replace(settings, server_url=site.url))


def test_a_contact_that_is_too_large_does_not_stop_the_others(
    settings, server, mailbox, small
):
    values = [{"contacts:Surname": f"Person {n}"} for n in range(30)]
    values[7]["item:Body"] = "x" * 2 * PAGE
    mailbox.bulk_add_contacts(mailbox.folder("contacts"), values)
    with open_gateway(replace(settings, timeout=10)) as gateway:
        refs = gateway.changes(gateway.folders()[0].id, "").changed
        found = []
        while len(found) < len(refs):  # each call returns some more
            answers = gateway.fetch(refs[len(found) :])
            found += [one for one in answers if not _is_to_be_asked_again(one)]

    kinds = [type(one).__name__ for one in found]
    assert kinds.count("RemoteContact") == 29
    assert isinstance(found[kinds.index("ContactTooLarge")], ContactTooLarge)


def _is_to_be_asked_again(answer: object) -> bool:
    return isinstance(answer, Unanswered) and answer.retry_at_once


def test_a_change_with_a_too_large_answer_is_not_sent_again(
    settings, server, mailbox, small
):
    server.faults.add(faults.bomb("CreateItem"))
    with open_gateway(replace(settings, timeout=10)) as gateway:
        folder = gateway.folders()[0].id
        drafts = [(f"key-{n}", {"surname": f"Person {n}"}) for n in range(4)]
        with pytest.raises(Unreachable):
            gateway.create(folder, drafts)

    assert len(mailbox.contacts()) == 4
    assert server.counters.requests["CreateItem"] == 1


def test_a_long_error_message_of_a_server_is_cut(settings, server):
    said = "\x7f\u0085Nothing works. " * 200_000
    server.faults.add(
        faults.soap_fault("ErrorInternalServerError", said, operation="GetFolder")
    )

    with pytest.raises(SyncError) as error:
        connect(replace(settings, timeout=10))

    assert "Nothing works" in error.value.detail
    assert len(error.value.detail) < limits.DETAIL_CHARACTERS + 10


@pytest.mark.parametrize(
    "said",
    [
        "315360000",
        "9" * 5000,
        "²",
        "-1",
        "Thu, 01 Jan 9999 00:00:00 GMT",
        "Thu, 01 Jan 99999 00:00:00 GMT",
        "Thu, 99 Xyz 20 99:99:99 +9999999999",
        "1e400",
        "",
    ],
)
def test_the_delay_in_retry_after_is_limited(settings, said):
    with web_site(503, "", {"Retry-After": said.encode().decode("latin-1")}) as site:
        with pytest.raises(ServerBusy) as busy:
            connect(replace(settings, server_url=site.url))

    assert 0 < busy.value.back_off <= limits.BACK_OFF_SECONDS


@pytest.mark.parametrize("said", ["315360000000", "9" * 5000, "²", "soon", "-5"])
def test_the_delay_in_back_off_milliseconds_is_limited(settings, server, said):
    fault = faults.soap_fault(
        "ErrorServerBusy",
        values={"BackOffMilliseconds": said},
        operation="GetFolder",
    )
    server.faults.add(fault)

    with pytest.raises(ServerBusy) as busy:
        connect(settings)

    assert 0 < busy.value.back_off <= limits.BACK_OFF_SECONDS


def test_an_answer_nested_too_deeply_is_refused(settings, server):
    levels = limits.XML_LEVELS
    deep = r"\g<0>" + "<x>" * levels + "</x>" * levels
    server.faults.add(faults.replaced("<m:GetFolderResponse[^>]*>", deep, "GetFolder"))

    with pytest.raises(AnswerMalformed, match="within one another"):
        connect(settings)
