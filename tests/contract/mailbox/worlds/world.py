# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a contract test needs from a mailbox of any implementation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from exchange_contact_sync.core.errors import ContactError
from exchange_contact_sync.core.ports import RemoteStore


class World(Protocol):
    """A mailbox, the store under test, and what people do in the mailbox.

    :ivar store: the store under test
    :ivar folder: id of a contact folder, empty at first
    :ivar other: id of another contact folder
    :ivar counts_groups: whether pages of changes count distribution lists
    :ivar asks_for_the_rest: whether a call asks again at once for what a busy server
        did not serve
    """

    store: RemoteStore
    folder: str
    other: str
    counts_groups: bool
    asks_for_the_rest: bool

    def put(
        self, values: Mapping[str, str], *, folder: str = "", private: bool = False
    ) -> str:
        """A person creates a contact.

        :return: its id
        """

    def edit(self, item_id: str, values: Mapping[str, str]) -> None:
        """A person changes rows of a contact; "" clears a row."""

    def remove(self, item_id: str) -> None:
        """A person deletes a contact."""

    def move(self, item_id: str, folder: str) -> None:
        """A person moves a contact."""

    def copy(self, item_id: str) -> str:
        """A person copies a contact within its folder.

        :return: id of the copy
        """

    def with_photos(self) -> RemoteStore:
        """Return the same mailbox with a store that reads photos."""

    def put_group(self, name: str) -> None:
        """A person creates a distribution list."""

    def decorate(self, item_id: str) -> None:
        """A person fills in properties that are not synchronized."""

    def decoration(self, item_id: str) -> object:
        """Return the properties that are not synchronized, for comparison."""

    def add_folder(self, name: str, parent: str = "") -> str:
        """A person creates a contact folder.

        :return: its id
        """

    def remove_folder(self, folder: str) -> None:
        """A person deletes a folder."""


class Troubled(World, Protocol):
    """A mailbox that can be made to fail."""

    def lock_folder(self, folder: str) -> None:
        """From now on, the owner may not create folders in this folder."""

    def forget_states(self) -> None:
        """The server forgets all states that it returned."""

    def drift(self) -> None:
        """The server gives all contacts new versions without changing them."""

    def spoil(self, method: str, item_id: str) -> type[ContactError]:
        """From now on, a method of the store fails for a contact.

        :return: the error with which it fails
        """

    def lose_answer(self, method: str) -> None:
        """The next call is carried out, but its answer is lost."""

    def be_busy(self, method: str, seconds: float) -> None:
        """The next call is answered with "server busy"."""

    def serve(self, method: str, number: int) -> None:
        """From now on, each call serves so many contacts and is busy for the rest."""

    def calls(self) -> int:
        """Return the number of calls or requests so far."""
