# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""npm's ews-javascript-api, the EWS Managed API in JavaScript."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange_server import ExchangeServer
from exchange_server.clients.processes import StepError, Steps, steps_of
from exchange_server.clients.user import ADDRESS, PASSWORD
from exchange_server.store.mailbox import Mailbox

CLIENT = "ews-javascript-api"
PROGRAM = Path(__file__).with_name("ews_javascript_api.js")
PHOTO = base64.b64encode(b"\xff\xd8\xff\xe0 a photo \xff\xd9").decode()
TEXT = base64.b64encode(b"plain text").decode()


@pytest.fixture(scope="module")
def client(server: ExchangeServer, log: Path) -> Iterator[Steps]:
    """The client, ready to carry out steps."""
    environment = {
        "EWS_URL": server.url,
        "EWS_USER": ADDRESS,
        "EWS_PASSWORD": PASSWORD,
    }
    with steps_of(["node", str(PROGRAM)], environment, log) as steps:
        yield steps


@pytest.fixture
def ada(client: Steps) -> str:
    """The identifier of a contact that the client made."""
    return client("create")


def test_connect(client: Steps):
    expected = {"name": "Contacts", "folder_class": "IPF.Contact", "total": 0}

    assert client("connect", scheme="basic") == expected


def test_connect_with_ntlm(client: Steps):
    assert client("connect", scheme="ntlm")["name"] == "Contacts"


def test_find_folders(client: Steps):
    assert {"Contacts", "Calendar", "Inbox"} <= set(client("find_folders"))


def test_create_rename_and_delete_a_folder(client: Steps, mailbox: Mailbox):
    known = client("folder_changes", state=None)["state"]

    made = client("create_folder", name="Suppliers")
    client("rename_folder", id=made, name="Customers")
    assert mailbox.folder("Customers").folder_class == "IPF.Contact"
    news = client("folder_changes", state=known)
    client("delete_folder", id=made)

    assert news["changes"] == [["Create", made]]
    last = client("folder_changes", state=news["state"])
    assert last["changes"] == [["Delete", made]]


def test_create_and_bind(client: Steps, mailbox: Mailbox, ada: str):
    found = client("bind", id=ada)

    assert found.pop("change_key") == mailbox.item(ada).change_key
    assert found == {
        "id": ada,
        "given_name": "Ada",
        "surname": "Byron",
        "company": "Zahnräder Söhne AG",
        "job": "Programmer",
        "email": "ada@example.com",
        "mobile": "+41 79 555 01 23",
        "city": "Zürich",
        "birthday": "1980-12-10T11:59:00.000Z",
        "categories": ["Customer"],
        "notes": "Wrote the first program.",
    }


def test_update(client: Steps, mailbox: Mailbox, ada: str):
    new_key = client("update", id=ada)

    item = mailbox.item(ada)
    assert new_key == item.change_key
    assert item.values["contacts:JobTitle"] == "Director"
    assert item.values["contacts:PhoneNumber:MobilePhone"] == "+41 79 555 09 99"
    assert list(item.values["item:Categories"]) == ["Customer", "Friend"]
    assert "contacts:EmailAddress:EmailAddress1" not in item.values
    assert "contacts:Birthday" not in item.values
    assert item.values["contacts:Surname"] == "Byron"


def test_update_of_a_stale_version_is_refused(
    client: Steps, mailbox: Mailbox, ada: str
):
    for resolution in ("NeverOverwrite", "AutoResolve"):
        with pytest.raises(StepError) as refused:
            client("update_a_stale_version", id=ada, resolution=resolution)

        assert refused.value.code == "ErrorIrresolvableConflict"
        assert mailbox.item(ada).values["contacts:JobTitle"] == "Chief"
        mailbox.update_contact(ada, {"contacts:JobTitle": None})


def test_update_of_a_stale_version_by_force(client: Steps, mailbox: Mailbox, ada: str):
    client("update_a_stale_version", id=ada, resolution="AlwaysOverwrite")

    assert mailbox.item(ada).values["contacts:JobTitle"] == "Deputy"


