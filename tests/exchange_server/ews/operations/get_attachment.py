# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""GetAttachment: attachments with their content.

Source: the EWS page "GetAttachment operation".
"""

from __future__ import annotations

from lxml import etree

from ...store.attachments import Attachment
from ...store.item import Item
from ..call import Call
from ..messages import answer_each
from ..parts import children, is_true
from ..properties.attachments import write_attachment
from ..properties.paths import read_path
from ..properties.shapes import ItemShape
from ..xmltext import M, T

EMPTY = "<m:Attachments/>"


def answer(call: Call) -> str:
    """The answer to a call: one message for each attachment."""
    shape_element = call.request.find(f"{M}AttachmentShape")

    def get(target: etree._Element) -> str:
        item, attachment = call.attachment(target)
        shape = _shape(shape_element, call)
        inner = (
            "" if attachment.content is not None else _inner(item, attachment, shape)
        )
        written = write_attachment(item, attachment, inner, with_content=True)
        return f"<m:Attachments>{written}</m:Attachments>"

    return answer_each(call, call.parts("AttachmentIds"), get, EMPTY)


def _shape(element: etree._Element | None, call: Call) -> ItemShape:
    """The shape of attached items: all properties and what more is asked for."""
    if element is None:
        return ItemShape("AllProperties", version=call.version)
    additional = element.find(f"{T}AdditionalProperties")
    return ItemShape(
        base="AllProperties",
        paths=tuple(read_path(each) for each in children(additional, 0)),
        body_types={"item:Body": element.findtext(f"{T}BodyType") or "Best"},
        filters_html=is_true(element.findtext(f"{T}FilterHtmlContent")),
        version=call.version,
    )


def _inner(item: Item, attachment: Attachment, shape: ItemShape) -> str:
    attached = Item(
        attachment.number,
        item.folder,
        attachment.item_class,
        attachment.item_values,
        item.version,
        attachment.modified,
    )
    attached.attachments = attachment.attachments
    return shape.write(attached)
