# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PidTagSearchKey (0x300B), which identifies an item even after moves."""

from __future__ import annotations

import base64

import pytest

from exchange_server.tests.soap_bodies import (
    CONTACTS,
    change,
    contact,
    create_item,
    delete_item,
    distinguished,
    extended,
    find_item,
    folder_id,
    get_item,
    item_id,
    set_field,
    shape,
    sync_items,
    update_item,
)

SEARCH_KEY = extended(PropertyTag="0x300B", PropertyType="Binary")
WANTED = shape("IdOnly", SEARCH_KEY)
NAME = '<t:FieldURI FieldURI="contacts:GivenName"/>'


@pytest.fixture
def keys(post):
    """``keys(request)``: the search keys in its answer."""
    return lambda request: post(request).texts(".//t:ExtendedProperty/t:Value")


def transfer(operation, identifier, folder):
    return (
        f"<m:{operation}><m:ToFolderId>{folder}</m:ToFolderId><m:ItemIds>"
        f"{item_id(identifier)}</m:ItemIds></m:{operation}>"
    )


def test_each_operation_that_reads_serves_it(post, mailbox, keys):
    post(create_item(contact(), contact()))
    first, second = mailbox.contacts()

    read = keys(get_item([first.id, second.id], WANTED))

    assert len(set(read)) == 2
    assert {len(base64.b64decode(key)) for key in read} == {16}
    assert sorted(keys(sync_items(wanted=WANTED))) == sorted(read)
    assert sorted(keys(find_item(wanted=WANTED))) == sorted(read)


def test_the_search_key_survives_edits_moves_copies_and_deletions(post, mailbox, keys):
    item = mailbox.add_contact(mailbox.folder("contacts"), {})
    folder = mailbox.create_folder("Friends")
    key = keys(get_item(item.id, WANTED))
    update = set_field(NAME, "<t:GivenName>Ada</t:GivenName>")
    post(update_item(change(item_id(item.id, item.change_key), update)))
    assert keys(get_item(item.id, WANTED)) == key
    for operation, target in (
        ("MoveItem", folder_id(folder.id)),
        ("MoveItem", CONTACTS),
        ("CopyItem", folder_id(folder.id)),
    ):
        reply = post(transfer(operation, item.id, target))
        identifier = reply.one(".//t:ItemId").get("Id")
        assert identifier != item.id
        item = mailbox.item(identifier)
        assert keys(get_item(item.id, WANTED)) == key
    post(delete_item(item_id(item.id), how="MoveToDeletedItems"))
    assert keys(find_item(distinguished("deleteditems"), wanted=WANTED)) == key


def test_the_search_key_can_be_searched_for_and_not_set(post, mailbox, keys):
    post(create_item(contact(), contact()))
    first, _ = mailbox.contacts()
    (key,) = keys(get_item(first.id, WANTED))
    constant = (
        f'<t:FieldURIOrConstant><t:Constant Value="{key}"/></t:FieldURIOrConstant>'
    )
    equal = f"<t:IsEqualTo>{SEARCH_KEY}{constant}</t:IsEqualTo>"
    found = post(find_item(inside=f"<m:Restriction>{equal}</m:Restriction>"))
    assert [each.get("Id") for each in found.all(".//t:ItemId")] == [first.id]

    value = (
        f"<t:ExtendedProperty>{SEARCH_KEY}<t:Value>AAAA</t:Value></t:ExtendedProperty>"
    )
    assert post(create_item(contact(value))).codes == ["ErrorInvalidPropertySet"]
