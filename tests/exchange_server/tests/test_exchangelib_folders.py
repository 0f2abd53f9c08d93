# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Folders with plain exchangelib."""

from __future__ import annotations

import pytest
from exchangelib import Contact
from exchangelib.errors import (
    ErrorDeleteDistinguishedFolder,
    ErrorFolderExists,
    ErrorFolderNotFound,
)
from exchangelib.folders import Contacts, Folder, GALContacts, RecipientCache


def test_default_folders(account):
    assert account.contacts.folder_class == "IPF.Contact"
    assert account.inbox.name == "Inbox"
    assert account.trash.name == "Deleted Items"
    assert account.root.tois.name == "Top of Information Store"


def test_walk_finds_the_servers_own_contact_folders(account):
    found = {type(each) for each in account.contacts.walk()}

    assert {RecipientCache, GALContacts} <= found


def test_make_rename_and_delete(account):
    folder = Contacts(parent=account.contacts, name="Friends").save()
    assert (account.contacts / "Friends").id == folder.id
    assert folder.folder_class == "IPF.Contact"

    folder.name = "Family"
    folder.save()
    account.root.clear_cache()
    assert (account.contacts / "Family").id == folder.id

    folder.delete()
    account.root.clear_cache()
    with pytest.raises(ErrorFolderNotFound):
        account.contacts / "Family"


def test_contacts_in_a_folder_below(account):
    folder = Contacts(parent=account.contacts, name="Friends").save()
    Contact(account=account, folder=folder, display_name="Below").save()

    assert [each.display_name for each in folder.all()] == ["Below"]
    assert account.contacts.all().count() == 0
    folder.refresh()
    assert (folder.total_count, folder.child_folder_count) == (1, 0)


def test_names_are_taken_once(account):
    Contacts(parent=account.contacts, name="Friends").save()

    with pytest.raises(ErrorFolderExists):
        Contacts(parent=account.contacts, name="friends").save()


def test_well_known_folders_stay(account):
    with pytest.raises(ErrorDeleteDistinguishedFolder):
        account.contacts.delete()


def test_generic_folder_with_a_class(account):
    folder = Folder(
        parent=account.contacts, name="Generic", folder_class="IPF.Contact"
    ).save()

    account.root.clear_cache()
    assert type(account.root.get_folder(folder)) is Contacts


def test_empty(account):
    folder = Contacts(parent=account.contacts, name="Friends").save()
    for name in ("a", "b"):
        Contact(account=account, folder=folder, display_name=name).save()

    folder.empty()
    assert folder.all().count() == 0


def test_wipe_and_walk_the_whole_mailbox(account):
    names = [each.name for each in account.root.walk()]

    assert len(names) == len({each.id for each in account.root.walk()})
    assert {"Contacts", "Inbox", "Calendar", "Deletions"} <= set(names)
