# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contents of the mailbox in memory, and what people and servers do to it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from exchange_contact_sync.core.errors import ContactError, FolderGone
from exchange_contact_sync.core.fields import (
    EMAIL_LABELS,
    FIELDS,
    LOCAL_DAY_ROWS,
    NAME_EVIDENCE,
    SETS,
)
from exchange_contact_sync.core.mailbox import RemoteRef
from exchange_contact_sync.core.normalize import clean, members

BESIDE = (*EMAIL_LABELS.values(), *LOCAL_DAY_ROWS.values())
CARRIED = (*(FIELDS.keys() - {"name"}), *NAME_EVIDENCE, *BESIDE)
_START = datetime(2026, 1, 1, tzinfo=timezone.utc)


def rows(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values as a mailbox stores them.

    :raises KeyError: a key is not a row of a contact in a mailbox
    """
    unknown = values.keys() - set(CARRIED)
    if unknown:
        raise KeyError(*sorted(unknown))
    kept = {key: clean(text).strip() for key, text in values.items()}
    for key in SETS.intersection(kept):
        kept[key] = "\n".join(members(kept[key]).values())
    return kept


@dataclass
class FakeItem:
    """An item in a folder.

    :param unmodelled: other values of a contact, which the addon must not change
    :param foreign: whether it is a distribution list or the like instead of a contact
    :param change_token: increases with each change in the mailbox
    """

    id: str
    folder: str
    values: dict[str, str]
    version: str
    change_token: int
    modified: datetime
    sync_key: str = ""
    private: bool = False
    unmodelled: dict[str, str] = field(default_factory=dict)
    foreign: bool = False
    photo: bytes = b""
    photo_token: str = ""
    photo_taken: datetime | None = None
    search_key: str = ""

    def ref(self) -> RemoteRef:
        """Return its folder, id and version."""
        return RemoteRef(
            self.id, self.version, self.folder, self.sync_key, self.search_key
        )


@dataclass(frozen=True)
class FakeFolder:
    """A contact folder."""

    id: str
    name: str
    parent: str = ""


class FakeMailbox:
    """Folders and items, with methods for the changes of people.

    :ivar items: by id; deleted ones are in ``trash``
    :ivar default: id of the folder that exists from the beginning
    :ivar locked: ids of folders in which no folders can be created
    :ivar keeps_no_photos: ContactError, the reason why photos are not stored, or None
    :ivar states: by state, the folder and the versions by id that were reported
    :ivar has_search_keys: whether items have a search key, as in Exchange
    """

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self._numbers = itertools.count(1)
        self._clock = clock or self._minutes
        self.items: dict[str, FakeItem] = {}
        self.trash: list[FakeItem] = []
        self.states: dict[str, tuple[str, dict[str, str]]] = {}
        self._folders: dict[str, FakeFolder] = {}
        self.locked: set[str] = set()
        self.keeps_no_photos: ContactError | None = None
        self.has_search_keys = True
        self.default = self.add_folder("Contacts")

    def add_folder(self, name: str, parent: str = "") -> str:
        """Create a contact folder.

        :return: its id
        """
        made = FakeFolder(f"folder-{next(self._numbers)}", name, parent)
        self._folders[made.id] = made
        return made.id

    def remove_folder(self, folder: str) -> None:
        """Delete a folder with its items and subfolders."""
        for below in [f.id for f in self._folders.values() if f.parent == folder]:
            self.remove_folder(below)
        del self._folders[folder]
        inside = [item for item in self.items.values() if item.folder == folder]
        for item in inside:
            self.trash.append(self.items.pop(item.id))

    def tree(self) -> Iterator[FakeFolder]:
        """Return all folders in the order of creation, so parents come first."""
        return iter(self._folders.values())

    def must_exist(self, folder: str) -> None:
        """:raises FolderGone: the folder does not exist, or no longer exists"""
        if folder not in self._folders:
            raise FolderGone()

    def put(
        self,
        values: Mapping[str, str],
        folder: str = "",
        *,
        sync_key: str = "",
        private: bool = False,
        unmodelled: Mapping[str, str] | None = None,
        foreign: bool = False,
    ) -> RemoteRef:
        """Put an item into a folder, by default a contact into the default folder.

        :return: where it is
        """
        number = next(self._numbers)
        shown = {label: values.get(key, "") for key, label in EMAIL_LABELS.items()}
        item = FakeItem(
            id=f"item-{number}",
            folder=folder or self.default,
            values=dict.fromkeys(CARRIED, "") | rows({**shown, **values}),
            version=f"v{number}",
            change_token=number,
            modified=self._clock(),
            sync_key=sync_key,
            private=private,
            unmodelled=dict(unmodelled or {}),
            foreign=foreign,
            search_key=f"search-{number}" if self.has_search_keys else "",
        )
        self.items[item.id] = item
        return item.ref()

    def edit(self, item_id: str, values: Mapping[str, str]) -> RemoteRef:
        """Change a contact as its owner would.

        :return: its reference with the new version
        """
        item = self.items[item_id]
        item.values.update(rows(values))
        return self.touch(item).ref()

    def take_photo(self, item_id: str, content: bytes) -> None:
        """Give a contact another photo; b"" removes it."""
        item = self.touch(self.items[item_id])
        item.photo, item.photo_taken = content, item.modified
        item.photo_token = f"photo-{item.change_token}" if content else ""

    def set_private(self, item_id: str, private: bool) -> None:
        """Mark a contact as private, or remove the mark."""
        self.items[item_id].private = private
        self.touch(self.items[item_id])

    def remove(self, item_id: str) -> None:
        """Delete a contact."""
        self.trash.append(self.items.pop(item_id))

    def move(self, item_id: str, folder: str) -> RemoteRef:
        """Move a contact, which gets another id.

        :return: where it is
        """
        self.must_exist(folder)
        return self._again(self.items.pop(item_id), folder)

    def copy(self, item_id: str, folder: str = "") -> RemoteRef:
        """Copy a contact with our sync key and the search key.

        :return: the reference of the copy
        """
        return self._again(self.items[item_id], folder or self.items[item_id].folder)

    def _again(self, item: FakeItem, folder: str) -> RemoteRef:
        ref = self.put(
            item.values,
            folder,
            sync_key=item.sync_key,
            private=item.private,
            unmodelled=item.unmodelled,
            foreign=item.foreign,
        )
        made = self.items[ref.id]
        made.photo, made.photo_taken = item.photo, item.photo_taken
        made.photo_token, made.search_key = item.photo_token, item.search_key
        return made.ref()

    def drift(self) -> None:
        """Give all items a new version without changing them."""
        for item in self.items.values():
            item.change_token = next(self._numbers)
            item.version = f"v{item.change_token}"

    def forget_states(self) -> None:
        """Forget all states that were returned so far."""
        self.states = {}

    def remember(self, folder: str, reported: dict[str, str]) -> str:
        """Remember the versions that were reported.

        :return: the state
        """
        state = f"state-{next(self._numbers)}"
        self.states[state] = (folder, reported)
        return state

    def touch(self, item: FakeItem) -> FakeItem:
        """Give an item that was changed its new version and time."""
        item.change_token = next(self._numbers)
        item.version = f"v{item.change_token}"
        item.modified = self._clock()
        return item

    def snapshot(self) -> list[FakeItem]:
        """Return a copy of all items in the folders, for comparison."""
        return [
            replace(i, values=dict(i.values), unmodelled=dict(i.unmodelled))
            for i in self.items.values()
        ]

    def _minutes(self) -> datetime:
        return _START + timedelta(minutes=next(self._numbers))
