# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that the server computes from names: display name, subject, FileAs,
CompleteName."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    change,
    contact,
    create_item,
    field,
    get_item,
    item_id,
    set_field,
    shape,
    update_item,
)

PARTS = {
    "contacts:GivenName": "Juan",
    "contacts:MiddleName": "Mario",
    "contacts:Surname": "Vega",
    "contacts:Generation": "Jr.",
    "contacts:CompanyName": "Nave",
    "contacts:DisplayName": "Juanito",
}


@pytest.fixture
def read(post, mailbox):
    """One property of a contact with some values, as an answer has it."""

    def read_one(name, values):
        item = mailbox.add_contact(mailbox.folder("contacts"), values)
        reply = post(get_item(item.id))
        return reply.one(".//t:Contact").findtext(f"{{*}}{name}")

    return read_one


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"contacts:GivenName": "Tanja", "contacts:Surname": "Plate"}, "Tanja Plate"),
        ({**PARTS, "contacts:DisplayName": None}, "Juan Mario Vega Jr."),
        (PARTS, "Juanito"),
        ({"contacts:CompanyName": "Nave"}, "Nave"),
        ({"contacts:EmailAddress:EmailAddress1": "a@example.com"}, "a@example.com"),
        ({}, None),
    ],
)
def test_display_name(read, values, expected):
    assert read("DisplayName", values) == expected


def test_unset_values_are_absent(read):
    assert read("Subject", PARTS) is None
    assert read("FileAs", PARTS) is None
    assert read("FileAsMapping", PARTS) is None
    assert read("Subject", {**PARTS, "item:Subject": "Card"}) == "Card"
    assert read("FileAsMapping", {**PARTS, "contacts:FileAs": "Mine"}) == "None"


def test_display_name_follows_its_parts(post, mailbox):
    item = mailbox.add_contact(
        mailbox.folder("contacts"),
        {"contacts:GivenName": "Ana", "contacts:Surname": "Old"},
    )
    mailbox.update_contact(item.id, {"contacts:Surname": "New"})

    assert post(get_item(item.id)).texts(".//t:DisplayName") == ["Ana New"]


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ("None", None),
        ("LastCommaFirst", "Vega, Juan Mario"),
        ("FirstSpaceLast", "Juan Mario Vega Jr."),
        ("Company", "Nave"),
        ("LastCommaFirstCompany", "Vega, Juan Mario\r\nNave"),
        ("CompanyLastFirst", "Nave\r\nVegaJuan Mario"),
        ("LastFirst", "VegaJuan Mario"),
        ("LastFirstCompany", "VegaJuan Mario\r\nNave"),
        ("CompanyLastCommaFirst", "Nave\r\nVega, Juan Mario"),
        ("LastFirstSuffix", "VegaJuan Mario Jr."),
        ("LastSpaceFirstCompany", "Vega Juan Mario\r\nNave"),
        ("CompanyLastSpaceFirst", "Nave\r\nVega Juan Mario"),
        ("LastSpaceFirst", "Vega Juan Mario"),
        ("DisplayName", "Juanito"),
        ("FirstName", "Juan"),
        ("LastFirstMiddleSuffix", "Vega Juan Mario Jr."),
        ("LastName", "Vega"),
        ("Empty", ""),
    ],
)
def test_file_as_by_its_mapping(read, mapping, expected):
    values = {**PARTS, "contacts:FileAsMapping": mapping}

    assert read("FileAs", values) == expected


def test_missing_parts_leave_no_separators(read):
    values = {
        "contacts:Surname": "Vega",
        "contacts:FileAsMapping": "LastCommaFirstCompany",
    }

    assert read("FileAs", values) == "Vega"


def test_a_file_as_set_by_a_client_ends_the_mapping(post, mailbox):
    item = mailbox.add_contact(
        mailbox.folder("contacts"),
        {**PARTS, "contacts:FileAsMapping": "LastCommaFirst"},
    )
    own = set_field(field("contacts:FileAs"), "<t:FileAs>Mine</t:FileAs>")

    post(update_item(change(item_id(item.id, item.change_key), own)))

    reply = post(get_item(item.id))
    assert reply.texts(".//t:FileAs") == ["Mine"]
    assert reply.texts(".//t:FileAsMapping") == ["None"]


