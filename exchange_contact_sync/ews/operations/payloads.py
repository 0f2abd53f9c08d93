# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build the requests to the server: one function for each operation.

The functions have the names of the operations ("EWS operations in Exchange"). Each
returns the element for the SOAP body.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from ...outlook.folder_classes import CONTACTS
from ..contacts.layout import STANDARD, Layout
from ..contacts.properties import (
    EMAIL_SMTP,
    HIDDEN_FOLDER,
    LOCAL_DAYS,
    PROPERTIES,
    SEARCH_KEY,
    SYNC_KEY,
)
from .xml import M, T, field, path_to

MAX_CHANGES = 512
"""The most changes that the server puts in one answer (SyncFolderItems operation)."""

FIND_PAGE = 250
"""The most results of a search with a restriction (EWS throttling in Exchange:
EWSFindCountLimit)."""

LIST_PAGE = 1000
"""The most results of a list without a restriction (the same)."""


def get_folder(*folders: etree._Element) -> etree._Element:
    """Request the ids of folders.

    :param folders: elements, as from :func:`distinguished`
    """
    shape = M.FolderShape(T.BaseShape("IdOnly"))
    return M.GetFolder(shape, M.FolderIds(*folders))


def find_folder(offset: int, *roots: etree._Element) -> etree._Element:
    """Request all contact folders below some folders, at any depth.

    :param offset: how many to skip in each
    :param roots: elements, as from :func:`distinguished`
    """
    asked = (
        field("folder:ParentFolderId"),
        field("folder:FolderClass"),
        field("folder:DisplayName"),
        field("folder:TotalCount"),
        path_to(HIDDEN_FOLDER),
    )
    contains = T.Contains(
        field("folder:FolderClass"),
        T.Constant(Value=CONTACTS),
        ContainmentMode="Prefixed",
        ContainmentComparison="IgnoreCase",
    )
    view = M.IndexedPageFolderView(
        MaxEntriesReturned=str(FIND_PAGE), Offset=str(offset), BasePoint="Beginning"
    )
    return M.FindFolder(
        M.FolderShape(T.BaseShape("IdOnly"), T.AdditionalProperties(*asked)),
        view,
        M.Restriction(contains),
        M.ParentFolderIds(*roots),
        Traversal="Deep",
    )


def create_folder(name: str, parent: etree._Element) -> etree._Element:
    """Create a contact folder.

    :param parent: element of the parent folder
    """
    folder = T.ContactsFolder(T.FolderClass(CONTACTS), T.DisplayName(name))
    return M.CreateFolder(M.ParentFolderId(parent), M.Folders(folder))


def folder_id(folder: str) -> etree._Element:
    """Return the element that names a folder by its id."""
    return T.FolderId(Id=folder)


def distinguished(name: str, address: str) -> etree._Element:
    """Return the element that names a folder that every mailbox has.

    :param name: such as "contacts" (``DistinguishedFolderIdNameType``)
    :param address: e-mail address of the mailbox
    """
    mailbox = T.Mailbox(T.EmailAddress(address))
    return T.DistinguishedFolderId(mailbox, Id=name)


def sync_folder_items(folder: str, state: str) -> etree._Element:
    """Request the changes in a folder since a state.

    :param folder: id
    :param state: "" for all items
    """
    parts = [
        _item_shape(path_to(SYNC_KEY), path_to(SEARCH_KEY)),
        M.SyncFolderId(T.FolderId(Id=folder)),
        *([M.SyncState(state)] if state else []),
        M.MaxChangesReturned(str(MAX_CHANGES)),
    ]
    return M.SyncFolderItems(*parts)


def get_item(ids: Iterable[str], layout: Layout = STANDARD) -> etree._Element:
    """Request contacts with exactly the properties that are mapped."""
    asked = (
        field("item:ParentFolderId"),
        field("item:LastModifiedTime"),
        field("item:Sensitivity"),
        *([field("item:Attachments")] if layout.photos else []),
        *(path_to(prop) for prop in layout.properties.values()),
        *(path_to(prop) for prop in (*EMAIL_SMTP.values(), *LOCAL_DAYS.values())),
        path_to(SYNC_KEY),
        path_to(SEARCH_KEY),
    )
    shape = M.ItemShape(
        T.BaseShape("IdOnly"), T.BodyType("Best"), T.AdditionalProperties(*asked)
    )
    return M.GetItem(shape, _item_ids(ids))


