# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find a contact's photo: the file attachment marked ``IsContactPhoto``.

Outlook and the Managed API store at most one, named ContactPicture.jpg (EWS Managed
API, ``Contact.SetContactPicture``).
"""

from __future__ import annotations

from datetime import datetime, timezone

from lxml import etree

from ...core.photo import RemotePhoto
from ...outlook.reading import checked_id
from ..operations.xml import t
from .reading import id_in

_PHOTO = t("IsContactPhoto")
_SIGNS = (t("LastModifiedTime"), t("Size"), t("Name"))


def photo_of(attachments: etree._Element | None) -> str:
    """Return a token that identifies a contact's photo, without reading it.

    The id of an attachment changes when its contact is moved, so it is only used if the
    server sends nothing else.

    :param attachments: element ``t:Attachments``, if there are any
    :return: "" for no photo
    """
    photo = photo_attachment(attachments)
    if photo is None:
        return ""
    signs = [photo.findtext(tag) or "" for tag in _SIGNS]
    return " ".join(signs) if any(signs[:2]) else attachment_id(photo)


def photo_attachment(attachments: etree._Element | None) -> etree._Element | None:
    """Return the ``t:FileAttachment`` that is the photo.

    :param attachments: element ``t:Attachments``, if there are any
    """
    for attachment in attachments if attachments is not None else ():
        if attachment.findtext(_PHOTO) in ("true", "1"):
            return attachment
    return None


def described(attachments: etree._Element | None) -> RemotePhoto:
    """Return the photo without its content.

    :param attachments: element ``t:Attachments``, if there are any
    """
    photo = photo_attachment(attachments)
    if photo is None:
        return RemotePhoto()
    return RemotePhoto(photo_of(attachments), modified=_modified(photo))


def _modified(photo: etree._Element) -> datetime | None:
    text = photo.findtext(_SIGNS[0]) or ""
    try:
        return datetime.fromisoformat(text[:19]).replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def attachment_id(attachment: etree._Element) -> str:
    """Return the ``AttachmentId`` of an element.

    :raises ValueError: it has none
    """
    return checked_id(id_in(attachment, t("AttachmentId")))
