# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Access tokens, links, busy servers and malformed answers."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from contract.mailbox.conftest import ADDRESS
from contract.mailbox.test_changes import pages
from exchange_contact_sync.core.errors import (
    AnswerMalformed,
    AuthenticationFailed,
    ContactGone,
    MailboxNotFound,
    NotAMailServer,
    NotEncrypted,
    Remark,
    ServerBusy,
    SyncError,
    Unreachable,
)
from exchange_contact_sync.core.mailbox import RemoteRef
from exchange_contact_sync.graph.ids import to_graph
from exchange_contact_sync.graph.session import Settings, open_gateway
from exchange_server import faults


class Fixed:
    """The same token at every call, even if it was refused."""

    def __init__(self, token):
        self.text, self.refused = token, []

    def token(self, refused=""):
        if refused:
            self.refused.append(refused)
        return self.text


@pytest.fixture
def world(graph_world):
    return graph_world


@pytest.mark.parametrize("call", ["fetch", "changes", "create", "folders"])
def test_a_token_that_expired_is_replaced_once(world, call):
    item = world.put({"surname": "Person"})
    calls = {
        "fetch": lambda: world.store.fetch([RemoteRef(item, "")]),
        "changes": lambda: world.store.changes(world.folder, ""),
        "create": lambda: world.store.create(world.folder, [("key-1", {})]),
        "folders": world.store.folders,
    }
    calls[call]()
    world.server.exchange.tenant.access.expire()

    again = calls[call]()

    assert again and not isinstance(again, SyncError)


def test_a_token_that_is_refused_twice_needs_a_new_sign_in(server, mailbox):
    tokens = Fixed("not a token")
    with open_gateway(Settings(tokens, server.graph_url)) as gateway:
        with pytest.raises(AuthenticationFailed):
            gateway.folders()
    assert tokens.refused == ["not a token"]


def test_a_revoked_token_needs_a_new_sign_in(server, mailbox):
    tenant = server.exchange.tenant
    tokens = Fixed(tenant.token_for(ADDRESS))
    with open_gateway(Settings(tokens, server.graph_url)) as gateway:
        gateway.folders()
        tenant.access.revoke(ADDRESS)
        with pytest.raises(AuthenticationFailed):
            gateway.folders()


def test_a_link_to_another_server_is_not_followed(world):
    world.put({"surname": "Person"})
    pattern = r"http://127.0.0.1:\d+/v1.0/me/contactFolders"
    world.server.faults.add(
        faults.replaced(pattern, "http://example.org/v1.0", "ContactsDelta")
    )
    before = world.calls()

    with pytest.raises(AnswerMalformed, match="another server"):
        world.store.changes(world.folder, "")

    assert world.calls() == before + 1


def test_a_token_is_only_sent_over_https():
    tokens = Fixed("a token")
    with open_gateway(Settings(tokens, "http://graph.example.com/v1.0")) as gateway:
        with pytest.raises(NotEncrypted):
            gateway.folders()


@pytest.mark.parametrize(
    ("status", "delay"), [(429, 7), (503, 7), (503, None), (504, None)]
)
@pytest.mark.parametrize("operation", ["GetContact", "Batch", "ContactsDelta"])
def test_a_busy_server_is_reported_with_its_delay(world, status, delay, operation):
    world.put({"surname": "Person"})
    world.server.faults.add(faults.http_status(status, operation, retry_after=delay))

    with pytest.raises(ServerBusy) as busy:
        world.store.changes(world.folder, "")

    assert busy.value.back_off == (delay or 60)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (lambda op: faults.drop_before(op), Unreachable),
        (lambda op: faults.truncated(op), Unreachable),
        (lambda op: faults.http_status(500, op), Unreachable),
        (
            lambda op: faults.http_status(302, op, location="http://a.example"),
            NotAMailServer,
        ),
        (lambda op: faults.replaced(r"^\{", "<", op), AnswerMalformed),
        (lambda op: faults.replaced(r"(?s)^.*$", "[" * 10**6, op), Unreachable),
        (lambda op: faults.replaced(r"(?s)^.*$", "{}", op), AnswerMalformed),
        (lambda op: faults.replaced(r"(?s)^.*$", "[]", op), AnswerMalformed),
    ],
)
@pytest.mark.parametrize("operation", ["ContactsDelta", "Batch"])
def test_a_malformed_answer_is_reported(world, fault, expected, operation):
    world.put({"surname": "Person"})
    world.server.faults.add(fault(operation))

    with pytest.raises(expected):
        world.store.changes(world.folder, "") if operation != "Batch" else (
            world.store.folders()
        )


