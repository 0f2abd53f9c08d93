# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""MoveItem and what it shares with CopyItem.

Source: the EWS pages "MoveItem operation", "ReturnNewItemIds": what arrives has a new
identifier, which the answer names unless the client does not want it.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ...refusal import ResponseError
from ...store.folder import Folder
from ...store.item import Item
from ..call import Call
from ..messages import answer_each, failure, response
from ..properties.shapes import ItemShape
from ..xmltext import M

EMPTY = "<m:Items/>"


def answer(call: Call) -> str:
    """The answer to a call: one message for each item."""
    return move_or_copy(call, call.mailbox.move_item)


def move_or_copy(call: Call, transfer: Callable[[Item, Folder], Item]) -> str:
    """The answer to a call that moves or copies items.

    :param transfer: does it for one item and returns what has arrived
    """
    targets = call.parts("ItemIds")
    try:
        folder = call.target_folder("ToFolderId", "ErrorToFolderNotFound")
    except ResponseError as error:
        return response(failure(call.operation, error, EMPTY) for _ in targets)
    wants_ids = call.request.findtext(f"{M}ReturnNewItemIds", "true").strip()

    def handle(target: etree._Element) -> str:
        item = call.item(target)
        if item.is_associated:
            raise ResponseError("ErrorInvalidOperation")
        arrived = transfer(item, folder)
        if wants_ids in ("false", "0"):
            return EMPTY
        return f"<m:Items>{ItemShape().write(arrived)}</m:Items>"

    return answer_each(call, targets, handle, EMPTY)
