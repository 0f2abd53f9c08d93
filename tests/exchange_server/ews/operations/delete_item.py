# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""DeleteItem: delete items in one of three ways.

Source: the EWS pages "DeleteItem operation" and "Deleting items by using EWS in
Exchange": to Deleted Items, softly to the Deletions folder of the dumpster, hard to its
Purges folder, which no client sees: here the item is gone.
"""

from __future__ import annotations

from lxml import etree

from ...refusal import ResponseError
from ...store.item import Item
from ..call import Call
from ..messages import answer_each
from ..parts import chosen

_BINS = {
    "MoveToDeletedItems": "deleteditems",
    "SoftDelete": "recoverableitemsdeletions",
}


def answer(call: Call) -> str:
    """The answer to a call: one message for each item."""
    delete_type = call.setting("DeleteType")

    def delete(target: etree._Element) -> str:
        item = call.item(target)
        _check_settings(call, item)
        delete_item(call, item, delete_type)
        return ""

    return answer_each(call, call.parts("ItemIds"), delete)


def delete_item(call: Call, item: Item, delete_type: str) -> None:
    """Delete an item in the way that a request wants.

    :raises ResponseError: ErrorInvalidOperation for an associated item that is to be
        deleted in any other way than hard
    """
    if delete_type == "HardDelete":
        call.mailbox.remove_item(item)
        return
    if item.is_associated:
        raise ResponseError("ErrorInvalidOperation")
    bin_folder = call.mailbox.distinguished[chosen(_BINS, delete_type)]
    if item.folder is bin_folder:
        return
    call.mailbox.move_item(item, bin_folder, keep_key=True)


def _check_settings(call: Call, item: Item) -> None:
    """Appointments and tasks need an attribute that says how to delete them."""
    if item.item_class.startswith("IPM.Appointment"):
        if call.request.get("SendMeetingCancellations") is None:
            raise ResponseError("ErrorSendMeetingCancellationsRequired")
    if item.item_class.startswith("IPM.Task"):
        if call.request.get("AffectedTaskOccurrences") is None:
            raise ResponseError("ErrorAffectedTaskOccurrencesRequired")
