# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Attachments as they appear in items: everything but their content.

Source: the EWS pages "Attachments", "FileAttachment" and "ItemAttachment".
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from ...properties.moments import format_date_time
from ...store import ids
from ...store.attachments import Attachment
from ..xmltext import attribute, element

if TYPE_CHECKING:
    from ...store.item import Item


def attachment_id(item: Item, attachment: Attachment) -> str:
    """The opaque identifier of an attachment."""
    return ids.identifier(item.folder.mailbox.attachment_prefix, attachment.number)


def write_attachment_id(item: Item, attachment: Attachment, with_root: bool) -> str:
    """The AttachmentId element.

    :param with_root: whether to say which item, at which version, it belongs to
    """
    root = ""
    if with_root:
        root = (
            f' RootItemId="{attribute(item.id)}"'
            f' RootItemChangeKey="{attribute(item.change_key)}"'
        )
    identifier = attribute(attachment_id(item, attachment))
    return f'<t:AttachmentId Id="{identifier}"{root}/>'


def write_attachment(
    item: Item, attachment: Attachment, inner: str = "", with_content: bool = False
) -> str:
    """The FileAttachment or ItemAttachment element.

    :param inner: of an item attachment: the complete element of the attached item
    :param with_content: whether a file comes with its content
    """
    description = write_attachment_id(item, attachment, with_root=False)
    description += _describe(attachment)
    if attachment.content is None:
        return f"<t:ItemAttachment>{description}{inner}</t:ItemAttachment>"
    photo = "true" if attachment.is_contact_photo else "false"
    description += f"<t:IsContactPhoto>{photo}</t:IsContactPhoto>"
    if with_content:
        encoded = base64.b64encode(attachment.content).decode("ascii")
        description += f"<t:Content>{encoded}</t:Content>"
    return f"<t:FileAttachment>{description}</t:FileAttachment>"


def write_attachment_ids(
    item: Item,
    attachments: tuple[Attachment, ...] | None = None,
    with_root: bool = False,
    prefix: str = "t",
) -> str:
    """An Attachments element with nothing but identifiers.

    :param attachments: by default all of the item
    :param prefix: of the Attachments element: that of a property or of a message
    """
    chosen = item.attachments if attachments is None else attachments
    written = "".join(
        f"<t:{name}>{write_attachment_id(item, each, with_root)}</t:{name}>"
        for each in chosen
        for name in ["ItemAttachment" if each.content is None else "FileAttachment"]
    )
    return f"<{prefix}:Attachments>{written}</{prefix}:Attachments>"


def _describe(attachment: Attachment) -> str:
    optional = (
        ("ContentType", attachment.content_type),
        ("ContentId", attachment.content_id),
        ("ContentLocation", attachment.content_location),
    )
    return (
        element("t:Name", attachment.name)
        + "".join(element(f"t:{name}", text) for name, text in optional if text)
        + f"<t:Size>{attachment.size}</t:Size>"
        + element("t:LastModifiedTime", format_date_time(attachment.modified))
        + f"<t:IsInline>{'true' if attachment.is_inline else 'false'}</t:IsInline>"
    )
