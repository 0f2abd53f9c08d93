# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a test of a promise needs of a mailbox, whatever mailbox it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from exchange_contact_sync.core.errors import ContactError
from exchange_contact_sync.core.ports import RemoteStore


class World(Protocol):
    """A mailbox with a store under test, and what people do in it.

    :ivar store: what is under test
    :ivar folder: id of a contact folder, empty at first
    :ivar other: id of another one
    :ivar tells_groups: whether a list tells that distribution lists are there
    """

    store: RemoteStore
    folder: str
    other: str
    tells_groups: bool

    def put(
        self, values: Mapping[str, str], *, folder: str = "", private: bool = False
    ) -> str:
        """A person makes a contact.

        :return: its id
        """

    def edit(self, item_id: str, values: Mapping[str, str]) -> None:
        """A person changes rows of a contact; "" clears."""

    def remove(self, item_id: str) -> None:
        """A person deletes a contact."""

    def move(self, item_id: str, folder: str) -> None:
        """A person moves a contact."""

    def copy(self, item_id: str) -> str:
        """A person copies a contact within its folder.

        :return: id of the copy
        """

    def with_photos(self) -> RemoteStore:
        """The same mailbox, by a store that asks for photos."""

    def put_group(self, name: str) -> None:
        """A person makes a distribution list."""

    def decorate(self, item_id: str) -> None:
        """A person fills in what is not synchronized."""

    def decoration(self, item_id: str) -> object:
        """What is not synchronized, for comparing."""

    def add_folder(self, name: str, parent: str = "") -> str:
        """A person makes a contact folder.

        :return: its id
        """

    def remove_folder(self, folder: str) -> None:
        """A person deletes a folder."""


class Troubled(World, Protocol):
    """A mailbox that can be made to fail."""

    def lock_folder(self, folder: str) -> None:
        """From now on the owner may make no folder in it."""

    def forget_states(self) -> None:
        """The server forgets all states it handed out."""

    def drift(self) -> None:
        """The server gives all contacts new versions, for reasons of its own."""

    def spoil(self, method: str, item_id: str) -> type[ContactError]:
        """A contact fails from now on in a method of the store.

        :return: what it fails with
        """

    def lose_answer(self, method: str) -> None:
        """The next call is carried out, but its answer never arrives."""

    def be_busy(self, method: str, seconds: float) -> None:
        """The next call is asked to come back later."""

    def serve(self, method: str, number: int) -> None:
        """Each call serves so many contacts from now on, and is busy for the others."""

    def calls(self) -> int:
        """How many calls or requests there were so far."""
