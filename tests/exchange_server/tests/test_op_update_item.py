# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""UpdateItem: set, append and delete, on each kind of path. Conflicts: see
test_change_keys.py.
"""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    append_field,
    change,
    delete_field,
    extended,
    field,
    get_item,
    indexed,
    item_id,
    set_field,
    shape,
    update_item,
)

MOBILE = indexed("contacts:PhoneNumber", "MobilePhone")
GUID = "6d1b2c3d-0001-4f4f-8a8a-123456789abc"
MARK = extended(PropertySetId=GUID, PropertyName="ChangeType", PropertyType="String")
VALUES = {
    "contacts:DisplayName": "Kim Poe",
    "contacts:GivenName": "Kim",
    "contacts:PhoneNumber:MobilePhone": "1",
    "contacts:PhoneNumber:HomePhone": "2",
    "contacts:PhysicalAddress:Home:City": "Oslo",
    "contacts:PhysicalAddress:Home:Street": "Gata 1",
    "contacts:EmailAddress:EmailAddress1": "kim@example.com",
    "contacts:EmailAddress:EmailAddress1:Name": "Kim",
    "item:Body": ("Text", "first"),
    "item:Categories": ["A", "B"],
}


@pytest.fixture
def item(mailbox):
    return mailbox.add_contact(mailbox.folder("contacts"), VALUES)


@pytest.fixture
def update(post, item):
    """Send changes of the item, with its present change key."""

    def send(*updates):
        return post(update_item(change(item_id(item.id, item.change_key), *updates)))

    return send


def phones(*entries):
    inner = "".join(f'<t:Entry Key="{k}">{v}</t:Entry>' for k, v in entries)
    return f"<t:PhoneNumbers>{inner}</t:PhoneNumbers>"


def test_one_phone_of_several(update, item):
    key = item.change_key

    reply = update(set_field(MOBILE, phones(("MobilePhone", "99"))))

    assert reply.codes == ["NoError"]
    assert item.values == {**VALUES, "contacts:PhoneNumber:MobilePhone": "99"}
    answered = reply.one(".//t:Contact/t:ItemId")
    assert answered.get("Id") == item.id
    assert answered.get("ChangeKey") == item.change_key != key
    assert reply.texts(".//m:ConflictResults/t:Count") == ["0"]


def test_one_part_of_an_address(update, item):
    path = indexed("contacts:PhysicalAddress:City", "Home")
    content = (
        '<t:PhysicalAddresses><t:Entry Key="Home"><t:City>Bergen</t:City></t:Entry>'
        "</t:PhysicalAddresses>"
    )

    assert update(set_field(path, content)).codes == ["NoError"]
    assert item.values["contacts:PhysicalAddress:Home:City"] == "Bergen"
    assert item.values["contacts:PhysicalAddress:Home:Street"] == "Gata 1"


def test_email_address_loses_the_name_of_the_old_one(update, item):
    path = indexed("contacts:EmailAddress", "EmailAddress1")
    content = (
        '<t:EmailAddresses><t:Entry Key="EmailAddress1">new@example.com</t:Entry>'
        "</t:EmailAddresses>"
    )

    assert update(set_field(path, content)).codes == ["NoError"]
    assert item.values["contacts:EmailAddress:EmailAddress1"] == "new@example.com"
    assert "contacts:EmailAddress:EmailAddress1:Name" not in item.values


def test_several_changes_in_their_order(update, item):
    path = field("contacts:JobTitle")
    reply = update(
        set_field(path, "<t:JobTitle>Cook</t:JobTitle>"),
        delete_field(path),
        set_field(path, "<t:JobTitle>Baker</t:JobTitle>"),
        delete_field(field("contacts:GivenName")),
    )

    assert reply.codes == ["NoError"]
    assert item.values["contacts:JobTitle"] == "Baker"
    assert "contacts:GivenName" not in item.values


def test_lists_and_choices(update, item):
    update(
        set_field(
            field("item:Categories"),
            "<t:Categories><t:String>C</t:String></t:Categories>",
        ),
        set_field(field("item:Sensitivity"), "<t:Sensitivity>Private</t:Sensitivity>"),
    )

    assert item.values["item:Categories"] == ["C"]
    assert item.values["item:Sensitivity"] == "Private"


def test_empty_text_is_a_value(post, update, item):
    update(set_field(MOBILE, phones(("MobilePhone", ""))))

    reply = post(get_item(item.id, shape("IdOnly", MOBILE)))
    entry = reply.one(".//t:PhoneNumbers/t:Entry")
    assert (entry.get("Key"), entry.text) == ("MobilePhone", None)


@pytest.mark.parametrize(
    "path",
    [
        MOBILE,
        field("contacts:GivenName"),
        field("item:Body"),
        indexed("contacts:PhysicalAddress:City", "Home"),
        indexed("contacts:EmailAddress", "EmailAddress1"),
    ],
)
def test_delete_is_repeatable(post, update, item, path):
    assert update(delete_field(path)).codes == ["NoError"]
    assert update(delete_field(path)).codes == ["NoError"]

    reply = post(get_item(item.id, shape("IdOnly", path)))
    left = [each.tag.rpartition("}")[2] for each in reply.one(".//t:Contact")]
    assert left == (["ItemId", "Body"] if "Body" in path else ["ItemId"])


def test_property_with_a_default_falls_back_to_it(post, mailbox, update, item):
    mailbox.update_contact(item.id, {"item:Importance": "High"})

    update(delete_field(field("item:Importance")))

    reply = post(get_item(item.id))
    assert reply.texts(".//t:Importance") == ["Normal"]


def test_extended_property_set_and_deleted(post, update, item):
    wanted = shape("IdOnly", MARK)
    content = f"<t:ExtendedProperty>{MARK}<t:Value>seen</t:Value></t:ExtendedProperty>"

    assert update(set_field(MARK, content)).codes == ["NoError"]
    reply = post(get_item(item.id, wanted))
    assert reply.texts(".//t:ExtendedProperty/t:Value") == ["seen"]

    assert update(delete_field(MARK)).codes == ["NoError"]
    assert post(get_item(item.id, wanted)).all(".//t:ExtendedProperty") == []


def test_body_is_appended(update, item):
    content = '<t:Body BodyType="Text"> second</t:Body>'

    assert update(append_field(field("item:Body"), content)).codes == ["NoError"]
    assert item.values["item:Body"] == ("Text", "first second")


def test_body_of_another_type_is_not_appended(update, item):
    content = '<t:Body BodyType="HTML">&lt;p>second&lt;/p></t:Body>'

    reply = update(append_field(field("item:Body"), content))

    assert reply.codes == ["ErrorInvalidPropertyAppend"]
    assert item.values == VALUES


@pytest.mark.parametrize(
    ("updates", "code"),
    [
        (
            append_field(field("contacts:GivenName"), "<t:GivenName>x</t:GivenName>"),
            "ErrorInvalidPropertyAppend",
        ),
        (
            append_field(MOBILE, phones(("MobilePhone", "1"))),
            "ErrorInvalidPropertyAppend",
        ),
        (
            set_field(
                field("contacts:HasPicture"), "<t:HasPicture>true</t:HasPicture>"
            ),
            "ErrorInvalidPropertySet",
        ),
        (
            set_field(field("contacts:PhoneNumbers"), phones(("MobilePhone", "1"))),
            "ErrorInvalidPropertySet",
        ),
        (
            set_field(field("contacts:Notes"), "<t:Notes>x</t:Notes>"),
            "ErrorInvalidPropertyRequest",
        ),
        (
            set_field(
                field("calendar:Location"), "<t:Location>x</t:Location>", "CalendarItem"
            ),
            "ErrorInvalidPropertyRequest",
        ),
        (
            set_field(field("contacts:GivenName"), "<t:Surname>x</t:Surname>"),
            "ErrorUpdatePropertyMismatch",
        ),
        (
            set_field(MOBILE, phones(("HomePhone", "1"))),
            "ErrorUpdatePropertyMismatch",
        ),
        (
            set_field(
                indexed("contacts:PhoneNumber", "BusinessPhone"),
                phones(("BusinessPhone2", "1")),
            ),
            "ErrorUpdatePropertyMismatch",
        ),
        (
            set_field(MOBILE, phones(("MobilePhone", "1"), ("HomePhone", "2"))),
            "ErrorUpdatePropertyMismatch",
        ),
        (
            set_field(
                indexed("contacts:PhysicalAddress:City", "Home"),
                '<t:PhysicalAddresses><t:Entry Key="Home"><t:Street>x</t:Street>'
                "</t:Entry></t:PhysicalAddresses>",
            ),
            "ErrorUpdatePropertyMismatch",
        ),
        (
            set_field(MARK, "<t:GivenName>x</t:GivenName>"),
            "ErrorUpdatePropertyMismatch",
        ),
        (
            set_field(
                field("contacts:GivenName"),
                "<t:GivenName>x</t:GivenName><t:Surname>y</t:Surname>",
            ),
            "ErrorIncorrectUpdatePropertyCount",
        ),
        (
            set_field(field("contacts:GivenName"), ""),
            "ErrorIncorrectUpdatePropertyCount",
        ),
        (delete_field(field("item:ItemId")), "ErrorInvalidPropertyDelete"),
        (delete_field(field("item:ItemClass")), "ErrorInvalidPropertyDelete"),
        (delete_field(field("contacts:CompleteName")), "ErrorInvalidPropertyDelete"),
        (delete_field(field("calendar:Start")), "ErrorInvalidPropertyRequest"),
        (
            set_field(field("item:ItemClass"), "<t:ItemClass>IPM.Note</t:ItemClass>"),
            "ErrorObjectTypeChanged",
        ),
    ],
)
def test_impossible_changes_leave_the_item_alone(update, item, updates, code):
    key = item.change_key

    reply = update(
        set_field(field("contacts:Manager"), "<t:Manager>M</t:Manager>"), updates
    )

    assert reply.status == 200
    assert reply.codes == [code]
    assert item.values == VALUES
    assert item.change_key == key


def test_class_can_change_within_its_kind(update, item):
    content = "<t:ItemClass>IPM.Contact.Customer</t:ItemClass>"

    assert update(set_field(field("item:ItemClass"), content)).codes == ["NoError"]
    assert item.item_class == "IPM.Contact.Customer"


def test_each_item_of_a_batch_has_its_answer(post, mailbox, item):
    other = mailbox.add_contact(item.folder, {})
    gone = mailbox.add_contact(item.folder, {})
    gone_id, gone_key = gone.id, gone.change_key
    mailbox.delete_contact(gone_id)
    new_name = set_field(field("contacts:Surname"), "<t:Surname>New</t:Surname>")

    reply = post(
        update_item(
            change(item_id(item.id, item.change_key), new_name),
            change(item_id(gone_id, gone_key), new_name),
            change(item_id(other.id, other.change_key), new_name),
        )
    )

    assert reply.codes == ["NoError", "ErrorItemNotFound", "NoError"]
    assert other.values == {"contacts:Surname": "New"}


def test_item_that_always_fails_to_be_saved(post, mailbox, update, item):
    mailbox.fail_item(item.id, "ErrorItemSave", {"UpdateItem"})

    reply = update(set_field(MOBILE, phones(("MobilePhone", "5"))))

    assert reply.codes == ["ErrorItemSave"]
    assert item.values == VALUES
    assert post(get_item(item.id)).codes == ["NoError"]


def test_appointments_and_messages_need_their_attributes(post, mailbox):
    message = next(iter(mailbox.folder("inbox").items.values()))
    appointment = next(iter(mailbox.folder("calendar").items.values()))
    subject = field("item:Subject")
    body = (
        '<m:UpdateItem ConflictResolution="AlwaysOverwrite"><m:ItemChanges>'
        + change(
            item_id(message.id),
            set_field(subject, "<t:Subject>x</t:Subject>", "Message"),
        )
        + change(
            item_id(appointment.id),
            set_field(subject, "<t:Subject>x</t:Subject>", "CalendarItem"),
        )
        + "</m:ItemChanges></m:UpdateItem>"
    )

    assert post(body).codes == [
        "ErrorMessageDispositionRequired",
        "ErrorSendMeetingInvitationsOrCancellationsRequired",
    ]
