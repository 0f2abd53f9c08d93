# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests that lack a part: each is answered or refused, none breaks the server.

Every element and every attribute of every message below is left out once, with the
published schemas at hand and without them.
"""

from __future__ import annotations

import copy

import pytest
from lxml import etree

from exchange_server.ews.operations import OPERATIONS
from exchange_server.exchange import Exchange
from exchange_server.tests.soap_bodies import (
    CONTACTS,
    append_field,
    change,
    contact,
    create_item,
    delete_field,
    delete_item,
    extended,
    field,
    find_folder,
    find_item,
    folder_id,
    get_folder,
    get_item,
    indexed,
    item_id,
    set_field,
    shape,
    sync_hierarchy,
    sync_items,
    update_item,
)
from exchange_server.tests.wire import NAMESPACES, soap

MOBILE = indexed("contacts:PhoneNumber", "MobilePhone")
MARK = extended(PropertyTag="0x3a45", PropertyType="String")
MARKED = f"<t:ExtendedProperty>{MARK}<t:Value>x</t:Value></t:ExtendedProperty>"
PHONES = '<t:PhoneNumbers><t:Entry Key="MobilePhone">2</t:Entry></t:PhoneNumbers>'
RESTRICTION = (
    "<m:Restriction><t:And>"
    f"<t:Exists>{MOBILE}</t:Exists><t:Contains ContainmentMode='Prefixed'>"
    f"{field('contacts:Surname')}<t:Constant Value='a'/></t:Contains>"
    f"<t:Not><t:IsEqualTo>{MARK}<t:FieldURIOrConstant><t:Constant Value='a'/>"
    "</t:FieldURIOrConstant></t:IsEqualTo></t:Not>"
    f"<t:Excludes>{MARK}<t:Bitmask Value='1'/></t:Excludes></t:And></m:Restriction>"
)
PAGE = '<m:{}View MaxEntriesReturned="5" Offset="0" BasePoint="Beginning"/>'
ORDER = (
    '<m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI'
    ' FieldURI="contacts:Surname"/></t:FieldOrder></m:SortOrder>'
)
FILE = (
    "<t:FileAttachment><t:Name>a</t:Name><t:Content>eHl6</t:Content></t:FileAttachment>"
)
CARD = (
    "<t:ItemAttachment><t:Name>b</t:Name><t:Contact><t:DisplayName>c</t:DisplayName>"
    "</t:Contact></t:ItemAttachment>"
)
MEMBER = (
    "<t:Members><t:Member><t:Mailbox><t:EmailAddress>a@example.com</t:EmailAddress>"
    "</t:Mailbox></t:Member></t:Members>"
)
NAMED = "<t:ContactsFolder><t:DisplayName>{}</t:DisplayName></t:ContactsFolder>"
SETTINGS = f'<t:UserConfigurationName Name="a">{CONTACTS}</t:UserConfigurationName>'
MESSAGES = {
    "GetItem": lambda i, f: get_item(
        i.id, shape("IdOnly", field("item:Body"), MOBILE, MARK)
    ),
    "GetFolder": lambda i, f: get_folder(CONTACTS, folder_id(f.id)),
    "FindFolder": lambda i, f: find_folder(
        CONTACTS, inside=PAGE.format("IndexedPageFolder")
    ),
    "FindItem": lambda i, f: find_item(
        inside=PAGE.format("IndexedPageItem") + RESTRICTION + ORDER,
        after="<m:QueryString>a OR b</m:QueryString>",
    ),
    "CreateItem": lambda i, f: create_item(
        contact(f"<t:Attachments>{FILE}</t:Attachments>{MARKED}{PHONES}"),
        f"<t:DistributionList><t:DisplayName>L</t:DisplayName>{MEMBER}"
        "</t:DistributionList>",
    ),
    "UpdateItem": lambda i, f: update_item(
        change(
            item_id(i.id, i.change_key),
            set_field(MOBILE, PHONES),
            set_field(MARK, MARKED),
            append_field(field("item:Body"), '<t:Body BodyType="Text">y</t:Body>'),
            delete_field(field("contacts:Surname")),
        )
    ),
    "DeleteItem": lambda i, f: delete_item(item_id(i.id), how="MoveToDeletedItems"),
    "SyncFolderItems": lambda i, f: sync_items("AAAA", ignore=[i.id]),
    "SyncFolderHierarchy": lambda i, f: sync_hierarchy("AAAA", CONTACTS),
    "CreateAttachment": lambda i, f: (
        f'<m:CreateAttachment><m:ParentItemId Id="{i.id}"/><m:Attachments>{FILE}{CARD}'
        "</m:Attachments></m:CreateAttachment>"
    ),
    "GetAttachment": lambda i, f: (
        '<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="x"/></m:AttachmentIds>'
        "</m:GetAttachment>"
    ),
    "DeleteAttachment": lambda i, f: (
        '<m:DeleteAttachment><m:AttachmentIds><t:AttachmentId Id="x"/>'
        "</m:AttachmentIds></m:DeleteAttachment>"
    ),
    "MoveItem": lambda i, f: (
        f"<m:MoveItem><m:ToFolderId>{folder_id(f.id)}</m:ToFolderId><m:ItemIds>"
        f"{item_id(i.id)}</m:ItemIds></m:MoveItem>"
    ),
    "CopyItem": lambda i, f: (
        f"<m:CopyItem><m:ToFolderId>{folder_id(f.id)}</m:ToFolderId><m:ItemIds>"
        f"{item_id(i.id)}</m:ItemIds></m:CopyItem>"
    ),
    "SendItem": lambda i, f: (
        f'<m:SendItem SaveItemToFolder="true"><m:ItemIds>{item_id(i.id)}</m:ItemIds>'
        f"<m:SavedItemFolderId>{folder_id(f.id)}</m:SavedItemFolderId></m:SendItem>"
    ),
    "ConvertId": lambda i, f: (
        '<m:ConvertId DestinationFormat="EntryId"><m:SourceIds><t:AlternateId'
        f' Format="EwsId" Id="{i.id}" Mailbox="a@example.com"/></m:SourceIds>'
        "</m:ConvertId>"
    ),
    "ResolveNames": lambda i, f: (
        '<m:ResolveNames ReturnFullContactData="true"><m:UnresolvedEntry>a'
        "</m:UnresolvedEntry></m:ResolveNames>"
    ),
    "GetServerTimeZones": lambda i, f: (
        '<m:GetServerTimeZones ReturnFullTimeZoneData="true"><m:Ids><t:Id>UTC</t:Id>'
        "</m:Ids></m:GetServerTimeZones>"
    ),
    "CreateFolder": lambda i, f: (
        f"<m:CreateFolder><m:ParentFolderId>{CONTACTS}</m:ParentFolderId><m:Folders>"
        f"{NAMED.format('New')}</m:Folders></m:CreateFolder>"
    ),
    "UpdateFolder": lambda i, f: (
        f"<m:UpdateFolder><m:FolderChanges><t:FolderChange>{folder_id(f.id)}"
        f"<t:Updates><t:SetFolderField>{field('folder:DisplayName')}"
        f"{NAMED.format('Other')}</t:SetFolderField><t:DeleteFolderField>{MARK}"
        "</t:DeleteFolderField></t:Updates></t:FolderChange></m:FolderChanges>"
        "</m:UpdateFolder>"
    ),
    "DeleteFolder": lambda i, f: (
        '<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>'
        f"{folder_id(f.id)}</m:FolderIds></m:DeleteFolder>"
    ),
    "MoveFolder": lambda i, f: (
        f"<m:MoveFolder><m:ToFolderId>{CONTACTS}</m:ToFolderId><m:FolderIds>"
        f"{folder_id(f.id)}</m:FolderIds></m:MoveFolder>"
    ),
    **{
        f"{verb}UserConfiguration": lambda i, f, verb=verb: (
            f"<m:{verb}UserConfiguration><m:UserConfiguration>{SETTINGS}<t:XmlData>eHl6"
            f"</t:XmlData></m:UserConfiguration></m:{verb}UserConfiguration>"
        )
        for verb in ("Create", "Update")
    },
    "GetUserConfiguration": lambda i, f: (
        f"<m:GetUserConfiguration>{SETTINGS.replace('t:User', 'm:User')}"
        "<m:UserConfigurationProperties>All</m:UserConfigurationProperties>"
        "</m:GetUserConfiguration>"
    ),
    "DeleteUserConfiguration": lambda i, f: (
        f"<m:DeleteUserConfiguration>{SETTINGS.replace('t:User', 'm:User')}"
        "</m:DeleteUserConfiguration>"
    ),
    "EmptyFolder": lambda i, f: (
        '<m:EmptyFolder DeleteType="SoftDelete" DeleteSubFolders="true"><m:FolderIds>'
        f"{folder_id(f.id)}</m:FolderIds></m:EmptyFolder>"
    ),
}


def mutilated(envelope):
    """The envelope with one part of the body left out, in all ways."""
    body = envelope.find("s:Body", NAMESPACES)
    for place, element in enumerate(body.iter()):
        for name in element.attrib:
            copied = copy.deepcopy(envelope)
            del list(copied.find("s:Body", NAMESPACES).iter())[place].attrib[name]
            yield copied
        if element is not body:
            copied = copy.deepcopy(envelope)
            gone = list(copied.find("s:Body", NAMESPACES).iter())[place]
            gone.getparent().remove(gone)
            yield copied


def test_no_operation_is_forgotten():
    assert set(MESSAGES) == set(OPERATIONS)


@pytest.mark.parametrize("is_strict", [True, False], ids=["strict", "loose"])
@pytest.mark.parametrize("operation", MESSAGES)
def test_each_part_left_out_once(schemas, operation, is_strict):
    exchange = Exchange(schemas=schemas if is_strict else None)
    mailbox = exchange.add_mailbox("a@example.com", "password")
    statuses = []
    for number in range(1000):
        item = mailbox.add_contact(
            mailbox.folder("contacts"), {"contacts:Surname": "a", "item:Body": "x"}
        )
        folder = mailbox.create_folder(f"Folder {number}")
        whole = etree.fromstring(soap(MESSAGES[operation](item, folder)).encode())
        broken = list(mutilated(whole))
        if number == len(broken):
            break
        request = etree.tostring(broken[number])
        statuses.append(exchange.answer(request, mailbox, {}).status)

    assert exchange.answer(etree.tostring(whole), mailbox, {}).status == 200
    assert set(statuses) <= {200, 500}
    assert 500 in statuses
