# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mailbox, with methods for tests, the population and the control interface."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Mapping

from ..clock import Clock, utc_now
from ..properties.checking import checked_values, kept_key
from ..properties.names import FILE_AS, outdates_file_as
from . import ids
from .attachments import LARGEST_ITEM
from .contents import Contents
from .folder import Folder
from .item import Item

CONTACT_CLASS = "IPM.Contact"


class Mailbox(Contents):
    """One user's mailbox.

    The methods take and return plain Python values and may be called from any thread.

    :param address: the primary SMTP address
    :param password: of its user
    :param display_name: by default the part before the ``@``
    :param lock: held while the mailbox is read or changed
    :param number: which mailbox of that address it is, when others were replaced
    :ivar may_impersonate: whether its user may act for others
    :ivar aliases: its further addresses
    :ivar shared_with: the addresses, in lower case, of users who may use it, too
    :ivar largest_item: bytes that an item and one attachment may have
    :ivar away_with: the response code that answers all requests while the mailbox is
        away, None when it is there
    """

    def __init__(
        self,
        address: str,
        password: str,
        display_name: str | None = None,
        clock: Clock = utc_now,
        lock: threading.RLock | None = None,
        number: int = 1,
    ):
        super().__init__(ids.guid_of(address, number), clock)
        self.number = number
        self.address = address
        self.password = password
        self.display_name = display_name or address.partition("@")[0]
        self.may_impersonate = False
        self.aliases: list[str] = []
        self.shared_with: set[str] = set()
        self.largest_item = LARGEST_ITEM
        self.away_with: str | None = None
        self.lock = lock or threading.RLock()
        self.state_secret = secrets.token_bytes(16)
        self.failures: dict[int, tuple[str, frozenset[str] | None]] = {}

    def folder(self, name: str) -> Folder:
        """The folder with a well-known name, else the first one so displayed.

        :raises KeyError: when there is none
        """
        with self.lock:
            known = self.distinguished.get(name)
            if known is not None:
                return known
            for folder in self.root.descendants():
                if folder.name == name:
                    return folder
        raise KeyError(name)

    def create_folder(
        self,
        name: str,
        parent: Folder | None = None,
        folder_class: str = "IPF.Contact",
    ) -> Folder:
        """Make a folder, by default below Contacts.

        :raises ValueError: when the parent has a child of that name
        """
        with self.lock:
            above = parent or self.distinguished["contacts"]
            return self.add_folder(name, above, folder_class)

    def add_contact(self, folder: Folder, values: Mapping[str, object]) -> Item:
        """Put a contact into a folder.

        :param values: by key, see :mod:`exchange_server.properties`; a None is left out
        :raises ValueError: for an unknown key or a value of another kind
        """
        with self.lock:
            return self.add_item(folder, CONTACT_CLASS, checked_values(values))

    def bulk_add_contacts(
        self, folder: Folder, contacts: Iterable[Mapping[str, object]]
    ) -> None:
        """Put many contacts into a folder."""
        with self.lock:
            for values in contacts:
                self.add_item(folder, CONTACT_CLASS, checked_values(values))

    def contacts(self) -> list[Item]:
        """All contacts of all folders, but not those that were deleted."""
        with self.lock:
            gone = (
                self.distinguished["deleteditems"],
                self.distinguished["recoverableitemsroot"],
            )
            return [
                item
                for item in self.items.values()
                if item.item_class == CONTACT_CLASS
                and not any(item.folder is g or item.folder.is_below(g) for g in gone)
            ]

    def item(self, item_id: str) -> Item:
        """The item with that identifier.

        :raises KeyError: when there is none
        """
        with self.lock:
            try:
                moniker = ids.decode(item_id)
            except ids.MalformedId as error:
                raise KeyError(item_id) from error
            found = self.items.get(moniker.number)
            if found is None or found.id != item_id:
                raise KeyError(item_id)
            return found

    def update_contact(self, item_id: str, changes: Mapping[str, object]) -> Item:
        """Change a contact, as its owner would in Outlook.

        :param changes: by key; None deletes the property
        :raises KeyError: when there is no such contact
        :raises ValueError: for an unknown key or a value of another kind
        """
        with self.lock:
            item = self.item(item_id)
            deleted = [kept_key(k) for k, value in changes.items() if value is None]
            checked = checked_values(changes)
            if outdates_file_as({**item.values, **checked}, changes):
                deleted.append(FILE_AS)
            self.change_item(item, checked, deleted)
            return item

    def delete_contact(self, item_id: str, hard: bool = True) -> None:
        """Delete a contact, for good or to Deleted Items.

        :raises KeyError: when there is no such contact
        """
        with self.lock:
            item = self.item(item_id)
            if hard:
                self.remove_item(item)
            else:
                self.move_item(item, self.distinguished["deleteditems"], keep_key=True)

    def move_contact(self, item_id: str, folder: Folder) -> Item:
        """Move a contact; the result has another identifier.

        :raises KeyError: when there is no such contact
        """
        with self.lock:
            return self.move_item(self.item(item_id), folder)

    def share_with(self, address: str) -> None:
        """Let another user read and write what the mailbox holds (Graph only)."""
        self.shared_with.add(address.lower())

    def forget_sync_states(self) -> None:
        """From now on no synchronization state handed out before is known."""
        with self.lock:
            self.state_secret = secrets.token_bytes(16)

    def drift_change_keys(self) -> None:
        """Give each item a new change key, as background work of a server does.

        Nothing else about the items changes; they come up in the next synchronization.
        """
        with self.lock:
            for item in list(self.items.values()):
                self.touch_item(item)

    def disable(self, code: str = "ErrorNonExistentMailbox") -> None:
        """Let the mailbox be away until :meth:`enable`.

        :param code: the response code for all requests, by default that there is no
            such mailbox; ErrorMailboxStoreUnavailable means: for the time being
        """
        self.away_with = code

    def enable(self) -> None:
        """Let the mailbox be there again."""
        self.away_with = None

    def fail_item(
        self,
        item_id: str,
        code: str = "ErrorItemSave",
        operations: set[str] | None = None,
    ) -> None:
        """Let every operation on an item fail until :meth:`heal_item`.

        :param code: the response code to answer with
        :param operations: names of the operations that fail, all of them by default
        :raises KeyError: when there is no such item
        """
        with self.lock:
            chosen = frozenset(operations) if operations is not None else None
            self.failures[self.item(item_id).number] = (code, chosen)

    def heal_item(self, item_id: str) -> None:
        """Remove the error that was set for an item."""
        with self.lock:
            self.failures.pop(self.item(item_id).number, None)

    def __repr__(self) -> str:
        return f"<Mailbox {self.address}>"
