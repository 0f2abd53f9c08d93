# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The operations' messages as text, for tests that send what they say.

Each function returns the element of one operation; the prefixes m and t are bound by
the envelope. What is unusual in a test is written out there.
"""

from __future__ import annotations

from collections.abc import Iterable

CONTACTS = '<t:DistinguishedFolderId Id="contacts"/>'


def distinguished(name: str) -> str:
    return f'<t:DistinguishedFolderId Id="{name}"/>'


def folder_id(identifier: str) -> str:
    return f'<t:FolderId Id="{identifier}"/>'


def item_id(identifier: str, change_key: str | None = None) -> str:
    key = "" if change_key is None else f' ChangeKey="{change_key}"'
    return f'<t:ItemId Id="{identifier}"{key}/>'


def field(uri: str) -> str:
    return f'<t:FieldURI FieldURI="{uri}"/>'


def indexed(uri: str, index: str) -> str:
    return f'<t:IndexedFieldURI FieldURI="{uri}" FieldIndex="{index}"/>'


def extended(**attributes: str) -> str:
    """``extended(PropertySetId=…, PropertyName=…, PropertyType="String")``"""
    pairs = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f"<t:ExtendedFieldURI {pairs}/>"


def shape(base: str = "IdOnly", *paths: str, more: str = "", name: str = "Item") -> str:
    """An ItemShape, or with ``name="Folder"`` a FolderShape."""
    additional = "".join(paths)
    if additional:
        additional = f"<t:AdditionalProperties>{additional}</t:AdditionalProperties>"
    return (
        f"<m:{name}Shape><t:BaseShape>{base}</t:BaseShape>{more}{additional}"
        f"</m:{name}Shape>"
    )


def get_item(identifiers: str | Iterable[str], wanted: str | None = None) -> str:
    if isinstance(identifiers, str):
        identifiers = [identifiers]
    ids = "".join(item_id(each) for each in identifiers)
    wanted = wanted or shape("AllProperties")
    return f"<m:GetItem>{wanted}<m:ItemIds>{ids}</m:ItemIds></m:GetItem>"


def get_folder(*targets: str, wanted: str | None = None) -> str:
    wanted = wanted or shape("AllProperties", name="Folder")
    ids = f"<m:FolderIds>{''.join(targets)}</m:FolderIds>"
    return f"<m:GetFolder>{wanted}{ids}</m:GetFolder>"


def create_folder(*folders: str, parent: str = CONTACTS) -> str:
    return (
        f"<m:CreateFolder><m:ParentFolderId>{parent}</m:ParentFolderId>"
        f"<m:Folders>{''.join(folders)}</m:Folders></m:CreateFolder>"
    )


def find_folder(*parents: str, traversal: str = "Shallow", inside: str = "") -> str:
    return (
        f'<m:FindFolder Traversal="{traversal}">'
        + shape("Default", name="Folder")
        + inside
        + f"<m:ParentFolderIds>{''.join(parents)}</m:ParentFolderIds></m:FindFolder>"
    )


def find_item(
    parents: str = CONTACTS,
    *,
    inside: str = "",
    after: str = "",
    wanted: str | None = None,
    traversal: str = "Shallow",
) -> str:
    """``inside`` comes before the folders (view, restriction, order)."""
    wanted = wanted or shape("IdOnly", field("contacts:DisplayName"))
    return (
        f'<m:FindItem Traversal="{traversal}">{wanted}{inside}'
        f"<m:ParentFolderIds>{parents}</m:ParentFolderIds>{after}</m:FindItem>"
    )


def create_item(
    *items: str, folder: str | None = CONTACTS, attributes: str = ""
) -> str:
    saved = f"<m:SavedItemFolderId>{folder}</m:SavedItemFolderId>" if folder else ""
    return (
        f"<m:CreateItem {attributes}>{saved}"
        f"<m:Items>{''.join(items)}</m:Items></m:CreateItem>"
    )


def contact(content: str = "") -> str:
    return f"<t:Contact>{content}</t:Contact>"


def set_field(path: str, content: str, element: str = "Contact") -> str:
    return (
        f"<t:SetItemField>{path}<t:{element}>{content}</t:{element}></t:SetItemField>"
    )


def append_field(path: str, content: str, element: str = "Contact") -> str:
    inner = f"<t:{element}>{content}</t:{element}>"
    return f"<t:AppendToItemField>{path}{inner}</t:AppendToItemField>"


def delete_field(path: str) -> str:
    return f"<t:DeleteItemField>{path}</t:DeleteItemField>"


def change(target: str, *updates: str) -> str:
    inner = f"<t:Updates>{''.join(updates)}</t:Updates>"
    return f"<t:ItemChange>{target}{inner}</t:ItemChange>"


def update_item(*changes: str, resolution: str = "NeverOverwrite") -> str:
    attributes = f'ConflictResolution="{resolution}" MessageDisposition="SaveOnly"'
    inner = f"<m:ItemChanges>{''.join(changes)}</m:ItemChanges>"
    return f"<m:UpdateItem {attributes}>{inner}</m:UpdateItem>"


def delete_item(*targets: str, how: str = "HardDelete", attributes: str = "") -> str:
    ids = f"<m:ItemIds>{''.join(targets)}</m:ItemIds>"
    return f'<m:DeleteItem DeleteType="{how}" {attributes}>{ids}</m:DeleteItem>'


def sync_items(
    state: str | None = None,
    *,
    folder: str = CONTACTS,
    limit: int | str = 512,
    wanted: str | None = None,
    ignore: Iterable[str] = (),
) -> str:
    inner = f"<m:SyncFolderId>{folder}</m:SyncFolderId>"
    if state is not None:
        inner += f"<m:SyncState>{state}</m:SyncState>"
    ignored = "".join(item_id(each) for each in ignore)
    if ignored:
        inner += f"<m:Ignore>{ignored}</m:Ignore>"
    return (
        f"<m:SyncFolderItems>{wanted or shape()}{inner}"
        f"<m:MaxChangesReturned>{limit}</m:MaxChangesReturned></m:SyncFolderItems>"
    )


def sync_hierarchy(state: str | None = None, folder: str | None = None) -> str:
    inner = f"<m:SyncFolderId>{folder}</m:SyncFolderId>" if folder else ""
    if state is not None:
        inner += f"<m:SyncState>{state}</m:SyncState>"
    wanted = shape("Default", name="Folder")
    return f"<m:SyncFolderHierarchy>{wanted}{inner}</m:SyncFolderHierarchy>"
