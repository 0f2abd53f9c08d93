# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""GetFolder, with messages as the EWS page "GetFolder operation" shows them."""

from __future__ import annotations

from exchange_server.tests.soap_bodies import (
    create_folder,
    distinguished,
    extended,
    field,
    folder_id,
    get_folder,
    shape,
)


def test_contacts_folder_with_all_properties(post, mailbox):
    mailbox.add_contact(mailbox.folder("contacts"), {"contacts:GivenName": "Ada"})

    reply = post(get_folder(distinguished("contacts")))

    assert reply.codes == ["NoError"]
    folder = reply.one(".//t:ContactsFolder")
    texts = {child.tag.rpartition("}")[2]: child.text for child in folder}
    assert texts["DisplayName"] == "Contacts"
    assert texts["FolderClass"] == "IPF.Contact"
    assert texts["TotalCount"] == "1"
    assert texts["ChildFolderCount"] == str(len(mailbox.folder("contacts").children))
    assert "UnreadCount" not in texts
    parent = reply.one(".//t:ParentFolderId").get("Id")
    assert parent == mailbox.folder("msgfolderroot").id


def test_each_kind_of_folder_has_its_element(post):
    names = ["contacts", "calendar", "tasks", "inbox", "notes", "root"]

    reply = post(get_folder(*map(distinguished, names)))

    tags = [each.tag.rpartition("}")[2] for each in reply.all(".//m:Folders/*")]
    assert tags == [
        "ContactsFolder",
        "CalendarFolder",
        "TasksFolder",
        "Folder",
        "Folder",
        "Folder",
    ]


def test_the_inbox_counts_unread_messages(post):
    reply = post(get_folder(distinguished("inbox")))

    assert reply.texts(".//t:TotalCount") == ["3"]
    assert reply.texts(".//t:UnreadCount") == ["2"]


def test_one_missing_folder_does_not_touch_the_others(post, mailbox):
    gone = mailbox.create_folder("Short-lived")
    mailbox.remove_folder(gone)

    reply = post(
        get_folder(
            distinguished("contacts"),
            folder_id(gone.id),
            folder_id("no identifier"),
            folder_id(""),
            distinguished("archiveroot"),
            distinguished("inbox"),
        )
    )

    assert reply.status == 200
    assert reply.codes == [
        "NoError",
        "ErrorFolderNotFound",
        "ErrorInvalidIdMalformed",
        "ErrorInvalidIdEmpty",
        "ErrorFolderNotFound",
        "NoError",
    ]


def test_an_item_identifier_is_not_accepted_for_a_folder(post, mailbox):
    item = mailbox.add_contact(mailbox.folder("contacts"), {})

    reply = post(get_folder(folder_id(item.id)))

    assert reply.codes == ["ErrorCannotUseItemIdForFolderId"]


def test_identifiers_are_case_sensitive(post, mailbox):
    folder = mailbox.folder("contacts")

    reply = post(get_folder(folder_id(folder.id.swapcase())))

    assert reply.codes == ["ErrorInvalidIdMalformed"]


def test_shapes_hold_what_was_asked_for(post):
    wanted = shape("IdOnly", field("folder:DisplayName"), name="Folder")
    reply = post(get_folder(distinguished("contacts"), wanted=wanted))
    tags = [each.tag.rpartition("}")[2] for each in reply.one(".//t:ContactsFolder")]
    assert tags == ["FolderId", "DisplayName"]

    wanted = shape("Default", name="Folder")
    reply = post(get_folder(distinguished("inbox"), wanted=wanted))
    tags = [each.tag.rpartition("}")[2] for each in reply.one(".//t:Folder")]
    assert tags == [
        "FolderId",
        "DisplayName",
        "TotalCount",
        "ChildFolderCount",
        "UnreadCount",
    ]


def test_property_of_items_is_refused(post):
    wanted = shape("IdOnly", field("item:Subject"), name="Folder")

    reply = post(get_folder(distinguished("contacts"), wanted=wanted))

    assert reply.codes == ["ErrorInvalidPropertyRequest"]
    assert reply.one(".//m:MessageXml/t:FieldURI").get("FieldURI") == "item:Subject"


