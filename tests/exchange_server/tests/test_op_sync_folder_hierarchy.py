# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SyncFolderHierarchy: which folders came, changed and went."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    CONTACTS,
    distinguished,
    folder_id,
    sync_hierarchy,
)


def state_of(reply):
    return reply.one(".//m:SyncState").text


def changes_in(reply):
    return [
        (each.tag.rpartition("}")[2], each.find(".//{*}FolderId").get("Id"))
        for each in reply.all(".//m:Changes/*")
    ]


def delete_folder(target, how):
    return (
        f'<m:DeleteFolder DeleteType="{how}"><m:FolderIds>{folder_id(target.id)}'
        "</m:FolderIds></m:DeleteFolder>"
    )


def test_first_time_names_all_folders_newest_first(post, mailbox):
    newest = mailbox.create_folder("Newest")

    reply = post(sync_hierarchy())

    assert reply.codes == ["NoError"]
    assert reply.one(".//m:IncludesLastFolderInRange").text == "true"
    identifiers = [identifier for _, identifier in changes_in(reply)]
    assert len(identifiers) == len(mailbox.folders) - 1
    assert set(identifiers) == {each.id for each in mailbox.root.descendants()}
    assert identifiers[0] == newest.id


def test_only_what_is_below_the_given_folder(post, mailbox):
    reply = post(sync_hierarchy(folder=CONTACTS))

    children = {each.id for each in mailbox.folder("contacts").children}
    assert set(changes_in(reply)) == {("Create", each) for each in children}


def test_unchanged_tree_gives_the_same_state(post, mailbox):
    state = state_of(post(sync_hierarchy()))
    mailbox.add_contact(mailbox.folder("contacts"), {})

    reply = post(sync_hierarchy(state))

    assert changes_in(reply) == []
    assert state_of(reply) == state


def test_created_renamed_deleted(post, mailbox):
    renamed = mailbox.create_folder("Renamed")
    deleted = mailbox.create_folder("Deleted")
    state = state_of(post(sync_hierarchy(folder=CONTACTS)))

    created = mailbox.create_folder("Created")
    post(
        f"<m:UpdateFolder><m:FolderChanges><t:FolderChange>{folder_id(renamed.id)}"
        '<t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/>'
        "<t:ContactsFolder><t:DisplayName>New name</t:DisplayName></t:ContactsFolder>"
        "</t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges>"
        "</m:UpdateFolder>"
    )
    post(delete_folder(deleted, "HardDelete"))
    short_lived = mailbox.create_folder("Short-lived")
    post(delete_folder(short_lived, "HardDelete"))

    assert set(changes_in(post(sync_hierarchy(state, CONTACTS)))) == {
        ("Create", created.id),
        ("Update", renamed.id),
        ("Delete", deleted.id),
    }


def test_folder_moved_to_deleted_items(post, mailbox):
    """An update for the whole mailbox, a deletion for Contacts alone."""
    moved = mailbox.create_folder("Moved")
    inside = mailbox.create_folder("Inside", moved)
    whole = state_of(post(sync_hierarchy(folder=distinguished("msgfolderroot"))))
    contacts = state_of(post(sync_hierarchy(folder=CONTACTS)))

    post(delete_folder(moved, "MoveToDeletedItems"))

    top = distinguished("msgfolderroot")
    assert set(changes_in(post(sync_hierarchy(whole, top)))) == {
        ("Update", moved.id),
        ("Update", inside.id),
    }
    assert set(changes_in(post(sync_hierarchy(contacts, CONTACTS)))) == {
        ("Delete", moved.id),
        ("Delete", inside.id),
    }


@pytest.mark.parametrize("state", ["H4sIAAAA", "nonsense!"])
def test_states_that_were_never_handed_out(post, state):
    reply = post(sync_hierarchy(state))

    assert reply.codes == ["ErrorInvalidSyncStateData"]
    assert state_of(reply) is None


def test_a_state_of_items_is_not_accepted_for_folders(post):
    items = post(
        "<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>"
        f"</m:ItemShape><m:SyncFolderId>{CONTACTS}</m:SyncFolderId>"
        "<m:MaxChangesReturned>5</m:MaxChangesReturned></m:SyncFolderItems>"
    )

    reply = post(sync_hierarchy(state_of(items), CONTACTS))

    assert reply.codes == ["ErrorInvalidSyncStateData"]


def test_a_state_of_the_whole_mailbox_is_not_accepted_for_its_root(post):
    """ "Null and root are not treated the same" (on synchronization errors)."""
    state = state_of(post(sync_hierarchy()))

    assert post(sync_hierarchy(state)).codes == ["NoError"]
    assert post(sync_hierarchy(state, distinguished("root"))).codes == [
        "ErrorInvalidSyncStateData"
    ]


def test_folder_that_is_gone(post, mailbox):
    gone = mailbox.create_folder("Gone")
    mailbox.remove_folder(gone)

    reply = post(sync_hierarchy(folder=folder_id(gone.id)))

    assert reply.codes == ["ErrorSyncFolderNotFound"]
