# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An item of a mailbox: a contact, a distribution list, a message …"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from . import ids
from .attachments import Attachment
from .values import Values, size_of

if TYPE_CHECKING:
    from .folder import Folder


class Item:
    """One item. Only its mailbox changes it.

    :ivar number: in the mailbox; the identifier is made of it
    :ivar version: the change key is made of it
    :ivar values: by key, see :mod:`exchange_server.properties`
    :ivar created: and modified: aware times in UTC
    :ivar origin: the number of the item that this one was first made as
    :ivar lasting_number: stays when the item is moved within its mailbox
    """

    __slots__ = (
        "number",
        "folder",
        "item_class",
        "values",
        "version",
        "created",
        "modified",
        "attachments",
        "is_associated",
        "origin",
        "lasting_number",
        "_changed_keys",
    )

    def __init__(
        self,
        number: int,
        folder: Folder,
        item_class: str,
        values: Values,
        version: int,
        created: datetime,
        is_associated: bool = False,
    ):
        self.number = number
        self.folder = folder
        self.item_class = item_class
        self.values = values
        self.version = version
        self.created = created
        self.modified = created
        self.attachments: tuple[Attachment, ...] = ()
        self.is_associated = is_associated
        self.origin = number
        self.lasting_number = number
        self._changed_keys: tuple[tuple[int, frozenset[str]], ...] = ()

    @property
    def id(self) -> str:
        """The opaque identifier: the same as long as the item is not moved."""
        return ids.identifier(self.folder.mailbox.item_prefix, self.number)

    @property
    def change_key(self) -> str:
        """The opaque version: another one after each change."""
        return ids.change_key(self.folder.mailbox.guid, ids.ITEM, self.version)

    @property
    def size(self) -> int:
        """A believable size in bytes: what the values and attachments take."""
        attached = sum(each.size for each in self.attachments)
        return 600 + size_of(self.values) + attached

    @property
    def search_key(self) -> bytes:
        """PidTagSearchKey: 16 bytes that stay when the item changes or moves; a copy
        has the same ([MS-OXCPRPT] 2.2.1.8 and 3.2.5.9)."""
        name = f"{self.folder.mailbox.guid}/{self.origin}"
        return hashlib.sha256(name.encode()).digest()[:16]

    def remember_change(self, keys: frozenset[str]) -> None:
        """Note which values made the present version what it is."""
        self._changed_keys += ((self.version, keys),)

    def keys_changed_since(self, version: int) -> frozenset[str]:
        """The keys of all values that changed after a version."""
        later = (keys for number, keys in self._changed_keys if number > version)
        return frozenset().union(*later)

    def __repr__(self) -> str:
        name = self.values.get("contacts:DisplayName") or self.values.get(
            "item:Subject"
        )
        return f"<{self.item_class} {self.number} {name!r}>"
