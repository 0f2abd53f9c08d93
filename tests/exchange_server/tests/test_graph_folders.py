# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contact folders over Graph."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from exchange_server.tests.graph_wire import code_of, expand, extended_of


@pytest.fixture
def friends(mailbox):
    return mailbox.create_folder("Friends")


def rest(folder) -> str:
    return folder.id.replace("/", "-").replace("+", "_")


def names(answer) -> list[str]:
    return [each["displayName"] for each in answer["value"]]


def test_the_list_has_the_folders_in_the_default_folder(graph, server, mailbox):
    friends = mailbox.create_folder("Friends")
    mailbox.create_folder("Deeper", friends)
    mailbox.create_folder("Beside", mailbox.distinguished["msgfolderroot"])
    assert names(graph.get("/me/contactFolders")) == ["Friends"]
    below = f"/me/contactFolders/{quote(rest(friends))}/childFolders"
    assert names(graph.get(below)) == ["Deeper"]
    server.graph_switches.set(sibling_folders="listed")
    assert names(graph.get("/me/contactFolders")) == ["Friends", "Beside"]


def test_any_contact_folder_is_found_by_its_id(graph, mailbox):
    beside = mailbox.create_folder("Beside", mailbox.distinguished["msgfolderroot"])
    found = graph.get(f"/me/contactFolders/{quote(rest(beside))}")
    assert found["displayName"] == "Beside"
    assert found["parentFolderId"] == rest(mailbox.distinguished["msgfolderroot"])
    inbox = quote(rest(mailbox.distinguished["inbox"]))
    answer = graph.send("GET", f"/me/contactFolders/{inbox}")
    assert code_of(answer) == (404, "ErrorFolderNotFound")


def test_a_contact_is_reached_through_the_folders_it_is_in(graph, mailbox):
    friends = mailbox.create_folder("Friends")
    deeper = mailbox.create_folder("Deeper", friends)
    made = graph.create(folder=rest(deeper), givenName="Ada")
    steps = [
        quote(rest(each)) for each in (mailbox.folder("contacts"), friends, deeper)
    ]
    path = "/me/contactFolders/" + "/childFolders/".join(steps)

    assert graph.get(path)["displayName"] == "Deeper"
    (listed,) = graph.get(f"{path}/contacts")["value"]
    assert listed["id"] == made["id"]
    one = f"{path}/contacts/{quote(made['id'])}"
    assert graph.get(one)["givenName"] == "Ada"
    assert graph.send("PATCH", one, json={"jobTitle": "x"}).status_code == 200
    below = f"{path.rpartition('/childFolders/')[0]}/childFolders"
    assert names(graph.get(below)) == ["Deeper"]
    posted = graph.send("POST", f"{path}/contacts", json={"givenName": "Grace"})
    assert posted.json()["parentFolderId"] == rest(deeper)
    assert graph.send("DELETE", one).status_code == 204


def test_a_folder_is_not_reached_through_another_one(graph, mailbox):
    friends, other = mailbox.create_folder("Friends"), mailbox.create_folder("Other")
    path = (
        f"/me/contactFolders/{quote(rest(other))}/childFolders/{quote(rest(friends))}"
    )

    for rest_of_path in ("", "/contacts"):
        answer = graph.send("GET", f"{path}{rest_of_path}")
        assert code_of(answer) == (404, "ErrorFolderNotFound")


def test_the_default_folder_has_a_well_known_name(graph, server, mailbox):
    default = graph.get("/me/contactFolders/contacts")
    assert default["id"] == rest(mailbox.folder("contacts"))
    server.graph_switches.set(default_folder_id="own spelling")
    spelled = graph.get("/me/contactFolders/contacts")["id"]
    assert spelled.startswith("AQMk")
    made = graph.create(folder=spelled, givenName="Ada")
    assert made["parentFolderId"] == default["id"] != spelled