def test_extended_property_that_a_folder_lacks_is_left_out(post):
    path = extended(PropertyTag="0x36da", PropertyType="Binary")
    wanted = shape("IdOnly", path, name="Folder")

    reply = post(get_folder(distinguished("contacts"), wanted=wanted))

    assert reply.codes == ["NoError"]
    assert reply.all(".//t:ExtendedProperty") == []


def test_folder_of_another_mailbox_is_out_of_reach(post, exchange):
    other = exchange.add_mailbox("other@example.com", "secret")

    reply = post(
        get_folder(
            folder_id(other.folder("contacts").id),
            '<t:DistinguishedFolderId Id="contacts"><t:Mailbox><t:EmailAddress>'
            "other@example.com</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>",
            '<t:DistinguishedFolderId Id="contacts"><t:Mailbox><t:EmailAddress>'
            "nobody@example.com</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>",
        )
    )

    assert reply.codes == [
        "ErrorFolderNotFound",
        "ErrorFolderNotFound",
        "ErrorNonExistentMailbox",
    ]


def test_own_address_in_a_distinguished_id_is_allowed(post, mailbox):
    reply = post(
        get_folder(
            '<t:DistinguishedFolderId Id="contacts"><t:Mailbox><t:EmailAddress>'
            f"{mailbox.address.upper()}</t:EmailAddress></t:Mailbox>"
            "</t:DistinguishedFolderId>"
        )
    )

    assert reply.codes == ["NoError"]


def test_the_root_and_folders_without_a_class(post, mailbox):
    post(create_folder("<t:Folder><t:DisplayName>Plain</t:DisplayName></t:Folder>"))
    plain = mailbox.folder("Plain")

    reply = post(get_folder(distinguished("root"), folder_id(plain.id)))

    assert reply.texts(".//t:DisplayName") == ["root", "Plain"]
    assert reply.all(".//t:FolderClass") == []
    assert len(reply.all(".//m:Folders/t:Folder")) == 2


def test_system_folders_are_hidden(post, mailbox):
    hidden = extended(PropertyTag="0x10F4", PropertyType="Boolean")
    mailbox.create_folder("Friends")
    wanted = shape("IdOnly", hidden, field("folder:DisplayName"), name="Folder")
    children = mailbox.folder("contacts").children

    targets = [folder_id(each.id) for each in children]
    reply = post(get_folder(*targets, wanted=wanted))

    flags = {
        each.findtext("{*}DisplayName"): each.findtext("{*}ExtendedProperty/{*}Value")
        for each in reply.all(".//m:Folders/*")
    }
    assert flags.pop("Friends") is None
    assert set(flags.values()) == {"true"}
    assert "GAL Contacts" in flags


def test_counted_properties_have_two_names(post, mailbox):
    contacts = mailbox.folder("contacts")
    mailbox.create_folder("Friends")
    mailbox.add_contact(contacts, {"contacts:GivenName": "Ada"})
    expected = {
        ("0x3001", "String"): "Contacts",
        ("0x3613", "String"): "IPF.Contact",
        ("0x3602", "Integer"): "1",
        ("0x360A", "Boolean"): "true",
        ("0x3617", "Integer"): "0",
        ("0xe08", "Long"): str(contacts.size),
        ("0x3601", "Integer"): "1",
        ("0x6638", "Integer"): str(len(contacts.children)),
    }
    for (tag, kind), value in expected.items():
        path = extended(PropertyTag=tag, PropertyType=kind)
        wanted = shape("IdOnly", path, name="Folder")
        reply = post(get_folder(distinguished("contacts"), wanted=wanted))
        assert reply.texts(".//t:ExtendedProperty/t:Value") == [value], tag
    unread = extended(PropertyTag="0x3603", PropertyType="Integer")
    wanted = shape("IdOnly", unread, name="Folder")
    reply = post(get_folder(distinguished("inbox"), wanted=wanted))
    assert reply.texts(".//t:ExtendedProperty/t:Value") == ["2"]


def test_there_are_no_public_folders(post):
    reply = post(get_folder(distinguished("publicfoldersroot")))
    assert reply.codes == ["ErrorNoPublicFolderReplicaAvailable"]
