# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The control interface: mailboxes as seen and changed by another client."""

from __future__ import annotations

from urllib.parse import quote

import pytest
import requests

from exchange_server import ExchangeServer
from exchange_server.tests.wire import ADDRESS, GET_FOLDER, PASSWORD, Post

ADA = {
    "contacts:GivenName": "Ada",
    "contacts:EmailAddress:EmailAddress1": "ada@example.com",
    "contacts:Birthday": "1980-02-29T11:59:00Z",
    "item:Categories": ["VIP"],
    "item:Body": ["HTML", "<p>Notes</p>"],
}
GET_ITEM = (
    "<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>"
    '<m:ItemIds><t:ItemId Id="{}"/></m:ItemIds></m:GetItem>'
)


@pytest.fixture
def call(server: ExchangeServer):
    """``call(method, path, data=None)``, path below the mailbox: status and JSON."""
    with requests.Session() as session:
        session.trust_env = False

        def send(method: str, path: str, data: object = None):
            url = f"{server.control_url}mailboxes/{ADDRESS}/{path}".rstrip("/")
            answer = session.request(method, url, json=data, timeout=10)
            return answer.status_code, answer.json() if answer.content else None

        yield send


def path_of(contact: dict, rest: str = "") -> str:
    return f"contacts/{quote(contact['id'], safe='')}{rest}"


@pytest.fixture
def ada(call) -> dict:
    status, made = call("POST", "contacts", {"values": ADA})
    assert status == 200
    return made


def test_a_contact_is_made_with_values(call, ada, mailbox, post: Post):
    (item,) = mailbox.contacts()
    assert (item.id, item.change_key) == (ada["id"], ada["change_key"])
    assert ada["folder"] == "Contacts"
    assert ada["item_class"] == "IPM.Contact"
    assert ada["values"]["item:Categories"] == ["VIP"]
    assert ada["values"]["contacts:Birthday"].startswith("1980-02-29T11:59:00")
    contact = post(GET_ITEM.format(ada["id"])).one(".//t:Contact")
    found = {child.tag.partition("}")[2]: child.text for child in contact}
    assert found["GivenName"] == "Ada"
    assert found["Birthday"] == "1980-02-29T11:59:00Z"
    assert "<p>Notes</p>" in found["Body"]


def test_contacts_can_be_read(call, ada):
    assert call("GET", "contacts") == (200, [ada])
    assert call("GET", path_of(ada)) == (200, ada)
    assert call("GET", "contacts?folder=contacts") == (200, [ada])
    assert call("GET", "contacts?folder=Nowhere")[0] == 404


def test_what_is_read_can_be_written_again(call, ada):
    status, same = call("PATCH", path_of(ada), {"values": ada["values"]})
    assert (status, same["values"]) == (200, ada["values"])
    assert same["change_key"] != ada["change_key"]


def test_a_contact_is_changed_property_by_property(call, ada):
    changes = {"contacts:JobTitle": "Engineer", "contacts:Birthday": None}
    status, changed = call("PATCH", path_of(ada), {"values": changes})
    assert status == 200
    assert changed["values"]["contacts:JobTitle"] == "Engineer"
    assert changed["values"]["contacts:GivenName"] == "Ada"
    assert "contacts:Birthday" not in changed["values"]
    assert changed["id"] == ada["id"]
    assert changed["change_key"] != ada["change_key"]


def test_a_contact_is_deleted_for_good(call, ada, mailbox):
    assert call("DELETE", path_of(ada)) == (204, None)
    assert mailbox.contacts() == []
    assert len(mailbox.folder("deleteditems").items) == 0
    assert call("GET", path_of(ada))[0] == 404


def test_a_contact_is_deleted_to_deleted_items(call, ada, mailbox):
    assert call("DELETE", path_of(ada, "?hard=false")) == (204, None)
    assert mailbox.contacts() == []
    assert len(mailbox.folder("deleteditems").items) == 1


def test_a_contact_moves_to_another_folder(call, ada):
    status, folder = call("POST", "folders", {"name": "Suppliers"})
    assert (status, folder["name"]) == (200, "Suppliers")
    status, moved = call("POST", path_of(ada, "/move"), {"folder": "Suppliers"})
    assert (status, moved["folder"]) == (200, "Suppliers")
    assert moved["id"] != ada["id"]
    assert call("GET", "contacts?folder=Suppliers") == (200, [moved])
    assert call("POST", path_of(moved, "/move"), {"folder": "Nowhere"})[0] == 404


