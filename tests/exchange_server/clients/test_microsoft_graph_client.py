# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""npm's @microsoft/microsoft-graph-client, with @azure/identity for the sign-in."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange_server import Exchange, ExchangeServer, faults
from exchange_server.clients.checks import only_item, refused
from exchange_server.clients.processes import Steps, steps_of
from exchange_server.clients.user import ADDRESS, PASSWORD
from exchange_server.sign_in import Application
from exchange_server.store.mailbox import Mailbox
from exchange_server.tests.sign_in_wire import REDIRECT, Browser

CLIENT = "microsoft-graph-client"
PROGRAM = Path(__file__).with_name("microsoft_graph_client.js")
PHOTO = base64.b64encode(b"\xff\xd8\xff\xe0 a photo \xff\xd9").decode()
NOT_FOUND = (404, "ErrorItemNotFound")


@pytest.fixture(scope="module")
def application(exchange: Exchange) -> Application:
    """The client as Microsoft knows it."""
    return exchange.tenant.add_application(
        redirect_uris=[REDIRECT], roles=["Contacts.ReadWrite"]
    )


@pytest.fixture(scope="module")
def program(
    microsoft: ExchangeServer, authority_file: Path, log: Path
) -> Iterator[Steps]:
    """The client, ready to carry out steps, not signed in yet."""
    environment = {
        "GRAPH_SERVER": microsoft.base_url,
        "TENANT": microsoft.exchange.tenant.id,
        "NODE_EXTRA_CA_CERTS": str(authority_file),
    }
    with steps_of(["node", str(PROGRAM)], environment, log) as steps:
        yield steps


@pytest.fixture
def client(program: Steps, exchange: Exchange) -> Steps:
    """The client with a token of the user."""
    program("use_token", token=exchange.tenant.token_for(ADDRESS))
    return program


@pytest.fixture
def ada(client: Steps) -> str:
    """The identifier of a contact that the client made."""
    return client("create", values={})["id"]


def test_sign_in(
    program: Steps,
    microsoft: ExchangeServer,
    authority_file: Path,
    application: Application,
):
    person = Browser(microsoft)
    person.session.verify = str(authority_file)
    scope = "https://graph.microsoft.com/Contacts.ReadWrite User.Read offline_access"
    person.open(application, scope=scope, code_challenge=None, nonce=None)
    code = person.sign_in(ADDRESS, PASSWORD).choose("accept").sent_back["code"]

    name = program(
        "sign_in",
        client_id=application.client_id,
        secret=application.secret,
        code=code,
        redirect_uri=REDIRECT,
    )

    assert name == "Anna Example"


def test_sign_in_as_an_application(client: Steps, application: Application, ada: str):
    found = client(
        "list_as_application",
        client_id=application.client_id,
        secret=application.secret,
        address=ADDRESS,
    )

    assert found == [ada]


def test_create(mailbox: Mailbox, ada: str):
    values = only_item(mailbox).values

    assert values["contacts:CompanyName"] == "Zahnräder & Söhne AG"
    assert values["contacts:EmailAddress:EmailAddress1"] == "ada@example.com"
    assert values["contacts:PhysicalAddress:Business:City"] == "Zürich"
    assert list(values["item:Categories"]) == ["Customer"]


def test_read(client: Steps, ada: str):
    found = client("read", id=ada)

    assert found["displayName"] == "Ada Byron"
    assert found["birthday"] == "1980-12-10T11:59:00Z"
    assert found["personalNotes"] == "Wrote the first program."
    assert found["businessAddress"]["postalCode"] == "8001"
    assert found["homeAddress"] == {}
    some = client("select", id=ada, names=["surname", "jobTitle"])
    assert {name for name in some if "@" not in name} == {"id", "surname", "jobTitle"}


def test_update(client: Steps, mailbox: Mailbox, ada: str):
    values = {"jobTitle": "Director", "mobilePhone": None, "birthday": None}

    client("update", id=ada, values=values)

    item = only_item(mailbox)
    assert item.values["contacts:JobTitle"] == "Director"
    assert "contacts:PhoneNumber:MobilePhone" not in item.values
    assert "contacts:Birthday" not in item.values
    assert item.values["contacts:Surname"] == "Byron"


