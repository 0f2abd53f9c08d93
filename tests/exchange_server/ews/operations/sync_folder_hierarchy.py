# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SyncFolderHierarchy: which folders changed since a client's last visit.

Sources: the EWS page "SyncFolderHierarchy operation" (changes of a folder's contents
are not news here), "Mailbox synchronization and EWS in Exchange" (newest first, so a
folder may come before the one that it is in) and "Handling synchronization-related
errors in EWS in Exchange" (a state of the whole mailbox is not valid for its root
folder).
"""

from __future__ import annotations

from ...refusal import ResponseError
from ...store import ids
from ...store.changes import Change, Kind
from ...store.folder import Folder
from ...store.sync_states import UnknownState, read_state, write_state
from ..call import Call
from ..messages import failure, response, success
from ..properties.folder import FolderShape, read_folder_shape
from ..xmltext import M, attribute, element

EMPTY = "<m:SyncState/><m:IncludesLastFolderInRange>true</m:IncludesLastFolderInRange>"
_NO_LIMIT = 2**31


def answer(call: Call) -> str:
    """The answer to a call: always one message."""
    try:
        shape = read_folder_shape(call.part("FolderShape"))
        root = None
        if call.request.find(f"{M}SyncFolderId") is not None:
            root = call.target_folder("SyncFolderId", "ErrorSyncFolderNotFound")
        content = _news(call, root, shape)
    except ResponseError as error:
        return response([failure("SyncFolderHierarchy", error, EMPTY)])
    return response([success("SyncFolderHierarchy", content)])


def _news(call: Call, root: Folder | None, shape: FolderShape) -> str:
    purpose = "all folders" if root is None else "folders"
    root = root or call.mailbox.root
    try:
        known = read_state(purpose, root, call.request.findtext(f"{M}SyncState"))
    except UnknownState as error:
        raise ResponseError("ErrorInvalidSyncStateData") from error
    page = root.tree_history.news(known, _NO_LIMIT)
    changes = "".join(_write(each, call, shape) for each in page.changes)
    return (
        element("m:SyncState", write_state(purpose, root, page.known))
        + "<m:IncludesLastFolderInRange>true</m:IncludesLastFolderInRange>"
        + f"<m:Changes>{changes}</m:Changes>"
    )


def _write(change: Change, call: Call, shape: FolderShape) -> str:
    name = change.kind.value
    if change.kind is Kind.DELETE:
        identifier = ids.identifier(call.mailbox.folder_prefix, change.member)
        return f'<t:{name}><t:FolderId Id="{attribute(identifier)}"/></t:{name}>'
    return f"<t:{name}>{shape.write(call.mailbox.folders[change.member])}</t:{name}>"
