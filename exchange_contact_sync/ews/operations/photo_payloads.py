# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build the requests for photos.

(EWS pages "GetAttachment", "CreateAttachment" and "DeleteAttachment" operation.)
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

from lxml import etree

from .xml import M, T, field

PHOTO_NAME = "ContactPicture.jpg"
"""Outlook's name for the photo of a contact."""


def get_photo_list(ids: Iterable[str]) -> etree._Element:
    """Request contacts with a description of their attachments, without content.

    :param ids: of contacts
    """
    asked = T.AdditionalProperties(field("item:Attachments"))
    shape = M.ItemShape(T.BaseShape("IdOnly"), asked)
    return M.GetItem(shape, M.ItemIds(*(T.ItemId(Id=one) for one in ids)))


def get_attachment(ids: Iterable[str]) -> etree._Element:
    """Request attachments by their ids."""
    return M.GetAttachment(_attachment_ids(ids))


def delete_attachment(ids: Iterable[str]) -> etree._Element:
    """Delete attachments by their ids."""
    return M.DeleteAttachment(_attachment_ids(ids))


def create_photo(item: str, content: bytes) -> etree._Element:
    """Add a photo to a contact.

    :param item: id of the contact
    :param content: a JPEG
    """
    photo = T.FileAttachment(
        T.Name(PHOTO_NAME),
        T.ContentType("image/jpeg"),
        T.IsInline("false"),
        T.IsContactPhoto("true"),
        T.Content(base64.b64encode(content).decode("ascii")),
    )
    return M.CreateAttachment(M.ParentItemId(Id=item), M.Attachments(photo))


def _attachment_ids(ids: Iterable[str]) -> etree._Element:
    return M.AttachmentIds(*(T.AttachmentId(Id=one) for one in ids))
