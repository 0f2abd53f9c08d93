# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Attachments of items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from .values import Values

# "Message size limits in Exchange Server" for EWS clients: 64 MB of a request, in which
# base64 leaves room for 48; what a mailbox takes by default is 36.
LARGEST_ITEM = 36 * 1024 * 1024


@dataclass
class Attachment:
    """A file or an item attached to an item.

    :param number: in the mailbox; its identifier is made of it
    :param content: of a file attachment; None for an item attachment
    :param item_values: of an item attachment: its values by key
    :param is_contact_photo: whether the file is the picture of its contact
    :param attachments: of an item attachment: what is attached to that item
    """

    number: int
    name: str
    modified: datetime
    content: bytes | None = None
    content_type: str | None = None
    content_id: str | None = None
    content_location: str | None = None
    is_inline: bool = False
    is_contact_photo: bool = False
    item_class: str = ""
    item_values: Values = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()

    def tree(self) -> Iterator[Attachment]:
        """The attachment itself and all that is attached below it."""
        yield self
        for each in self.attachments:
            yield from each.tree()

    @property
    def size(self) -> int:
        """Roughly what a server reports: the content and some overhead, in bytes."""
        if self.content is not None:
            return len(self.content) + 200
        values = sum(len(str(value)) for value in self.item_values.values())
        return 200 + values + sum(each.size for each in self.attachments)
