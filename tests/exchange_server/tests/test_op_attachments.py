# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CreateAttachment, GetAttachment and DeleteAttachment."""

from __future__ import annotations

import base64

import pytest

from exchange_server.tests.soap_bodies import (
    change,
    contact,
    create_item,
    extended,
    find_item,
    get_item,
    item_id,
    set_field,
    shape,
    sync_items,
    update_item,
)


@pytest.fixture
def item(mailbox):
    return mailbox.add_contact(
        mailbox.folder("contacts"), {"contacts:DisplayName": "Ann"}
    )


def create(item, *attachments):
    return (
        f'<m:CreateAttachment><m:ParentItemId Id="{item.id}"/>'
        f"<m:Attachments>{''.join(attachments)}</m:Attachments></m:CreateAttachment>"
    )


def on(operation, *identifiers, inside=""):
    ids = "".join(f'<t:AttachmentId Id="{each}"/>' for each in identifiers)
    wanted = f"<m:AttachmentIds>{ids}</m:AttachmentIds>"
    return f"<m:{operation}>{inside}{wanted}</m:{operation}>"


def file_attachment(name="a.txt", content=b"xyz", more=""):
    encoded = base64.b64encode(content).decode()
    return (
        f"<t:FileAttachment><t:Name>{name}</t:Name>{more}"
        f"<t:Content>{encoded}</t:Content></t:FileAttachment>"
    )


PHOTO = file_attachment(
    "face.jpg", b"\xff\xd8\xff", "<t:IsContactPhoto>true</t:IsContactPhoto>"
)


def identifiers(reply):
    return [each.get("Id") for each in reply.all(".//t:AttachmentId")]


def test_file_is_there_afterwards(post, item):
    key = item.change_key

    made = post(create(item, file_attachment()))

    assert made.codes == ["NoError"]
    answered = made.one(".//t:FileAttachment/t:AttachmentId")
    assert answered.get("RootItemId") == item.id
    assert answered.get("RootItemChangeKey") == item.change_key != key
    reply = post(on("GetAttachment", answered.get("Id")))
    found = reply.one(".//m:Attachments/t:FileAttachment")
    assert found.findtext("{*}Name") == "a.txt"
    assert base64.b64decode(found.findtext("{*}Content")) == b"xyz"
    assert found.findtext("{*}IsInline") == "false"
    assert int(found.findtext("{*}Size")) >= 3


def test_item_describes_its_attachments_without_content(post, item):
    post(create(item, file_attachment("a.txt"), file_attachment("b.txt")))

    reply = post(get_item(item.id))

    assert reply.texts(".//t:FileAttachment/t:Name") == ["a.txt", "b.txt"]
    assert reply.all(".//t:Content") == []
    assert reply.texts(".//t:HasAttachments") == ["true"]
    assert reply.texts(".//t:HasPicture") == ["false"]


def test_lists_have_no_attachments(post, item):
    post(create(item, PHOTO))
    wanted = shape("AllProperties")

    for reply in (post(find_item(wanted=wanted)), post(sync_items(wanted=wanted))):
        assert reply.all(".//t:Attachments") == []
        assert reply.texts(".//t:HasPicture") == ["true"]


def test_picture_of_a_contact(post, item):
    (identifier,) = identifiers(post(create(item, PHOTO)))

    assert post(get_item(item.id)).texts(".//t:HasPicture") == ["true"]
    found = post(on("GetAttachment", identifier))
    assert found.texts(".//t:IsContactPhoto") == ["true"]

    post(on("DeleteAttachment", identifier))
    assert post(get_item(item.id)).texts(".//t:HasPicture") == ["false"]


