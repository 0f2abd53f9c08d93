# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every property of a contact that clients may write, in and out again.

The values are made by the kind of each property, so a property that joins the table is
tested without a line here.
"""

from __future__ import annotations

import pytest

from exchange_server.ews.properties.dictionaries import (
    ADDRESS_PARTS,
    DICTIONARIES,
    PHYSICAL_ADDRESSES,
    Dictionary,
)
from exchange_server.ews.properties.item_kinds import CONTACT
from exchange_server.ews.properties.kinds import (
    BODY,
    BOOLEAN,
    DATE_TIME,
    INTEGER,
    LANGUAGE,
    STRINGS,
    TEXT,
    Choice,
)
from exchange_server.ews.properties.marks import FLAG, RETENTION_TAG
from exchange_server.tests.soap_bodies import (
    change,
    contact,
    create_item,
    delete_field,
    field,
    get_item,
    item_id,
    set_field,
    shape,
    update_item,
)

WRITABLE = [each for each in CONTACT.properties if each.refusal is None]
SINGLE = [
    each
    for each in WRITABLE
    if not isinstance(each, Dictionary) and each.element != "ItemClass"
]
REFUSED = [each for each in CONTACT.properties if each.refusal is not None]


def content_of(each, variant=0):
    """The content of the element of a property: two different values."""
    if isinstance(each.kind, Choice):
        return each.kind.words[variant - 2]
    return {
        TEXT: f"{each.element} &amp; text {variant}",
        BOOLEAN: "true" if variant == 1 else "false",
        LANGUAGE: ("de-DE", "fr")[variant],
        INTEGER: str(15 + variant),
        DATE_TIME: f"1980-05-0{variant + 1}T00:00:00Z",
        STRINGS: f"<t:String>one</t:String><t:String>{variant}</t:String>",
        BODY: f"text {variant}",
        FLAG: (
            "<t:FlagStatus>Flagged</t:FlagStatus>",
            "<t:FlagStatus>Complete</t:FlagStatus>"
            "<t:CompleteDate>2024-05-17T08:00:00Z</t:CompleteDate>",
        )[variant],
        RETENTION_TAG: f"00000000-0000-4000-8000-00000000000{variant}",
    }[each.kind]


def element_of(each, variant=0):
    attributes = {BODY: ' BodyType="Text"', RETENTION_TAG: ' IsExplicit="true"'}
    inner = content_of(each, variant)
    given = attributes.get(each.kind, "")
    return f"<t:{each.element}{given}>{inner}</t:{each.element}>"


def entries_of(each):
    if each is PHYSICAL_ADDRESSES:
        inner = "".join(
            f'<t:Entry Key="{index}">'
            + "".join(f"<t:{part}>{index} {part}</t:{part}>" for part in ADDRESS_PARTS)
            + "</t:Entry>"
            for index in each.indexes
        )
    else:
        inner = "".join(
            f'<t:Entry Key="{index}">value {index}</t:Entry>' for index in each.indexes
        )
    return f"<t:{each.element}>{inner}</t:{each.element}>"


def plain(xml):
    """An element's text and children without prefixes and attributes of namespaces."""
    return (
        xml.tag.rpartition("}")[2],
        xml.text if len(xml) == 0 else None,
        sorted(xml.attrib.items()),
        [plain(child) for child in xml],
    )


@pytest.fixture
def made(post):
    """Make a contact with some content; returns its identifier."""

    def make(content=""):
        reply = post(create_item(contact(content)))
        assert reply.codes == ["NoError"], reply.body
        return reply.one(".//t:ItemId")

    return make


def test_all_at_once(post, made):
    sent = "".join(
        entries_of(each) if isinstance(each, Dictionary) else element_of(each)
        for each in WRITABLE
        if each.in_all and each.element != "ItemClass"
    )
    identifier = made(sent).get("Id")

    reply = post(get_item(identifier))

    found = {each[0]: each for each in map(plain, reply.one(".//t:Contact"))}
    expected = post_free_parse(sent)
    assert {name: found.get(name) for name in expected} == expected


