# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""UpdateFolder: names, classes and extended properties."""

from __future__ import annotations

import pytest
from soap_bodies import distinguished, extended, field, folder_id

NAME = field("folder:DisplayName")
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


def test_class_can_change_within_its_type(post, folder):
    path = field("folder:FolderClass")
    content = "<t:FolderClass>{}</t:FolderClass>"

    own = post(
        update(folder_id(folder.id), set_field(path, content.format("IPF.Contact.My")))
    )
    other = post(
        update(folder_id(folder.id), set_field(path, content.format("IPF.Note")))
    )

    assert own.codes == ["NoError"]
    assert other.codes == ["ErrorObjectTypeChanged"]
    assert folder.folder_class == "IPF.Contact.My"


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
