# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended properties and field addresses are names of one value."""

from __future__ import annotations

import base64
from datetime import datetime, timezone

import pytest

from exchange_server.tests.soap_bodies import (
    change,
    contact,
    create_item,
    delete_field,
    extended,
    field,
    find_item,
    get_item,
    indexed,
    item_id,
    set_field,
    shape,
    update_item,
)

NOON = datetime(1980, 2, 29, 12, tzinfo=timezone.utc)
AIR_SYNC = "71035549-0739-4dcb-9163-00f0580dbbdf"
EMAIL = "contacts:EmailAddress:EmailAddress{}"


def tag(number: int, kind: str = "String") -> str:
    return extended(PropertyTag=hex(number), PropertyType=kind)


def lid(number: int, kind: str = "String", name: str = "Address") -> str:
    return extended(
        DistinguishedPropertySetId=name, PropertyId=str(number), PropertyType=kind
    )


KEYWORDS = extended(
    DistinguishedPropertySetId="PublicStrings",
    PropertyName="Keywords",
    PropertyType="StringArray",
)
IM2 = extended(
    PropertySetId=AIR_SYNC, PropertyName="AirSync:IMAddress2", PropertyType="String"
)
HTML = base64.b64encode(b"<html>tea</html>").decode()
# path, key, stored value, value of the extended property
ALIASES = [
    (tag(0x1000), "item:Body", ("Text", "tea"), "tea"),
    (tag(0x1013, "Binary"), "item:Body", ("HTML", "<html>tea</html>"), HTML),
    (tag(0x36, "Integer"), "item:Sensitivity", "Private", "2"),
    (tag(0x17, "Integer"), "item:Importance", "High", "2"),
    (tag(0x37), "item:Subject", "card", "card"),
    (tag(0x0E1D), "item:Subject", "card", "card"),
    (tag(0x3001), "contacts:DisplayName", "Ada", "Ada"),
    (tag(0x3A06), "contacts:GivenName", "Ada", "Ada"),
    (tag(0x3A42, "SystemTime"), "contacts:Birthday", NOON, "1980-02-29T12:00:00Z"),
    (
        tag(0x3A41, "SystemTime"),
        "contacts:WeddingAnniversary",
        NOON,
        "1980-02-29T12:00:00Z",
    ),
    (tag(0x3A58, "StringArray"), "contacts:Children", ["A", "B"], ["A", "B"]),
    (KEYWORDS, "item:Categories", ["VIP"], ["VIP"]),
    (lid(0x8005), "contacts:FileAs", "Filed", "Filed"),
    (lid(0x8006, "Integer"), "contacts:FileAsMapping", "Company", str(0x3A16)),
    (lid(0x8022, "Integer"), "contacts:PostalAddressIndex", "Business", "2"),
    (lid(0x8046), "contacts:PhysicalAddress:Business:City", "Ulm", "Ulm"),
    (lid(0x8062), "contacts:ImAddress:ImAddress1", "ada", "ada"),
    (IM2, "contacts:ImAddress:ImAddress2", "ada", "ada"),
    (lid(0x8080), f"{EMAIL.format(1)}:Name", "Ada", "Ada"),
    (lid(0x8092), f"{EMAIL.format(2)}:RoutingType", "SMTP", "SMTP"),
    (lid(0x80A3), EMAIL.format(3), "a@example.com", "a@example.com"),
    (lid(0x8501, "Integer", "Common"), "item:ReminderMinutesBeforeStart", 15, "15"),
    (
        lid(0x8502, "SystemTime", "Common"),
        "item:ReminderDueBy",
        NOON,
        "1980-02-29T12:00:00Z",
    ),
    (lid(0x8503, "Boolean", "Common"), "item:ReminderIsSet", True, "true"),
    (lid(0x8534, "String", "Common"), "contacts:Mileage", "5", "5"),
    (lid(0x8539, "StringArray", "Common"), "contacts:Companies", ["A"], ["A"]),
]


def content(path: str, mapi_value: str | list[str]) -> str:
    if isinstance(mapi_value, list):
        values = "".join(f"<t:Value>{each}</t:Value>" for each in mapi_value)
        value = f"<t:Values>{values}</t:Values>"
    else:
        value = f"<t:Value>{mapi_value}</t:Value>"
    return f"<t:ExtendedProperty>{path}{value}</t:ExtendedProperty>"


@pytest.fixture
def mapi_value(post):
    """``mapi_value(item, path)``: the value of an extended property, None without
    one."""

    def read(item, path):
        reply = post(get_item(item.id, shape("IdOnly", path)))
        (found,) = reply.all(".//t:Contact")
        texts = [each.text for each in found.iter("{*}Value")]
        is_list = found.find(".//{*}Values") is not None
        return (texts if is_list else texts[0]) if texts else None

    return read


