# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""DeleteFolder and EmptyFolder."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    CONTACTS,
    distinguished,
    find_item,
    folder_id,
    get_item,
)


@pytest.fixture
def folder(mailbox):
    return mailbox.create_folder("Friends")


@pytest.fixture
def item(mailbox, folder):
    return mailbox.add_contact(folder, {"contacts:DisplayName": "Ann"})


def delete_folder(*targets: str, how: str = "HardDelete") -> str:
    return (
        f'<m:DeleteFolder DeleteType="{how}">'
        f"<m:FolderIds>{''.join(targets)}</m:FolderIds></m:DeleteFolder>"
    )


def empty_folder(target: str, how: str = "HardDelete", below: str = "false") -> str:
    return (
        f'<m:EmptyFolder DeleteType="{how}" DeleteSubFolders="{below}">'
        f"<m:FolderIds>{target}</m:FolderIds></m:EmptyFolder>"
    )


@pytest.mark.parametrize("how", ["HardDelete", "SoftDelete"])
def test_deleted_folder_takes_everything_along(post, mailbox, folder, item, how):
    mailbox.create_folder("Below", folder)

    reply = post(delete_folder(folder_id(folder.id), how=how))

    assert reply.codes == ["NoError"]
    names = {each.name for each in mailbox.folders.values()}
    assert not names & {"Friends", "Below"}
    assert post(get_item(item.id)).codes == ["ErrorItemNotFound"]


def test_folder_moved_to_deleted_items_keeps_its_items(post, mailbox, folder, item):
    reply = post(delete_folder(folder_id(folder.id), how="MoveToDeletedItems"))

    assert reply.codes == ["NoError"]
    assert folder.parent is mailbox.folder("deleteditems")
    assert post(get_item(item.id)).codes == ["NoError"]
    assert item not in mailbox.contacts()


def test_namesakes_in_deleted_items(post, mailbox, folder):
    post(delete_folder(folder_id(folder.id), how="MoveToDeletedItems"))
    second = mailbox.create_folder("Friends")
    post(delete_folder(folder_id(second.id), how="MoveToDeletedItems"))

    children = mailbox.folder("deleteditems").children
    assert sorted(each.name for each in children) == ["Friends", "Friends1"]


def test_the_servers_own_folders_stay(post, mailbox):
    system = mailbox.folder("GAL Contacts")
    own = (CONTACTS, distinguished("inbox"), folder_id(system.id))

    reply = post(delete_folder(*own))

    codes = ["ErrorDeleteDistinguishedFolder"] * 2 + ["ErrorCannotDeleteObject"]
    assert reply.codes == codes
    assert mailbox.folder("contacts") is not None
    assert system in mailbox.folder("contacts").children


def test_one_missing_folder_does_not_touch_the_others(post, mailbox, folder):
    other = mailbox.create_folder("Other")

    reply = post(delete_folder(folder_id("none"), folder_id(other.id)))

    assert reply.codes == ["ErrorInvalidIdMalformed", "NoError"]
    assert post(delete_folder(folder_id(other.id))).codes == ["ErrorFolderNotFound"]


def test_empty_a_folder_for_good(post, mailbox, folder, item):
    below = mailbox.create_folder("Below", folder)

    reply = post(empty_folder(folder_id(folder.id)))

    assert reply.codes == ["NoError"]
    assert folder.items == {}
    assert folder.children == [below]
    assert post(get_item(item.id)).codes == ["ErrorItemNotFound"]


def test_empty_a_folder_to_deleted_items(post, mailbox, folder, item):
    below = mailbox.create_folder("Below", folder)

    post(empty_folder(folder_id(folder.id), "MoveToDeletedItems", "true"))

    bin_folder = mailbox.folder("deleteditems")
    assert [each.values for each in bin_folder.items.values()] == [item.values]
    assert bin_folder.children == [below]


def test_empty_contacts_keeps_the_servers_own_folders(post, mailbox, folder):
    post(empty_folder(CONTACTS, "HardDelete", "true"))

    names = {each.name for each in mailbox.folder("contacts").children}
    assert "Recipient Cache" in names
    assert "Friends" not in names


def test_folders_that_cannot_be_emptied(post):
    assert post(empty_folder(distinguished("root"))).codes == ["ErrorCannotEmptyFolder"]
    assert post(find_item(distinguished("inbox"))).codes == ["NoError"]
