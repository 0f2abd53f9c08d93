# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The mailbox in memory, for the contract tests."""

from __future__ import annotations

from collections.abc import Mapping

from exchange_contact_sync.core.errors import ContactInvalid, ServerBusy
from support.fakes.remote_store import FakeRemoteStore


class FakeWorld:
    """See ``world.Troubled``."""

    counts_groups = True
    asks_for_the_rest = False

    def __init__(self) -> None:
        self.store = FakeRemoteStore()
        self.folder = self.store.add_folder("Promises")
        self.other = self.store.add_folder("Elsewhere")

    def put(
        self, values: Mapping[str, str], *, folder: str = "", private: bool = False
    ) -> str:
        return self.store.put(values, folder or self.folder, private=private).id

    def edit(self, item_id: str, values: Mapping[str, str]) -> None:
        self.store.edit(item_id, values)

    def remove(self, item_id: str) -> None:
        self.store.remove(item_id)

    def move(self, item_id: str, folder: str) -> None:
        self.store.move(item_id, folder)

    def copy(self, item_id: str) -> str:
        return self.store.copy(item_id).id

    def with_photos(self) -> FakeRemoteStore:
        return self.store

    def put_group(self, name: str) -> None:
        self.store.put({"display_name": name}, self.folder, foreign=True)

    def decorate(self, item_id: str) -> None:
        self.store.items[item_id].unmodelled["hobby"] = "chess"

    def decoration(self, item_id: str) -> object:
        return dict(self.store.items[item_id].unmodelled)

    def add_folder(self, name: str, parent: str = "") -> str:
        return self.store.add_folder(name, parent)

    def remove_folder(self, folder: str) -> None:
        self.store.remove_folder(folder)

    def lock_folder(self, folder: str) -> None:
        self.store.locked.add(folder)

    def forget_states(self) -> None:
        self.store.forget_states()

    def drift(self) -> None:
        self.store.drift()

    def spoil(self, method: str, item_id: str) -> type[ContactInvalid]:
        self.store.spoil(method, item_id, ContactInvalid)
        return ContactInvalid

    def lose_answer(self, method: str) -> None:
        self.store.drop_after(method)

    def be_busy(self, method: str, seconds: float) -> None:
        self.store.fail_next(method, ServerBusy("busy", seconds))

    def serve(self, method: str, number: int) -> None:
        self.store.serve(method, number)

    def calls(self) -> int:
        return self.store.calls.total()
