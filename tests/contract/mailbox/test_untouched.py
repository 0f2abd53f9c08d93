# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writing through the gateway leaves everything alone that is not synchronized.

Another program creates a contact with every property and reads it again, by SOAP over
HTTP; in between, the tests write every row through the gateway.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from lxml import etree

from contract.mailbox.conftest import ADDRESS, PASSWORD
from contract.mailbox.ews.everything import EVERYTHING, STRANGERS
from contract.mailbox.samples import OTHER, ROWS, shown
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef
from exchange_server.ews.properties.item_kinds import CONTACT
from exchange_server.tests.soap_bodies import (
    create_item,
    field,
    folder_id,
    get_item,
    shape,
)
from exchange_server.tests.wire import NAMESPACES, Reply, soap
from field_table.not_synchronized import OF_CONTACTS, OF_ITEMS

XS = "{http://www.w3.org/2001/XMLSchema}"
T = f"{{{NAMESPACES['t']}}}"
KEPT_BY_EXCHANGE = {"CompleteName", "Size", "NormalizedBody", "TextBody", "Preview"}
"""Properties that Exchange computes, also from synchronized ones."""
RULE, MADE_BY_IT = "FileAsMapping", "file_as"
"""Writing FileAs ends the rule by which Exchange computed it."""
LEFT = {name for group in (*OF_CONTACTS, *OF_ITEMS) for name in group.elements}


@pytest.fixture
def world(simulator_world):
    return simulator_world


@pytest.fixture
def post(server) -> Iterator:
    """Send an operation as another program would."""
    with requests.Session() as session:
        session.trust_env, session.auth = False, (ADDRESS, PASSWORD)
        session.headers["Content-Type"] = "text/xml; charset=utf-8"

        def send(body: str) -> Reply:
            answer = session.post(server.url, soap(body).encode(), timeout=30)
            return Reply(answer.status_code, answer.headers, answer.content)

        yield send


@pytest.fixture
def uris(schemas) -> list[str]:
    """The published names of all properties of a contact."""
    types = etree.parse(str(schemas.directory / "types.xsd"))
    found = types.find(f".//{XS}simpleType[@name='UnindexedFieldURIType']")
    names = [each.get("value") for each in found.iter(f"{XS}enumeration")]
    # The latter has no element; of a contact, the former is read.
    names.remove("contacts:Culture")
    return [n for n in names if n.startswith(("item:", "contacts:"))]


@pytest.fixture
def contact(world, post):
    """The reference of a contact that has every property."""
    reply = post(create_item(EVERYTHING, folder=folder_id(world.folder)))
    assert reply.codes == ["NoError"], reply.body
    return RemoteRef(reply.one(".//t:Contact/t:ItemId").get("Id"), "", world.folder)


@pytest.fixture
def read(post, uris, contact):
    """Read each element of the contact that is not synchronized, unchanged."""
    paths = [*map(field, uris), *STRANGERS]

    def read_all() -> dict[str, list[bytes]]:
        reply = post(get_item(contact.id, shape("AllProperties", *paths)))
        found: dict[str, list[bytes]] = {}
        for element in reply.one(".//t:Contact"):
            name = etree.QName(element).localname
            if name in LEFT | {"Sensitivity", "ExtendedProperty"}:
                found.setdefault(name, []).append(etree.tostring(element))
        return found | {"files": [files(post, reply)]}

    return read_all


def files(post, reply: Reply) -> bytes:
    """Return all attachments with their content, without the contact's version."""
    ids = b"".join(map(etree.tostring, reply.all(".//t:AttachmentId"))).decode()
    body = f"<m:AttachmentIds>{ids}</m:AttachmentIds>"
    answer = post(f"<m:GetAttachment>{body}</m:GetAttachment>")
    found = answer.all(".//m:Attachments/*")
    assert len(found) == 3
    for each in (each for attachment in found for each in attachment.iter()):
        each.attrib.pop("RootItemChangeKey", None)
        each.attrib.pop("ChangeKey", None)
    return b"".join(map(etree.tostring, found))


def untouched(found: dict[str, list[bytes]], *, but: set[str] = frozenset()):
    return {n: xml for n, xml in found.items() if n not in KEPT_BY_EXCHANGE | but}


def update(world, contact, values) -> None:
    """Write rows as the engine does, based on the version that was just fetched."""
    (now,) = world.store.fetch([contact])
    (result,) = world.store.update([RemoteChange(now.ref, values)])
    assert isinstance(result, RemoteRef), result


def test_the_contact_of_another_program_has_every_writable_property():
    sent = etree.fromstring(soap(EVERYTHING).encode()).find(f".//{T}Contact")
    names = {etree.QName(element).localname for element in sent}

    writable = {each.element for each in CONTACT.properties if each.refusal is None}

    assert names - {"ExtendedProperty", "Attachments"} == writable - {"ItemClass"}


def test_every_writable_property_that_is_not_synchronized_is_compared(read):
    sent = etree.fromstring(soap(EVERYTHING).encode()).find(f".//{T}Contact")
    names = {etree.QName(element).localname for element in sent}

    found = untouched(read())

    assert (names & LEFT) | {"Sensitivity", "ItemClass", "files"} <= found.keys()
    assert len(found["ExtendedProperty"]) == len(STRANGERS)


def test_all_rows_written_at_once_touch_nothing_else(world, contact, read):
    before = untouched(read(), but={RULE})

    update(world, contact, OTHER)

    assert untouched(read(), but={RULE}) == before
    (found,) = world.store.fetch([contact])
    assert shown(found.contact) == shown(OTHER)


@pytest.mark.parametrize("cleared", [False, True], ids=["changed", "cleared"])
def test_each_row_written_alone_touches_nothing_else(world, contact, read, cleared):
    before = read()

    for row in (*(row for row in ROWS if row != MADE_BY_IT), MADE_BY_IT):
        update(world, contact, {row: "" if cleared else OTHER[row]})

        but = {RULE} if row == MADE_BY_IT else set()
        assert untouched(read(), but=but) == untouched(before, but=but), row


def test_the_rule_for_file_as_ends_only_when_file_as_is_written(world, contact, read):
    def rule():
        return etree.fromstring(read()[RULE][0]).text

    update(world, contact, {"surname": "Second", "display_name": "Ida Second"})
    assert rule() == "LastCommaFirst"

    update(world, contact, {MADE_BY_IT: "Ida of the examples"})
    assert rule() == "None"


def test_removing_our_sync_key_touches_nothing_else(world, contact, read):
    before = read()
    (now,) = world.store.fetch([contact])

    world.store.remove_sync_keys([now.ref])

    assert untouched(read()) == untouched(before)
