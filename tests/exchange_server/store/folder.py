# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A folder of a mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import ids
from .changes import History
from .configuration import Configuration
from .item import Item
from .values import Values

if TYPE_CHECKING:
    from .mailbox import Mailbox


class Folder:
    """One folder. Only its mailbox changes it.

    :ivar number: in the mailbox; the identifier is made of it
    :ivar distinguished_id: the well-known name, None for a folder of the user's own
    :ivar is_system: a folder of the server that cannot be deleted or renamed
    :ivar is_hidden: PidTagAttributeHidden: clients should not show it
    :ivar locked: no folders can be created in it
    :ivar permissions: the content of its PermissionSet, None if it was never set
    :ivar configurations: pieces of settings that clients keep in it, by name
    :ivar items: what it contains, by number, oldest first
    :ivar associated: hidden items that belong to the folder itself, by number
    :ivar item_history: of what it contains
    :ivar tree_history: of all folders below it
    """

    def __init__(
        self,
        mailbox: Mailbox,
        number: int,
        name: str,
        parent: Folder | None,
        folder_class: str,
        distinguished_id: str | None = None,
    ):
        self.mailbox = mailbox
        self.number = number
        self.name = name
        self.parent = parent
        self.folder_class = folder_class
        self.distinguished_id = distinguished_id
        self.version = number
        self.is_system = False
        self.is_hidden = False
        self.locked = False
        self.permissions: str | None = None
        self.configurations: dict[str, Configuration] = {}
        self.extended: Values = {}
        self.children: list[Folder] = []
        self.items: dict[int, Item] = {}
        self.associated: dict[int, Item] = {}
        self.item_history = History()
        self.tree_history = History()

    @property
    def id(self) -> str:
        """The opaque identifier: the same for the folder's whole life."""
        return ids.identifier(self.mailbox.folder_prefix, self.number)

    @property
    def change_key(self) -> str:
        """The opaque version of the folder's own properties."""
        return ids.change_key(self.mailbox.guid, ids.FOLDER, self.version)

    @property
    def unread_count(self) -> int:
        """The number of unread messages."""
        return sum(
            1
            for item in self.items.values()
            if item.values.get("message:IsRead") is False
        )

    @property
    def size(self) -> int:
        """Roughly what the items take, in bytes; an empty folder takes a little."""
        return 1000 + sum(item.size for item in self.items.values())

    def ancestors(self) -> Iterator[Folder]:
        """The parent, its parent and so on up to the root."""
        folder = self.parent
        while folder is not None:
            yield folder
            folder = folder.parent

    def descendants(self) -> Iterator[Folder]:
        """All folders below, each before its own children, siblings by name."""
        for child in sorted(self.children, key=lambda each: each.name.casefold()):
            yield child
            yield from child.descendants()

    def child(self, name: str) -> Folder | None:
        """The direct child of that name; case does not matter, as on Exchange."""
        wanted = name.casefold()
        return next((c for c in self.children if c.name.casefold() == wanted), None)

    def is_below(self, other: Folder) -> bool:
        """Whether the other folder is an ancestor of this one."""
        return any(each is other for each in self.ancestors())

    def __repr__(self) -> str:
        return f"<Folder {self.number} {self.name!r} {self.folder_class}>"
