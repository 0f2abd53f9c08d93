# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EmptyFolder: delete all that folders hold.

Source: the EWS page "EmptyFolder operation".
"""

from __future__ import annotations

from lxml import etree

from ...refusal import ResponseError
from ...store.folder import Folder
from ..call import Call
from ..messages import answer_each
from .delete_folder import discard
from .delete_item import delete_item

# Which folders a server refuses to empty is not documented; these are our guess.
_NEVER = ("root", "msgfolderroot", "searchfolders", "recoverableitemsroot")


def answer(call: Call) -> str:
    """The answer to a call: one message for each folder."""
    delete_type = call.setting("DeleteType")
    with_subfolders = call.setting("DeleteSubFolders").strip() in ("true", "1")

    def empty(target: etree._Element) -> str:
        folder = call.folder(target)
        if folder.distinguished_id in _NEVER:
            raise ResponseError("ErrorCannotEmptyFolder")
        for item in list(folder.items.values()):
            delete_item(call, item, delete_type)
        if with_subfolders:
            _delete_subfolders(call, folder, delete_type)
        return ""

    return answer_each(call, call.parts("FolderIds"), empty)


def _delete_subfolders(call: Call, folder: Folder, delete_type: str) -> None:
    for child in list(folder.children):
        if any(each.is_system for each in (child, *child.descendants())):
            continue
        if delete_type == "MoveToDeletedItems":
            discard(call, child)
        else:
            call.mailbox.remove_folder(child)