def test_a_client_may_say_whether_there_is_a_picture(post, item):
    path = extended(
        DistinguishedPropertySetId="Address",
        PropertyId="32789",
        PropertyType="Boolean",
    )

    def said(value):
        content = f"{path}<t:Value>{value}</t:Value>"
        update = set_field(path, f"<t:ExtendedProperty>{content}</t:ExtendedProperty>")
        post(update_item(change(item_id(item.id, item.change_key), update)))
        reply = post(get_item(item.id, wanted=shape("AllProperties", path)))
        return reply.texts(".//t:HasPicture") + reply.texts(".//t:Value")

    assert [said("true"), said("false")] == [["true"] * 2, ["false"] * 2]
    (identifier,) = identifiers(post(create(item, PHOTO)))
    assert post(get_item(item.id)).texts(".//t:HasPicture") == ["true"]
    assert said("true") == ["true"] * 2
    post(on("DeleteAttachment", identifier))
    assert post(get_item(item.id)).texts(".//t:HasPicture") == ["false"]


def test_contact_has_one_picture(post, item):
    (first,) = identifiers(post(create(item, PHOTO)))
    (second,) = identifiers(post(create(item, PHOTO)))

    assert identifiers(post(get_item(item.id))) == [second]
    assert post(on("GetAttachment", first)).codes == ["ErrorInvalidAttachmentId"]


def test_deletion_names_the_item_at_its_new_version(post, item):
    (identifier,) = identifiers(post(create(item, file_attachment())))
    key = item.change_key

    reply = post(on("DeleteAttachment", identifier))

    root = reply.one(".//m:RootItemId")
    assert root.get("RootItemId") == item.id
    assert root.get("RootItemChangeKey") == item.change_key != key
    assert post(on("DeleteAttachment", identifier)).codes == [
        "ErrorInvalidAttachmentId"
    ]


def test_changes_of_attachments_come_up_in_synchronization(post, item):
    state = post(sync_items()).one(".//m:SyncState").text

    post(create(item, file_attachment()))

    updates = post(sync_items(state)).all(".//t:Update//t:ItemId")
    assert [each.get("Id") for each in updates] == [item.id]


def test_attached_item(post, item):
    attached = (
        "<t:ItemAttachment><t:Name>card</t:Name><t:Contact>"
        "<t:DisplayName>Bea</t:DisplayName></t:Contact></t:ItemAttachment>"
    )

    (identifier,) = identifiers(post(create(item, attached)))

    reply = post(on("GetAttachment", identifier))
    assert reply.texts(".//t:ItemAttachment/t:Contact/t:DisplayName") == ["Bea"]


def test_shape_of_attached_items(post, item):
    attached = (
        "<t:ItemAttachment><t:Name>card</t:Name><t:Contact>"
        '<t:Body BodyType="Text">Hello</t:Body></t:Contact></t:ItemAttachment>'
    )
    (identifier,) = identifiers(post(create(item, attached)))
    inside = "<m:AttachmentShape><t:BodyType>HTML</t:BodyType></m:AttachmentShape>"

    reply = post(on("GetAttachment", identifier, inside=inside))

    assert reply.one(".//t:Contact/t:Body").get("BodyType") == "HTML"


@pytest.mark.parametrize(
    ("attachment", "code"),
    [
        (
            "<t:FileAttachment><t:Content>eHl6</t:Content></t:FileAttachment>",
            "ErrorRequiredPropertyMissing",
        ),
        (
            "<t:ItemAttachment><t:Name>card</t:Name></t:ItemAttachment>",
            "ErrorMissingItemForCreateItemAttachment",
        ),
    ],
)
def test_incomplete_attachments(post, item, attachment, code):
    reply = post(create(item, attachment, file_attachment()))

    assert reply.codes == [code, "NoError"]
    assert len(item.attachments) == 1


def test_parent_that_is_gone(post, mailbox, item):
    mailbox.delete_contact(item.id)

    reply = post(create(item, file_attachment(), file_attachment()))

    assert reply.codes == ["ErrorItemNotFound"] * 2


def test_identifier_of_something_else(post, item):
    reply = post(on("GetAttachment", item.id, "nonsense", ""))

    assert reply.codes == [
        "ErrorInvalidIdNotAnItemAttachmentId",
        "ErrorInvalidIdMalformed",
        "ErrorInvalidIdEmpty",
    ]


