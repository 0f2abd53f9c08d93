# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Python's O365. It asks for Microsoft's own hosts; a proxy leads to the simulator."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from exchange_server import Exchange, ExchangeServer, faults
from exchange_server.clients.checks import only_item, refused
from exchange_server.clients.processes import Steps, steps_of
from exchange_server.clients.proxy import proxy_to
from exchange_server.clients.user import ADDRESS, PASSWORD
from exchange_server.sign_in import Application
from exchange_server.store.mailbox import Mailbox
from exchange_server.tests.sign_in_wire import Browser

CLIENT = "O365"
PROGRAM = Path(__file__).with_name("o365_client.py")
PHOTO = base64.b64encode(b"\xff\xd8\xff\xe0 a photo \xff\xd9").decode()
REDIRECT = "https://login.microsoftonline.com/common/oauth2/nativeclient"


@pytest.fixture(scope="module")
def application(exchange: Exchange) -> Application:
    """The client as Microsoft knows it."""
    return exchange.tenant.add_application(
        redirect_uris=[REDIRECT], roles=["Contacts.ReadWrite"]
    )


@pytest.fixture(scope="module")
def person(microsoft: ExchangeServer, authority_file: Path) -> Browser:
    """The user with a browser."""
    browser = Browser(microsoft)
    browser.session.verify = str(authority_file)
    return browser


@pytest.fixture(scope="module")
def program(
    microsoft: ExchangeServer, application: Application, authority_file: Path, log: Path
) -> Iterator[Steps]:
    """The client, ready to carry out steps, not signed in yet."""
    with proxy_to(microsoft.port) as proxy:
        environment = {
            "HTTPS_PROXY": proxy.url,
            "REQUESTS_CA_BUNDLE": str(authority_file),
            "CLIENT_ID": application.client_id,
            "CLIENT_SECRET": application.secret or "",
        }
        command = [os.environ["O365_PYTHON"], str(PROGRAM)]
        with steps_of(command, environment, log) as steps:
            yield steps


def signed_in(program: Steps, person: Browser) -> str:
    """Sign in; returns who did."""
    url = program("begin_sign_in")
    person.answer = person.session.get(url, allow_redirects=False, timeout=30)
    if person.answer.status_code == 200:
        person.sign_in(ADDRESS, PASSWORD)
    if person.answer.status_code == 200:
        person.choose("accept")
    return program("end_sign_in", url=person.answer.headers["Location"])


@pytest.fixture(scope="module")
def client(program: Steps, person: Browser) -> Steps:
    """The client, signed in as the user."""
    signed_in(program, person)
    return program


@pytest.fixture
def ada(client: Steps) -> str:
    """The identifier of a contact that the client made."""
    return client("create")


def test_sign_in(program: Steps, person: Browser):
    assert signed_in(program, person) == ADDRESS
    assert program("me") == "Anna Example"


def test_sign_in_as_an_application(client: Steps, microsoft: ExchangeServer, ada: str):
    tenant = microsoft.exchange.tenant.id

    found = client("list_as_application", tenant=tenant, address=ADDRESS)

    assert found == ["Byron"]


def test_an_expired_token_is_renewed(
    client: Steps, microsoft: ExchangeServer, person: Browser, ada: str
):
    access = microsoft.exchange.tenant.access
    usual, access.life = access.life, timedelta(seconds=1)
    signed_in(client, person)
    access.life = usual
    time.sleep(1.5)
    microsoft.counters.reset()

    assert [each["id"] for each in client("contacts")] == [ada]

    assert microsoft.counters.requests["Token"] == 1
    assert client("contacts")
    assert microsoft.counters.requests["Token"] == 1


def test_create_and_list(client: Steps, ada: str):
    [found] = client("contacts")

    assert found == {
        "id": ada,
        "display_name": "Ada Byron",
        "name": "Ada",
        "surname": "Byron",
        "company": "Zahnräder & Söhne AG",
        "job": "Programmer",
        "emails": [["Ada Byron", "ada@example.com"]],
        "mobile": "+41 79 555 01 23",
        "business_phones": ["+41 44 555 01 23", "+41 44 555 01 24"],
        "city": "Zürich",
        "categories": ["Customer"],
        "notes": "Wrote the first program.",
    }