def test_update_with_a_version(client: Steps, mailbox: Mailbox):
    made = client("create", values={})

    newer = client("update", id=made["id"], values={"jobTitle": "1"}, etag=made["etag"])
    client("update", id=made["id"], values={"jobTitle": "2"}, etag=newer)

    assert only_item(mailbox).values["contacts:JobTitle"] == "2"


def test_stale_versions_are_refused(client: Steps, mailbox: Mailbox):
    made = client("create", values={})
    mailbox.update_contact(only_item(mailbox).id, {"contacts:JobTitle": "Chief"})
    stale = {"id": made["id"], "etag": made["etag"]}
    conflict = (412, "ErrorIrresolvableConflict")

    assert refused(client, "update", values={"jobTitle": "Deputy"}, **stale) == conflict
    assert refused(client, "delete", **stale) == conflict
    assert only_item(mailbox).values["contacts:JobTitle"] == "Chief"


def test_properties_that_do_not_exist_are_refused(client: Steps, ada: str):
    wrong = {"id": ada, "values": {"shoeSize": 38}}

    assert refused(client, "update", **wrong) == (400, "RequestBodyRead")


def test_delete(client: Steps, mailbox: Mailbox, ada: str):
    client("delete", id=ada)

    assert mailbox.contacts() == []
    [item] = mailbox.folder("deleteditems").items.values()
    assert item.values["contacts:Surname"] == "Byron"


def test_delete_for_ever(client: Steps, mailbox: Mailbox, ada: str):
    client("delete_for_ever", id=ada)

    assert mailbox.contacts() == []
    assert refused(client, "read", id=ada) == NOT_FOUND


def test_list_in_pages(client: Steps):
    surnames = ["Carter", "Brown", "Adams", "Evans", "Davis"]
    for surname in surnames:
        client("create", values={"surname": surname})

    assert client("list", size=2, order="surname") == sorted(surnames)
    assert client("list", size=2, order="surname desc") == sorted(surnames)[::-1]
    assert client("count") == "5"


def test_filter(client: Steps, ada: str):
    by_mail = "emailAddresses/any(a:a/address eq 'ada@example.com')"
    by_name = "startswith(surname,'By') and givenName eq 'Ada'"

    assert client("filter", filter=by_mail) == [1, [ada]]
    assert client("filter", filter=by_name) == [1, [ada]]
    assert client("filter", filter="surname eq 'O''Hara'") == [0, []]


def test_photo(client: Steps, mailbox: Mailbox, ada: str):
    assert refused(client, "photo", id=ada) == NOT_FOUND

    client("set_photo", id=ada, photo=PHOTO)
    [photo] = only_item(mailbox).attachments
    assert photo.is_contact_photo
    assert client("photo", id=ada) == ["image/jpeg", PHOTO]
    assert client("photo_as_blob", id=ada) == ["image/jpeg", PHOTO]

    client("remove_photo", id=ada)
    assert refused(client, "photo", id=ada) == NOT_FOUND


def test_delete_of_a_photo_is_refused(client: Steps, ada: str):
    client("set_photo", id=ada, photo=PHOTO)

    assert refused(client, "delete_photo", id=ada) == (405, "ErrorInvalidRequest")


def test_delta(client: Steps, mailbox: Mailbox, ada: str):
    others = [
        client("create", values={"surname": str(number)})["id"] for number in range(11)
    ]
    first = client("delta", link=None)
    assert dict(first["changes"]) == dict.fromkeys([ada, *others], "")

    client("update", id=others[0], values={"jobTitle": "Director"})
    client("delete", id=ada)
    second = client("delta", link=first["link"])
    assert dict(second["changes"]) == {others[0]: "", ada: "deleted"}
    assert client("delta", link=second["link"])["changes"] == []

    mailbox.forget_sync_states()
    gone = (410, "SyncStateNotFound")
    assert refused(client, "delta", link=second["link"]) == gone