def test_a_mailbox_outside_of_exchange_online_is_reported(world):
    world.mailbox.disable("ErrorNonExistentMailbox")

    with pytest.raises(MailboxNotFound):
        world.store.folders()


def test_the_mailbox_of_another_user_is_not_opened(server, exchange):
    exchange.add_mailbox("bob@example.com", "x", "Bob")
    tokens = Fixed(exchange.tenant.token_for(ADDRESS))
    settings = Settings(tokens, server.graph_url, "bob@example.com")
    with open_gateway(settings) as gateway, pytest.raises(SyncError) as error:
        gateway.folders()
    assert error.value.code == "access_denied"


def test_ids_are_those_of_ews(world, gateway):
    """So links stay valid when an account changes from EWS to Graph."""
    (made,) = world.store.create(world.folder, [("key-1", {"surname": "Same"})])

    (found,) = gateway.fetch([made])

    assert (found.ref.id, found.ref.folder) == (made.id, made.folder)
    assert {f.id for f in world.store.folders()} == {f.id for f in gateway.folders()}
    assert gateway.find(["key-1"], world.folder)["key-1"].id == made.id
    (seen,) = world.store.fetch([found.ref])
    assert seen.ref.search_key == found.ref.search_key
    assert not isinstance(seen, ContactGone)


def test_an_idle_folder_costs_one_request_and_a_large_one_few(world):
    drafts = [(f"key-{n}", {"surname": f"{n}"}) for n in range(1000)]
    for start in range(0, 1000, 100):
        world.store.create(world.folder, drafts[start : start + 100])
    counters = world.server.counters
    counters.reset()

    refs = {ref.id: ref for page in pages(world) for ref in page.changed}
    all_refs = list(refs.values())
    for start in range(0, len(all_refs), 250):
        found = world.store.fetch(all_refs[start : start + 250])
        assert not any(isinstance(one, SyncError) for one in found)

    assert len(refs) == 1000
    assert counters.total < 120, counters.requests


def test_keys_of_what_is_known_are_not_read(world):
    drafts = [(f"key-{n}", {"surname": f"{n}"}) for n in range(3)]
    made = world.store.create(world.folder, drafts)
    known = {made[0].id, made[2].id}
    asked = []

    def knows(refs):
        asked.extend(refs)
        return known

    world.store.skip_keys_of(knows)
    world.server.counters.reset()

    found = {
        ref.id: ref.sync_key for ref in world.store.changes(world.folder, "").changed
    }

    assert found == {made[0].id: "", made[1].id: "key-1", made[2].id: ""}
    assert world.server.counters.requests["GetContact"] == 1
    # The delta has the version that the creation returned.
    assert {ref.id: ref.version for ref in asked} == {r.id: r.version for r in made}


@pytest.mark.parametrize(
    ("code", "expected"),
    [("ImageNotFound", ""), ("itemNotFound", ""), ("MailboxInactive", MailboxNotFound)],
)
def test_a_mailbox_that_is_not_there_is_no_missing_photo(world, code, expected):
    ref = RemoteRef(world.put({"surname": "Person"}), "")
    fault = faults.replaced("ErrorItemNotFound", code, "GetContactPhoto", times=None)
    world.server.faults.add(fault)

    if expected == "":
        assert world.store.photos.tokens([ref]) == [expected]
    else:
        with pytest.raises(expected):
            world.store.photos.tokens([ref])
    assert fault.hits


