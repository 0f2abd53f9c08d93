# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mailbox in memory that implements ``core.ports.RemoteStore``.

It has everything that the port describes: versions, states that contain what was
reported, sync keys and folders. The same contract tests (``tests/contract``) run on it
and on the gateways to Exchange, so tests of the engine can rely on it.

    mailbox = FakeRemoteStore()
    ref = mailbox.put({"given_name": "Ida"})  # what people do, in ``FakeMailbox``
    mailbox.drop_after("create")  # what goes wrong, in ``Faults``
    page = mailbox.changes(mailbox.default, "")  # what the engine sees
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from exchange_contact_sync.core.contact import Contact
from exchange_contact_sync.core.errors import (
    ContactChanged,
    ContactError,
    ContactGone,
    FolderExists,
    FolderForbidden,
    FolderRefused,
    NoContactFolder,
    StateUnknown,
)
from exchange_contact_sync.core.mailbox import (
    ChangePage,
    RemoteChange,
    RemoteContact,
    RemoteFolder,
    RemoteRef,
)
from exchange_contact_sync.core.matching import RECOGNIZED_BY

from .faults import Faults, faulty
from .mailbox import FakeItem, FakeMailbox, rows
from .photos import FakePhotos


class FakeRemoteStore(Faults, FakeMailbox):
    """A mailbox in memory.

    :param page_size: the number of changes in a page
    :param clock: function that returns the time of a change; by default a minute
    passes with each change
    """

    def __init__(
        self, page_size: int = 512, clock: Callable[[], datetime] | None = None
    ) -> None:
        Faults.__init__(self)
        FakeMailbox.__init__(self, clock)
        self.page_size = page_size

    @property
    def photos(self) -> FakePhotos:
        """See ``PhotoStore``."""
        return FakePhotos(self)

    @faulty
    def folders(self) -> list[RemoteFolder]:
        """See ``RemoteStore``."""
        found = [
            RemoteFolder(
                folder.id,
                folder.name,
                folder.parent,
                sum(item.folder == folder.id for item in self.items.values()),
                folder.id == self.default,
            )
            for folder in self.tree()
        ]
        if not found:
            raise NoContactFolder()
        return found

    @faulty
    def create_folder(self, name: str, parent: str) -> str:
        """See ``FolderCreator``."""
        name = name.strip()
        if parent:
            self.must_exist(parent)
        if parent in self.locked:
            raise FolderForbidden()
        if not name:
            raise FolderRefused()
        siblings = (folder for folder in self.tree() if folder.parent == parent)
        if any(folder.name.lower() == name.lower() for folder in siblings):
            raise FolderExists()
        return self.add_folder(name, parent)

    @faulty
    def changes(self, folder: str, state: str) -> ChangePage:
        """See ``RemoteStore``. The newest changes come first, as in Exchange."""
        self.must_exist(folder)
        if state and state not in self.states:
            raise StateUnknown()
        reported_folder, reported = self.states[state] if state else (folder, {})
        if reported_folder != folder:
            raise StateUnknown()
        here = {i.id: i for i in self.items.values() if i.folder == folder}
        fresh = [i for i in here.values() if reported.get(i.id) != i.version]
        fresh.sort(key=lambda item: item.change_token, reverse=True)
        gone = sorted(reported.keys() - here.keys())
        news = [*fresh, *gone]
        page = news[: self.page_size]
        changed = [entry for entry in page if isinstance(entry, FakeItem)]
        deleted = [entry for entry in page if isinstance(entry, str)]
        now = {i: v for i, v in reported.items() if i not in deleted}
        now |= {item.id: item.version for item in changed}
        return ChangePage(
            tuple(item.ref() for item in changed if not item.foreign),
            tuple(deleted),
            self.remember(folder, now) if page or not state else state,
            len(news) <= self.page_size,
            sum(item.foreign for item in changed),
        )

    @faulty
    def fetch(self, refs: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
        """See ``RemoteStore``."""
        return [self.spoilt("fetch", ref.id) or self._contact(ref.id) for ref in refs]

    @faulty
    def read_evidence(self, refs: Sequence[RemoteRef]) -> dict[str, RemoteContact]:
        """See ``RemoteStore``."""
        for ref in refs:
            self.must_exist(ref.folder)
        here = [self.items[ref.id] for ref in refs if ref.id in self.items]
        return {
            item.id: RemoteContact(
                item.ref(),
                Contact({k: item.values.get(k, "") for k in RECOGNIZED_BY}),
                item.modified,
                item.private,
            )
            for item in here
        }

    @faulty
    def find(self, sync_keys: Sequence[str], folder: str) -> dict[str, RemoteRef]:
        """See ``RemoteStore``. Finds the oldest of several contacts with the same
        key."""
        self.must_exist(folder)
        found: dict[str, RemoteRef] = {}
        for item in self.items.values():
            if item.folder == folder and item.sync_key in sync_keys:
                found.setdefault(item.sync_key, _without_search_key(item.ref()))
        return found

    @faulty
    def create(
        self, folder: str, drafts: Sequence[tuple[str, Mapping[str, str]]]
    ) -> list[RemoteRef | ContactError]:
        """See ``RemoteStore``."""
        self.must_exist(folder)
        results: list[RemoteRef | ContactError] = []
        for key, values in drafts:
            values = rows(values)
            failure = self.spoilt("create", key) or self.refusal(values)
            if not failure:
                made = self.put(self.kept(values), folder, sync_key=key)
                self.writes += 1
            results.append(failure or _without_search_key(made))
        return results

    @faulty
    def update(self, changes: Sequence[RemoteChange]) -> list[RemoteRef | ContactError]:
        """See ``RemoteStore``."""
        return [
            self.spoilt("update", change.ref.id) or self._change(change)
            for change in changes
        ]

    @faulty
    def remove_sync_keys(
        self, refs: Sequence[RemoteRef]
    ) -> list[RemoteRef | ContactError]:
        """See ``RemoteStore``."""
        return [
            self.spoilt("remove_sync_keys", ref.id) or self._remove_sync_key(ref.id)
            for ref in refs
        ]

    @faulty
    def delete(self, refs: Sequence[RemoteRef]) -> list[None | ContactError]:
        """See ``RemoteStore``."""
        results: list[None | ContactError] = []
        for ref in refs:
            failure = self.spoilt("delete", ref.id)
            if not failure and ref.id not in self.items:
                failure = ContactGone()
            if not failure:
                self.trash.append(self.items.pop(ref.id))
                self.writes += 1
            results.append(failure)
        return results

    def _contact(self, item_id: str) -> RemoteContact | ContactError:
        item = self.items.get(item_id)
        if not item:
            return ContactGone()
        contact = Contact(item.values)
        return RemoteContact(
            item.ref(), contact, item.modified, item.private, item.photo_token
        )

    def _change(self, change: RemoteChange) -> RemoteRef | ContactError:
        item, values = self.items.get(change.ref.id), rows(change.values)
        if not item:
            return ContactGone()
        if item.version != change.ref.version:
            return ContactChanged()
        refusal = self.refusal(values)
        if refusal:
            return refusal
        item.values.update(self.kept(values, change.thorough))
        self.touch(item)
        self.writes += 1
        return _without_search_key(item.ref())

    def _remove_sync_key(self, item_id: str) -> RemoteRef | ContactError:
        item = self.items.get(item_id)
        if not item:
            return ContactGone()
        item.sync_key = ""
        self.writes += 1
        return self.touch(item).ref()


def _without_search_key(ref: RemoteRef) -> RemoteRef:
    """Return the reference without the search key, which only pages of changes and read
    contacts have."""
    return replace(ref, search_key="")