def test_file_as_beside_a_mapping_is_kept_until_a_part_changes(post, mailbox):
    sent = (
        "<t:FileAs>Mine</t:FileAs><t:FileAsMapping>LastCommaFirst</t:FileAsMapping>"
        "<t:GivenName>Ada</t:GivenName><t:Surname>Old</t:Surname>"
    )
    post(create_item(contact(sent)))
    (item,) = mailbox.contacts()

    def filed(*updates):
        if updates:
            post(update_item(change(item_id(item.id, item.change_key), *updates)))
        return post(get_item(item.id)).texts(".//t:FileAs")

    def named(name, text):
        return set_field(field(f"contacts:{name}"), f"<t:{name}>{text}</t:{name}>")

    assert filed() == ["Mine"]
    assert filed(named("JobTitle", "Baker")) == ["Mine"]
    assert filed(named("Surname", "New")) == ["New, Ada"]
    assert filed(named("FileAs", "Hers"), named("FileAsMapping", "Company")) == ["Hers"]
    mailbox.update_contact(item.id, {"contacts:CompanyName": "Nave"})
    assert filed() == ["Nave"]


@pytest.mark.parametrize(
    ("name", "refused", "kept"),
    [
        ("GivenName", True, 255),
        ("MiddleName", True, 255),
        ("Surname", True, 255),
        ("Subject", False, 255),
        ("JobTitle", False, 300),
    ],
)
def test_limits_of_texts(post, mailbox, name, refused, kept):
    uri = "item:Subject" if name == "Subject" else f"contacts:{name}"
    code = "ErrorPropertyUpdate" if refused else "NoError"

    def texts(length):
        return f"<t:{name}>{'x' * length}</t:{name}>"

    made = post(create_item(contact(texts(300)), contact(texts(255))))
    assert made.codes == [code, "NoError"]
    item = mailbox.contacts()[-1]
    assert len(item.values[uri]) == 255
    target = item_id(item.id, item.change_key)
    changed = post(update_item(change(target, set_field(field(uri), texts(300)))))
    assert changed.codes == [code]
    assert len(item.values[uri]) == kept


def test_complete_name(post, mailbox):
    item = mailbox.add_contact(
        mailbox.folder("contacts"),
        {
            **PARTS,
            "contacts:Nickname": "Juani",
            "contacts:Initials": "J.V.",
            "extended:0x3a45:String": "Dr.",
        },
    )

    reply = post(get_item(item.id, shape("IdOnly", field("contacts:CompleteName"))))

    found = [
        (each.tag.rpartition("}")[2], each.text)
        for each in reply.one(".//t:CompleteName")
    ]
    assert found == [
        ("Title", "Dr."),
        ("FirstName", "Juan"),
        ("MiddleName", "Mario"),
        ("LastName", "Vega"),
        ("Suffix", "Jr."),
        ("Initials", "J.V."),
        ("FullName", "Juanito"),
        ("Nickname", "Juani"),
    ]


@pytest.mark.parametrize(
    ("tag", "kind_of_path", "key"),
    [
        ("0x3a06", "PropertyTag", "contacts:GivenName"),
        ("0x3a1c", "PropertyTag", "contacts:PhoneNumber:MobilePhone"),
        ("32899", "PropertyId", "contacts:EmailAddress:EmailAddress1"),
        ("32838", "PropertyId", "contacts:PhysicalAddress:Business:City"),
    ],
)
def test_two_names_of_one_value(post, mailbox, tag, kind_of_path, key):
    item = mailbox.add_contact(mailbox.folder("contacts"), {key: "value"})
    property_set = (
        'DistinguishedPropertySetId="Address" ' if kind_of_path == "PropertyId" else ""
    )
    path = (
        f'<t:ExtendedFieldURI {property_set}{kind_of_path}="{tag}"'
        ' PropertyType="String"/>'
    )

    reply = post(get_item(item.id, shape("IdOnly", path)))
    assert reply.texts(".//t:ExtendedProperty/t:Value") == ["value"]

    content = f"<t:ExtendedProperty>{path}<t:Value>other</t:Value></t:ExtendedProperty>"
    post(
        update_item(change(item_id(item.id, item.change_key), set_field(path, content)))
    )
    assert item.values == {key: "other"}
