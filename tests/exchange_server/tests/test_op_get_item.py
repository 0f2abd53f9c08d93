# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""GetItem, with messages as the EWS page "GetItem operation (contact)" shows them."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    extended,
    field,
    get_item,
    indexed,
    item_id,
    shape,
)


@pytest.fixture
def item(mailbox):
    return mailbox.add_contact(
        mailbox.folder("contacts"),
        {
            "contacts:GivenName": "Tove",
            "contacts:Surname": "Ahlberg",
            "contacts:PhoneNumber:MobilePhone": "+46 70 555 01 01",
            "contacts:PhoneNumber:HomePhone": "+46 8 555 01 02",
            "contacts:EmailAddress:EmailAddress1": "tove@example.com",
            "contacts:PhysicalAddress:Business:Street": "Storgatan 1",
            "contacts:PhysicalAddress:Business:City": "Umeå",
            "contacts:PhysicalAddress:Home:City": "Luleå",
            "item:Body": "Met at the fair.",
        },
    )


def tags(element):
    return [child.tag.rpartition("}")[2] for child in element]


def test_all_properties_of_a_contact(post, item):
    reply = post(get_item(item.id))

    assert reply.codes == ["NoError"]
    found = reply.one(".//t:Contact")
    assert found.findtext("{*}DisplayName") == "Tove Ahlberg"
    assert found.find("{*}Subject") is None
    assert found.findtext("{*}Body") == "Met at the fair."
    assert found.findtext("{*}CompleteName/{*}LastName") == "Ahlberg"
    assert found.find("{*}FileAsMapping") is None
    assert found.findtext("{*}HasPicture") == "false"
    assert found.findtext("{*}ItemClass") == "IPM.Contact"
    assert found.find("{*}ParentFolderId").get("Id") == item.folder.id


def test_id_only_is_the_identifier_only(post, item):
    reply = post(get_item(item.id, shape("IdOnly")))

    assert tags(reply.one(".//t:Contact")) == ["ItemId"]
    identifier = reply.one(".//t:ItemId")
    assert (identifier.get("Id"), identifier.get("ChangeKey")) == (
        item.id,
        item.change_key,
    )


def test_default_shape_of_a_contact(post, item):
    """Table 3 of "Property sets and response shapes in EWS in Exchange"."""
    reply = post(get_item(item.id, shape("Default")))

    assert tags(reply.one(".//t:Contact")) == [
        "ItemId",
        "HasAttachments",
        "CompleteName",
        "EmailAddresses",
        "PhysicalAddresses",
        "PhoneNumbers",
    ]


def test_single_entries_of_dictionaries(post, item):
    wanted = shape(
        "IdOnly",
        indexed("contacts:PhoneNumber", "MobilePhone"),
        indexed("contacts:PhoneNumber", "Pager"),
        indexed("contacts:PhysicalAddress:City", "Business"),
    )

    reply = post(get_item(item.id, wanted))

    phones = reply.all(".//t:PhoneNumbers/t:Entry")
    assert [each.get("Key") for each in phones] == ["MobilePhone"]
    addresses = reply.all(".//t:PhysicalAddresses/t:Entry")
    assert [each.get("Key") for each in addresses] == ["Business"]
    assert tags(addresses[0]) == ["City"]


def test_whole_dictionaries_by_their_field_uri(post, item):
    wanted = shape("IdOnly", field("contacts:PhoneNumbers"))

    reply = post(get_item(item.id, wanted))

    phones = reply.all(".//t:PhoneNumbers/t:Entry")
    assert [each.get("Key") for each in phones] == ["HomePhone", "MobilePhone"]


def test_property_without_a_value_has_no_element(post, item):
    wanted = shape("IdOnly", field("contacts:Manager"), field("contacts:Birthday"))

    reply = post(get_item(item.id, wanted))

    assert tags(reply.one(".//t:Contact")) == ["ItemId"]


@pytest.mark.parametrize(
    ("body_type", "expected_type", "expected_text"),
    [
        ("Best", "Text", "Met at the fair."),
        ("Text", "Text", "Met at the fair."),
    ],
)
def test_body_as_text(post, item, body_type, expected_type, expected_text):
    wanted = shape(
        "IdOnly", field("item:Body"), more=f"<t:BodyType>{body_type}</t:BodyType>"
    )

    reply = post(get_item(item.id, wanted))

    body = reply.one(".//t:Body")
    assert (body.get("BodyType"), body.text) == (expected_type, expected_text)


def test_body_as_html_is_a_page(post, item):
    more = "<t:BodyType>HTML</t:BodyType>"
    reply = post(get_item(item.id, shape("IdOnly", field("item:Body"), more=more)))

    body = reply.one(".//t:Body")
    assert body.get("BodyType") == "HTML"
    assert body.text.startswith("<html>")
    assert "Met at the fair." in body.text


def test_mime_content_of_a_contact_is_left_out(post, item):
    more = "<t:IncludeMimeContent>true</t:IncludeMimeContent>"

    reply = post(get_item(item.id, shape("IdOnly", more=more)))

    assert reply.codes == ["NoError"]
    assert reply.all(".//t:MimeContent") == []


def test_errors_stand_in_the_order_of_the_request(post, item, mailbox):
    gone = mailbox.add_contact(item.folder, {})
    mailbox.delete_contact(gone.id)

    reply = post(get_item([gone.id, item.id, "AAMk", "", mailbox.folder("inbox").id]))

    assert reply.status == 200
    assert reply.codes == [
        "ErrorItemNotFound",
        "NoError",
        "ErrorInvalidIdMalformed",
        "ErrorInvalidIdEmpty",
        "ErrorCannotUseFolderIdForItemId",
    ]
    assert len(reply.all(".//m:GetItemResponseMessage/m:Items")) == 5


