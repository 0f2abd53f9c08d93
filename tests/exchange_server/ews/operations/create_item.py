# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CreateItem: make items. Sources: the EWS pages "CreateItem operation" and "CreateItem
operation (contact)"; on the page "ResponseCode" the errors for a folder of another
kind and for attributes that some kinds of items need. Nothing is ever sent.
"""

from __future__ import annotations

from lxml import etree

from ...refusal import ResponseError
from ...store.folder import Folder
from ...store.item import Item
from ...store.values import size_of
from ..call import Call
from ..messages import answer_each, failure, response
from ..properties.attachments import write_attachment_ids
from ..properties.item_kinds import kind_of
from ..properties.reading import read_item
from ..properties.shapes import ItemShape
from ..xmltext import M
from .create_attachment import check_size, read_attachment

EMPTY = "<m:Items/>"

_HOMES = {
    "Contact": "contacts",
    "DistributionList": "contacts",
    "CalendarItem": "calendar",
    "Task": "tasks",
    "Message": "drafts",
}
_ONLY_IN = {
    "Contact": ("IPF.Contact", "ErrorCannotCreateContactInNonContactFolder"),
    "DistributionList": ("IPF.Contact", "ErrorCannotCreateContactInNonContactFolder"),
    "CalendarItem": (
        "IPF.Appointment",
        "ErrorCannotCreateCalendarItemInNonCalendarFolder",
    ),
    "Task": ("IPF.Task", "ErrorCannotCreateTaskInNonTaskFolder"),
}


def answer(call: Call) -> str:
    """The answer to a call: one message for each new item."""
    wanted = call.parts("Items")
    folder = None
    try:
        if call.request.find(f"{M}SavedItemFolderId") is not None:
            code = "ErrorSavedItemFolderNotFound"
            folder = call.target_folder("SavedItemFolderId", code)
    except ResponseError as error:
        return response(failure("CreateItem", error, EMPTY) for _ in wanted)

    def create(element: etree._Element) -> str:
        return f"<m:Items>{_write(_create(call, folder, element))}</m:Items>"

    return answer_each(call, wanted, create, EMPTY)


def _create(call: Call, folder: Folder | None, element: etree._Element) -> Item:
    new = read_item(element)
    kind = kind_of(new.item_class)
    _check_settings(call, kind.element)
    if folder is None:
        folder = call.mailbox.distinguished[_HOMES[kind.element]]
    folder_class, code = _ONLY_IN.get(kind.element, ("", ""))
    if not folder.folder_class.startswith(folder_class):
        raise ResponseError(code)
    attachments = [read_attachment(call, each) for each in new.attachments]
    values = call.behaviors.kept(new.values)
    check_size(call, size_of(values) + sum(each.size for each in attachments))
    item = call.mailbox.add_item(folder, new.item_class, values)
    for each in attachments:
        call.mailbox.add_attachment(item, each)
    return item


def _check_settings(call: Call, element: str) -> None:
    disposition = call.request.get("MessageDisposition")
    if element == "Message" and disposition is None:
        raise ResponseError("ErrorMessageDispositionRequired")
    if element == "Message" and disposition != "SaveOnly":
        text = "This server sends no messages."
        raise ResponseError("ErrorInvalidOperation", text)
    invitations = call.request.get("SendMeetingInvitations")
    if element == "CalendarItem" and invitations is None:
        raise ResponseError("ErrorSendMeetingInvitationsRequired")


def _write(item: Item) -> str:
    """The new item's identifier, and those of what is attached to it."""
    written = ItemShape().write(item)
    if not item.attachments:
        return written
    closing = written[written.rindex("</") :]
    return written.removesuffix(closing) + write_attachment_ids(item) + closing