def test_folders_are_listed_and_made(call):
    data = {"name": "Plans", "parent": "calendar", "folder_class": "IPF.Appointment"}
    assert call("POST", "folders", data)[0] == 200
    folders = {folder["name"]: folder for folder in call("GET", "folders")[1]}
    assert folders["Plans"]["parent"] == "Calendar"
    assert folders["Plans"]["folder_class"] == "IPF.Appointment"
    assert folders["Contacts"]["distinguished_id"] == "contacts"
    assert folders["Contacts"]["items"] == 0
    status, answer = call("POST", "folders", data)
    assert (status, "error" in answer) == (400, True)


@pytest.mark.parametrize(
    "values",
    [
        {"contacts:ShoeSize": "44"},
        {"contacts:GivenName": 5},
        {"contacts:Birthday": "yesterday"},
        {"item:Categories": "VIP"},
        "Ada",
    ],
)
def test_bad_values_are_refused_with_a_reason(call, mailbox, values):
    status, answer = call("POST", "contacts", {"values": values})
    assert status == 400
    assert answer["error"]
    assert mailbox.contacts() == []


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("POST", "contacts", {}),
        ("POST", "contacts", {"values": {}, "colour": "red"}),
        ("POST", "folders", {}),
        ("POST", "failing-items", {}),
        ("POST", "failing-items", {"id": "x", "operations": "UpdateItem"}),
    ],
)
def test_incomplete_calls_are_refused(call, method, path, data):
    assert call(method, path, data)[0] == 400


def test_an_item_fails_until_it_is_healed(call, ada, post: Post):
    path = f"failing-items/{quote(ada['id'], safe='')}"
    data = {"id": ada["id"], "code": "ErrorItemCorrupt", "operations": ["GetItem"]}
    assert call("POST", "failing-items", data) == (204, None)
    assert post(GET_ITEM.format(ada["id"])).codes == ["ErrorItemCorrupt"]
    assert call("DELETE", path) == (204, None)
    assert post(GET_ITEM.format(ada["id"])).codes == ["NoError"]


@pytest.mark.parametrize("path", ["contacts/none", "contacts/none/move"])
def test_a_missing_item_is_not_found(call, path):
    method = "POST" if path.endswith("move") else "GET"
    assert call(method, path, {"folder": "contacts"})[0] == 404


def test_a_missing_item_cannot_fail(call):
    assert call("POST", "failing-items", {"id": "none"})[0] == 404
    assert call("DELETE", "failing-items/none")[0] == 404


def test_change_keys_drift(call, ada):
    assert call("POST", "drift-change-keys") == (204, None)
    drifted = call("GET", path_of(ada))[1]
    assert drifted["change_key"] != ada["change_key"]
    assert drifted["values"] == ada["values"]


def test_sync_states_are_forgotten(call, mailbox):
    before = mailbox.state_secret
    assert call("POST", "forget-sync-states") == (204, None)
    assert mailbox.state_secret != before


def test_a_mailbox_disappears_and_comes_back(call, post: Post):
    assert call("POST", "disable") == (204, None)
    assert post(GET_FOLDER).codes == ["ErrorNonExistentMailbox"]
    assert call("POST", "enable") == (204, None)
    assert post(GET_FOLDER).codes == ["NoError"]


def test_mailboxes_are_listed_and_made(server: ExchangeServer, post: Post):
    url = f"{server.control_url}mailboxes"
    bert = {"address": "bert@example.com", "password": "another"}
    with requests.Session() as session:
        session.trust_env = False
        made = session.post(url, json=bert, timeout=10)
        assert made.json() == {"address": "bert@example.com", "display_name": "bert"}
        assert session.post(url, json=bert, timeout=10).status_code == 400
        assert session.post(url, json={}, timeout=10).status_code == 400
        listed = session.get(url, timeout=10).json()
        missing = session.get(f"{url}/nobody@example.com/contacts", timeout=10)
    assert [one["address"] for one in listed] == [ADDRESS, "bert@example.com"]
    assert listed[0] == {
        "address": ADDRESS,
        "display_name": "Anna Example",
        "contacts": 0,
    }
    assert missing.status_code == 404
    assert post(GET_FOLDER, user="bert", password="another").codes == ["NoError"]
    assert PASSWORD not in str(listed)
