# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""UpdateFolder: names, classes and extended properties."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    distinguished,
    extended,
    field,
    folder_id,
    get_folder,
    shape,
)

NAME = field("folder:DisplayName")
CLASS = extended(PropertyTag="0x3613", PropertyType="String")
MARK = extended(PropertyTag="0x3004", PropertyType="String")


@pytest.fixture
def folder(mailbox):
    return mailbox.create_folder("Friends")


def update(target: str, *updates: str) -> str:
    return (
        f"<m:UpdateFolder><m:FolderChanges><t:FolderChange>{target}"
        f"<t:Updates>{''.join(updates)}</t:Updates></t:FolderChange>"
        "</m:FolderChanges></m:UpdateFolder>"
    )


def set_field(path: str, content: str, action: str = "SetFolderField") -> str:
    return (
        f"<t:{action}>{path}<t:ContactsFolder>{content}</t:ContactsFolder></t:{action}>"
    )


def named(name: str) -> str:
    return set_field(NAME, f"<t:DisplayName>{name}</t:DisplayName>")


def marked(text: str) -> str:
    value = f"<t:Value>{text}</t:Value>"
    return set_field(MARK, f"<t:ExtendedProperty>{MARK}{value}</t:ExtendedProperty>")


def test_rename(post, folder):
    identifier, key = folder.id, folder.change_key

    reply = post(update(folder_id(folder.id), named("Old friends")))

    assert reply.codes == ["NoError"]
    assert folder.name == "Old friends"
    answered = reply.one(".//t:FolderId")
    assert answered.get("Id") == identifier
    assert answered.get("ChangeKey") == folder.change_key != key


def test_name_that_is_taken(post, mailbox, folder):
    mailbox.create_folder("Family")

    assert post(update(folder_id(folder.id), named("family"))).codes == [
        "ErrorFolderExists"
    ]
    assert folder.name == "Friends"


def test_change_of_case_only(post, folder):
    assert post(update(folder_id(folder.id), named("FRIENDS"))).codes == ["NoError"]
    assert folder.name == "FRIENDS"


def test_well_known_folders_keep_their_names(post):
    reply = post(update(distinguished("contacts"), named("People")))

    assert reply.codes == ["ErrorFolderSavePropertyError"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("IPF.Contact", "NoError"),
        ("IPF.Contact.My", "ErrorObjectTypeChanged"),
        ("IPF.Note", "ErrorObjectTypeChanged"),
    ],
)
def test_class_stays(post, folder, wanted, code):
    path = field("folder:FolderClass")
    content = f"<t:FolderClass>{wanted}</t:FolderClass>"
    by_tag = (
        f"<t:ExtendedProperty>{CLASS}<t:Value>{wanted}</t:Value></t:ExtendedProperty>"
    )

    for change in (set_field(path, content), set_field(CLASS, by_tag)):
        assert post(update(folder_id(folder.id), change)).codes == [code]
    assert folder.folder_class == "IPF.Contact"


def test_system_folders_keep_their_names(post, mailbox):
    system = mailbox.folder("GAL Contacts")
    reply = post(update(folder_id(system.id), named("Mine")))
    assert reply.codes == ["ErrorFolderSavePropertyError"]


def test_a_folder_that_is_gone(post, mailbox, folder):
    mailbox.remove_folder(folder)
    reply = post(update(folder_id(folder.id), named("Mine")))
    assert reply.codes == ["ErrorItemNotFound"]


def test_the_name_and_its_extended_property_are_one_value(post, folder):
    path = extended(PropertyTag="0x3001", PropertyType="String")
    value = f"<t:ExtendedProperty>{path}<t:Value>Family</t:Value></t:ExtendedProperty>"
    assert post(update(folder_id(folder.id), set_field(path, value))).codes == [
        "NoError"
    ]
    assert (folder.name, folder.extended) == ("Family", {})


def test_permissions_are_kept(post, folder):
    path = field("folder:PermissionSet")
    permission = (
        "<t:Permissions><t:Permission><t:UserId><t:DistinguishedUser>Default"
        "</t:DistinguishedUser></t:UserId><t:PermissionLevel>Reviewer"
        "</t:PermissionLevel></t:Permission></t:Permissions>"
    )
    content = f"<t:PermissionSet>{permission}</t:PermissionSet>"
    wanted = shape("IdOnly", path, name="Folder")

    assert post(update(folder_id(folder.id), set_field(path, content))).codes == [
        "NoError"
    ]

    reply = post(get_folder(folder_id(folder.id), wanted=wanted))
    assert reply.texts(".//t:PermissionLevel") == ["Reviewer"]
    assert post(get_folder(folder_id(folder.id))).all(".//t:PermissionSet") == []
    deletion = f"<t:DeleteFolderField>{path}</t:DeleteFolderField>"
    assert post(update(folder_id(folder.id), deletion)).codes == ["NoError"]
    reply = post(get_folder(folder_id(folder.id), wanted=wanted))
    assert reply.all(".//t:PermissionSet") == []


def test_extended_property_set_and_deleted(post, folder):
    post(update(folder_id(folder.id), marked("imported")))
    assert list(folder.extended.values()) == ["imported"]

    delete = f"<t:DeleteFolderField>{MARK}</t:DeleteFolderField>"
    assert post(update(folder_id(folder.id), delete)).codes == ["NoError"]
    assert folder.extended == {}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            set_field(field("folder:TotalCount"), "<t:TotalCount>5</t:TotalCount>"),
            "ErrorInvalidPropertySet",
        ),
        (
            set_field(field("item:Subject"), "<t:DisplayName>x</t:DisplayName>"),
            "ErrorInvalidPropertyRequest",
        ),
        (
            set_field(NAME, "<t:FolderClass>IPF.Contact</t:FolderClass>"),
            "ErrorUpdatePropertyMismatch",
        ),
        (set_field(NAME, ""), "ErrorIncorrectUpdatePropertyCount"),
        (
            set_field(NAME, "<t:DisplayName>x</t:DisplayName>", "AppendToFolderField"),
            "ErrorInvalidPropertyAppend",
        ),
        (
            f"<t:DeleteFolderField>{NAME}</t:DeleteFolderField>",
            "ErrorInvalidPropertyDelete",
        ),
    ],
)
def test_impossible_changes(post, folder, change, code):
    reply = post(update(folder_id(folder.id), named("Renamed"), change))

    assert reply.codes == [code]
    assert folder.name == "Friends"
