# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronization with plain exchangelib: sync_items and sync_hierarchy."""

from __future__ import annotations

import pytest
from exchangelib import Contact
from exchangelib.errors import ErrorInvalidSyncStateData
from exchangelib.folders import Contacts
from exchangelib.services import SyncFolderItems


def make(account, name):
    return Contact(account=account, folder=account.contacts, display_name=name).save()


def kinds(changes):
    return [(kind, item.id) for kind, item in changes]


def test_first_and_second_synchronization(account):
    item = make(account, "a")

    ((kind, found),) = account.contacts.sync_items()
    assert kind == "create"
    assert (found.id, found.changekey) == (item.id, item.changekey)
    assert (found.display_name, found.body) == ("a", None)

    state = account.contacts.item_sync_state
    assert list(account.contacts.sync_items()) == []
    assert account.contacts.item_sync_state == state


def test_changes_since_the_last_time(account):
    changed, deleted = make(account, "c"), make(account, "d")
    list(account.contacts.sync_items(only_fields=["display_name"]))

    changed.display_name = "C"
    changed.save(update_fields=["display_name"])
    deleted_id = deleted.id
    deleted.delete()
    created = make(account, "n")
    make(account, "short-lived").delete()

    changes = list(account.contacts.sync_items(only_fields=["display_name"]))
    assert sorted(kinds(changes)) == sorted(
        [("update", changed.id), ("delete", deleted_id), ("create", created.id)]
    )


def test_pages_are_followed(account, mailbox, server):
    mailbox.bulk_add_contacts(mailbox.folder("contacts"), ({} for _ in range(25)))

    changes = list(account.contacts.sync_items(max_changes_returned=10))

    assert [kind for kind, _ in changes] == ["create"] * 25
    assert len({item.id for _, item in changes}) == 25


def test_state_of_each_page(account, mailbox):
    """The service object hands out the state page by page."""
    mailbox.bulk_add_contacts(mailbox.folder("contacts"), ({} for _ in range(5)))
    service = SyncFolderItems(account=account)
    states, counts = [None], []
    while not states[1:] or not service.includes_last_item_in_range:
        page = list(
            service.call(
                folder=account.contacts,
                shape="IdOnly",
                additional_fields=None,
                sync_state=states[-1],
                ignore=None,
                max_changes_returned=2,
                sync_scope=None,
            )
        )
        counts.append(len(page))
        states.append(service.sync_state)

    assert counts == [2, 2, 1]
    assert len(set(states)) == 4


def test_ignored_items(account):
    ignored, other = make(account, "i"), make(account, "o")

    changes = account.contacts.sync_items(ignore=[ignored])

    assert kinds(changes) == [("create", other.id)]


def test_state_that_the_server_does_not_know(account, mailbox):
    make(account, "a")
    list(account.contacts.sync_items())
    mailbox.forget_sync_states()

    with pytest.raises(ErrorInvalidSyncStateData):
        list(account.contacts.sync_items())
    with pytest.raises(ErrorInvalidSyncStateData):
        list(account.contacts.sync_items(sync_state="H4sIAAAA"))


def test_tree_of_folders(account):
    first = list(account.contacts.sync_hierarchy())
    assert {kind for kind, _ in first} == {"create"}

    made = Contacts(parent=account.contacts, name="Friends").save()
    assert kinds(account.contacts.sync_hierarchy()) == [("create", made.id)]

    identifier = made.id
    made.name = "Old friends"
    made.save()
    ((kind, found),) = account.contacts.sync_hierarchy()
    assert (kind, found.id, found.name) == ("update", identifier, "Old friends")

    made.delete()
    ((kind, found),) = account.contacts.sync_hierarchy()
    assert (kind, found.id) == ("delete", identifier)
    assert list(account.contacts.sync_hierarchy()) == []