@pytest.mark.parametrize(("path", "key", "kept", "text"), ALIASES)
def test_one_value_under_two_names(post, mailbox, mapi_value, path, key, kept, text):
    by_field = mailbox.add_contact(mailbox.folder("contacts"), {key: kept})
    post(create_item(contact(content(path, text))))
    by_tag = mailbox.contacts()[1]
    target = item_id(by_field.id, by_field.change_key)

    assert mapi_value(by_field, path) == text
    assert by_tag.values[key] == kept
    post(update_item(change(target, delete_field(path))))
    assert key not in by_field.values
    target = item_id(by_field.id, by_field.change_key)
    post(update_item(change(target, set_field(path, content(path, text)))))
    assert by_field.values[key] == kept


def test_default_and_computed_values_are_returned(mailbox, mapi_value):
    values = {"contacts:GivenName": "Ada", "contacts:Surname": "King"}
    item = mailbox.add_contact(mailbox.folder("contacts"), values)
    expected = {
        tag(0x1A): "IPM.Contact",
        tag(0x36, "Integer"): "0",
        tag(0x3001): "Ada King",
        tag(0x37): None,
        tag(0x3008, "SystemTime"): item.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        tag(0x3007, "SystemTime"): item.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        tag(0x0E23, "Integer"): str(item.number),
        tag(0x0E08, "Integer"): str(item.size),
        tag(0x0E1B, "Boolean"): "false",
        tag(0x0E07, "Integer"): "1",
        tag(0x0FFF, "Binary"): item.id,
        lid(0x8015, "Boolean"): "false",
    }
    assert {path: mapi_value(item, path) for path in expected} == expected


def test_the_original_name_of_an_address_is_returned(post, mailbox, mapi_value):
    folder = mailbox.folder("contacts")
    original = "extended:00062004-0000-0000-c000-000000000046:#32900:String"
    plain = mailbox.add_contact(folder, {EMAIL.format(1): "ada@example.com"})
    inside = mailbox.add_contact(folder, {EMAIL.format(1): "/o=Example/cn=ada"})
    known = mailbox.add_contact(
        folder, {EMAIL.format(1): "/o=Example/cn=ada", original: "ada@example.com"}
    )
    path = lid(0x8084)
    assert [mapi_value(each, path) for each in (plain, inside, known)] == [
        "ada@example.com",
        None,
        "ada@example.com",
    ]
    entry = '<t:EmailAddresses><t:Entry Key="EmailAddress1">b@example.com</t:Entry>'
    update = set_field(
        indexed("contacts:EmailAddress", "EmailAddress1"), f"{entry}</t:EmailAddresses>"
    )
    post(update_item(change(item_id(known.id, known.change_key), update)))
    assert mapi_value(known, path) == "b@example.com"
    assert known.values == {EMAIL.format(1): "b@example.com"}


def test_deleting_a_birthday_deletes_its_local_day(post, mailbox):
    local = "extended:00062004-0000-0000-c000-000000000046:#32990:SystemTime"
    values = {"contacts:Birthday": NOON, local: "1980-02-29T00:00:00Z"}
    item = mailbox.add_contact(mailbox.folder("contacts"), values)
    update = delete_field(field("contacts:Birthday"))
    post(update_item(change(item_id(item.id, item.change_key), update)))
    assert item.values == {}


def test_both_names_can_be_searched_for(post, mailbox):
    mailbox.add_contact(mailbox.folder("contacts"), {"contacts:Birthday": NOON})
    path = tag(0x3A42, "SystemTime")
    for year, count in (("1979", 0), ("1981", 1)):
        constant = f'<t:Constant Value="{year}-01-01T00:00:00Z"/>'
        older = (
            f"<t:IsLessThan>{path}<t:FieldURIOrConstant>{constant}"
            "</t:FieldURIOrConstant></t:IsLessThan>"
        )
        reply = post(find_item(inside=f"<m:Restriction>{older}</m:Restriction>"))
        assert len(reply.all(".//t:Contact")) == count


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        (tag(0x3008, "SystemTime"), "1980-02-29T12:00:00Z", "ErrorInvalidPropertySet"),
        (tag(0x0E08, "Integer"), "5", "ErrorInvalidPropertySet"),
        (tag(0x36, "Integer"), "7", "ErrorInvalidExtendedPropertyValue"),
    ],
)
def test_computed_properties_and_invalid_values_are_refused(post, path, text, code):
    assert post(create_item(contact(content(path, text)))).codes == [code]