def find_item(folder: str, sync_keys: Sequence[str], offset: int) -> etree._Element:
    """Request items of a folder with one of these sync keys, the oldest first.

    :param folder: id
    :param sync_keys: at least one
    :param offset: how many to skip
    """
    tests = [_equals(key) for key in sync_keys]
    created = T.FieldOrder(field("item:DateTimeCreated"), Order="Ascending")
    view = M.IndexedPageItemView(
        MaxEntriesReturned=str(FIND_PAGE), Offset=str(offset), BasePoint="Beginning"
    )
    return M.FindItem(
        _item_shape(path_to(SYNC_KEY)),
        view,
        M.Restriction(tests[0] if len(tests) == 1 else T.Or(*tests)),
        M.SortOrder(created),
        M.ParentFolderIds(T.FolderId(Id=folder)),
        Traversal="Shallow",
    )


def list_items(folder: str, keys: Iterable[str], offset: int) -> etree._Element:
    """Request all items of a folder with a few properties.

    :param folder: id
    :param keys: keys of ``properties.PROPERTIES``
    :param offset: how many to skip
    """
    asked = (PROPERTIES[key] for key in keys)
    view = M.IndexedPageItemView(
        MaxEntriesReturned=str(LIST_PAGE), Offset=str(offset), BasePoint="Beginning"
    )
    return M.FindItem(
        _item_shape(*map(path_to, asked), field("item:Sensitivity")),
        view,
        M.ParentFolderIds(T.FolderId(Id=folder)),
        Traversal="Shallow",
    )


def create_item(folder: str, contacts: Iterable[etree._Element]) -> etree._Element:
    """Create contacts in a folder.

    :param folder: id
    :param contacts: elements ``t:Contact``
    """
    return M.CreateItem(
        M.SavedItemFolderId(T.FolderId(Id=folder)),
        M.Items(*contacts),
        MessageDisposition="SaveOnly",
    )


def update_item(changes: Iterable[etree._Element]) -> etree._Element:
    """Change contacts that still have the given version.

    NeverOverwrite refuses a change whose version is not the current one.

    :param changes: elements ``t:ItemChange``, each with its version
    """
    return _update_item(changes, "NeverOverwrite")


def overwrite_item(changes: Iterable[etree._Element]) -> etree._Element:
    """Change contacts, regardless of their version.

    AlwaysOverwrite overwrites "the existing property value" ([MS-OXWSCORE]
    3.1.4.9.4.1): a change of a property that only we use never conflicts, and other
    programs' changes to other properties stay. A version is required nevertheless (EWS
    page "ResponseCode", ErrorChangeKeyRequired).

    :param changes: elements ``t:ItemChange``, each with some version
    """
    return _update_item(changes, "AlwaysOverwrite")


def _update_item(changes: Iterable[etree._Element], conflict: str) -> etree._Element:
    return M.UpdateItem(
        M.ItemChanges(*changes),
        ConflictResolution=conflict,
        MessageDisposition="SaveOnly",
    )


def delete_item(ids: Iterable[str]) -> etree._Element:
    """Move items to Deleted Items, by their ids."""
    return M.DeleteItem(_item_ids(ids), DeleteType="MoveToDeletedItems")


def _item_shape(*asked: etree._Element) -> etree._Element:
    return M.ItemShape(T.BaseShape("IdOnly"), T.AdditionalProperties(*asked))


def _item_ids(ids: Iterable[str]) -> etree._Element:
    return M.ItemIds(*(T.ItemId(Id=item_id) for item_id in ids))


def _equals(sync_key: str) -> etree._Element:
    constant = T.FieldURIOrConstant(T.Constant(Value=sync_key))
    return T.IsEqualTo(path_to(SYNC_KEY), constant)