def test_identifiers_of_recurring_items(post, item):
    targets = (
        f'<t:OccurrenceItemId RecurringMasterId="{item.id}" InstanceIndex="1"/>'
        f'<t:RecurringMasterItemId OccurrenceId="{item.id}"/>'
    )
    body = f"<m:GetItem>{shape()}<m:ItemIds>{targets}</m:ItemIds></m:GetItem>"

    assert post(body).codes == [
        "ErrorCalendarCannotUseIdForOccurrenceId",
        "ErrorCalendarCannotUseIdForRecurringMasterId",
    ]


def test_an_invalid_change_key_is_refused(post, item):
    wanted = shape()
    target = item_id(item.id, "nonsense")
    body = f"<m:GetItem>{wanted}<m:ItemIds>{target}</m:ItemIds></m:GetItem>"

    assert post(body).codes == ["ErrorInvalidChangeKey"]


def test_item_of_another_mailbox_is_not_found(post, exchange):
    other = exchange.add_mailbox("other@example.com", "secret")
    theirs = other.add_contact(other.folder("contacts"), {})

    assert post(get_item(theirs.id)).codes == ["ErrorItemNotFound"]


def test_property_of_another_kind_of_items(post, item):
    """Older schemas refuse it; newer ones leave it out (exchangelib's issue 909)."""
    wanted = shape("IdOnly", field("calendar:Start"))

    old = post(get_item(item.id, wanted), version="Exchange2010")
    new = post(get_item(item.id, wanted), version="Exchange2016")

    assert old.codes == ["ErrorInvalidPropertyRequest"]
    assert old.one(".//m:MessageXml/t:FieldURI").get("FieldURI") == "calendar:Start"
    assert new.codes == ["NoError"]


def test_property_of_folders_is_always_refused(post, item):
    wanted = shape("IdOnly", field("folder:DisplayName"))

    reply = post(get_item(item.id, wanted), version="Exchange2016")

    assert reply.codes == ["ErrorInvalidPropertyRequest"]


def test_extended_properties_are_echoed_as_they_were_named(post, mailbox, item):
    guid = "6d1b2c3d-0001-4f4f-8a8a-123456789abc"
    mailbox.update_contact(
        item.id,
        {
            f"extended:{guid}:Shoe size:Integer": "43",
            "extended:0x3a45:String": "Dr.",
        },
    )
    wanted = shape(
        "IdOnly",
        extended(PropertySetId=guid, PropertyName="Shoe size", PropertyType="Integer"),
        extended(PropertyTag="0x3A45", PropertyType="String"),
        extended(
            DistinguishedPropertySetId="PublicStrings",
            PropertyName="Absent",
            PropertyType="String",
        ),
    )

    reply = post(get_item(item.id, wanted))

    found = reply.all(".//t:ExtendedProperty")
    assert [each.findtext("{*}Value") for each in found] == ["43", "Dr."]
    uris = [dict(each[0].attrib) for each in found]
    assert uris[0] == {
        "PropertySetId": guid,
        "PropertyName": "Shoe size",
        "PropertyType": "Integer",
    }
    assert uris[1] == {"PropertyTag": "0x3a45", "PropertyType": "String"}


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        (
            {"PropertyTag": "0x8001", "PropertyType": "String"},
            "ErrorNoPropertyTagForCustomProperties",
        ),
        (
            {"PropertyTag": "0x3001", "PropertyName": "x", "PropertyType": "String"},
            "ErrorInvalidExtendedProperty",
        ),
        (
            {"DistinguishedPropertySetId": "Common", "PropertyType": "String"},
            "ErrorInvalidExtendedProperty",
        ),
        (
            {"PropertyTag": "0x3001", "PropertyType": "Object"},
            "ErrorUnsupportedMapiPropertyType",
        ),
    ],
)
def test_impossible_extended_properties(post, item, attributes, code):
    reply = post(get_item(item.id, shape("IdOnly", extended(**attributes))))

    assert reply.codes == [code]


def test_other_kinds_of_items_have_their_elements(post, mailbox):
    ids = [
        next(iter(mailbox.folder(name).items.values())).id
        for name in ("inbox", "calendar", "tasks", "notes")
    ]

    reply = post(get_item(ids))

    assert reply.codes == ["NoError"] * 4
    found = [each.tag.rpartition("}")[2] for each in reply.all(".//m:Items/*")]
    assert found == ["Message", "CalendarItem", "Task", "Message"]


def test_item_that_was_set_to_fail(post, mailbox, item):
    healthy = mailbox.add_contact(item.folder, {})
    mailbox.fail_item(item.id, "ErrorItemCorrupt")

    reply = post(get_item([item.id, healthy.id]))
    assert reply.codes == ["ErrorItemCorrupt", "NoError"]

    mailbox.heal_item(item.id)
    assert post(get_item(item.id)).codes == ["NoError"]


def test_failure_that_would_meet_all_stops_the_batch(post, mailbox, item):
    """ "ErrorBatchProcessingStopped" on the EWS page "ResponseCode"."""
    others = [mailbox.add_contact(item.folder, {}).id for _ in range(2)]
    mailbox.fail_item(item.id, "ErrorMailboxStoreUnavailable")

    reply = post(get_item([others[0], item.id, others[1]]))

    assert reply.codes == [
        "NoError",
        "ErrorMailboxStoreUnavailable",
        "ErrorBatchProcessingStopped",
    ]
