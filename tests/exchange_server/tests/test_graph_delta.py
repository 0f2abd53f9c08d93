# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Delta over Graph: rounds, tokens that expire, and entries about moves."""

from __future__ import annotations

import pytest

from exchange_server.tests.graph_wire import code_of, expand

DELTA = "/me/contactFolders/contacts/contacts/delta"
IMMUTABLE = {"Prefer": 'IdType="ImmutableId"'}


def read_round(graph, link=DELTA, **options):
    """All entries of a round in order, and the link for the next one."""
    page = graph.get(link, **options)
    entries = list(page["value"])
    while "@odata.nextLink" in page:
        headers = options.get("headers")
        page = graph.get(page["@odata.nextLink"], headers=headers)
        entries += page["value"]
    return entries, page["@odata.deltaLink"]


@pytest.fixture
def contacts(mailbox):
    folder = mailbox.folder("contacts")
    return [
        mailbox.add_contact(folder, {"contacts:GivenName": f"Name {n}"})
        for n in range(25)
    ]


def test_a_first_round_returns_all_contacts(graph, contacts):
    entries, link = read_round(graph)
    assert len({each["id"] for each in entries}) == 25
    assert all("@odata.etag" in each and "givenName" in each for each in entries)
    assert read_round(graph, link)[0] == []


def test_entries_come_again_within_a_round(graph, server, contacts):
    entries, _link = read_round(graph)
    assert len(entries) > 25
    server.graph_switches.set(delta_repeats=False)
    entries, _link = read_round(graph)
    assert len(entries) == 25


def test_pages_have_the_preferred_size_up_to_a_limit(graph, server, contacts):
    server.graph_switches.set(delta_repeats=False)
    preferred = {"Prefer": "odata.maxpagesize=20"}
    assert len(graph.get(DELTA, headers=preferred)["value"]) == 20
    server.graph_switches.set(delta_page=7)
    assert len(graph.get(DELTA, headers=preferred)["value"]) == 7


def test_changes_and_deletions_are_returned(graph, mailbox, contacts):
    _entries, link = read_round(graph, params={"$select": "displayName"})
    mailbox.update_contact(contacts[0].id, {"contacts:Surname": "New"})
    mailbox.delete_contact(contacts[1].id)
    made = graph.create(givenName="Ada")
    entries, _link = read_round(graph, link)
    removed = [each for each in entries if "@removed" in each]
    assert [each["@removed"] for each in removed] == [{"reason": "deleted"}]
    names = {each["displayName"] for each in entries if "@removed" not in each}
    assert names == {"Name 0 New", "Ada"}
    (reported,) = [each for each in entries if each["id"] == made["id"]]
    assert set(reported) == {"@odata.etag", "id", "displayName"}


def test_links_contain_the_options_and_accept_no_others(graph, contacts):
    _entries, link = read_round(graph, params={"$select": "id"})
    answer = graph.send("GET", f"{link}&$select=surname")
    assert code_of(answer) == (400, "BadRequest")
    answer = graph.send("GET", DELTA, params={"$filter": "surname eq 'x'"})
    assert code_of(answer) == (400, "ErrorInvalidUrlQuery")


@pytest.mark.parametrize(
    ("reading", "status", "code"),
    [
        ("410 SyncStateNotFound", 410, "SyncStateNotFound"),
        ("410 fullSyncRequired", 410, "fullSyncRequired"),
        ("400 ErrorInvalidIdMalformed", 400, "ErrorInvalidIdMalformed"),
        ("404 syncStateNotFound", 404, "syncStateNotFound"),
    ],
)
def test_forgotten_and_invalid_tokens_are_refused(
    graph, server, mailbox, contacts, reading, status, code
):
    server.graph_switches.set(dead_link=reading)
    _entries, link = read_round(graph)
    mailbox.forget_sync_states()
    assert code_of(graph.send("GET", link)) == (status, code)
    nonsense = graph.send("GET", DELTA, params={"$deltatoken": "nonsense"})
    assert code_of(nonsense) == (status, code)
    assert len(read_round(graph)[0]) >= 25


