# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""DeleteFolder: delete folders. Source: the EWS page "DeleteFolder operation".

"Folders cannot be soft deleted" (EWS page "Deleting items by using EWS in Exchange"):
what a SoftDelete of a folder is answered with is not documented; here the folder is
removed as by a HardDelete.
"""

from __future__ import annotations

from lxml import etree

from ...refusal import ResponseError
from ...store.folder import Folder
from ..call import Call
from ..messages import answer_each


def answer(call: Call) -> str:
    """The answer to a call: one message for each folder."""
    delete_type = call.setting("DeleteType")

    def delete(target: etree._Element) -> str:
        folder = call.folder(target)
        if folder.distinguished_id:
            raise ResponseError("ErrorDeleteDistinguishedFolder")
        if folder.is_system:
            raise ResponseError("ErrorCannotDeleteObject")
        if delete_type == "MoveToDeletedItems":
            discard(call, folder)
        else:
            call.mailbox.remove_folder(folder)
        return ""

    return answer_each(call, call.parts("FolderIds"), delete)


def discard(call: Call, folder: Folder) -> None:
    """Move a folder to Deleted Items; there, a number tells namesakes apart."""
    bin_folder = call.mailbox.distinguished["deleteditems"]
    name = folder.name
    count = 1
    while bin_folder.child(folder.name) not in (None, folder):
        folder.name = f"{name}{count}"
        count += 1
    if folder.parent is not bin_folder:
        call.mailbox.move_folder(folder, bin_folder)