def test_what_is_removed_and_changed_is_read(world):
    """Items may come several times in one round, in any order."""
    kept, other = (world.put({"surname": name}) for name in ("Kept", "Other"))
    entry = f'{{"id": "{to_graph(kept)}", "@removed": {{"reason": "changed"}}}}, '
    entry = entry.replace("%3D", "=")
    fault = faults.replaced(r'"value": ?\[', f'"value": [{entry}', "ContactsDelta")
    world.server.faults.add(fault)

    page = world.store.changes(world.folder, "")

    assert {ref.id for ref in page.changed} == {kept, other}
    assert fault.hits and not page.deleted


def test_a_page_that_leads_to_itself_is_the_last(world):
    world.put({"surname": "Person"})
    state = pages(world)[-1].state
    world.server.faults.add(
        faults.replaced("@odata.deltaLink", "@odata.nextLink", "ContactsDelta")
    )
    (_folder, link) = json.loads(state)
    whole = f"{world.server.base_url}{link}"
    world.server.faults.add(
        faults.replaced(r'"@odata.nextLink": ?"[^"]*"', f'"@odata.nextLink": "{whole}"')
    )

    page = world.store.changes(world.folder, state)

    assert page.complete and page.state == state


def test_a_read_that_a_batch_does_not_answer_is_asked_again(world):
    refs = [RemoteRef(world.put({"surname": f"{n}"}), "") for n in range(3)]
    world.server.graph_switches.set(batch_order="kept")
    pattern = r'"responses": ?\[\{"id": ?"1"'
    fault = faults.replaced(pattern, '"responses": [{"id": "other"', "Batch")
    world.server.faults.add(fault)

    found = world.store.fetch(refs)

    assert fault.hits
    assert [one.contact["surname"] for one in found] == ["0", "1", "2"]


def test_a_key_in_another_case_is_another_one(world):
    """Filters of Graph ignore the case of values."""
    world.store.create(world.folder, [("KEY-1", {"surname": "Other"})])

    assert world.store.find(["key-1"], world.folder) == {}
    assert world.store.find(["KEY-1"], world.folder)


def test_the_older_of_two_with_a_key_is_found_in_any_order(world):
    (made,) = world.store.create(world.folder, [("key-1", {"surname": "Original"})])
    copy = world.copy(made.id)
    world.item(copy).created -= timedelta(hours=1)

    assert world.store.find(["key-1"], world.folder)["key-1"].id == copy
    world.item(copy).created += timedelta(hours=2)
    assert world.store.find(["key-1"], world.folder)["key-1"].id == made.id


@pytest.mark.parametrize("status", [429, 503])
def test_a_folder_that_is_not_looked_up_is_no_other_folder(world, status):
    """A default folder whose id is written in two ways is asked for its own id."""
    world.server.graph_switches.set(default_folder_id="own spelling")
    (default,) = [folder for folder in world.store.folders() if folder.default]
    (made,) = world.store.create(default.id, [("key-1", {"surname": "Here"})])
    world.server.faults.add(faults.http_status(status, "GetContactFolder"))

    with pytest.raises(ServerBusy):
        world.store.fetch([made])

    (found,) = world.store.fetch([made])
    assert found.ref.folder == default.id


def test_a_photo_that_is_not_replaced_is_noticed(world, monkeypatch):
    """The server acknowledges the new photo, and still has the former one."""
    (ref,) = world.store.create(world.folder, [("key-1", {"given_name": "Ida"})])
    photos, red, blue = world.store.photos, b"\xff\xd8 red", b"\xff\xd8 blue"
    (given,) = photos.write([(ref, "", red)])
    (again,) = photos.write([(ref, given.token, red)])
    assert again == given
    monkeypatch.setattr(world.mailbox, "add_attachment", lambda *args, **more: None)

    (lost,) = photos.write([(ref, given.token, blue)])

    assert lost.token == given.token
    assert isinstance(lost.refused, Remark)


def test_a_batch_has_twenty_requests_at_most(world):
    drafts = [(f"key-{n}", {"surname": f"{n}"}) for n in range(21)]
    world.server.counters.reset()

    world.store.create(world.folder, drafts)

    assert world.server.counters.requests == {"Batch": 2, "CreateContact": 21}
