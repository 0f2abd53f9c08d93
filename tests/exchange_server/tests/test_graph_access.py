# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tokens, permissions, users and mailboxes over Graph."""

from __future__ import annotations

import threading
import time

import pytest

from exchange_server import faults
from exchange_server.tests.graph_wire import Graph, code_of
from exchange_server.tests.wire import ADDRESS

BEA = "bea@example.com"


@pytest.fixture
def bea(exchange):
    return exchange.add_mailbox(BEA, "secret", "Bea Example")


def test_a_token_is_required(server, graph):
    for token in ("nonsense", " "):
        answer = Graph(server, ADDRESS, token).send("GET", "/me")
        assert code_of(answer) == (401, "InvalidAuthenticationToken")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    basic = graph.session.get(f"{server.graph_url}/me", auth=(ADDRESS, "secret"))
    assert basic.status_code == 401


def test_tokens_expire_and_are_revoked(exchange, server, graph):
    exchange.tenant.access.revoke(ADDRESS)
    answer = graph.send("GET", "/me")
    assert code_of(answer) == (401, "InvalidAuthenticationToken")
    assert 'claims="' in answer.headers["WWW-Authenticate"]
    later = Graph(server, ADDRESS)
    assert later.send("GET", "/me").status_code == 200
    exchange.tenant.access.expire()
    assert later.send("GET", "/me").status_code == 401


def test_the_user_is_described(graph):
    me = graph.get("/me", params={"$select": "mail,userPrincipalName,displayName"})
    assert me["mail"] == me["userPrincipalName"] == ADDRESS
    assert me["displayName"] == "Anna Example"
    assert graph.get(f"/users/{ADDRESS}")["id"] == graph.get("/me")["id"]


def test_further_addresses_are_only_returned_when_selected(graph, mailbox):
    mailbox.aliases.append("a.example@example.com")
    assert "proxyAddresses" not in graph.get("/me")
    me = graph.get("/me", params={"$select": "proxyAddresses"})
    assert me["proxyAddresses"] == [f"SMTP:{ADDRESS}", "smtp:a.example@example.com"]


def test_permissions_are_needed(exchange, server, graph):
    token = exchange.tenant.token_for(ADDRESS, "Contacts.Read")
    reader = Graph(server, ADDRESS, token)
    assert reader.send("GET", "/me/contacts").status_code == 200
    refused = reader.send("POST", "/me/contacts", json={"givenName": "Ada"})
    assert code_of(refused) == (403, "ErrorAccessDenied")
    assert code_of(reader.send("GET", "/me"))[0] == 403


def test_mailboxes_of_others_must_be_shared(exchange, server, graph, bea):
    path = f"/users/{BEA}/contacts"
    assert code_of(graph.send("GET", path)) == (403, "ErrorAccessDenied")
    bea.share_with(ADDRESS)
    assert code_of(graph.send("GET", path)) == (403, "ErrorAccessDenied")
    scope = "Contacts.ReadWrite.Shared"
    shared = Graph(server, ADDRESS, exchange.tenant.token_for(ADDRESS, scope))
    made = shared.send("POST", path, json={"givenName": "Ada"})
    assert made.status_code == 201
    assert len(bea.contacts()) == 1
    nobody = shared.send("GET", "/users/nobody@example.com/contacts")
    assert code_of(nobody) == (404, "ErrorInvalidUser")


def test_an_application_opens_its_mailboxes(exchange, server, bea):
    tenant = exchange.tenant
    everywhere = tenant.add_application(roles=["Contacts.ReadWrite"])
    here = tenant.add_application(roles=["Contacts.ReadWrite"], mailboxes=[ADDRESS])
    client = Graph(server, ADDRESS, tenant.token_of_application(everywhere))
    assert client.send("GET", f"/users/{BEA}/contacts").status_code == 200
    assert code_of(client.send("GET", "/me/contacts")) == (400, "BadRequest")
    client = Graph(server, ADDRESS, tenant.token_of_application(here))
    assert client.send("GET", f"/users/{ADDRESS}/contacts").status_code == 200
    refused = client.send("GET", f"/users/{BEA}/contacts")
    assert code_of(refused) == (403, "ErrorAccessDenied")
    assert "AccessPolicy" in refused.text


def test_an_unavailable_mailbox_is_reported(graph, mailbox):
    mailbox.disable()
    answer = graph.send("GET", "/me/contacts")
    assert code_of(answer) == (404, "MailboxNotEnabledForRESTAPI")
    mailbox.disable("ErrorMailboxStoreUnavailable")
    answer = graph.send("GET", "/me/contacts")
    assert code_of(answer) == (503, "ErrorMailboxStoreUnavailable")
    mailbox.enable()
    assert graph.send("GET", "/me/contacts").status_code == 200


def test_too_many_requests_in_ten_minutes_are_throttled(graph, server):
    server.graph_switches.set(requests_in_ten_minutes=3)
    statuses = [graph.send("GET", "/me/contacts").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert int(graph.send("GET", "/me").headers["Retry-After"]) > 1


def test_too_many_requests_at_the_same_time_are_throttled(graph, server):
    server.graph_switches.set(concurrent=1)
    answered = threading.Event()
    server.faults.add(faults.slow(30, "ListContacts"))

    def ask() -> None:
        graph.send("GET", "/me/contacts")
        answered.set()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    while not server.counters.requests["ListContacts"]:
        time.sleep(0.01)
    refused = Graph(server, ADDRESS).send("GET", "/me/contacts")
    assert code_of(refused) == (429, "ApplicationThrottled")
    assert not answered.is_set()


def test_ids_are_translated(graph, mailbox):
    made = graph.create(givenName="Ada")
    (item,) = mailbox.contacts()

    def translate(text, source, target):
        body = {"inputIds": [text], "sourceIdType": source, "targetIdType": target}
        answer = graph.send("POST", "/me/translateExchangeIds", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["value"][0]

    assert translate(made["id"], "restId", "ewsId")["targetId"] == item.id
    assert translate(item.id, "ewsId", "restId")["targetId"] == made["id"]
    lasting = translate(made["id"], "restId", "restImmutableEntryId")["targetId"]
    assert graph.get(f"/me/contacts/{lasting}")["id"] == made["id"]
    back = translate(lasting, "restImmutableEntryId", "restId")
    assert back == {"sourceId": lasting, "targetId": made["id"]}
    failed = translate("nonsense", "restId", "ewsId")
    assert failed["errorDetails"]["code"] == "ErrorInvalidIdMalformed"
