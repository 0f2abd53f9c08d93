# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SOAP answers of servers are read, with and without optional elements."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core import limits
from exchange_contact_sync.core.errors import (
    AccessDenied,
    AnswerMalformed,
    ContactError,
    MailboxFull,
    ServerBusy,
    SyncError,
    Unanswered,
)
from exchange_contact_sync.core.mailbox import RemoteContact
from exchange_contact_sync.ews import folders
from exchange_contact_sync.ews.operations.errors import (
    results_of,
    translate,
    translating_errors,
)
from exchange_contact_sync.ews.operations.paging import entries, is_last_page
from exchange_contact_sync.ews.operations.services import (
    CreateAttachment,
    CreateItem,
    DeleteItem,
    FindFolder,
    FindItem,
    GetAttachment,
    GetFolder,
    GetItem,
    SyncFolderItems,
    UpdateItem,
)
from exchange_contact_sync.ews.operations.sync_page import read_page
from exchange_contact_sync.ews.operations.xml import MESSAGES, TYPES
from exchange_contact_sync.outlook.failures import Kind
from exchange_contact_sync.outlook.folder_tree import folder_tree
from support.rows import for_each_row

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
OK = (
    '<m:{0}ResponseMessage ResponseClass="Success">'
    "<m:ResponseCode>NoError</m:ResponseCode>{1}</m:{0}ResponseMessage>"
)
BAD = (
    '<m:{0}ResponseMessage ResponseClass="Error"><m:MessageText>no</m:MessageText>'
    "<m:ResponseCode>{1}</m:ResponseCode>{2}</m:{0}ResponseMessage>"
)
CONTACT = (
    '<m:Items><t:Contact><t:ItemId Id="{0}" ChangeKey="v"/>'
    "<t:LastModifiedTime>2026-01-01T00:00:00Z</t:LastModifiedTime></t:Contact>"
    "</m:Items>"
)


def parsed(service: type, *messages: str) -> list:
    """Return what a service reads from an answer with these response messages."""
    name = service.SERVICE_NAME
    said = "".join(messages)
    body = (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns:m="{MESSAGES}" xmlns:t="{TYPES}"><s:Body>'
        f"<m:{name}Response><m:ResponseMessages>{said}</m:ResponseMessages>"
        f"</m:{name}Response></s:Body></s:Envelope>"
    )
    return list(service(protocol=None).parse(body.encode()))


def ok(service: type, content: str = "") -> str:
    return OK.format(service.SERVICE_NAME, content)


def bad(service: type, code: str, details: str = "") -> str:
    return BAD.format(service.SERVICE_NAME, code, details)


@for_each_row("service", [FindItem, FindFolder])
@for_each_row(
    "content",
    [
        "",
        "<m:RootFolder/>",
        '<m:RootFolder TotalItemsInView="0" IncludesLastItemInRange="true"/>',
        "<m:RootFolder><t:Items/></m:RootFolder>",
        "<m:RootFolder><t:Folders/></m:RootFolder>",
    ],
)
def test_a_search_that_finds_nothing_is_an_empty_page(service, content):
    (page,) = parsed(service, ok(service, content))

    assert entries(page) == [] and is_last_page(page, 0, 250)
    assert list(folders._folders(page)) == []


def test_the_last_page_is_recognized_with_or_without_attributes():
    two = "<t:Items><t:Contact/><t:Contact/></t:Items>"
    cases = {
        'IncludesLastItemInRange="true"': True,
        'IncludesLastItemInRange="false"': False,
        'IncludesLastItemInRange="1" TotalItemsInView="9"': True,
        'TotalItemsInView="5"': False,
        'TotalItemsInView="2"': True,
        "": None,
    }
    for attributes, last in cases.items():
        content = f"<m:RootFolder {attributes}>{two}</m:RootFolder>"
        (page,) = parsed(FindItem, ok(FindItem, content))
        assert is_last_page(page, 0, 2) is bool(last), attributes
        assert is_last_page(page, 0, 9) is (last is None or last), attributes


@for_each_row("nothing", ["", "<m:Items/>", "<m:Items><t:Contact/></m:Items>"])
@for_each_row("service", [GetItem, CreateItem, UpdateItem])
def test_an_item_that_is_left_out_does_not_shift_the_others(service, nothing):
    answers = parsed(
        service,
        ok(service, CONTACT.format("first")),
        ok(service, nothing),
        ok(service, CONTACT.format("third")),
        bad(service, "ErrorItemNotFound"),
    )

    found = results_of(answers)
    assert len(found) == 4 and type(found[1]) is ContactError
    kept = [
        one.ref.id if isinstance(one, RemoteContact) else one.get("Id")
        for one in (found[0], found[2])
    ]
    assert kept == ["first", "third"]


def test_operations_without_content_return_only_their_success():
    assert parsed(DeleteItem, ok(DeleteItem), ok(DeleteItem)) == [True, True]
    assert parsed(CreateAttachment, ok(CreateAttachment)) == [None]
    assert parsed(GetAttachment, ok(GetAttachment, "<m:Attachments/>")) == [None]
    assert parsed(GetFolder, ok(GetFolder)) == [None]
    content = "<m:Folders><t:ContactsFolder/></m:Folders>"
    assert parsed(GetFolder, ok(GetFolder, content)) == [""]


