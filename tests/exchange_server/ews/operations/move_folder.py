# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""MoveFolder: put folders below another one. Source: the EWS page "MoveFolder
operation", and "ErrorMoveDistinguishedFolder" and "ErrorMoveCopyFailed" on the page
"ResponseCode". A folder keeps its identifier.
"""

from __future__ import annotations

from lxml import etree

from ...error_texts import folder_exists
from ...refusal import ResponseError
from ...store.folder import Folder
from ..call import Call
from ..messages import answer_each, failure, response
from ..properties.folder import FolderShape

EMPTY = "<m:Folders/>"


def answer(call: Call) -> str:
    """The answer to a call: one message for each folder."""
    targets = call.parts("FolderIds")
    try:
        parent = call.target_folder("ToFolderId", "ErrorToFolderNotFound")
    except ResponseError as error:
        return response(failure("MoveFolder", error, EMPTY) for _ in targets)

    def move(target: etree._Element) -> str:
        folder = call.folder(target)
        _move(call, folder, parent)
        return f"<m:Folders>{FolderShape().write(folder)}</m:Folders>"

    return answer_each(call, targets, move, EMPTY)


def _move(call: Call, folder: Folder, parent: Folder) -> None:
    if folder.is_system:
        raise ResponseError("ErrorMoveDistinguishedFolder")
    if parent is folder or parent.is_below(folder) or parent.locked:
        raise ResponseError("ErrorMoveCopyFailed")
    if folder.parent is parent:
        return
    try:
        call.mailbox.move_folder(folder, parent)
    except ValueError as error:
        raise ResponseError("ErrorFolderExists", folder_exists(folder.name)) from error
