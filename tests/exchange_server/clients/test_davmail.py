# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Debian's DavMail: an address book over CardDAV, with the simulator behind it.

DavMail takes the time of the last change, in whole seconds, for the version of a card.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from exchange_server import ExchangeServer
from exchange_server.clients.davmail import AddressBook, davmail
from exchange_server.clients.user import ADDRESS, PASSWORD
from exchange_server.store.item import Item
from exchange_server.store.mailbox import Mailbox

CLIENT = "davmail"
CARD = "ada.vcf"


def picture(color: str) -> str:
    """Return a small picture as base64; DavMail checks the format."""
    file = io.BytesIO()
    Image.new("RGB", (16, 16), color).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def _color(content: bytes) -> str:
    """Whether a picture is rather red or rather blue."""
    red, _, blue = Image.open(io.BytesIO(content)).convert("RGB").getpixel((0, 0))
    return "red" if red > blue else "blue"


ADA = """\
BEGIN:VCARD
VERSION:3.0
UID:ada
N:Byron;Ada;;;
FN:Ada Byron
EMAIL;TYPE=WORK:ada@example.com
TEL;TYPE=CELL:+41 79 555 01 23
TEL;TYPE=WORK:+41 44 555 01 23
ORG:Zahnräder & Söhne AG;Research
TITLE:Programmer
ADR;TYPE=WORK:;;12 Example Street;Zürich;;8001;Switzerland
BDAY:1980-12-10
NOTE:Wrote the first program.
URL;TYPE=WORK:https://ada.example
CATEGORIES:Customer,Friend
PHOTO;ENCODING=b;TYPE=PNG:{photo}
END:VCARD
""".replace("\n", "\r\n").format(photo=picture("blue"))
EXPECTED = {
    "contacts:GivenName": "Ada",
    "contacts:Surname": "Byron",
    "contacts:FileAs": "Ada Byron",
    "contacts:CompanyName": "Zahnräder & Söhne AG",
    "contacts:Department": "Research",
    "contacts:JobTitle": "Programmer",
    "contacts:EmailAddress:EmailAddress1": "ada@example.com",
    "contacts:PhoneNumber:MobilePhone": "+41 79 555 01 23",
    "contacts:PhoneNumber:BusinessPhone": "+41 44 555 01 23",
    "contacts:PhysicalAddress:Business:City": "Zürich",
    "contacts:BusinessHomePage": "https://ada.example",
}


@pytest.fixture(scope="module")
def book(
    server: ExchangeServer, log: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AddressBook]:
    """The user's contacts."""
    home = tmp_path_factory.mktemp("davmail")
    with davmail(server.url, home, log) as url:
        contacts = f"{url}/users/{ADDRESS}/contacts/"
        yield AddressBook(contacts, ADDRESS, PASSWORD)


@pytest.fixture
def ada(book: AddressBook, mailbox: Mailbox) -> Item:
    """A contact that the client made, in the mailbox."""
    assert book.create(CARD, ADA).status_code == 201
    [made] = mailbox.contacts()
    return made


def test_sign_in(book: AddressBook):
    assert book.members() == {}


def test_a_wrong_password_is_refused(book: AddressBook):
    stranger = AddressBook(book.url, ADDRESS, "wrong")

    assert stranger.get(CARD).status_code == 401


def test_list(book: AddressBook, mailbox: Mailbox):
    mailbox.add_contact(
        mailbox.folder("contacts"),
        {"contacts:GivenName": "Karl", "contacts:Surname": "Weber"},
    )

    [name] = book.members()

    assert "N:Weber;Karl" in book.get(name).text


def test_create(book: AddressBook, ada: Item):
    values = {key: ada.values.get(key) for key in EXPECTED}

    assert values == EXPECTED
    assert set(book.members()) == {CARD}


def test_create_with_a_birthday(book: AddressBook, ada: Item):
    day = ada.values["contacts:Birthday"]

    assert day.date() == date(1980, 12, 10)
    assert "BDAY:1980-12-10" in book.get(CARD).text


def test_create_with_notes_and_categories(book: AddressBook, ada: Item):
    text = book.get(CARD).text

    assert "Wrote the first program." in ada.values["item:Body"][1]
    assert "NOTE:Wrote the first program." in text
    assert set(ada.values["item:Categories"]) == {"Customer", "Friend"}
    for category in ("Customer", "Friend"):
        assert category in text


def test_create_with_a_photo(book: AddressBook, ada: Item):
    [photo] = ada.attachments

    assert photo.is_contact_photo
    assert _color(photo.content) == "blue"
    card = book.get(CARD).text.replace("\r\n ", "")
    encoded = re.search(r"^PHOTO;[^:]*:(\S+)", card, re.MULTILINE).group(1)
    assert _color(base64.b64decode(encoded)) == "blue"


def test_create_a_card_that_exists_is_refused(book: AddressBook, ada: Item):
    assert book.create(CARD, ADA).status_code == 412


def test_edit(book: AddressBook, mailbox: Mailbox, ada: Item):
    changed = (
        ADA.replace("TITLE:Programmer", "TITLE:Director")
        .replace("ORG:Zahnräder & Söhne AG;Research", "ORG:Byron & Co.;Board")
        .replace("TEL;TYPE=CELL:+41 79 555 01 23\r\n", "")
        .replace("ada@example.com", "ada@byron.example")
        .replace(picture("blue"), picture("red"))
    )

    answer = book.update(CARD, changed, book.get(CARD).headers["ETag"])

    assert answer.status_code in (200, 201, 204)
    assert ada.values["contacts:JobTitle"] == "Director"
    assert ada.values["contacts:CompanyName"] == "Byron & Co."
    assert ada.values["contacts:EmailAddress:EmailAddress1"] == "ada@byron.example"
    assert "contacts:PhoneNumber:MobilePhone" not in ada.values
    assert ada.values["contacts:Surname"] == "Byron"
    [photo] = ada.attachments
    assert _color(photo.content) == "red"


def test_edit_of_a_stale_version_is_refused(
    book: AddressBook, mailbox: Mailbox, ada: Item
):
    stale = book.get(CARD).headers["ETag"]
    mailbox.update_contact(ada.id, {"contacts:JobTitle": "Chief"})

    answer = book.update(CARD, ADA, stale)

    assert answer.status_code == 412
    assert ada.values["contacts:JobTitle"] == "Chief"


def test_changes_of_others_arrive(book: AddressBook, mailbox: Mailbox, ada: Item):
    before = book.members()
    mailbox.update_contact(ada.id, {"contacts:JobTitle": "Chief"})

    assert book.members() != before
    assert "TITLE:Chief" in book.get(CARD).text


def test_delete(book: AddressBook, mailbox: Mailbox, ada: Item):
    assert book.delete(CARD).status_code == 200

    assert mailbox.contacts() == []
    assert book.members() == {}
    assert book.get(CARD).status_code == 404