def test_a_page_may_leave_out_its_changes_and_its_state():
    (message,) = parsed(SyncFolderItems, ok(SyncFolderItems))
    page = read_page(message, "folder", "known")
    assert (page.changed, page.deleted, page.state, page.complete) == (
        (),
        (),
        "known",
        True,
    )
    with pytest.raises(SyncError, match="without a state"):
        read_page(message, "folder")
    content = (
        "<m:SyncState>next</m:SyncState><m:Changes><t:Create><t:Contact/></t:Create>"
        "<t:Create/><t:Delete/><t:Update><t:Contact><t:ItemId Id='1'/></t:Contact>"
        "</t:Update></m:Changes>"
    )
    (message,) = parsed(SyncFolderItems, ok(SyncFolderItems, content))
    page = read_page(message, "folder", "known")
    assert [ref.id for ref in page.changed] == ["1"] and page.deleted == ()
    assert page.state == "next" and page.complete


def test_a_page_that_repeats_its_state_is_the_last_one():
    content = (
        "<m:SyncState>known</m:SyncState>"
        "<m:IncludesLastItemInRange>false</m:IncludesLastItemInRange>"
    )
    (message,) = parsed(SyncFolderItems, ok(SyncFolderItems, content))
    assert read_page(message, "folder", "known").complete
    assert not read_page(message, "folder", "before").complete


def test_folders_may_leave_out_everything_but_the_id():
    content = (
        "<m:RootFolder><t:Folders>"
        '<t:ContactsFolder><t:FolderId Id="1"/></t:ContactsFolder>'
        '<t:Folder><t:FolderId Id="2"/></t:Folder>'
        '<t:Folder><t:FolderId Id="3"/><t:FolderClass>IPF.Contact</t:FolderClass>'
        "</t:Folder><t:ContactsFolder/></t:Folders></m:RootFolder>"
    )
    (page,) = parsed(FindFolder, ok(FindFolder, content))
    assert [folder.id for folder in folders._folders(page)] == ["1", "3"]


def found_folders(parents: dict[str, str]) -> dict[str, str]:
    """:returns: parents by folder, after circles and deep levels were removed"""
    content = "".join(
        f'<t:ContactsFolder><t:FolderId Id="{one}"/><t:ParentFolderId Id="{above}"/>'
        "</t:ContactsFolder>"
        for one, above in parents.items()
    )
    page = f"<m:RootFolder><t:Folders>{content}</t:Folders></m:RootFolder>"
    (answer,) = parsed(FindFolder, ok(FindFolder, page))
    kept = {folder.id: folder for folder in folders._folders(answer)}
    found = {folder.id: folder.parent for folder in folder_tree(kept, (), "")}
    assert found.keys() == parents.keys()
    for number, (_folder, above) in enumerate(found.items()):
        assert not above or above in list(found)[:number], "parents come first"
    return found


def test_circular_and_deep_folders_become_a_tree():
    assert found_folders({"a": "a", "b": "a"}) == {"a": "", "b": "a"}
    assert found_folders({"a": "b", "b": "a", "c": "b"}) == {
        "a": "",
        "b": "a",
        "c": "b",
    }
    number = 1500
    chain = {f"{n:04}": f"{n - 1:04}" for n in range(number)}
    levels: dict[str, int] = {}
    for folder, above in found_folders(chain).items():
        levels[folder] = levels[above] + 1 if above else 1
    assert max(levels.values()) == limits.FOLDER_LEVELS
    circle = {**chain, "0000": f"{number - 1:04}"}
    assert (
        list(found_folders(circle).values()).count("") == number / limits.FOLDER_LEVELS
    )


def test_the_delay_of_a_busy_server_applies_to_single_contacts():
    wait = (
        '<m:MessageXml><t:Value Name="BackOffMilliseconds">297749</t:Value>'
        "</m:MessageXml>"
    )
    served = ok(GetItem, CONTACT.format("1"))
    with_delay = parsed(GetItem, served, bad(GetItem, "ErrorServerBusy", wait))
    without_delay = parsed(GetItem, served, bad(GetItem, "ErrorServerBusy"))

    (_item, one), (_item, other) = (
        results_of(a, Kind.READ) for a in (with_delay, without_delay)
    )
    assert (one.cause.back_off, one.retry_at_once) == (297.749, False)
    assert other.cause.back_off > 0 and other.retry_at_once


def test_codes_unknown_to_exchangelib_keep_their_name():
    answers = parsed(
        GetItem,
        bad(GetItem, "ErrorMessagePerFolderCountReceiveQuotaExceeded"),
        bad(GetItem, "ErrorImContactLimitReached"),
    )

    full, other = results_of(answers)
    assert isinstance(full, Unanswered) and type(full.cause) is MailboxFull
    assert type(other) is ContactError
    assert other.detail == "ErrorImContactLimitReached: no"


@for_each_row(
    ("code", "meaning"),
    [
        ("ErrorQuotaExceeded", MailboxFull),
        ("ErrorOrganizationAccessBlocked", AccessDenied),
        ("ErrorServerBusy", ServerBusy),
        ("ErrorOfTheYear3000", SyncError),
        ("", AnswerMalformed),
    ],
)
def test_a_soap_fault_raises_the_error_of_its_code(code, meaning):
    errors = "http://schemas.microsoft.com/exchange/services/2006/errors"
    fault = (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault><faultcode>s:Client</faultcode>'
        f'<faultstring>no</faultstring><detail><e:ResponseCode xmlns:e="{errors}">'
        f"{code}</e:ResponseCode></detail></s:Fault></s:Body></s:Envelope>"
    )
    with pytest.raises(meaning) as raised, translating_errors():
        GetItem(protocol=None).parse(fault.encode())
    assert type(raised.value) is meaning
    assert code in raised.value.detail
    assert type(translate(raised.value.__cause__)) is meaning
