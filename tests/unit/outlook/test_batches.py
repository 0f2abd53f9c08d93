# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Batches are adapted to servers that serve only a part of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from exchange_contact_sync.core.errors import (
    ContactInvalid,
    ContactProtected,
    ContactTooLarge,
    MailboxFull,
    ServerBusy,
    SyncError,
    Unanswered,
    Unreachable,
)
from exchange_contact_sync.outlook.batches import (
    SLOW_REQUESTS,
    Batches,
    RequestSize,
)
from exchange_contact_sync.outlook.failures import (
    Kind,
    RequestInvalid,
    RequestTooLarge,
)
from support.rows import for_each_row

BUSY = ServerBusy("busy", 60.0)


@dataclass
class Server:
    """Counts the things that each request asks for, and answers.

    :param answer: function that returns the answers to the things of a request
    :ivar sizes: number of things of each request
    """

    answer: Callable[[Sequence[int]], list[object]]
    size: RequestSize = field(default_factory=lambda: RequestSize(250))
    kind: Kind = Kind.READ
    sizes: list[int] = field(default_factory=list)

    def ask(self, number: int) -> list[object]:
        """Make one call for a number of things."""

        def request(part: Sequence[int]) -> list[object]:
            self.sizes.append(len(part))
            return self.answer(part)

        return Batches(self.size, self.kind, request).answers(range(number))


def serving(most: int, cause: SyncError = BUSY, *, again: bool = True):
    """Return the answers of a server that serves a limited number for each request."""

    def answer(part: Sequence[int]) -> list[object]:
        left = Unanswered(cause, retry_at_once=again)
        return [*part[:most], *[left] * len(part[most:])]

    return answer


def answered(answers: list[object]) -> list[int]:
    return [one for one in answers if isinstance(one, int)]


def test_a_server_that_serves_all_is_asked_in_whole_batches():
    server = Server(list)

    assert server.ask(600) == list(range(600))
    assert server.sizes == [250, 250, 100]
    assert server.ask(0) == []


def test_batches_shrink_to_the_number_that_was_served():
    server = Server(serving(50))

    first = server.ask(1000)

    assert answered(first) == list(range(50)) and len(first) == 1000
    assert all(one.retry_at_once for one in first[50:])
    assert answered(server.ask(1000)) == list(range(50 * SLOW_REQUESTS))
    assert server.sizes == [250, *[50] * SLOW_REQUESTS]
    assert server.size.is_reduced


def test_an_error_of_the_mailbox_ends_the_call():
    for cause in (MailboxFull(), Unreachable(), ServerBusy("busy", 300.0)):
        server = Server(serving(50, cause, again=False))
        answers = server.ask(600)
        assert answered(answers) == list(range(50)) and server.sizes == [250]
        assert {one.cause for one in answers[50:]} == {cause}
        assert not server.size.is_reduced
        with pytest.raises(type(cause)):
            Server(serving(0, cause, again=False)).ask(1)


def test_a_server_that_serves_nothing_raises_its_error():
    with pytest.raises(ServerBusy):
        Server(serving(0)).ask(2)
    (alone,) = Server(serving(0)).ask(1)
    assert alone.retry_at_once and alone.cause is BUSY


def test_a_failed_request_keeps_the_answers_before_it():
    error = Unreachable("broke off")

    def answer(part: Sequence[int]) -> list[object]:
        if 250 in part:
            raise error
        return list(part)

    for kind in Kind:
        server = Server(answer, kind=kind)
        answers = server.ask(1000)
        assert answers[:250] == list(range(250)) and server.sizes == [250, 250]
        assert {one.cause for one in answers[250:]} == {error}
        assert not any(one.retry_at_once for one in answers[250:])
    with pytest.raises(Unreachable):
        Server(answer, RequestSize(600)).ask(600)


@for_each_row(
    ("error", "kind"),
    [(RequestInvalid, ContactInvalid), (RequestTooLarge, ContactTooLarge)],
)
def test_a_refused_request_is_halved_until_one_contact_is_left(error, kind):
    def answer(part: Sequence[int]) -> list[object]:
        if 5 in part:
            raise error("five")
        return list(part)

    answers = Server(answer, RequestSize(100), Kind.CREATE).ask(9)

    assert answered(answers) == [n for n in range(9) if n != 5]
    assert type(answers[5]) is kind and answers[5].detail == "five"


def test_a_request_that_is_too_large_is_sent_in_parts():
    def answer(part: Sequence[int]) -> list[object]:
        if len(part) > 30:
            raise RequestTooLarge()
        return list(part)

    server = Server(answer, RequestSize(100), Kind.CREATE)

    assert server.ask(100) == list(range(100))
    assert server.sizes == [100, 50, 25, 25, 50, 25, 25]


def test_slow_reads_are_repeated_in_smaller_batches_and_writes_are_not():
    def answer(part: Sequence[int]) -> list[object]:
        if len(part) > 100:
            raise Unreachable("not in time", slow=True)
        return list(part)

    server = Server(answer)
    assert server.ask(250) == list(range(250))
    assert server.sizes == [250, 62, 62, 62, 62, 2]
    for kind in (Kind.CHANGE, Kind.CREATE):
        with pytest.raises(Unreachable):
            Server(answer, kind=kind).ask(250)


def test_a_server_that_always_times_out_is_asked_at_most_twice():
    def answer(part: Sequence[int]) -> list[object]:
        raise Unreachable("not in time", slow=True)

    server = Server(answer)
    with pytest.raises(Unreachable):
        server.ask(600)
    assert server.sizes == [250, 62]
    server = Server(answer)
    with pytest.raises(Unreachable):
        server.ask(3)
    assert server.sizes == [3]


def stopping(*bad: int):
    """Return the answers of a server that stops each batch at one of these things."""

    def answer(part: Sequence[int]) -> list[object]:
        for position, thing in enumerate(part):
            if thing in bad:
                failure = ContactProtected(f"{thing}")
                rest = [Unanswered(failure, retry_at_once=True)] * len(
                    part[position + 1 :]
                )
                return [*part[:position], failure, *rest]
        return list(part)

    return answer


def test_a_batch_that_one_contact_stopped_continues_without_it():
    server = Server(stopping(3, 7), RequestSize(100), Kind.CHANGE)

    answers = server.ask(9)

    assert answered(answers) == [n for n in range(9) if n not in (3, 7)]
    assert [answers[n].detail for n in (3, 7)] == ["3", "7"]
    assert server.sizes == [9, 5, 1] and not server.size.is_reduced


def test_a_batch_that_every_contact_stops_is_not_repeated_for_each():
    server = Server(stopping(*range(300)), RequestSize(100), Kind.CHANGE)

    answers = server.ask(300)

    assert all(type(one) is ContactProtected for one in answers)
    assert server.sizes == [100, 99, 100, 100]