def test_delta_of_folders(client: Steps):
    first = client("folder_delta", link=None)

    made = client("create_folder", name="Suppliers")
    second = client("folder_delta", link=first["link"])
    client("delete_folder", id=made)
    third = client("folder_delta", link=second["link"])

    assert second["changes"] == [[made, ""]]
    assert third["changes"] == [[made, "deleted"]]


def test_batch(client: Steps, mailbox: Mailbox):
    surnames = [f"Weber {number}" for number in range(6)]

    made = client("batch_create", surnames=surnames)

    assert {status for status, _body in made.values()} == {201}
    ids = [made[str(number)][1]["id"] for number in range(6)]
    client("delete_for_ever", id=ids[1])
    read = client("batch_read", ids=ids)
    statuses = [read[str(number)][0] for number in range(6)]
    assert statuses == [200, 404, 200, 200, 200, 200]
    assert read["1"][1]["error"]["code"] == "ErrorItemNotFound"
    assert read["5"][1]["surname"] == "Weber 5"


def test_batch_in_order(client: Steps):
    paths = ["/me", "/me/contacts/nothing", "/me"]

    answers = client("batch_in_order", paths=paths)

    assert [answers[str(number)][0] for number in range(3)] == [200, 400, 424]


def test_batch_with_the_version_in_paths(client: Steps):
    """The package leaves it there; the server takes it for a part of the path."""
    answers = client("batch_in_order", paths=["/v1.0/me"])

    status, body = answers["0"]
    assert status == 400
    assert body["error"]["message"] == "Resource not found for the segment 'v1.0'."


def test_folders(client: Steps, mailbox: Mailbox):
    friends = client("create_folder", name="Friends")
    inner = client("create_folder", name="Inner circle", parent=friends)
    client("rename_folder", id=friends, name="Acquaintances")

    assert client("folders") == ["Acquaintances"]
    assert mailbox.folder("Inner circle").parent is mailbox.folder("Acquaintances")

    contact, parent = client("create_in_folder", folder=inner)
    assert parent == inner
    assert client("read", id=contact)["parentFolderId"] == inner
    client("delete_folder", id=friends)
    assert client("folders") == []


def test_extended_properties(client: Steps, ada: str):
    client("set_extended", id=ada, shoe_size=38, hobbies="Chess & go")
    assert client("extended", id=ada) == ["38", "Chess & go"]
    assert client("find_by_extended", shoe_size=38) == [ada]

    client("remove_extended", id=ada)
    assert client("extended", id=ada) == ["Chess & go"]


def test_immutable_ids(client: Steps, ada: str):
    lasting = client("immutable_id", id=ada)

    assert lasting != ada
    assert client("translate", id=ada) == lasting
    assert client("read", id=lasting)["surname"] == "Byron"


def test_what_is_not_there(client: Steps, ada: str):
    client("delete_for_ever", id=ada)

    assert refused(client, "read", id=ada) == NOT_FOUND
    assert refused(client, "update", id=ada, values={"surname": "B"}) == NOT_FOUND
    assert refused(client, "read", id="x") == (400, "ErrorInvalidIdMalformed")
    elsewhere = refused(client, "create_in_folder", folder=ada)
    assert elsewhere == (400, "ErrorInvalidIdMalformed")


def test_expired_token(client: Steps, exchange: Exchange, ada: str):
    exchange.tenant.access.expire()

    expired = (401, "InvalidAuthenticationToken")
    assert refused(client, "read", id=ada) == expired


@pytest.mark.parametrize("operation", ["GetContact", "UpdateContact"])
def test_waits_when_the_server_is_busy(
    client: Steps, microsoft: ExchangeServer, ada: str, operation: str
):
    busy = microsoft.faults.add(faults.busy(operation, back_off_ms=1500))
    begun = time.monotonic()

    if operation == "GetContact":
        assert client("read", id=ada)["surname"] == "Byron"
    else:
        client("update", id=ada, values={"jobTitle": "Director"})

    assert busy.hits == 1
    assert time.monotonic() - begun >= 2  # Retry-After has whole seconds
