# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Images, and what people do with photos of contacts in Outlook."""

from __future__ import annotations

import io

from PIL import Image

from exchange_server.store.attachments import Attachment
from exchange_server.store.item import Item
from exchange_server.store.mailbox import Mailbox


def picture(color: str, size: tuple[int, int] = (120, 160), kind: str = "PNG") -> bytes:
    """An image of one color."""
    image, out = Image.new("RGB", size, color), io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def take_photo(mailbox: Mailbox, item: Item, content: bytes) -> None:
    """Somebody gives a contact a photo: the old one goes first."""
    drop_photo(mailbox, item)
    attachment = Attachment(
        number=mailbox.next_number(),
        name="ContactPicture.jpg",
        modified=mailbox.clock(),
        content=content,
        content_type="image/jpeg",
        is_contact_photo=True,
    )
    mailbox.add_attachment(item, attachment)


def drop_photo(mailbox: Mailbox, item: Item) -> None:
    """Somebody takes the photo of a contact away."""
    for attachment in [one for one in item.attachments if one.is_contact_photo]:
        mailbox.remove_attachment(item, attachment)


def photos(item: Item) -> list[bytes]:
    """Contents of all that is marked as the photo of a contact."""
    return [one.content for one in item.attachments if one.is_contact_photo]