def test_a_token_is_valid_for_one_folder(graph, mailbox, contacts):
    mailbox.create_folder("Friends")
    (other,) = graph.get("/me/contactFolders")["value"]
    _entries, link = read_round(graph)
    token = link.partition("=")[2]
    path = f"/me/contactFolders/{other['id']}/contacts/delta?$deltatoken={token}"
    assert code_of(graph.send("GET", path)) == (410, "SyncStateNotFound")


def test_a_link_of_a_deleted_folder_is_refused(graph, server, mailbox):
    friends = mailbox.create_folder("Friends")
    (listed,) = graph.get("/me/contactFolders")["value"]
    path = f"/me/contactFolders/{listed['id']}/contacts/delta"
    _entries, link = read_round(graph, path)
    mailbox.remove_folder(friends)
    assert code_of(graph.send("GET", link)) == (404, "ErrorItemNotFound")
    server.graph_switches.set(dead_folder="410 SyncStateNotFound")
    assert code_of(graph.send("GET", link)) == (410, "SyncStateNotFound")
    assert code_of(graph.send("GET", path)) == (404, "ErrorFolderNotFound")


def test_a_moved_contact_has_another_id(graph, server, mailbox, contacts):
    server.graph_switches.set(moved_reason="changed")
    friends = mailbox.create_folder("Friends")
    _entries, link = read_round(graph)
    before = contacts[0].id
    moved = mailbox.move_contact(before, friends)
    (reported,) = read_round(graph, link)[0]
    assert reported["@removed"] == {"reason": "changed"}
    assert reported["id"].startswith("AAMk") and moved.id != before


def test_an_immutable_id_stays_and_a_return_may_be_unreported(
    graph, server, mailbox, contacts
):
    friends, home = mailbox.create_folder("Friends"), mailbox.folder("contacts")
    entries, link = read_round(graph, headers=IMMUTABLE)
    assert {len(each["id"]) for each in entries} == {68}
    there = mailbox.move_contact(contacts[0].id, friends)
    listed = graph.get("/me/contactFolders", headers=IMMUTABLE)["value"]
    inside = graph.get(
        f"/me/contactFolders/{listed[0]['id']}/contacts", headers=IMMUTABLE
    )["value"]
    assert inside[0]["id"] in {each["id"] for each in entries}
    mailbox.move_contact(there.id, home)
    reported, _next = read_round(graph, link, headers=IMMUTABLE)
    assert [(each["id"], "@removed" in each) for each in reported] == [
        (inside[0]["id"], True)
    ]
    assert graph.get(f"/me/contacts/{inside[0]['id']}")["givenName"] == "Name 0"
    server.graph_switches.set(immutable_return="reported")
    reported, _next = read_round(graph, link, headers=IMMUTABLE)
    assert [(each["id"], "@removed" in each) for each in reported] == [
        (inside[0]["id"], False)
    ]


def test_distribution_lists_are_not_returned(graph, mailbox):
    folder = mailbox.folder("contacts")
    mailbox.add_item(folder, "IPM.DistList", {"contacts:DisplayName": "Team"})
    assert read_round(graph)[0] == []


def test_expansions_are_refused_ignored_or_honored(graph, server, contacts):
    options = {"$expand": expand("String 0x3A06")}
    answer = graph.send("GET", DELTA, params=options)
    assert code_of(answer) == (400, "ErrorInvalidRequest")
    server.graph_switches.set(delta_expand="ignored")
    (reported, *_more) = graph.get(DELTA, params=options)["value"]
    assert "singleValueExtendedProperties" not in reported
    server.graph_switches.set(delta_expand="honored")
    (reported, *_more) = graph.get(DELTA, params=options)["value"]
    assert reported["singleValueExtendedProperties"][0]["id"] == "String 0x3a06"


def test_folders_have_a_delta_too(graph, mailbox):
    path = "/me/contactFolders/delta"
    mailbox.create_folder("Friends")
    entries, link = read_round(graph, path)
    assert [each["displayName"] for each in entries] == ["Friends"]
    mailbox.remove_folder(mailbox.folder("Friends"))
    (reported,) = read_round(graph, link)[0]
    assert reported == {"@removed": {"reason": "deleted"}, "id": entries[0]["id"]}
