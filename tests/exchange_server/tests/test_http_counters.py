# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counters and the recorder: what tests learn about the requests of a client."""

from __future__ import annotations

from exchange_server import Exchange, ExchangeServer
from exchange_server.tests.wire import ADDRESS, CREATE_CONTACT, GET_FOLDER, Post, soap


def test_requests_are_counted_by_operation(server: ExchangeServer, post: Post):
    post(GET_FOLDER)
    post(GET_FOLDER)
    post(CREATE_CONTACT)
    assert server.counters.requests == {"GetFolder": 2, "CreateItem": 1}
    assert server.counters.requests["DeleteItem"] == 0
    assert server.counters.total == 3


def test_only_operations_that_write_count_as_writes(server: ExchangeServer, post: Post):
    post(GET_FOLDER)
    assert server.counters.writes == 0
    assert post(CREATE_CONTACT).codes == ["NoError"]
    assert server.counters.writes == 1


def test_requests_are_counted_by_user(
    server: ExchangeServer, exchange: Exchange, post: Post
):
    exchange.add_mailbox("bert@example.com", "another")
    post(GET_FOLDER)
    post(GET_FOLDER, user="bert@example.com", password="another")
    assert server.counters.by_user == {
        ADDRESS: {"GetFolder": 1},
        "bert@example.com": {"GetFolder": 1},
    }


def test_the_log_keeps_order_and_sizes(server: ExchangeServer, post: Post):
    post(GET_FOLDER)
    post(CREATE_CONTACT)
    assert server.counters.log == [
        ("GetFolder", ADDRESS, len(soap(GET_FOLDER).encode())),
        ("CreateItem", ADDRESS, len(soap(CREATE_CONTACT).encode())),
    ]


def test_unauthenticated_and_unreadable_requests_are_not_counted(
    server: ExchangeServer, post: Post
):
    assert post(GET_FOLDER, password="wrong").status == 401
    assert server.counters.total == 0
    post(b"no XML at all")
    assert server.counters.requests == {"": 1}


def test_counting_starts_again(server: ExchangeServer, post: Post):
    post(CREATE_CONTACT)
    server.counters.reset()
    post(GET_FOLDER)
    assert server.counters.as_dict() == {
        "requests": {"GetFolder": 1},
        "by_user": {ADDRESS: {"GetFolder": 1}},
        "writes": 0,
        "total": 1,
        "log": [["GetFolder", ADDRESS, len(soap(GET_FOLDER).encode())]],
    }


def test_the_recorder_is_off_until_started(server: ExchangeServer, post: Post):
    post(GET_FOLDER)
    assert server.recorder.exchanged == []
    with server.recorder as recorder:
        reply = post(GET_FOLDER)
        post(CREATE_CONTACT)
    post(GET_FOLDER)
    assert recorder.requests() == [
        soap(GET_FOLDER).encode(),
        soap(CREATE_CONTACT).encode(),
    ]
    assert recorder.requests("CreateItem") == [soap(CREATE_CONTACT).encode()]
    first = recorder.exchanged[0]
    assert (first.operation, first.user) == ("GetFolder", ADDRESS)
    assert (first.status, first.answer) == (200, reply.body)


def test_starting_the_recorder_forgets(server: ExchangeServer, post: Post):
    with server.recorder:
        post(GET_FOLDER)
    with server.recorder as recorder:
        post(CREATE_CONTACT)
    assert recorder.requests("GetFolder") == []
