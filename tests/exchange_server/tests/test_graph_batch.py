# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""$batch over Graph."""

from __future__ import annotations

import base64

import pytest

from exchange_server import faults
from exchange_server.tests.graph_wire import code_of

JSON = {"Content-Type": "application/json"}
PICTURE = b"\xff\xd8\xff\xd9"


def create(name: str, **more) -> dict[str, object]:
    body = {"givenName": name}
    request = {"method": "POST", "url": "/me/contacts", "headers": JSON, "body": body}
    return {**request, **more}


def test_requests_are_carried_out_and_answered_in_any_order(graph, mailbox):
    requests = [{"id": str(n), **create(f"Name {n}")} for n in range(20)]
    answer = graph.send("POST", "/$batch", json={"requests": requests})
    ids = [each["id"] for each in answer.json()["responses"]]
    assert sorted(ids, key=int) == [str(n) for n in range(20)] != ids
    assert {each["status"] for each in answer.json()["responses"]} == {201}
    assert len(mailbox.contacts()) == 20


def test_one_failure_does_not_affect_the_others(graph):
    made = graph.create(givenName="Ada")
    answers = graph.batch(
        {"method": "GET", "url": f"/me/contacts/{made['id']}?$select=givenName"},
        {"method": "GET", "url": "/me/contacts/nonsense"},
        {"method": "GET", "url": "/me/nonsense"},
        {"method": "PATCH", "url": "me/contacts", "headers": JSON, "body": {}},
        {"method": "GET", "url": "/v1.0/me"},  # msgraph-sdk-javascript issue 1178
    )
    assert {n: a["status"] for n, a in answers.items()} == {
        "1": 200,
        "2": 400,
        "3": 400,
        "4": 405,
        "5": 400,
    }
    assert answers["1"]["body"]["givenName"] == "Ada"
    assert answers["2"]["body"]["error"]["code"] == "ErrorInvalidIdMalformed"
    message = "Resource not found for the segment 'v1.0'."
    assert answers["5"]["body"]["error"]["message"] == message


@pytest.mark.parametrize(
    "requests",
    [
        [],
        [create("x", id=str(n)) for n in range(21)],
        [create("x", id="a"), create("x", id="A")],
        [{"id": "1", "url": "/me"}],
        [{"id": "1", "method": "GET"}],
        [{"id": 1, "method": "GET", "url": "/me"}],
        [create("x", id="1", headers={})],
        [create("x", id="1", dependsOn=["2"]), create("x", id="2")],
        [{"id": "1", "method": "GET", "url": "https://other.example/me"}],
        [{"id": "1", "method": "POST", "url": "/$batch", "headers": JSON, "body": {}}],
    ],
)
def test_a_malformed_batch_is_refused_as_a_whole(graph, mailbox, requests):
    answer = graph.send("POST", "/$batch", json={"requests": requests})
    assert code_of(answer) == (400, "BadRequest")
    assert mailbox.contacts() == []


def test_a_request_fails_with_its_dependency(graph, mailbox):
    answers = graph.batch(
        create("Ada", body={"nonsense": 1}),
        create("Grace", dependsOn=["1"]),
        create("Joan", dependsOn=["2"]),
    )
    assert [answers[n]["status"] for n in "123"] == [400, 424, 424]
    assert mailbox.contacts() == []


def test_inner_requests_are_throttled_by_themselves(graph, server):
    server.faults.add(faults.busy("CreateContact", back_off_ms=1500, nth=2))
    answers = graph.batch(create("Ada"), create("Grace"), create("Joan"))
    assert [answers[n]["status"] for n in "123"] == [201, 429, 201]
    assert answers["2"]["headers"]["Retry-After"] == "2"
    assert answers["2"]["body"]["error"]["code"] == "ApplicationThrottled"


def test_more_than_four_requests_may_be_throttled(graph, server):
    server.graph_switches.set(beyond_four="throttled")
    answers = graph.batch(*[create(f"Name {n}") for n in range(6)])
    statuses = [answers[str(n)]["status"] for n in range(1, 7)]
    assert statuses == [201] * 4 + [429] * 2
    chain = [create("x")] + [create("x", dependsOn=[str(n)]) for n in range(1, 6)]
    assert {each["status"] for each in graph.batch(*chain).values()} == {201}


def test_a_lost_answer_of_one_request_loses_the_batch(graph, server, mailbox):
    server.faults.add(faults.drop_after("CreateContact", nth=2))
    with pytest.raises(OSError):
        graph.batch(create("Ada"), create("Grace"), create("Joan"))
    assert len(mailbox.contacts()) == 2


def test_each_inner_request_is_counted(graph, server):
    graph.batch(create("Ada"), create("Grace"), {"method": "GET", "url": "/me"})
    assert server.counters.requests == {"Batch": 1, "CreateContact": 2, "GetUser": 1}
    assert server.counters.writes == 2


def test_photos_travel_as_base64(graph):
    made = graph.create(givenName="Ada")
    url = f"/me/contacts/{made['id']}/photo/$value"
    body = base64.urlsafe_b64encode(PICTURE).decode()
    put = {"method": "PUT", "url": url, "headers": {"Content-Type": "image/jpeg"}}
    answers = graph.batch({**put, "body": body}, {"method": "GET", "url": url})
    assert answers["1"]["status"] == 200
    assert base64.b64decode(answers["2"]["body"]) == PICTURE
    assert answers["2"]["headers"]["Content-Type"] == "image/jpeg"
