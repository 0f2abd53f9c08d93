# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SendItem: messages leave the folder in which they were saved.

Source: the EWS page "SendItem operation", and "ErrorInvalidSendItemSaveSettings" and
"ErrorInvalidItemForOperationSendItem" on the page "ResponseCode". Nothing is delivered:
what a client can see of sending in its own mailbox is all that happens.
"""

from __future__ import annotations

from lxml import etree

from ...refusal import ResponseError
from ...store.folder import Folder
from ..call import Call
from ..messages import answer_each, failure, response
from ..parts import is_true
from ..properties.item_kinds import MESSAGE, kind_of
from ..xmltext import M


def answer(call: Call) -> str:
    """The answer to a call: one message for each item."""
    targets = call.parts("ItemIds")
    try:
        folder = _folder(call)
    except ResponseError as error:
        return response(failure("SendItem", error) for _ in targets)

    def send(target: etree._Element) -> str:
        item = call.item(target)
        if kind_of(item.item_class) is not MESSAGE:
            raise ResponseError("ErrorInvalidItemForOperationSendItem")
        if folder is None:
            call.mailbox.remove_item(item)
        else:
            call.mailbox.move_item(item, folder)
        return ""

    return answer_each(call, targets, send)


def _folder(call: Call) -> Folder | None:
    """Where the copy is saved, None for no copy."""
    is_saved = is_true(call.setting("SaveItemToFolder"))
    is_named = call.request.find(f"{M}SavedItemFolderId") is not None
    if is_named and not is_saved:
        raise ResponseError("ErrorInvalidSendItemSaveSettings")
    if is_named:
        return call.target_folder("SavedItemFolderId", "ErrorSavedItemFolderNotFound")
    return call.mailbox.distinguished["sentitems"] if is_saved else None