def post_free_parse(content):
    """The elements that were sent, in the form of :func:`plain`."""
    from lxml import etree

    types = "http://schemas.microsoft.com/exchange/services/2006/types"
    root = etree.fromstring(f'<t:Contact xmlns:t="{types}">{content}</t:Contact>')
    return {each[0]: each for each in map(plain, root)}


@pytest.mark.parametrize("each", SINGLE, ids=lambda each: each.uri)
def test_set_and_delete_one_by_one(post, made, each):
    identifier = made(element_of(each, 0))
    target = item_id(identifier.get("Id"), identifier.get("ChangeKey"))
    path = field(each.uri)
    wanted = shape("IdOnly", path)

    reply = post(update_item(change(target, set_field(path, element_of(each, 1)))))
    assert reply.codes == ["NoError"]
    found = post(get_item(identifier.get("Id"), wanted)).one(f".//t:{each.element}")
    expected = post_free_parse(element_of(each, 1))[each.element]
    assert plain(found) == expected

    target = item_id(identifier.get("Id"), reply.one(".//t:ItemId").get("ChangeKey"))
    reply = post(update_item(change(target, delete_field(path))))
    assert reply.codes == ["NoError"]
    left = post(get_item(identifier.get("Id"), wanted)).all(f".//t:{each.element}")
    assert [plain(xml) for xml in left] != [expected]


@pytest.mark.parametrize("each", DICTIONARIES, ids=lambda each: each.uri)
def test_all_entries_of_a_dictionary(post, made, each):
    identifier = made(entries_of(each)).get("Id")

    reply = post(get_item(identifier, shape("IdOnly", field(each.uri))))

    found = plain(reply.one(f".//t:{each.element}"))
    assert found == post_free_parse(entries_of(each))[each.element]


@pytest.mark.parametrize("each", REFUSED, ids=lambda each: each.uri)
def test_read_only_properties_can_be_asked_for(post, made, each):
    identifier = made().get("Id")

    reply = post(get_item(identifier, shape("IdOnly", field(each.uri))))

    assert reply.codes == ["NoError"]


def test_attributes_of_an_email_address(post, made):
    sent = (
        '<t:EmailAddresses><t:Entry Key="EmailAddress1" Name="Ann (work)"'
        ' RoutingType="SMTP" MailboxType="Contact">ann@example.com</t:Entry>'
        '<t:Entry Key="EmailAddress3">other@example.com</t:Entry></t:EmailAddresses>'
    )

    reply = post(get_item(made(sent).get("Id")))

    found = plain(reply.one(".//t:EmailAddresses"))
    assert found == post_free_parse(sent)["EmailAddresses"]


@pytest.mark.parametrize(
    ("status", "dates", "code"),
    [
        ("NotFlagged", (), "NoError"),
        ("Flagged", (), "NoError"),
        ("Flagged", ("StartDate", "DueDate"), "NoError"),
        ("Complete", ("CompleteDate",), "NoError"),
        ("Flagged", ("DueDate",), "ErrorInvalidArgument"),
        ("Flagged", ("CompleteDate",), "ErrorInvalidArgument"),
        ("Complete", ("StartDate", "DueDate"), "ErrorInvalidArgument"),
        ("NotFlagged", ("CompleteDate",), "ErrorInvalidArgument"),
    ],
)
def test_parts_of_a_flag_that_go_together(post, status, dates, code):
    """[MS-OXWSCORE] 2.2.4.23."""
    parts = "".join(f"<t:{name}>2024-05-17T00:00:00Z</t:{name}>" for name in dates)
    flag = f"<t:Flag><t:FlagStatus>{status}</t:FlagStatus>{parts}</t:Flag>"

    assert post(create_item(contact(flag))).codes == [code]