def test_attachments_go_with_their_item(post, mailbox, item):
    (identifier,) = identifiers(post(create(item, file_attachment())))
    mailbox.delete_contact(item.id)

    assert post(on("GetAttachment", identifier)).codes == ["ErrorInvalidAttachmentId"]


def item_attachment(name, inside=""):
    attached = f"<t:Attachments>{inside}</t:Attachments>" if inside else ""
    return (
        f"<t:ItemAttachment><t:Name>{name}</t:Name><t:Message><t:Subject>{name}"
        f"</t:Subject>{attached}</t:Message></t:ItemAttachment>"
    )


def test_attachments_of_attached_items(post, mailbox, item):
    inside = item_attachment("two", item_attachment("three", file_attachment("four")))
    post(create(item, item_attachment("one", inside)))
    (outer,) = identifiers(post(get_item(item.id)))
    assert len(mailbox.attachments) == 4

    found, names = outer, []
    while found:
        reply = post(on("GetAttachment", found))
        assert reply.codes == ["NoError"]
        names += reply.texts(".//m:Attachments/*/t:Name")
        below = reply.all(".//t:Message/t:Attachments/*/t:AttachmentId")
        found = below[0].get("Id") if below else None
    assert names == ["one", "two", "three", "four"]

    copied = mailbox.copy_item(item, mailbox.folder("drafts"))
    assert len(mailbox.attachments) == 8
    mailbox.remove_item(copied)
    post(on("DeleteAttachment", outer))
    assert mailbox.attachments == {}


def test_sizes_that_are_too_much(post, mailbox, item):
    mailbox.largest_item = 3_000
    big = file_attachment("big", b"x" * 4_000)
    half = file_attachment("half", b"x" * 1_500)

    made = post(create(item, big, half, half))

    assert made.codes == [
        "ErrorAttachmentSizeLimitExceeded",
        "NoError",
        "ErrorMessageSizeExceeded",
    ]
    body = f'<t:Body BodyType="Text">{"x" * 4_000}</t:Body>'
    assert post(create_item(contact(body))).codes == ["ErrorMessageSizeExceeded"]
    path = '<t:FieldURI FieldURI="item:Body"/>'
    updated = update_item(
        change(item_id(item.id, item.change_key), set_field(path, body))
    )
    assert post(updated).codes == ["ErrorMessageSizeExceeded"]


@pytest.mark.parametrize("operation", ["GetItem", "GetAttachment"])
def test_html_that_is_filtered(post, mailbox, item, operation):
    page = "<html><body onload='x()'>Tea<script>x()</script></body></html>"
    note = f'<t:Body BodyType="HTML">{page.replace("<", "&lt;")}</t:Body>'
    wanted = "<t:BodyType>HTML</t:BodyType><t:FilterHtmlContent>true"
    path = '<t:FieldURI FieldURI="item:Body"/>'
    more = (
        f"{wanted}</t:FilterHtmlContent><t:AdditionalProperties>{path}"
        "</t:AdditionalProperties>"
    )
    if operation == "GetItem":
        post(create_item(contact(note)))
        made = mailbox.contacts()[-1]
        base = "<t:BaseShape>IdOnly</t:BaseShape>"
        reply = post(get_item(made.id, f"<m:ItemShape>{base}{more}</m:ItemShape>"))
    else:
        attached = f"<t:Contact>{note}</t:Contact>"
        post(
            create(
                item,
                f"<t:ItemAttachment><t:Name>a</t:Name>{attached}</t:ItemAttachment>",
            )
        )
        (one,) = identifiers(post(get_item(item.id)))
        shaped = f"<m:AttachmentShape>{more}</m:AttachmentShape>"
        reply = post(on("GetAttachment", one, inside=shaped))
    (text,) = reply.texts(".//t:Contact/t:Body")
    assert "Tea" in text and "x()" not in text
    assert text.startswith("<html>\r\n<head>\r\n<meta ")
