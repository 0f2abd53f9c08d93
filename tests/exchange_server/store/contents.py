# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a mailbox holds and the only code that changes it.

Every change takes the next number of one counter and writes it into the history of the
folder concerned; that number is also what change keys are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..clock import Clock
from . import ids
from .attachments import Attachment
from .distinguished import FOLDER_PLANS
from .folder import Folder
from .item import Item
from .values import Values

_READ_FLAG = frozenset({"message:IsRead"})
FOLDER_NAMES_TAKEN = "a folder of that name is there already"


class Contents:
    """Folders, items and attachments of one mailbox.

    :param guid: of the mailbox
    :param clock: the time when something was created or changed
    :ivar lasting: items by the number that stays with them when they are moved
    :ivar lasting_numbers: those numbers by that of the item, of gone ones too
    """

    def __init__(self, guid: str, clock: Clock):
        self.guid = guid
        self.clock = clock
        self.folder_prefix = ids.prefix_of(guid, ids.FOLDER)
        self.item_prefix = ids.prefix_of(guid, ids.ITEM)
        self.attachment_prefix = ids.prefix_of(guid, ids.ATTACHMENT)
        self.folders: dict[int, Folder] = {}
        self.items: dict[int, Item] = {}
        self.lasting: dict[int, Item] = {}
        self.lasting_numbers: dict[int, int] = {}
        self.attachments: dict[int, tuple[Item, Attachment]] = {}
        self.distinguished: dict[str, Folder] = {}
        self._last_number = 0
        self._make_first_folders()

    @property
    def root(self) -> Folder:
        return self.distinguished["root"]

    def next_number(self) -> int:
        """A number that no object and no change of this mailbox had before."""
        self._last_number += 1
        return self._last_number

    # Folders

    def add_folder(
        self,
        name: str,
        parent: Folder,
        folder_class: str,
        distinguished_id: str | None = None,
    ) -> Folder:
        """Make a folder.

        :raises ValueError: when the parent has a child of that name
        """
        if parent.child(name) is not None:
            raise ValueError(FOLDER_NAMES_TAKEN)
        folder = Folder(
            self, self.next_number(), name, parent, folder_class, distinguished_id
        )
        self.folders[folder.number] = folder
        parent.children.append(folder)
        self.record_folder(folder)
        return folder

    def record_folder(self, folder: Folder) -> None:
        """A folder came or changed: a new change key, and a line in the history."""
        folder.version = self.next_number()
        for above in folder.ancestors():
            above.tree_history.record(folder.number, folder.version)

    def move_folder(self, folder: Folder, parent: Folder) -> None:
        """Put a folder, with all it holds, below another one.

        :raises ValueError: when the new parent has a child of that name
        """
        if parent.child(folder.name) is not None:
            raise ValueError(FOLDER_NAMES_TAKEN)
        left = [above for above in folder.ancestors() if above is not parent]
        folder.parent.children.remove(folder)
        folder.parent = parent
        parent.children.append(folder)
        joined = list(folder.ancestors())
        for each in (folder, *folder.descendants()):
            self.record_folder(each)
            for above in left:
                if above not in joined and each is not above:
                    above.tree_history.record_removal(each.number, each.version)

    def remove_folder(self, folder: Folder) -> None:
        """Delete a folder with all it holds, for good."""
        for child in list(folder.children):
            self.remove_folder(child)
        for item in [*folder.items.values(), *folder.associated.values()]:
            self.remove_item(item)
        number = self.next_number()
        for above in folder.ancestors():
            above.tree_history.record_removal(folder.number, number)
        folder.parent.children.remove(folder)
        del self.folders[folder.number]

    # Items

    def add_item(
        self,
        folder: Folder,
        item_class: str,
        values: Values,
        is_associated: bool = False,
        version: int | None = None,
    ) -> Item:
        """Put a new item into a folder; the values belong to the item from now on."""
        number = self.next_number()
        item = Item(
            number,
            folder,
            item_class,
            values,
            version or number,
            self.clock(),
            is_associated,
        )
        self.items[number] = item
        self._last(item, number)
        if is_associated:
            folder.associated[number] = item
        else:
            folder.items[number] = item
            folder.item_history.record(number, number)
        return item

    def touch_item(self, item: Item, read_flag: bool = False) -> None:
        """An item changed: a new change key, a new time, a line in the history.

        :param read_flag: whether only the read flag changed
        """
        item.version = self.next_number()
        item.modified = self.clock()
        if not item.is_associated:
            item.folder.item_history.record(item.number, item.version, read_flag)

    def change_item(
        self, item: Item, values: Mapping[str, object], deleted: Iterable[str] = ()
    ) -> None:
        """Set and delete values of an item."""
        changed = {**item.values, **values}
        for key in deleted:
            changed.pop(key, None)
        touched = frozenset(
            key
            for key in {*values, *item.values}
            if changed.get(key) != item.values.get(key)
        )
        item.values = changed
        self.touch_item(item, read_flag=touched == _READ_FLAG)
        item.remember_change(touched)

    def remove_item(self, item: Item) -> None:
        """Delete an item for good."""
        for attachment in item.attachments:
            self._forget(attachment)
        self._take_out(item)

    def move_item(self, item: Item, folder: Folder, keep_key: bool = False) -> Item:
        """Move an item; what arrives is another object with another identifier.

        :param keep_key: whether the change key stays ("An item's change key is not
            updated when the item is moved to the Deleted Items or Deletions folder",
            EWS page "Deleting items by using EWS in Exchange")
        """
        moved = self._duplicate(item, folder, item.version if keep_key else None)
        del self.lasting[moved.number]
        self._last(moved, item.lasting_number)
        for attachment in item.attachments:
            self._remember(moved, attachment)
        moved.attachments = item.attachments
        moved.created = item.created
        moved.modified = item.modified
        self._take_out(item)
        return moved

    def copy_item(self, item: Item, folder: Folder) -> Item:
        """Copy an item with its attachments."""
        copy = self._duplicate(item, folder, None)
        for attachment in item.attachments:
            self._attach(copy, self._copy_of(attachment))
        return copy

    # Attachments

    def add_attachment(
        self, item: Item, attachment: Attachment, is_silent: bool = False
    ) -> None:
        """Attach something to an item, which changes the item.

        A contact has one picture: a new one takes the place of the old one.

        :param is_silent: whether the item keeps its version all the same
        """
        if attachment.is_contact_photo:
            for other in item.attachments:
                if other.is_contact_photo:
                    self._detach(item, other)
        self._attach(item, attachment)
        if not is_silent:
            self.touch_item(item)

    def remove_attachment(self, item: Item, attachment: Attachment) -> None:
        """Remove an attachment from an item, which changes the item."""
        self._detach(item, attachment)
        self.touch_item(item)

    def _attach(self, item: Item, attachment: Attachment) -> None:
        _note_picture(item, attachment)
        self._remember(item, attachment)
        item.attachments += (attachment,)

    def _detach(self, item: Item, attachment: Attachment) -> None:
        _note_picture(item, attachment)
        self._forget(attachment)
        item.attachments = tuple(a for a in item.attachments if a is not attachment)

    def _copy_of(self, attachment: Attachment) -> Attachment:
        copy = Attachment(**vars(attachment))
        copy.number = self.next_number()
        copy.attachments = tuple(map(self._copy_of, attachment.attachments))
        return copy

    def _remember(self, item: Item, attachment: Attachment) -> None:
        for each in attachment.tree():
            self.attachments[each.number] = (item, each)

    def _forget(self, attachment: Attachment) -> None:
        for each in attachment.tree():
            del self.attachments[each.number]

    def _duplicate(self, item: Item, folder: Folder, version: int | None) -> Item:
        duplicate = self.add_item(
            folder, item.item_class, dict(item.values), item.is_associated, version
        )
        duplicate.origin = item.origin
        return duplicate

    def _last(self, item: Item, lasting_number: int) -> None:
        item.lasting_number = lasting_number
        self.lasting[lasting_number] = item
        self.lasting_numbers[item.number] = lasting_number

    def _take_out(self, item: Item) -> None:
        del self.items[item.number]
        if self.lasting.get(item.lasting_number) is item:
            del self.lasting[item.lasting_number]
        if item.is_associated:
            del item.folder.associated[item.number]
            return
        del item.folder.items[item.number]
        item.folder.item_history.record_removal(item.number, self.next_number())

    def _make_first_folders(self) -> None:
        by_name: dict[str, Folder] = {}
        for plan in FOLDER_PLANS:
            parent = by_name.get(plan.parent)
            if parent is None:
                folder = Folder(self, self.next_number(), plan.name, None, "", "root")
                self.folders[folder.number] = folder
            else:
                folder = self.add_folder(
                    plan.name, parent, plan.folder_class, plan.distinguished_id
                )
            folder.is_system, folder.is_hidden = True, plan.is_hidden
            by_name[plan.name] = folder
            if plan.distinguished_id:
                self.distinguished[plan.distinguished_id] = folder


def _note_picture(item: Item, attachment: Attachment) -> None:
    """A photo that comes or goes ends what a client said about there being one."""
    if attachment.is_contact_photo:
        item.values.pop("contacts:HasPicture", None)
