# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""MoveItem and CopyItem."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import folder_id, get_item, item_id

VALUES = {"contacts:DisplayName": "Ann", "contacts:JobTitle": "Smith"}


@pytest.fixture
def item(mailbox):
    return mailbox.add_contact(mailbox.folder("contacts"), VALUES)


@pytest.fixture
def target(mailbox):
    return mailbox.create_folder("Target")


def transfer(operation, folder, *items, wants_ids=None):
    wanted = ""
    if wants_ids is not None:
        wanted = f"<m:ReturnNewItemIds>{wants_ids}</m:ReturnNewItemIds>"
    return (
        f"<m:{operation}><m:ToFolderId>{folder}</m:ToFolderId>"
        f"<m:ItemIds>{''.join(items)}</m:ItemIds>{wanted}</m:{operation}>"
    )


def test_move_gives_a_new_identifier(post, mailbox, item, target):
    reply = post(transfer("MoveItem", folder_id(target.id), item_id(item.id)))

    assert reply.codes == ["NoError"]
    answered = reply.one(".//t:Contact/t:ItemId").get("Id")
    assert answered != item.id
    (moved,) = mailbox.contacts()
    assert (moved.id, moved.folder, moved.values) == (answered, target, VALUES)
    assert post(get_item(item.id)).codes == ["ErrorItemNotFound"]
    assert post(get_item(answered)).texts(".//t:JobTitle") == ["Smith"]


def test_move_keeps_when_it_was_made_and_what_is_attached(post, mailbox, item, target):
    created = item.created
    post(
        "<m:CreateAttachment>"
        f'<m:ParentItemId Id="{item.id}"/><m:Attachments><t:FileAttachment>'
        "<t:Name>a.txt</t:Name><t:Content>eHl6</t:Content></t:FileAttachment>"
        "</m:Attachments></m:CreateAttachment>"
    )

    post(transfer("MoveItem", folder_id(target.id), item_id(item.id)))

    (moved,) = mailbox.contacts()
    assert moved.created == created
    identifier = post(get_item(moved.id)).one(".//t:AttachmentId").get("Id")
    reply = post(
        "<m:GetAttachment><m:AttachmentIds>"
        f'<t:AttachmentId Id="{identifier}"/></m:AttachmentIds></m:GetAttachment>'
    )
    assert reply.texts(".//t:Content") == ["eHl6"]


def test_copy_leaves_the_original(post, mailbox, item, target):
    reply = post(transfer("CopyItem", folder_id(target.id), item_id(item.id)))

    assert reply.codes == ["NoError"]
    copy = mailbox.item(reply.one(".//t:Contact/t:ItemId").get("Id"))
    assert mailbox.contacts() == [item, copy]
    assert (copy.folder, copy.values) == (target, VALUES)
    mailbox.update_contact(copy.id, {"contacts:JobTitle": "Miller"})
    assert item.values == VALUES


@pytest.mark.parametrize("operation", ["MoveItem", "CopyItem"])
@pytest.mark.parametrize(("wants", "returned"), [("true", 1), ("false", 0), ("0", 0)])
def test_new_identifiers_are_returned_unless_unwanted(
    post, item, target, operation, wants, returned
):
    body = transfer(operation, folder_id(target.id), item_id(item.id), wants_ids=wants)

    reply = post(body)

    assert reply.codes == ["NoError"]
    assert len(reply.all(".//t:ItemId")) == returned


@pytest.mark.parametrize("operation", ["MoveItem", "CopyItem"])
def test_target_that_is_gone(post, mailbox, item, target, operation):
    mailbox.remove_folder(target)
    items = (item_id(item.id), item_id(item.id))

    reply = post(transfer(operation, folder_id(target.id), *items))

    assert reply.codes == ["ErrorToFolderNotFound"] * 2
    assert mailbox.contacts() == [item]


def test_each_item_of_a_batch_has_its_answer(post, mailbox, item, target):
    body = transfer(
        "MoveItem",
        folder_id(target.id),
        item_id("x"),
        item_id(item.id),
        item_id(item.id),
    )

    assert post(body).codes == [
        "ErrorInvalidIdMalformed",
        "NoError",
        "ErrorItemNotFound",
    ]


def test_hidden_items_stay(post, mailbox, target):
    hidden = mailbox.add_item(
        mailbox.folder("contacts"), "IPM.Configuration", {}, is_associated=True
    )

    reply = post(transfer("MoveItem", folder_id(target.id), item_id(hidden.id)))

    assert reply.codes == ["ErrorInvalidOperation"]
