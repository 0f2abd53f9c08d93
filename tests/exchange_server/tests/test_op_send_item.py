# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SendItem: what a client sees of it in its own mailbox."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import CONTACTS, folder_id, item_id


@pytest.fixture
def draft(mailbox):
    drafts = mailbox.folder("drafts")
    return mailbox.add_item(drafts, "IPM.Note", {"item:Subject": "Hello"})


def send(identifier: str, saves: str = "true", folder: str = "") -> str:
    place = f"<m:SavedItemFolderId>{folder}</m:SavedItemFolderId>" if folder else ""
    return (
        f'<m:SendItem SaveItemToFolder="{saves}"><m:ItemIds>{item_id(identifier)}'
        f"</m:ItemIds>{place}</m:SendItem>"
    )


def test_a_message_goes_to_sent_items(post, mailbox, draft):
    assert post(send(draft.id)).codes == ["NoError"]
    (sent,) = mailbox.folder("sentitems").items.values()
    assert sent.values == {"item:Subject": "Hello"}
    assert mailbox.folder("drafts").items == {}


def test_a_copy_goes_elsewhere_or_nowhere(post, mailbox, draft):
    notes = mailbox.folder("notes")
    place = folder_id(notes.id)
    both = post(send(draft.id, "false", place))
    assert both.codes == ["ErrorInvalidSendItemSaveSettings"]
    assert post(send(draft.id, folder=place)).codes == ["NoError"]
    copy = list(notes.items.values())[-1]
    assert copy.values == {"item:Subject": "Hello"}
    assert post(send(copy.id, "false")).codes == ["NoError"]
    assert copy.number not in notes.items


def test_what_cannot_be_sent(post, mailbox, draft):
    card = mailbox.add_contact(mailbox.folder("contacts"), {})
    codes = [
        post(send(card.id)).codes,
        post(send("none")).codes,
        post(send(draft.id, folder=folder_id(""))).codes,
    ]
    assert codes == [
        ["ErrorInvalidItemForOperationSendItem"],
        ["ErrorInvalidIdMalformed"],
        ["ErrorInvalidIdEmpty"],
    ]
    assert post(send(draft.id, folder=CONTACTS)).codes == ["NoError"]
