# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The control interface of Graph, and faults on its requests."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests

from exchange_server import faults
from exchange_server.sign_in.errors import SignInError
from exchange_server.tests.graph_wire import Graph, code_of, single
from exchange_server.tests.wire import ADDRESS


@pytest.fixture
def control(server):
    def call(method, path, **data):
        url = server.control_url + path
        return requests.request(method, url, json=data or None, timeout=30)

    return call


def test_switches_are_turned(control, server):
    assert control("GET", "graph-switches").json()["if_match"] == "honored"
    turned = control("PATCH", "graph-switches", if_match="ignored", expand_page=50)
    assert turned.json()["if_match"] == "ignored"
    assert server.graph_switches.expand_page == 50
    for wrong in ({"if_match": "perhaps"}, {"nonsense": 1}, {"expand_page": 0}):
        assert control("PATCH", "graph-switches", **wrong).status_code == 400
    assert control("DELETE", "graph-switches").status_code == 204
    assert server.graph_switches.if_match == "honored"


def test_tokens_and_applications(control, server):
    token = control("POST", f"mailboxes/{ADDRESS}/token").json()["access_token"]
    assert Graph(server, ADDRESS, token).send("GET", "/me").status_code == 200
    made = control("POST", "applications", roles=["Contacts.ReadWrite"]).json()
    (listed,) = control("GET", "applications").json()
    assert listed == made
    path = f"applications/{made['client_id']}/token"
    token = control("POST", path).json()["access_token"]
    path = f"/users/{ADDRESS}/contacts"
    assert Graph(server, ADDRESS, token).send("GET", path).status_code == 200
    assert control("POST", "applications/nobody/token").status_code == 404


def test_the_sign_in_is_controlled(control, exchange, server):
    tenant = exchange.tenant
    app = control("POST", "applications").json()["client_id"]
    done = [
        control("PATCH", "tenant", users_may_consent=False),
        control("PATCH", "tenant", single_use_refresh_tokens=True),
        control("PATCH", "tenant", access_token_seconds=600),
        control("POST", f"applications/{app}/consent", scopes=["Contacts.Read"]),
        control("POST", f"applications/{app}/expire-secret"),
        control("POST", "token-refusals", who=ADDRESS, error="x", code=50076),
        control("POST", f"mailboxes/{ADDRESS}/revoke", at_once=True),
        control("DELETE", f"mailboxes/{ADDRESS}/consent"),
        control("POST", "expire-tokens", refresh=True),
    ]
    assert {answer.status_code for answer in done} == {204}
    assert not tenant.users_may_consent and tenant.grants.single_use
    assert tenant.access.life == timedelta(minutes=10)
    assert tenant.consented(app, ADDRESS) == {"Contacts.Read"}
    assert tenant.applications[app].secret_expires < tenant.clock()
    with pytest.raises(SignInError):
        tenant.check_admitted(ADDRESS)
    assert control("DELETE", f"token-refusals/{ADDRESS}").status_code == 204
    tenant.check_admitted(ADDRESS)
    for wrong in ({"users_may_consent": 1}, {"access_token_seconds": True}):
        assert control("PATCH", "tenant", **wrong).status_code == 400
    assert control("PATCH", "tenant", access_token_seconds=0).status_code == 400


def test_the_overview_names_both_services(control, server):
    overview = control("GET", "").json()
    assert overview["graph"] == server.graph_url
    assert overview["ews"] == server.url


def test_busy_is_answered_with_a_delay(graph, server):
    server.faults.add(faults.busy("ListContacts", back_off_ms=1200))
    answer = graph.send("GET", "/me/contacts")
    assert code_of(answer) == (429, "ApplicationThrottled")
    assert answer.headers["Retry-After"] == "2"
    server.faults.add(faults.busy("ListContacts", back_off_ms=None))
    assert "Retry-After" not in graph.send("GET", "/me/contacts").headers


@pytest.mark.parametrize("status", [401, 500, 503, 504])
def test_statuses_of_the_web_server_are_answered(graph, server, status):
    server.faults.add(faults.http_status(status, "ListContacts"))
    answer = graph.send("GET", "/me/contacts")
    assert answer.status_code == status
    assert answer.json()["error"]["code"]
    assert "Retry-After" not in answer.headers
    assert ("WWW-Authenticate" in answer.headers) is (status == 401)


