# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""MoveFolder: a folder keeps its identifier wherever it goes."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    CONTACTS,
    distinguished,
    folder_id,
    sync_hierarchy,
)


def move_folder(target: str, *folders: str) -> str:
    return (
        f"<m:MoveFolder><m:ToFolderId>{target}</m:ToFolderId>"
        f"<m:FolderIds>{''.join(folders)}</m:FolderIds></m:MoveFolder>"
    )


@pytest.fixture
def folders(mailbox):
    """Two folders below Contacts and one below the first."""
    first = mailbox.create_folder("Friends")
    return first, mailbox.create_folder("Family"), mailbox.create_folder("Old", first)


def test_a_folder_moves_with_all_below_it(post, mailbox, folders):
    friends, family, old = folders
    state = post(sync_hierarchy()).one(".//m:SyncState").text
    identifier, key = friends.id, friends.change_key

    reply = post(move_folder(folder_id(family.id), folder_id(friends.id)))

    assert reply.codes == ["NoError"]
    answered = reply.one(".//t:FolderId")
    assert answered.get("Id") == identifier == friends.id
    assert answered.get("ChangeKey") == friends.change_key != key
    assert (friends.parent, old.parent) == (family, friends)
    news = post(sync_hierarchy(state))
    assert len(news.all(".//m:Changes/t:Update")) == 2


def test_folders_that_cannot_move(post, mailbox, folders):
    friends, family, old = folders
    mailbox.create_folder("Friends", family)
    system = mailbox.folder("GAL Contacts")
    cases = {
        (folder_id(family.id), CONTACTS): "ErrorMoveDistinguishedFolder",
        (folder_id(family.id), folder_id(system.id)): "ErrorMoveDistinguishedFolder",
        (folder_id(old.id), folder_id(friends.id)): "ErrorMoveCopyFailed",
        (folder_id(friends.id), folder_id(friends.id)): "ErrorMoveCopyFailed",
        (folder_id(family.id), folder_id(friends.id)): "ErrorFolderExists",
        (folder_id("none"), folder_id(friends.id)): "ErrorInvalidIdMalformed",
        (distinguished("archiveroot"), folder_id(old.id)): "ErrorToFolderNotFound",
        (CONTACTS, folder_id(friends.id)): "NoError",
    }
    for (target, folder), code in cases.items():
        assert post(move_folder(target, folder)).codes == [code]
    assert friends.parent is mailbox.folder("contacts")
