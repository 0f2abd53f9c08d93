# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Attachments of items."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .values import Values


@dataclass
class Attachment:
    """A file or an item attached to an item.

    :param number: in the mailbox; its identifier is made of it
    :param content: of a file attachment; None for an item attachment
    :param item_values: of an item attachment: its values by key
    :param is_contact_photo: whether the file is the picture of its contact
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

    @property
    def size(self) -> int:
        """Roughly what a server reports: the content and some overhead, in bytes."""
        if self.content is not None:
            return len(self.content) + 200
        return 200 + sum(len(str(value)) for value in self.item_values.values())
