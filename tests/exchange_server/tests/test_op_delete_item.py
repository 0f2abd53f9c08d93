# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""DeleteItem: the three ways to delete."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import delete_item, get_item, item_id


@pytest.fixture
def item(mailbox):
    return mailbox.add_contact(
        mailbox.folder("contacts"), {"contacts:DisplayName": "Ann"}
    )


def test_hard(post, mailbox, item):
    assert post(delete_item(item_id(item.id))).codes == ["NoError"]

    assert mailbox.contacts() == []
    assert mailbox.folder("deleteditems").items == {}
    assert post(get_item(item.id)).codes == ["ErrorItemNotFound"]


@pytest.mark.parametrize(
    ("how", "bin_name"),
    [
        ("MoveToDeletedItems", "deleteditems"),
        ("SoftDelete", "recoverableitemsdeletions"),
    ],
)
def test_to_a_bin(post, mailbox, item, how, bin_name):
    key = item.change_key

    assert post(delete_item(item_id(item.id), how=how)).codes == ["NoError"]

    (moved,) = mailbox.folder(bin_name).items.values()
    assert moved.values == item.values
    assert moved.id != item.id
    assert moved.change_key == key
    assert mailbox.contacts() == []
    assert post(get_item(item.id)).codes == ["ErrorItemNotFound"]
    assert post(get_item(moved.id)).codes == ["NoError"]


def test_from_deleted_items_for_good(post, mailbox, item):
    post(delete_item(item_id(item.id), how="MoveToDeletedItems"))
    (moved,) = mailbox.folder("deleteditems").items.values()

    assert post(delete_item(item_id(moved.id), how="HardDelete")).codes == ["NoError"]
    assert mailbox.folder("deleteditems").items == {}


def test_each_item_of_a_batch_has_its_answer(post, mailbox, item):
    other = mailbox.add_contact(item.folder, {})

    reply = post(delete_item(item_id(item.id), item_id(item.id), item_id(other.id)))

    assert reply.codes == ["NoError", "ErrorItemNotFound", "NoError"]


def test_item_that_cannot_be_deleted(post, mailbox, item):
    mailbox.fail_item(item.id, "ErrorCannotDeleteObject", {"DeleteItem"})

    assert post(delete_item(item_id(item.id))).codes == ["ErrorCannotDeleteObject"]
    assert mailbox.contacts() == [item]


@pytest.mark.parametrize(
    ("folder", "attribute", "code"),
    [
        (
            "calendar",
            'SendMeetingCancellations="SendToNone"',
            "ErrorSendMeetingCancellationsRequired",
        ),
        (
            "tasks",
            'AffectedTaskOccurrences="AllOccurrences"',
            "ErrorAffectedTaskOccurrencesRequired",
        ),
    ],
)
def test_attributes_that_some_items_need(post, mailbox, folder, attribute, code):
    target = item_id(next(iter(mailbox.folder(folder).items.values())).id)

    assert post(delete_item(target)).codes == [code]
    assert post(delete_item(target, attributes=attribute)).codes == ["NoError"]


def test_hidden_items_can_only_be_deleted_hard(post, mailbox):
    hidden = mailbox.add_item(
        mailbox.folder("contacts"), "IPM.Configuration", {}, is_associated=True
    )
    target = item_id(hidden.id)

    soft = post(delete_item(target, how="MoveToDeletedItems"))
    hard = post(delete_item(target))

    assert (soft.codes, hard.codes) == (["ErrorInvalidOperation"], ["NoError"])
