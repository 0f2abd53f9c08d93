# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The requests that a fault affects, and how often it occurs."""

from __future__ import annotations

import pytest

from exchange_server import Exchange, ExchangeServer, faults
from exchange_server.fault_queue import Faults
from exchange_server.tests.wire import ADDRESS, CREATE_CONTACT, GET_FOLDER, Post
from support.rows import for_each_row


def statuses(post: Post, count: int, body: str = GET_FOLDER) -> list[int]:
    return [post(body).status for _ in range(count)]


def test_a_fault_occurs_once(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(503))
    assert statuses(post, 3) == [503, 200, 200]


def test_a_fault_may_occur_several_times(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(503, times=2))
    assert statuses(post, 3) == [503, 503, 200]


def test_a_fault_may_occur_for_all_requests(server: ExchangeServer, post: Post):
    fault = server.faults.add(faults.http_status(503, times=None))
    assert statuses(post, 5) == [503] * 5
    server.faults.remove(fault.id)
    assert statuses(post, 1) == [200]


def test_a_fault_may_wait_for_the_nth_request(server: ExchangeServer, post: Post):
    fault = server.faults.add(faults.http_status(503, nth=3, times=2))
    assert statuses(post, 5) == [200, 200, 503, 503, 200]
    assert (fault.seen, fault.hits, fault.spent) == (4, 2, True)


def test_a_fault_may_be_for_one_operation(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(503, "CreateItem", times=None))
    assert statuses(post, 2) == [200, 200]
    assert statuses(post, 2, CREATE_CONTACT) == [503, 503]


def test_other_operations_do_not_count(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(503, "CreateItem", nth=2))
    statuses(post, 3)
    assert post(CREATE_CONTACT).status == 200
    assert post(CREATE_CONTACT).status == 503


def test_a_fault_may_be_for_one_user(
    server: ExchangeServer, exchange: Exchange, post: Post
):
    exchange.add_mailbox("bert@example.com", "another")
    server.faults.add(faults.http_status(503, user="BERT@example.com", times=None))
    assert statuses(post, 1) == [200]
    assert post(GET_FOLDER, user="bert", password="another").status == 503


def test_a_request_with_a_wrong_password_does_not_use_up_a_fault(
    server: ExchangeServer, post: Post
):
    fault = server.faults.add(faults.http_status(503))
    assert post(GET_FOLDER, password="wrong").status == 401
    assert fault.seen == 0
    assert post(GET_FOLDER).status == 503


def test_faults_occur_one_after_the_other(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(503))
    server.faults.add(faults.http_status(500))
    assert statuses(post, 3) == [503, 500, 200]


def test_requests_hit_by_a_fault_count(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(503))
    statuses(post, 2)
    assert server.counters.requests == {"GetFolder": 2}


def test_all_faults_can_be_removed(server: ExchangeServer, post: Post):
    server.faults.add(faults.http_status(503, times=None))
    server.faults.clear()
    assert statuses(post, 1) == [200]
    assert server.faults.all() == []


def test_an_unknown_fault_cannot_be_removed():
    with pytest.raises(KeyError):
        Faults(()).remove(0)


def test_a_fault_for_an_unknown_operation_raises(server: ExchangeServer):
    with pytest.raises(ValueError, match="no operation GetItems"):
        server.faults.add(faults.busy("GetItems"))


@for_each_row("when", [{"nth": 0}, {"times": 0}, {"times": -1}])
def test_impossible_conditions_raise(when):
    with pytest.raises(ValueError):
        faults.busy(**when)


def test_a_fault_is_shown_with_all_its_values():
    fault = faults.busy("GetItem", back_off_ms=5, user=ADDRESS, nth=2, times=None)
    assert fault.as_dict() == {
        "id": fault.id,
        "kind": "busy",
        "back_off_ms": 5,
        "operation": "GetItem",
        "user": ADDRESS,
        "nth": 2,
        "times": None,
        "seen": 0,
        "hits": 0,
    }
