# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contact folders.

Sources: "contactFolder resource type" and the pages of its methods. In v1.0 the list
of contactFolders holds what lies inside the default folder only (page "List
contactFolders", microsoft-graph-docs issue 6273); deeper ones are reached by
childFolders, and every one by its id.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..http_message import HttpAnswer
from ..properties.folder_mapi import COMPUTED
from ..store.folder import Folder
from ..store.values import Values
from .call import Call, reply
from .errors import GraphError, bad_request
from .extended import SINGLE, expansion, read_id, read_value
from .query import SKIP, expanded, following, only, selected, skipped, top

_KNOWN = frozenset({"id", "displayName", "parentFolderId"})
_LIST = ("$select", "$expand", "$top", *SKIP, "$count", "$filter")
_NAME_EQ = "displayName eq "


def folders(call: Call, folder: str | None = None) -> HttpAnswer:
    """GET …/contactFolders and …/contactFolders/{id}/childFolders"""
    only(call.query, *_LIST)
    found = _filtered(call, _below(call, folder))
    size = min(top(call.query) or 10, int(call.switches.folder_page))
    skip = skipped(call.query)
    data: dict[str, object] = {"@odata.context": call.context("contactFolders")}
    if call.query.get("$count", "").lower() == "true":
        data["@odata.count"] = len(found)
    data["value"] = [write(call, each) for each in found[skip : skip + size]]
    if skip + size < len(found):
        data["@odata.nextLink"] = following(call, skip + size)
    return reply(data)


def count(call: Call, folder: str | None = None) -> HttpAnswer:
    """GET …/contactFolders/$count"""
    return HttpAnswer(200, str(len(_below(call, folder))).encode(), "text/plain")


def _below(call: Call, folder: str | None) -> list[Folder]:
    above = call.folder(folder or "contacts")
    found = [each for each in _children(above) if not each.is_hidden]
    if folder is None and call.switches.sibling_folders == "listed":
        top_folder = call.mailbox.distinguished["msgfolderroot"]
        found += [each for each in _children(top_folder) if each is not above]
    return found


def _children(above: Folder) -> list[Folder]:
    children = sorted(above.children, key=lambda each: each.name.casefold())
    return [c for c in children if c.folder_class.lower().startswith("ipf.contact")]


def _filtered(call: Call, found: list[Folder]) -> list[Folder]:
    text = call.query.get("$filter")
    if text is None:
        return found
    if not text.startswith(_NAME_EQ):
        message = "Folders are filtered by displayName."
        raise GraphError(400, "ErrorInvalidUrlQueryFilter", message)
    wanted = text[len(_NAME_EQ) :].strip().strip("'").replace("''", "'").casefold()
    return [each for each in found if each.name.casefold() == wanted]


def get(call: Call, folder: str) -> HttpAnswer:
    """GET …/contactFolders/{id}"""
    only(call.query, "$select", "$expand")
    context = call.context("contactFolders/$entity")
    return reply({"@odata.context": context, **write(call, call.folder(folder))})


def write(call: Call, folder: Folder) -> dict[str, object]:
    """A folder as the query of a request wants it."""
    chosen = selected(call.query, _KNOWN, "contactFolder")
    parent = folder.parent or folder
    data: dict[str, object] = {
        "id": call.folder_id(folder),
        "parentFolderId": call.folder_id(parent, as_parent=True),
        "displayName": folder.name,
    }
    if chosen is not None:
        data = {n: v for n, v in data.items() if n == "id" or n in chosen}
    for each in expanded(call.query):
        expand = expansion(each.navigation, each.wanted, call.switches, of_item=False)
        data.update(expand(folder))
    return data


def create(call: Call, folder: str | None = None) -> HttpAnswer:
    """POST …/contactFolders and …/contactFolders/{id}/childFolders"""
    above = call.folder(folder or "contacts", "ErrorParentFolderNotFound")
    data = _data(call)
    name = _name(data)
    if above.locked:
        raise GraphError(403, "ErrorAccessDenied")
    extended = _extended(data)
    try:
        made = call.mailbox.add_folder(name, above, "IPF.Contact")
    except ValueError as error:
        message = "A folder with the specified name already exists."
        raise GraphError(409, "ErrorFolderExists", message) from error
    made.extended = extended
    context = call.context("contactFolders/$entity")
    return reply({"@odata.context": context, **write(call, made)}, 201)


def update(call: Call, folder: str) -> HttpAnswer:
    """PATCH …/contactFolders/{id}: another name, another folder above it."""
    found = call.folder(folder)
    data = _data(call)
    if data.get("parentFolderId") is not None:
        _move(call, found, str(data["parentFolderId"]))
    if "displayName" in data:
        _rename(found, _name(data))
    found.extended = {**found.extended, **_extended(data)}
    call.mailbox.record_folder(found)
    context = call.context("contactFolders/$entity")
    return reply({"@odata.context": context, **write(call, found)})


def delete(call: Call, folder: str) -> HttpAnswer:
    """DELETE …/contactFolders/{id}: with all it holds."""
    found = call.folder(folder)
    if found.is_system or call.switches.folder_delete == "denied":
        raise GraphError(403, "ErrorAccessDenied")
    call.mailbox.remove_folder(found)
    return reply(None, 204)


def _data(call: Call) -> dict[str, object]:
    data = call.json()
    for name in data:
        if name not in (*_KNOWN, SINGLE) and "@odata." not in name:
            message = (
                f"The property '{name}' does not exist on type "
                "'microsoft.graph.contactFolder'."
            )
            raise bad_request(message, "RequestBodyRead")
    return data


def _name(data: Mapping[str, object]) -> str:
    name = data.get("displayName")
    if not isinstance(name, str) or not name.strip():
        raise GraphError(400, "ErrorInvalidProperty", "A folder needs a displayName.")
    return name.strip()


def _extended(data: Mapping[str, object]) -> Values:
    values: Values = {}
    for entry in data.get(SINGLE) or []:
        extended = read_id(entry.get("id"))
        if extended.name in COMPUTED:
            raise GraphError(400, "ErrorInvalidProperty", "It is read-only.")
        values[extended.name] = read_value(extended, entry.get("value"))
    return values


def _move(call: Call, folder: Folder, parent: str) -> None:
    """Put a folder below another one ("Update contactfolder")."""
    above = folder.parent
    if above is None or parent == call.folder_id(above, as_parent=True):
        return
    target = call.folder(parent, "ErrorParentFolderNotFound")
    if folder.is_system or target.locked:
        raise GraphError(403, "ErrorAccessDenied")
    if target is folder or target.is_below(folder):
        raise GraphError(400, "ErrorMoveCopyFailed")
    if target is above:  # in another spelling
        return
    try:
        call.mailbox.move_folder(folder, target)
    except ValueError as error:
        raise GraphError(409, "ErrorFolderExists") from error


def _rename(folder: Folder, name: str) -> None:
    if folder.is_system:
        raise GraphError(403, "ErrorAccessDenied")
    other = folder.parent.child(name) if folder.parent else None
    if other is not None and other is not folder:
        raise GraphError(409, "ErrorFolderExists")
    folder.name = name