def test_delete(client: Steps, mailbox: Mailbox):
    for mode in ("MoveToDeletedItems", "SoftDelete", "HardDelete"):
        made = client("create")

        client("delete", id=made, mode=mode)

        assert mailbox.contacts() == []
    with pytest.raises(StepError) as gone:
        client("bind", id=made)
    assert gone.value.code == "ErrorItemNotFound"


def test_several_at_once(client: Steps, ada: str):
    made = client("create_several", surnames=["Lang", "Weber"])
    assert made["codes"] == ["NoError"] * 2

    client("delete", id=ada, mode="HardDelete")
    mixed = [made["ids"][0], ada, made["ids"][1]]
    expected = ["NoError", "ErrorItemNotFound", "NoError"]
    assert client("bind_several", ids=mixed) == expected
    assert client("delete_several", ids=mixed) == expected


def test_find(client: Steps, ada: str):
    client("create_several", surnames=["Bright", "Brown", "Carter"])

    assert client("find", surname="br") == ["Brown", "Bright"]


def test_find_in_pages(client: Steps, ada: str):
    made = client("create_several", surnames=["Lang", "Weber"])["ids"]

    first = client("page", size=2, offset=0)
    second = client("page", size=2, offset=first["next"])

    assert (first["total"], first["more"], second["more"]) == (3, True, False)
    assert sorted(first["ids"] + second["ids"]) == sorted([ada, *made])


def test_synchronize_items(client: Steps, mailbox: Mailbox, ada: str):
    first = client("item_changes", state=None)
    assert first["changes"] == [["Create", ada]]

    [new] = client("create_several", surnames=["Lang"])["ids"]
    client("update", id=ada)
    second = client("item_changes", state=first["state"])
    assert sorted(second["changes"]) == [["Create", new], ["Update", ada]]

    client("delete", id=ada, mode="HardDelete")
    third = client("item_changes", state=second["state"])
    assert third["changes"] == [["Delete", ada]]
    assert client("item_changes", state=third["state"])["changes"] == []

    mailbox.forget_sync_states()
    with pytest.raises(StepError) as refused:
        client("item_changes", state=third["state"])
    assert refused.value.code == "ErrorInvalidSyncStateData"


def test_photo(client: Steps, ada: str):
    assert client("photo", id=ada) == {"has_picture": False}

    client("set_photo", id=ada, photo=PHOTO)
    assert client("photo", id=ada) == {
        "has_picture": True,
        "name": "ContactPicture.jpg",
        "content": PHOTO,
    }

    client("remove_photo", id=ada)
    assert client("photo", id=ada) == {"has_picture": False}


def test_attachment(client: Steps, ada: str):
    client("attach", id=ada, name="notes.txt", content=TEXT)

    assert client("attachments", id=ada) == [["notes.txt", TEXT]]


def test_extended_properties(client: Steps, ada: str):
    client("set_extended", id=ada, shoe_size=38, hobbies="Chess")
    assert client("extended", id=ada) == [38, "Chess"]
    assert client("find_by_extended", shoe_size=38) == [ada]

    client("remove_extended", id=ada)
    assert client("extended", id=ada) == ["Chess"]


def test_move_and_copy(client: Steps, mailbox: Mailbox, ada: str):
    friends = mailbox.create_folder("Friends")

    copied = client("copy", id=ada, folder=friends.id)
    moved = client("move", id=ada, folder=friends.id)

    assert len({ada, copied, moved}) == 3
    assert {item.id for item in mailbox.contacts()} == {copied, moved}
    assert mailbox.item(moved).folder is friends


def test_resolve_a_name(client: Steps, ada: str):
    assert client("resolve", name="Byron") == ["ada@example.com"]


def test_convert_an_id(client: Steps, ada: str):
    converted, owner = client("convert_id", id=ada, address="x@example.com")

    assert owner == ADDRESS
    assert bytes.fromhex(converted)
