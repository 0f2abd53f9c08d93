# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SyncFolderItems: what changed in a folder since a client's last visit.

Source: the EWS pages "SyncFolderItems operation", "Mailbox synchronization and EWS in
Exchange" (newest first), "SyncState", "Ignore", "MaxChangesReturned" and "SyncScope".
Associated items are never reported: the simulator keeps no history of them.
"""

from __future__ import annotations

from ...refusal import ResponseError
from ...schema import schema_violation
from ...store import ids
from ...store.changes import Change, Kind
from ...store.folder import Folder
from ...store.sync_states import UnknownState, read_state, write_state
from ..call import Call
from ..messages import failure, response, success
from ..properties.item_kinds import MESSAGE
from ..properties.shapes import ItemShape, read_item_shape
from ..xmltext import M, T, attribute, element

MOST_CHANGES = 512
_ITEM_ID = MESSAGE.by_uri["item:ItemId"].writer()
EMPTY = "<m:SyncState/><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"


def answer(call: Call) -> str:
    """The answer to a call: always one message."""
    limit = _limit(call)
    try:
        shape = read_item_shape(call.part("ItemShape"), call.version, is_list=True)
        folder = call.target_folder("SyncFolderId", "ErrorSyncFolderNotFound")
        content = _news(call, folder, shape, limit)
    except ResponseError as error:
        return response([failure("SyncFolderItems", error, EMPTY)])
    return response([success("SyncFolderItems", content)])


def _news(call: Call, folder: Folder, shape: ItemShape, limit: int) -> str:
    try:
        known = read_state("items", folder, call.request.findtext(f"{M}SyncState"))
    except UnknownState as error:
        raise ResponseError("ErrorInvalidSyncStateData") from error
    page = folder.item_history.news(known, limit, _ignored(call))
    state = write_state("items", folder, page.known)
    changes = "".join([_write(each, folder, shape) for each in page.changes])
    return (
        element("m:SyncState", state)
        + element("m:IncludesLastItemInRange", "true" if page.complete else "false")
        + f"<m:Changes>{changes}</m:Changes>"
    )


def _write(change: Change, folder: Folder, shape: ItemShape) -> str:
    name = change.kind.value
    if change.kind is Kind.DELETE:
        identifier = ids.identifier(folder.mailbox.item_prefix, change.member)
        return f'<t:{name}><t:ItemId Id="{attribute(identifier)}"/></t:{name}>'
    item = folder.items[change.member]
    if change.kind is Kind.READ_FLAG:
        flag = "true" if item.values.get("message:IsRead") else "false"
        written = f"{_ITEM_ID(item)}<t:IsRead>{flag}</t:IsRead>"
        return f"<t:{name}>{written}</t:{name}>"
    return f"<t:{name}>{shape.write(item)}</t:{name}>"


def _ignored(call: Call) -> frozenset[int]:
    """Return the numbers of the items that the request wants to leave out."""
    ignore = call.request.find(f"{M}Ignore")
    if ignore is None:
        return frozenset()
    numbers = set()
    for each in ignore.findall(f"{T}ItemId"):
        try:
            numbers.add(ids.decode(each.get("Id", "")).number)
        except ids.MalformedId as error:
            raise ResponseError("ErrorInvalidIdMalformed") from error
    return frozenset(numbers)


def _limit(call: Call) -> int:
    text = (call.part("MaxChangesReturned").text or "").strip()
    if not text.isdigit() or not 1 <= int(text) <= MOST_CHANGES:
        raise schema_violation(f"MaxChangesReturned is '{text}', not 1 to 512")
    return int(text)