def test_any_code_is_answered(graph, server):
    server.faults.add(faults.soap_fault("ErrorQuotaExceeded", "Full."))
    answer = graph.send("GET", "/me/contacts")
    assert code_of(answer) == (403, "ErrorQuotaExceeded")


@pytest.mark.parametrize(
    ("maker", "kept"), [(faults.drop_before, 0), (faults.drop_after, 1)]
)
def test_connections_are_closed(graph, server, mailbox, maker, kept):
    server.faults.add(maker("CreateContact"))
    with pytest.raises(requests.ConnectionError):
        graph.create(givenName="Ada")
    assert len(mailbox.contacts()) == kept


def test_an_answer_is_truncated(graph, server):
    server.faults.add(faults.truncated("ListContacts"))
    with pytest.raises(requests.RequestException):
        graph.send("GET", "/me/contacts")


def test_text_of_an_answer_is_replaced(graph, server):
    graph.create(givenName="Ada")
    server.faults.add(faults.replaced("Ada", "Eve", "ListContacts"))
    (contact,) = graph.get("/me/contacts")["value"]
    assert contact["givenName"] == "Eve"


def test_deleted_values_stay(graph, server):
    made = graph.create(givenName="Ada", jobTitle="Author", mobilePhone="1")
    fault = server.faults.add(
        faults.value_stays(["contacts:JobTitle", "contacts:PhoneNumber:MobilePhone"])
    )
    changed = graph.update(made["id"], jobTitle=None, **single("String 0x3A1C", None))
    assert (changed["jobTitle"], changed["mobilePhone"]) == ("Author", "1")
    assert changed["changeKey"] != made["changeKey"]
    assert fault.hits == 1


def test_values_are_not_stored(graph, server):
    server.faults.add(faults.never_kept(["contacts:ImAddress:ImAddress2"]))
    assert graph.create(imAddresses=["a", "b"])["imAddresses"] == ["a"]


def test_values_are_refused(graph, server, mailbox):
    server.faults.add(faults.value_refused("contacts:JobTitle", contains="bad"))
    answer = graph.send("POST", "/me/contacts", json={"jobTitle": "a bad one"})
    assert code_of(answer) == (400, "ErrorPropertyUpdate")
    too_long = graph.send("POST", "/me/contacts", json={"givenName": "x" * 256})
    assert code_of(too_long) == (400, "ErrorPropertyUpdate")
    assert mailbox.contacts() == []


def test_a_full_mailbox_refuses_new_contacts(graph, server):
    made = graph.create(givenName="Ada")
    server.faults.add(faults.quota_exceeded())
    answer = graph.send("POST", "/me/contacts", json={"givenName": "Grace"})
    assert code_of(answer) == (403, "ErrorQuotaExceeded")
    delta = "/me/contactFolders/contacts/contacts/delta"
    assert graph.send("GET", delta).status_code == 200
    server.graph_switches.set(delta_when_full="refused")
    assert code_of(graph.send("GET", delta)) == (403, "ErrorQuotaExceeded")
    assert graph.send("DELETE", f"/me/contacts/{made['id']}").status_code == 204


def test_versions_may_be_ignored(graph, server):
    made = graph.create(givenName="Ada")
    graph.update(made["id"], jobTitle="x")
    server.faults.add(faults.conflicts_ignored(operation="UpdateContact"))
    answer = graph.send(
        "PATCH",
        f"/me/contacts/{made['id']}",
        json={"jobTitle": "y"},
        headers={"If-Match": made["@odata.etag"]},
    )
    assert answer.status_code == 200


def test_an_item_fails_until_it_is_healed(graph, mailbox):
    made = graph.create(givenName="Ada")
    (item,) = mailbox.contacts()
    mailbox.fail_item(item.id, "ErrorItemCorrupt", {"UpdateContact"})
    path = f"/me/contacts/{made['id']}"
    assert graph.send("GET", path).status_code == 200
    answer = graph.send("PATCH", path, json={"jobTitle": "x"})
    assert code_of(answer) == (500, "ErrorItemCorrupt")


def test_requests_are_recorded(graph, server):
    with server.recorder as recorder:
        graph.create(givenName="Ada")
        graph.get("/me/contacts", params={"$top": 5})
    assert recorder.requests("ListContacts") == [b"GET /me/contacts?%24top=5"]
    (posted,) = recorder.requests("CreateContact")
    assert posted.startswith(b"POST /me/contacts\n\n{")
