# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Images, and changes of photos as people make them in Outlook."""

from __future__ import annotations

import io

from PIL import Image

from exchange_server.store.attachments import Attachment
from exchange_server.store.item import Item
from exchange_server.store.mailbox import Mailbox


def picture(color: str, size: tuple[int, int] = (120, 160), kind: str = "PNG") -> bytes:
    """Return an image of one color."""
    image, out = Image.new("RGB", size, color), io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def take_photo(mailbox: Mailbox, item: Item, content: bytes) -> None:
    """Give a contact a photo as Outlook does: the old photo is deleted first."""
    remove_photo(mailbox, item)
    attachment = Attachment(
        number=mailbox.next_number(),
        name="ContactPicture.jpg",
        modified=mailbox.clock(),
        content=content,
        content_type="image/jpeg",
        is_contact_photo=True,
    )
    mailbox.add_attachment(item, attachment)


def remove_photo(mailbox: Mailbox, item: Item) -> None:
    """Remove the photo of a contact as Outlook does."""
    for attachment in [one for one in item.attachments if one.is_contact_photo]:
        mailbox.remove_attachment(item, attachment)


def photos(item: Item) -> list[bytes]:
    """Return the contents of all attachments marked as the photo of a contact."""
    return [one.content for one in item.attachments if one.is_contact_photo]
