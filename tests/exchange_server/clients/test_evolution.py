# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Debian's evolution-ews: Evolution's address book service, without a display."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from exchange_server import ExchangeServer
from exchange_server.clients.processes import Steps, steps_of
from exchange_server.clients.user import ADDRESS, PASSWORD
from exchange_server.store.item import Item
from exchange_server.store.mailbox import Mailbox

CLIENT = "evolution-ews"
PROGRAM = Path(__file__).with_name("evolution_client.py")
PHOTO = base64.b64encode(b"\xff\xd8\xff\xe0 a photo \xff\xd9").decode()
OTHER_PHOTO = base64.b64encode(b"\xff\xd8\xff\xe0 another \xff\xd9").decode()
ACCOUNT = """\
[Data Source]
DisplayName=Exchange
Enabled=true

[Authentication]
Host=127.0.0.1
Method=PLAIN
RememberPassword=false
User={user}

[Collection]
BackendName=ews
CalendarEnabled=false
ContactsEnabled=true
Identity={user}
MailEnabled=false

[Ews Backend]
Email={user}
Hosturl={url}
ListenNotifications=false
OabOffline=false
"""
# As clients send it: lines end with CRLF.
ADA = """\
BEGIN:VCARD
VERSION:3.0
N:Byron;Ada;;;
FN:Ada Byron
EMAIL;TYPE=WORK:ada@example.com
TEL;TYPE=CELL:+41 79 555 01 23
ORG:Zahnräder & Söhne AG;Research
TITLE:Programmer
ADR;TYPE=WORK:;;12 Example Street;Zürich;;8001;Switzerland
BDAY:1980-12-10
NOTE:Wrote the first program.
URL:https://ada.example
PHOTO;ENCODING=b;TYPE=JPEG:{photo}
END:VCARD
""".replace("\n", "\r\n").format(photo=PHOTO)
EXPECTED = {
    "contacts:GivenName": "Ada",
    "contacts:Surname": "Byron",
    "contacts:CompanyName": "Zahnräder & Söhne AG",
    "contacts:Department": "Research",
    "contacts:JobTitle": "Programmer",
    "contacts:EmailAddress:EmailAddress1": "ada@example.com",
    "contacts:PhoneNumber:MobilePhone": "+41 79 555 01 23",
    "contacts:PhysicalAddress:Business:City": "Zürich",
    "contacts:BusinessHomePage": "https://ada.example",
    "contacts:Birthday": datetime(1980, 12, 10, tzinfo=timezone.utc),
    "item:Body": ("Text", "Wrote the first program."),
}


@pytest.fixture(scope="module")
def client(
    server: ExchangeServer, log: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Steps]:
    """The service with the account, in a session and a home of its own."""
    home = tmp_path_factory.mktemp("evolution")
    sources = home / "config/evolution/sources"
    sources.mkdir(parents=True)
    account = ACCOUNT.format(user=ADDRESS, url=server.url)
    (sources / "exchange.source").write_text(account)
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(runtime),
        "GSETTINGS_BACKEND": "memory",
        "EWS_USER": ADDRESS,
        "EWS_PASSWORD": PASSWORD,
    }
    command = ["dbus-run-session", "--", "/usr/bin/python3", str(PROGRAM)]
    with steps_of(command, environment, log) as steps:
        yield steps


@pytest.fixture(autouse=True)
def emptied(client: Steps, mailbox: Mailbox) -> Iterator[None]:
    """Delete all contacts with the service, since it does not notice the deletion of a
    contact that it created and has not seen in a synchronization yet."""
    yield
    for contact in mailbox.contacts():
        client("delete", uid=contact.id)


@pytest.fixture
def ada(client: Steps, mailbox: Mailbox) -> Item:
    """A contact that the client made, in the mailbox."""
    return mailbox.item(client("create", vcard=ADA))


def test_sign_in(client: Steps, mailbox: Mailbox):
    mailbox.create_folder("Friends")

    assert {"Contacts", "Friends"} <= set(client("sign_in"))


def test_list(client: Steps, mailbox: Mailbox):
    mailbox.add_contact(
        mailbox.folder("contacts"),
        {"contacts:GivenName": "Karl", "contacts:Surname": "Weber"},
    )
    client("open", name="Contacts")

    [vcard] = client("contacts")

    assert "N:Weber;Karl" in vcard


def test_create(ada: Item):
    values = {key: ada.values.get(key) for key in EXPECTED}

    assert values == EXPECTED


def test_create_with_a_photo(ada: Item):
    [photo] = ada.attachments

    assert photo.is_contact_photo
    assert base64.b64encode(photo.content).decode() == PHOTO


def test_read(client: Steps, ada: Item):
    vcard = client("read", uid=ada.id)

    for text in ("FN:Ada Byron", "BDAY:1980-12-10", "URL:https://ada.example"):
        assert text in vcard
    assert PHOTO in vcard.replace("\r\n ", "")


def test_edit(client: Steps, ada: Item):
    values = {"org": "Byron & Co.", "title": "Director", "mobile_phone": "", "note": ""}

    client("edit", uid=ada.id, values=values)

    assert ada.values["contacts:CompanyName"] == "Byron & Co."
    assert ada.values["contacts:JobTitle"] == "Director"
    assert "contacts:PhoneNumber:MobilePhone" not in ada.values
    assert ada.values["item:Body"] == ("Text", "")
    assert ada.values["contacts:Surname"] == "Byron"
    assert len(ada.attachments) == 1


def test_edit_of_categories(client: Steps, ada: Item):
    client("edit", uid=ada.id, values={"categories": "Customer,Friend"})

    assert list(ada.values["item:Categories"]) == ["Customer", "Friend"]


def test_edit_of_the_photo(client: Steps, ada: Item):
    client("set_photo", uid=ada.id, photo=OTHER_PHOTO)

    [photo] = ada.attachments
    assert base64.b64encode(photo.content).decode() == OTHER_PHOTO


def test_changes_of_others_arrive(client: Steps, mailbox: Mailbox, ada: Item):
    mailbox.update_contact(ada.id, {"contacts:JobTitle": "Chief"})
    karl = mailbox.add_contact(
        mailbox.folder("contacts"), {"contacts:Surname": "Weber"}
    )

    assert "FN:Ada Byron" in client("wait", text="TITLE:Chief")
    assert client("wait", text="N:Weber")

    client("delete", uid=ada.id)
    mailbox.delete_contact(karl.id)
    assert client("wait_for_none")


def test_delete(client: Steps, mailbox: Mailbox, ada: Item):
    client("delete", uid=ada.id)

    assert mailbox.contacts() == []
    assert client("wait_for_none")
