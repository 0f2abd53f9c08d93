# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CreateFolder: kinds of folders, names that are taken, parents that are gone."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    create_folder,
    distinguished,
    extended,
    folder_id,
    get_folder,
    shape,
)


def named(name: str, element: str = "ContactsFolder", folder_class: str = "") -> str:
    given = f"<t:FolderClass>{folder_class}</t:FolderClass>" if folder_class else ""
    return f"<t:{element}>{given}<t:DisplayName>{name}</t:DisplayName></t:{element}>"


def test_folder_is_there_afterwards(post, mailbox):
    reply = post(create_folder(named("Friends")))

    assert reply.codes == ["NoError"]
    identifier = reply.one(".//t:ContactsFolder/t:FolderId").get("Id")
    made = mailbox.folder("Friends")
    assert (made.id, made.folder_class, made.parent) == (
        identifier,
        "IPF.Contact",
        mailbox.folder("contacts"),
    )


@pytest.mark.parametrize(
    ("element", "given", "expected"),
    [
        ("ContactsFolder", "", "IPF.Contact"),
        ("CalendarFolder", "", "IPF.Appointment"),
        ("TasksFolder", "", "IPF.Task"),
        ("Folder", "", ""),
        ("Folder", "IPF.Contact", "IPF.Contact"),
        ("Folder", "IPF.Note", "IPF.Note"),
        ("ContactsFolder", "IPF.Contact", "IPF.Contact"),
    ],
)
def test_class_of_a_new_folder(post, mailbox, element, given, expected):
    post(create_folder(named("New", element, given), parent=distinguished("inbox")))

    assert mailbox.folder("New").folder_class == expected


def test_class_of_a_typed_folder_is_implied(post):
    reply = post(create_folder(named("New", "ContactsFolder", "IPF.Note")))

    assert reply.codes == ["ErrorNoFolderClassOverride"]


def test_folder_names_are_unique_regardless_of_case(post):
    reply = post(create_folder(named("Friends"), named("FRIENDS"), named("Family")))

    assert reply.codes == ["NoError", "ErrorFolderExists", "NoError"]
    (text,) = reply.texts(".//m:MessageText")
    assert "Could not create folder 'FRIENDS'" in text


def test_same_name_elsewhere_is_free(post, mailbox):
    mailbox.create_folder("Friends")

    reply = post(create_folder(named("Friends"), parent=distinguished("msgfolderroot")))

    assert reply.codes == ["NoError"]


def test_parent_that_is_gone(post, mailbox):
    gone = mailbox.create_folder("Gone")
    mailbox.remove_folder(gone)

    reply = post(create_folder(named("A"), named("B"), parent=folder_id(gone.id)))

    assert reply.codes == ["ErrorParentFolderNotFound", "ErrorParentFolderNotFound"]


def test_empty_name(post):
    assert post(create_folder(named("  "))).codes == ["ErrorFolderSavePropertyError"]


def test_search_folders_are_not_offered(post):
    reply = post(create_folder(named("All", "SearchFolder")))

    assert reply.codes == ["ErrorInvalidFolderTypeForOperation"]


def test_extended_property_comes_with_the_folder(post):
    path = extended(
        DistinguishedPropertySetId="PublicStrings",
        PropertyName="Origin",
        PropertyType="String",
    )
    given = (
        "<t:ContactsFolder><t:DisplayName>Marked</t:DisplayName><t:ExtendedProperty>"
        f"{path}<t:Value>import</t:Value></t:ExtendedProperty></t:ContactsFolder>"
    )

    identifier = post(create_folder(given)).one(".//t:FolderId").get("Id")

    wanted = shape("IdOnly", path, name="Folder")
    reply = post(get_folder(folder_id(identifier), wanted=wanted))
    assert reply.texts(".//t:ExtendedProperty/t:Value") == ["import"]


def test_no_folders_can_be_created_in_a_locked_one(post, mailbox):
    mailbox.folder("contacts").locked = True

    assert post(create_folder(named("Friends"))).codes == ["ErrorAccessDenied"]
    assert "Friends" not in [folder.name for folder in mailbox.root.descendants()]
