# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The control interface: the server's faults, counters, recorder and redirects."""

from __future__ import annotations

import dataclasses

import pytest
import requests

from exchange_server import Exchange, ExchangeServer
from exchange_server.auth import ConnectionIdentity
from exchange_server.http_message import HttpRequest
from exchange_server.tests.wire import ADDRESS, GET_FOLDER, Post, soap


@pytest.fixture
def call(server: ExchangeServer):
    """``call(method, path, data=None)``: status and JSON of the answer."""
    with requests.Session() as session:
        session.trust_env = False

        def send(method: str, path: str, data: object = None, **options):
            answer = session.request(
                method, server.control_url + path, json=data, timeout=10, **options
            )
            return answer.status_code, answer.json() if answer.content else None

        yield send


def test_the_overview_lists_addresses_and_mailboxes(server: ExchangeServer, call):
    assert call("GET", "") == (
        200,
        {
            "ews": server.url,
            "autodiscover": server.autodiscover_url,
            "graph": server.graph_url,
            "authority": server.authority_url,
            "mailboxes": [ADDRESS],
        },
    )


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ({"kind": "busy", "back_off_ms": 500}, 500),
        ({"kind": "soap_fault", "code": "ErrorInternalServerError"}, 500),
        ({"kind": "http_status", "status": 503, "retry_after": 3}, 503),
        ({"kind": "http_status", "status": 401}, 401),
        ({"kind": "slow", "seconds": 0.1}, 200),
        ({"kind": "replaced", "pattern": "NoError", "text": "ErrorOther"}, 200),
    ],
)
def test_each_fault_can_be_added(
    server: ExchangeServer, call, post: Post, fault, status
):
    code, made = call("POST", "faults", fault)
    assert (code, made["kind"], made["hits"]) == (200, fault["kind"], 0)
    assert post(GET_FOLDER).status == status
    (listed,) = call("GET", "faults")[1]
    assert (listed["id"], listed["hits"]) == (made["id"], 1)


@pytest.mark.parametrize("kind", ["truncated", "drop_before", "drop_after"])
def test_each_fault_of_the_connection_can_be_added(call, post: Post, kind):
    assert call("POST", "faults", {"kind": kind, "operation": "GetFolder"})[0] == 200
    with pytest.raises(requests.exceptions.RequestException):
        post(GET_FOLDER)


def test_a_fault_is_added_with_its_conditions(server: ExchangeServer, call):
    data = {
        "kind": "busy",
        "operation": "GetItem",
        "user": ADDRESS,
        "nth": 2,
        "times": None,
    }
    made = call("POST", "faults", data)[1]
    assert {name: made[name] for name in data} == data
    (fault,) = server.faults.all()
    assert (fault.operation, fault.nth, fault.times) == ("GetItem", 2, None)


def test_faults_can_be_removed(server: ExchangeServer, call):
    first = call("POST", "faults", {"kind": "busy"})[1]["id"]
    call("POST", "faults", {"kind": "busy"})
    assert call("DELETE", f"faults/{first}") == (204, None)
    assert len(server.faults.all()) == 1
    assert call("DELETE", "faults") == (204, None)
    assert server.faults.all() == []
    assert call("DELETE", f"faults/{first}")[0] == 404
    assert call("DELETE", "faults/first")[0] == 404


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({}, "kind must be one of"),
        ({"kind": "earthquake"}, "kind must be one of"),
        ({"kind": "busy", "wait": 1}, "unknown: wait"),
        ({"kind": "busy", "seconds": 1}, "seconds"),
        ({"kind": "slow"}, "seconds"),
        ({"kind": "slow", "seconds": "long"}, "seconds must be a number"),
        ({"kind": "busy", "nth": 0}, "nth counts from 1"),
        ({"kind": "busy", "nth": True}, "nth must be a whole number"),
        ({"kind": "busy", "times": "often"}, "times must be a whole number or null"),
        ({"kind": "busy", "operation": 1}, "operation must be a text"),
        ({"kind": "busy", "operation": "GetItems"}, "no operation GetItems"),
        ([], "must be a JSON object"),
    ],
)
def test_bad_faults_are_refused_with_a_reason(
    server: ExchangeServer, call, data, complaint
):
    status, answer = call("POST", "faults", data)
    assert status == 400
    assert complaint in answer["error"]
    assert server.faults.all() == []


def test_invalid_json_is_refused(call, server: ExchangeServer):
    with requests.Session() as session:
        session.trust_env = False
        url = f"{server.control_url}faults"
        answer = session.post(url, data="{kind", timeout=10)
    assert answer.status_code == 400
    assert "no JSON" in answer.json()["error"]


def test_counters_are_read_and_reset(server: ExchangeServer, call, post: Post):
    post(GET_FOLDER)
    size = len(soap(GET_FOLDER).encode())
    assert call("GET", "counters") == (
        200,
        {
            "requests": {"GetFolder": 1},
            "by_user": {ADDRESS: {"GetFolder": 1}},
            "writes": 0,
            "total": 1,
            "log": [["GetFolder", ADDRESS, size]],
        },
    )
    assert call("DELETE", "counters") == (204, None)
    assert call("GET", "counters")[1]["total"] == 0


def test_recorded_requests_are_read(call, post: Post):
    assert call("GET", "recorder")[1] == {"enabled": False, "exchanged": []}
    assert call("PUT", "recorder", {"enabled": True}) == (204, None)
    reply = post(GET_FOLDER)
    assert call("PUT", "recorder", {"enabled": False}) == (204, None)
    post(GET_FOLDER)
    found = call("GET", "recorder?operation=GetFolder")[1]
    assert found == {
        "enabled": False,
        "exchanged": [
            {
                "operation": "GetFolder",
                "user": ADDRESS,
                "request": soap(GET_FOLDER),
                "status": 200,
                "answer": reply.body.decode(),
            }
        ],
    }
    assert call("GET", "recorder?operation=GetItem")[1]["exchanged"] == []


@pytest.mark.parametrize("data", [{}, {"enabled": 1}, {"enabled": True, "x": 1}])
def test_the_recorder_is_on_or_off(call, data):
    assert call("PUT", "recorder", data)[0] == 400


def test_redirects_are_added_and_removed(server: ExchangeServer, call):
    moved = {"address": "old@example.com", "target": ADDRESS}
    assert call("POST", "redirects", moved) == (204, None)
    assert call("GET", "redirects") == (200, {"old@example.com": ADDRESS})
    bad = {"address": ADDRESS, "target": "elsewhere"}
    assert call("POST", "redirects", bad)[0] == 400
    assert call("DELETE", "redirects") == (204, None)
    assert server.directory.redirects() == {}


def test_failures_of_the_simulator_can_be_seen(call):
    assert call("GET", "errors") == (200, [])


def test_other_paths_and_methods_are_refused(call):
    assert call("GET", "nothing")[0] == 404
    assert call("PATCH", "faults") == (405, {"error": "use one of DELETE, GET, POST"})


def test_only_local_callers_are_served(exchange: Exchange):
    """The server listens on the local host only; this is the second lock."""
    request = HttpRequest(
        method="GET",
        path="/control/",
        query="",
        headers={},
        body=b"",
        peer="192.0.2.1",
        identity=ConnectionIdentity(),
    )
    with ExchangeServer(exchange) as server:
        site = server._listener.site
        assert site.answer(request).status == 403
        local = dataclasses.replace(request, peer="127.0.0.1")
        assert site.answer(local).status == 200
