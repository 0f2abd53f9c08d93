# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The photo of a contact.

Sources: the pages "profilePhoto resource type", "Get profilePhoto" and "Update
profilePhoto"; that DELETE is refused: microsoft-graph-docs issue 6255, msgraph-sdk-java
issue 2279; that an empty PUT removes: evolution-ews does it. Sizes do not work for
contacts (microsoft-graph-docs issue 4153).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from ..http_message import HttpAnswer
from ..store.attachments import Attachment
from ..store.item import Item
from .call import Call, reply
from .errors import GraphError, not_supported

LARGEST = 4 * 1024 * 1024
NAME = "ContactPicture.jpg"
_PNG = b"\x89PNG\r\n\x1a\n"
_IMAGES = (b"\xff\xd8", _PNG, b"GIF8", b"BM")
# Start-of-frame markers of JPEG, which hold height and width.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def describe(call: Call, id: str, folder: str | None = None) -> HttpAnswer:
    """GET …/contacts/{id}/photo"""
    photo = _photo(_item(call, id, folder))
    content = photo.content or b""
    width, height = size_of(content)
    return reply(
        {
            "@odata.context": call.context("contacts/photo/$entity"),
            "@odata.mediaContentType": photo.content_type or "image/jpeg",
            "@odata.mediaEtag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
            "id": f"{width}X{height}",
            "height": height,
            "width": width,
        }
    )


def content(call: Call, id: str, folder: str | None = None) -> HttpAnswer:
    """GET …/contacts/{id}/photo/$value"""
    photo = _photo(_item(call, id, folder))
    kind = photo.content_type or "image/jpeg"
    return HttpAnswer(200, photo.content or b"", kind)


def set_content(call: Call, id: str, folder: str | None = None) -> HttpAnswer:
    """PUT and PATCH …/contacts/{id}/photo/$value"""
    item = _item(call, id, folder)
    if not call.body:
        return _remove(call, item, str(call.switches.photo_empty_put) == "removes")
    kind = (call.headers.get("Content-Type", "") or "").partition(";")[0].strip()
    if not kind.lower().startswith("image/"):
        message = f"The content type '{kind}' is no image."
        raise GraphError(415, "ErrorInvalidRequest", message)
    if len(call.body) > LARGEST:
        raise GraphError(413, "RequestEntityTooLarge", "The photo is too large.")
    if not call.body.startswith(_IMAGES):
        raise GraphError(400, "ErrorInvalidImage", "The content is no image.")
    photo = Attachment(
        number=call.mailbox.next_number(),
        name=NAME,
        modified=call.mailbox.clock(),
        content=call.body,
        content_type=kind,
        is_contact_photo=True,
    )
    is_silent = call.switches.photo_version == "stays"
    call.mailbox.add_attachment(item, photo, is_silent=is_silent)
    return reply(None, 200)


def delete(call: Call, id: str, folder: str | None = None) -> HttpAnswer:
    """DELETE …/contacts/{id}/photo and …/photo/$value"""
    item = _item(call, id, folder)
    return _remove(call, item, call.switches.photo_delete == "honored")


def _remove(call: Call, item: Item, allowed: bool) -> HttpAnswer:
    if not allowed:
        raise not_supported()
    for photo in list(_photos(item)):
        call.mailbox.remove_attachment(item, photo)
    return reply(None, 204)


def _item(call: Call, id: str, folder: str | None) -> Item:
    return call.item(id, None if folder is None else call.folder(folder))


def _photos(item: Item) -> Iterator[Attachment]:
    return (each for each in item.attachments if each.is_contact_photo)


def _photo(item: Item) -> Attachment:
    for photo in _photos(item):
        return photo
    message = (
        "The specified object was not found in the store., The photo wasn't found."
    )
    raise GraphError(404, "ErrorItemNotFound", message)


def size_of(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG in pixels, (0, 0) where they are not found."""
    if image.startswith(_PNG) and len(image) >= 24:
        width, height = struct.unpack(">II", image[16:24])
        return width, height
    if not image.startswith(b"\xff\xd8"):
        return 0, 0
    position = 2
    while position + 9 <= len(image) and image[position] == 0xFF:
        marker = image[position + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", image[position + 5 : position + 9])
            return width, height
        position += 2 + struct.unpack(">H", image[position + 2 : position + 4])[0]
    return 0, 0
