# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""FindFolder: search below folders. Source: the EWS page "FindFolder operation"."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ...properties.folder_mapi import folder_getter
from ...refusal import ResponseError
from ...store.folder import Folder
from ...store.values import Value
from ..call import Call
from ..messages import answer_each
from ..paging import page_of
from ..properties.access import typed
from ..properties.extended import ExtendedPath
from ..properties.folder import FOLDER_PROPERTIES, FolderShape, read_folder_shape
from ..properties.paths import FieldPath, Path
from ..restrictions import read_restriction
from ..xmltext import M


def answer(call: Call) -> str:
    """The answer to a call: one message for each parent."""

    def find(target: etree._Element) -> str:
        shape = read_folder_shape(call.part("FolderShape"))
        return _find(call, call.folder(target), shape)

    return answer_each(call, call.parts("ParentFolderIds"), find)


def _find(call: Call, parent: Folder, shape: FolderShape) -> str:
    is_wanted = read_restriction(call.request.find(f"{M}Restriction"), _folder_value)
    below = _traversed(call.setting("Traversal"), parent)
    found = [folder for folder in below if is_wanted(folder)]
    page = page_of(found, call.request, "Folder")
    if not call.behaviors.has_root(len(found)):
        return ""
    folders = "".join(shape.write(folder) for folder in page.entries)
    return (
        f"<m:RootFolder {page.attributes}>"
        f"<t:Folders>{folders}</t:Folders></m:RootFolder>"
    )


def _traversed(traversal: str, parent: Folder) -> list[Folder]:
    """Subfolders, in order by name as the page "DefaultShapeNamesType" says."""
    if traversal == "Deep":
        return list(parent.descendants())
    if traversal == "Shallow":
        return sorted(parent.children, key=lambda each: each.name.casefold())
    return []


def _folder_value(path: Path) -> Callable[[Folder], Value | None]:
    if isinstance(path, ExtendedPath):
        get = folder_getter(path.name)
        return lambda folder: typed(path.type, get(folder))
    found = FOLDER_PROPERTIES.get(path.uri) if isinstance(path, FieldPath) else None
    if found is None:
        raise ResponseError("ErrorUnsupportedPathForQuery", None, path.xml())
    return found.comparable