def test_list_in_pages(client: Steps):
    surnames = ["Carter", "Brown", "Adams", "Evans", "Davis"]
    for surname in surnames:
        client("create", surname=surname)

    found = client("contacts", batch=2, order="surname desc")

    assert [each["surname"] for each in found] == sorted(surnames)[::-1]


def test_find(client: Steps, ada: str):
    client("create", surname="Weber")

    assert len(client("find_by_email", email="ada@example.com")) == 2
    assert client("find_by_email", email="karl@example.com") == []
    company = "Zahnräder & Söhne AG"
    assert client("find_by_name", beginning="by", company=company) == [ada]


def test_edit(client: Steps, mailbox: Mailbox, ada: str):
    values = {"job_title": "Director", "mobile_phone": "", "categories": ["A", "B"]}

    client("edit", id=ada, values=values)

    item = only_item(mailbox)
    assert item.values["contacts:JobTitle"] == "Director"
    assert not item.values.get("contacts:PhoneNumber:MobilePhone")
    assert list(item.values["item:Categories"]) == ["A", "B"]
    assert item.values["contacts:Surname"] == "Byron"


def test_edit_of_addresses(client: Steps, ada: str):
    client("edit", id=ada, values={"business_address": {"city": "Bern"}})
    client("edit_emails", id=ada, addresses=["a@example.com", "b@example.com"])

    [found] = client("contacts")
    assert found["city"] == "Bern"
    assert [address for _, address in found["emails"]] == [
        "a@example.com",
        "b@example.com",
    ]


def test_delete(client: Steps, mailbox: Mailbox, ada: str):
    client("delete", id=ada)

    assert mailbox.contacts() == []
    assert client("contacts") == []


def test_photo(client: Steps, mailbox: Mailbox, ada: str):
    assert client("photo", id=ada) is None

    assert client("set_photo", id=ada, photo=PHOTO)

    [photo] = only_item(mailbox).attachments
    assert photo.is_contact_photo
    assert client("photo", id=ada) == PHOTO


def test_folders(client: Steps, mailbox: Mailbox):
    friends = client("create_folder", name="Friends")
    inner = client("create_folder", name="Inner circle", parent=friends)
    assert client("rename_folder", id=friends, name="O'Hara's") == "O'Hara's"

    assert client("folders") == ["O'Hara's"]
    assert client("folders", id=friends) == ["Inner circle"]
    assert mailbox.folder("Inner circle").parent is mailbox.folder("O'Hara's")
    mailbox.add_contact(mailbox.folder("Inner circle"), {"contacts:Surname": "Lang"})
    assert client("in_folder", id=inner) == ["Lang"]
    assert client("in_folder", id=friends) == []

    client("delete_folder", id=friends)
    assert client("folders") == []


def test_move_a_folder(client: Steps):
    friends = client("create_folder", name="Friends")
    others = client("create_folder", name="Others")

    assert client("move_folder", id=others, target=friends) == friends

    assert client("folders") == ["Friends"]
    assert client("folders", id=friends) == ["Others"]
    client("delete_folder", id=friends)


def test_find_a_folder(client: Steps):
    friends = client("create_folder", name="Friends")

    assert client("find_folder", name="Friends") == friends
    assert client("find_folder", name="Foes") is None
    client("delete_folder", id=friends)


def test_what_is_not_there(client: Steps, ada: str):
    assert refused(client, "delete_twice", id=ada) == (404, "ErrorItemNotFound")
    malformed = (400, "ErrorInvalidIdMalformed")
    assert refused(client, "in_folder", id="nothing") == malformed


def test_waits_when_the_server_is_busy(
    client: Steps, microsoft: ExchangeServer, ada: str
):
    busy = microsoft.faults.add(faults.busy("ListContacts", back_off_ms=1500))
    begun = time.monotonic()

    assert [each["id"] for each in client("contacts")] == [ada]

    assert busy.hits == 1
    assert time.monotonic() - begun >= 2  # Retry-After has whole seconds


def test_a_token_that_was_taken_back(client: Steps, exchange: Exchange):
    exchange.tenant.access.expire()

    expired = (401, "InvalidAuthenticationToken")
    assert refused(client, "contacts") == expired
