# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CreateAttachment: attach files and items to items.

Source: the EWS page "CreateAttachment operation", and "ErrorRequiredPropertyMissing"
and "ErrorMissingItemForCreateItemAttachment" on the page "ResponseCode".
"""

from __future__ import annotations

import base64
import binascii

from lxml import etree

from ...refusal import ResponseError
from ...schema import schema_violation
from ...store.attachments import Attachment
from ..call import Call
from ..messages import answer_each, failure, response
from ..parts import is_true
from ..properties.attachments import write_attachment_ids
from ..properties.reading import read_item
from ..xmltext import T

EMPTY = "<m:Attachments/>"


def answer(call: Call) -> str:
    """The answer to a call: one message for each attachment."""
    wanted = call.parts("Attachments")
    try:
        item = call.item(call.part("ParentItemId"))
    except ResponseError as error:
        return response(failure("CreateAttachment", error, EMPTY) for _ in wanted)

    def create(element: etree._Element) -> str:
        attachment = read_attachment(call, element)
        check_size(call, item.size + attachment.size)
        call.mailbox.add_attachment(item, attachment)
        return write_attachment_ids(item, (attachment,), with_root=True, prefix="m")

    return answer_each(call, wanted, create, EMPTY)


def read_attachment(call: Call, element: etree._Element) -> Attachment:
    """What a FileAttachment or ItemAttachment element describes.

    :raises ResponseError: when it is incomplete
    """
    name = element.findtext(f"{T}Name")
    if not name:
        path = '<t:ExceptionFieldURI FieldURI="attachment:Name"/>'
        raise ResponseError("ErrorRequiredPropertyMissing", None, path)
    attachment = Attachment(
        number=call.mailbox.next_number(),
        name=name,
        modified=call.mailbox.clock(),
        content_type=element.findtext(f"{T}ContentType"),
        content_id=element.findtext(f"{T}ContentId"),
        content_location=element.findtext(f"{T}ContentLocation"),
        is_inline=_is_true(element, "IsInline"),
        is_contact_photo=_is_true(element, "IsContactPhoto"),
    )
    if element.tag == f"{T}FileAttachment":
        attachment.content = _content(element)
        if len(attachment.content) > call.mailbox.largest_item:
            raise ResponseError("ErrorAttachmentSizeLimitExceeded")
    else:
        _read_attached_item(call, element, attachment)
    return attachment


def check_size(call: Call, size: int) -> None:
    """Refuse what would make an item larger than the mailbox takes.

    :raises ResponseError: ErrorMessageSizeExceeded
    """
    if size > call.mailbox.largest_item:
        raise ResponseError("ErrorMessageSizeExceeded")


def _read_attached_item(
    call: Call, element: etree._Element, attachment: Attachment
) -> None:
    attached = list(element.iterchildren("{*}*"))[-1]
    try:
        new = read_item(attached)
    except ResponseError as error:
        if error.code == "ErrorInvalidItemForOperationCreateItem":
            code = "ErrorMissingItemForCreateItemAttachment"
            raise ResponseError(code) from error
        raise
    attachment.item_class = new.item_class
    attachment.item_values = new.values
    attachment.attachments = tuple(
        read_attachment(call, each) for each in new.attachments
    )


def _content(element: etree._Element) -> bytes:
    try:
        return base64.b64decode(element.findtext(f"{T}Content") or "")
    except binascii.Error as error:
        raise schema_violation("Content is no base64Binary") from error


def _is_true(element: etree._Element, name: str) -> bool:
    return is_true(element.findtext(f"{T}{name}"))
