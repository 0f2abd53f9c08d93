# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""FindFolder: traversal, paging and restrictions on folders."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    CONTACTS,
    distinguished,
    field,
    find_folder,
    folder_id,
)


@pytest.fixture(autouse=True)
def tree(mailbox):
    friends = mailbox.create_folder("Friends")
    mailbox.create_folder("Abroad", friends)
    return friends


def names(reply):
    return reply.texts(".//t:Folders/*/t:DisplayName")


def own(reply):
    """The names, without those of the folders that every mailbox has."""
    return [name for name in names(reply) if name in ("Friends", "Abroad")]


def test_shallow_and_deep(post):
    shallow = post(find_folder(CONTACTS))
    deep = post(find_folder(CONTACTS, traversal="Deep"))

    assert own(shallow) == ["Friends"]
    assert own(deep) == ["Friends", "Abroad"]


def test_all_of_the_mailbox(post, mailbox):
    reply = post(find_folder(distinguished("root"), traversal="Deep"))

    assert len(names(reply)) == len(mailbox.folders) - 1
    counted = reply.one(".//m:RootFolder").get("TotalItemsInView")
    assert int(counted) == len(mailbox.folders) - 1


def test_servers_own_contact_folders_are_there(post):
    """Real mailboxes have them below Contacts; their classes distinguish them."""
    reply = post(find_folder(CONTACTS))

    assert "Recipient Cache" in names(reply)
    assert "GAL Contacts" in names(reply)


def test_soft_deleted_folders_do_not_exist(post):
    assert names(post(find_folder(CONTACTS, traversal="SoftDeleted"))) == []


def test_pages(post, mailbox):
    view = (
        '<m:IndexedPageFolderView MaxEntriesReturned="{}" Offset="{}"'
        ' BasePoint="Beginning"/>'
    )
    total = len(mailbox.folder("contacts").children)

    first = post(find_folder(CONTACTS, inside=view.format(2, 0)))
    rest = post(find_folder(CONTACTS, inside=view.format(100, 2)))

    assert first.one(".//m:RootFolder").get("IndexedPagingOffset") == "2"
    assert first.one(".//m:RootFolder").get("IncludesLastItemInRange") == "false"
    assert rest.one(".//m:RootFolder").get("IncludesLastItemInRange") == "true"
    assert len(names(first) + names(rest)) == total


@pytest.mark.parametrize(
    ("uri", "value", "expected"),
    [
        ("folder:DisplayName", "friends", ["Friends"]),
        ("folder:ChildFolderCount", "1", ["Friends"]),
        ("folder:FolderClass", "IPF.Contact", ["Friends", "Abroad"]),
    ],
)
def test_restrictions(post, uri, value, expected):
    inside = (
        f"<m:Restriction><t:IsEqualTo>{field(uri)}<t:FieldURIOrConstant>"
        f'<t:Constant Value="{value}"/></t:FieldURIOrConstant></t:IsEqualTo>'
        "</m:Restriction>"
    )

    reply = post(find_folder(CONTACTS, traversal="Deep", inside=inside))

    assert own(reply) == expected


def test_restriction_on_a_property_of_items(post):
    inside = (
        f"<m:Restriction><t:Exists>{field('item:Subject')}</t:Exists></m:Restriction>"
    )

    reply = post(find_folder(CONTACTS, inside=inside))

    assert reply.codes == ["ErrorUnsupportedPathForQuery"]


def test_parent_that_is_gone(post, mailbox, tree):
    mailbox.remove_folder(tree)

    reply = post(find_folder(folder_id(tree.id), CONTACTS))

    assert reply.codes == ["ErrorFolderNotFound", "NoError"]
