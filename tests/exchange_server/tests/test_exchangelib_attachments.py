# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Attachments, pictures and distribution lists with plain exchangelib."""

from __future__ import annotations

import pytest
from exchangelib import Contact, DistributionList, FileAttachment, ItemAttachment
from exchangelib.properties import Mailbox, Member


@pytest.fixture
def made(account):
    return Contact(account=account, folder=account.contacts, display_name="A").save()


def test_file(account, made):
    made.attach(FileAttachment(name="notes.txt", content=b"hello"))

    found = account.contacts.get(id=made.id)
    (attachment,) = found.attachments
    assert (attachment.name, attachment.content) == ("notes.txt", b"hello")
    assert found.has_attachments
    assert not attachment.is_contact_photo

    found.detach(attachment)
    assert account.contacts.get(id=made.id).attachments == []


def test_big_file_as_a_stream(account, made):
    content = bytes(range(256)) * 4000
    made.attach(FileAttachment(name="big.bin", content=content))

    (attachment,) = account.contacts.get(id=made.id).attachments
    with attachment.fp as stream:
        assert b"".join(iter(lambda: stream.read(8192), b"")) == content


def test_picture(account, made):
    picture = FileAttachment(
        name="ContactPicture.jpg", content=b"\xff\xd8\xff\xe0", is_contact_photo=True
    )
    made.attach(picture)

    found = account.contacts.get(id=made.id)
    assert found.has_picture
    (photo,) = [each for each in found.attachments if each.is_contact_photo]
    assert photo.content == b"\xff\xd8\xff\xe0"

    found.detach(photo)
    assert not account.contacts.get(id=made.id).has_picture


def test_attachments_that_come_with_a_new_contact(account):
    made = Contact(
        account=account,
        folder=account.contacts,
        display_name="B",
        attachments=[
            FileAttachment(name="a.txt", content=b"a"),
            FileAttachment(name="b.txt", content=b"b"),
        ],
    )
    made.save()

    assert all(each.attachment_id is not None for each in made.attachments)
    found = account.contacts.get(id=made.id)
    assert [each.content for each in found.attachments] == [b"a", b"b"]


def test_attached_contact(account, made):
    card = Contact(account=account, display_name="Card", given_name="C")
    made.attach(ItemAttachment(name="card", item=card))

    (attachment,) = account.contacts.get(id=made.id).attachments
    assert attachment.item.given_name == "C"


def test_distribution_list(account, mailbox):
    made = DistributionList(
        account=account,
        folder=account.contacts,
        display_name="Team",
        members=[
            Member(
                mailbox=Mailbox(
                    name="Ann", email_address="ann@example.com", mailbox_type="OneOff"
                )
            ),
            Member(
                mailbox=Mailbox(
                    name="Bo", email_address="bo@example.com", mailbox_type="OneOff"
                )
            ),
        ],
    ).save()

    found = account.contacts.get(id=made.id)
    assert isinstance(found, DistributionList)
    assert [each.mailbox.email_address for each in found.members] == [
        "ann@example.com",
        "bo@example.com",
    ]
    assert mailbox.contacts() == []

    found.display_name = "Crew"
    found.save(update_fields=["display_name"])
    assert account.contacts.get(id=made.id).display_name == "Crew"


def test_lists_and_people_side_by_side(account, made):
    DistributionList(
        account=account, folder=account.contacts, display_name="Team", members=[]
    ).save()

    kinds = {type(each) for each in account.contacts.all()}
    assert kinds == {Contact, DistributionList}
    assert {type(item) for _, item in account.contacts.sync_items()} == kinds
    assert account.contacts.filter(item_class="IPM.Contact").count() == 1