def test_folders_are_made_renamed_and_deleted(graph):
    made = graph.send("POST", "/me/contactFolders", json={"displayName": "Work"})
    assert made.status_code == 201
    path = f"/me/contactFolders/{made.json()['id']}"
    again = graph.send("POST", "/me/contactFolders", json={"displayName": "work"})
    assert code_of(again) == (409, "ErrorFolderExists")
    renamed = graph.send("PATCH", path, json={"displayName": "Office"})
    assert renamed.json()["displayName"] == "Office"
    child = graph.send("POST", f"{path}/childFolders", json={"displayName": "Room 1"})
    assert child.json()["parentFolderId"] == made.json()["id"]
    assert graph.send("DELETE", path).status_code == 204
    assert code_of(graph.send("GET", path)) == (404, "ErrorFolderNotFound")


def test_a_folder_is_moved_into_another_one(graph, mailbox, friends):
    other = mailbox.create_folder("Others")
    path = f"/me/contactFolders/{rest(other)}"
    default = rest(mailbox.folder("contacts"))
    same = graph.send("PATCH", path, json={"parentFolderId": default})
    assert same.json()["parentFolderId"] == default

    change = {"parentFolderId": rest(friends), "displayName": "Inner"}
    moved = graph.send("PATCH", path, json=change).json()
    assert moved["parentFolderId"] == rest(friends)
    assert moved["displayName"] == "Inner"
    assert moved["id"] == rest(other)
    assert other.parent is friends

    into_itself = {"parentFolderId": rest(other)}
    outer = f"/me/contactFolders/{rest(friends)}"
    answer = graph.send("PATCH", outer, json=into_itself)
    assert code_of(answer) == (400, "ErrorMoveCopyFailed")
    answer = graph.send("PATCH", "/me/contactFolders/contacts", json=into_itself)
    assert code_of(answer) == (403, "ErrorAccessDenied")
    mailbox.create_folder("Inner")
    answer = graph.send("PATCH", path, json={"parentFolderId": "contacts"})
    assert code_of(answer) == (409, "ErrorFolderExists")
    nowhere = {"parentFolderId": rest(mailbox.distinguished["inbox"])}
    answer = graph.send("PATCH", path, json=nowhere)
    assert code_of(answer) == (404, "ErrorParentFolderNotFound")


def test_folders_that_cannot_be_made_or_deleted(graph, server, mailbox, friends):
    empty = graph.send("POST", "/me/contactFolders", json={})
    assert code_of(empty) == (400, "ErrorInvalidProperty")
    default = graph.send("DELETE", "/me/contactFolders/contacts")
    assert code_of(default) == (403, "ErrorAccessDenied")
    mailbox.folder("contacts").locked = True
    locked = graph.send("POST", "/me/contactFolders", json={"displayName": "Work"})
    assert code_of(locked) == (403, "ErrorAccessDenied")
    server.graph_switches.set(folder_delete="denied")
    denied = graph.send("DELETE", f"/me/contactFolders/{rest(friends)}")
    assert code_of(denied) == (403, "ErrorAccessDenied")


def test_contacts_of_a_folder(graph, friends):
    made = graph.create(folder=rest(friends), givenName="Ada")
    inside = graph.get(f"/me/contactFolders/{rest(friends)}/contacts")["value"]
    assert [each["id"] for each in inside] == [made["id"]]
    assert graph.get("/me/contacts")["value"] == []
    assert graph.get(f"/me/contacts/{made['id']}")["parentFolderId"] == rest(friends)
    elsewhere = graph.send("GET", f"/me/contactFolders/contacts/contacts/{made['id']}")
    assert code_of(elsewhere) == (404, "ErrorItemNotFound")


def test_extended_properties_of_folders(graph, mailbox, friends):
    graph.create(folder=rest(friends), givenName="Ada")
    asked = expand("String 0x3613", "Integer 0x3602", "Boolean 0x10F4")
    (listed,) = graph.get("/me/contactFolders", params={"$expand": asked})["value"]
    assert extended_of(listed) == {
        "String 0x3613": "IPF.Contact",
        "Integer 0x3602": "1",
    }


def test_folders_come_in_pages(graph, mailbox):
    for number in range(12):
        mailbox.create_folder(f"Folder {number:02}")
    first = graph.get("/me/contactFolders")
    second = graph.get(first["@odata.nextLink"])
    assert [len(first["value"]), len(second["value"])] == [10, 2]
    only = graph.get(
        "/me/contactFolders", params={"$filter": "displayName eq 'Folder 07'"}
    )
    assert names(only) == ["Folder 07"]
