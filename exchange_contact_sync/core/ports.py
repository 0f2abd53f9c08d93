# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The ports of a run: one Protocol for each store.

Every method works on batches and may be called again with the same arguments after a
failure. If one contact fails, its place in the result holds a ``ContactError``; if the
server answered only for other contacts, it holds ``Unanswered``. A failure of the
connection or the server is raised as another ``SyncError``, unless the server answered
for some contacts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from .behavior import Behavior
from .errors import ContactError
from .link import Link
from .mailbox import (
    ChangePage,
    ChangeType,
    Deferred,
    Entry,
    RemoteChange,
    RemoteContact,
    RemoteFolder,
    RemoteRef,
)
from .matching import Candidate
from .partner import LocalContact, Written
from .photo import NewPhoto, Picture, Pictured, RemotePhoto
from .plan import Reason
from .reference_data import ReferenceData
from .run import Line, Way

T = TypeVar("T")


class RemoteStore(Protocol):
    """The items of a mailbox."""

    def folders(self) -> list[RemoteFolder]:
        """Return all contact folders, parents before children."""

    def changes(self, folder: str, state: str) -> ChangePage:
        """Return the next page of changes since a state ("": from the beginning).

        :raises StateUnknown: the state expired; start again from ""
        :raises FolderGone: the folder was deleted
        """

    def fetch(self, refs: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
        """Return items in the order requested; ``ContactGone`` for deleted ones."""

    def read_evidence(self, refs: Sequence[RemoteRef]) -> dict[str, RemoteContact]:
        """Return the evidence of items that could not be read, by the item's id, as far
        as a listing of their folders contains it (``matching.RECOGNIZED_BY``, and
        whether they are private).

        :raises FolderGone: a folder was deleted
        """

    def find(self, sync_keys: Sequence[str], folder: str) -> dict[str, RemoteRef]:
        """Find the items of a folder by their sync keys."""

    def create(
        self, folder: str, drafts: Sequence[tuple[str, Mapping[str, str]]]
    ) -> list[RemoteRef | ContactError]:
        """Create items, each with its sync key, in the order given.

        :param drafts: pairs of sync key and values
        """

    def update(self, changes: Sequence[RemoteChange]) -> list[RemoteRef | ContactError]:
        """Write fields, only if the item still has the version given.

        Return ``ContactChanged`` where it does not, ``ContactGone`` where the item was
        deleted, and ``ContactInvalid`` where the mailbox refuses a value; nothing of
        that item is written then.
        """

    def delete(self, refs: Sequence[RemoteRef]) -> list[None | ContactError]:
        """Move items to the mailbox's folder for deleted items."""


class SyncKeyRemover(RemoteStore, Protocol):
    """A mailbox whose sync keys can be removed; no run does that."""

    def remove_sync_keys(
        self, refs: Sequence[RemoteRef]
    ) -> list[RemoteRef | ContactError]:
        """Remove the sync key from items, regardless of their version.

        Nothing else is written. Return ``ContactGone`` where an item was deleted.
        """


class FolderCreator(RemoteStore, Protocol):
    """A mailbox in which people can create folders; no run does that."""

    def create_folder(self, name: str, parent: str) -> str:
        """Create a contact folder in a parent ("": at the top) and return its id.

        :raises FolderExists: the parent has a folder with this name
        :raises FolderGone: the parent was deleted
        """


class PartnerStore(Protocol):
    """The partners of Odoo, accessed with the rights of the account's owner."""

    @property
    def carries(self) -> frozenset[str]:
        """The rows that a partner can store, including ``fields.MAIN_PHONE``."""

    def reference_data(self) -> ReferenceData:
        """Return countries and states by all their relevant names."""

    def fetch(self, ids: Sequence[int]) -> dict[int, LocalContact]:
        """Return partners by id, without those deleted or hidden from the owner."""

    @property
    def may_create(self) -> bool:
        """Whether the owner may create partners."""

    def candidates(self, keys: Sequence[str]) -> list[Candidate]:
        """Return the partners that have one of these match keys, including archived
        ones and companies; ``Candidate.linked`` is not set.

        :param keys: see ``core.evidence.Evidence.keys``
        """

    def exportable(self, limit: int, skip: Iterable[int]) -> list[int]:
        """Return partners without a link that belong to the export choice or that a
        person requested.

        :param limit: at most so many partners
        :param skip: ids of partners to skip in this slice
        """

    @property
    def requested(self) -> frozenset[int]:
        """The partners that a person requested, regardless of the export choice."""

    def in_scope(self, ids: Sequence[int]) -> set[int]:
        """Return those partners that belong to the export choice."""

    def create(
        self, drafts: Sequence[Mapping[str, str]]
    ) -> list[Written | ContactError]:
        """Create partners, in the order given."""

    def update(
        self, changes: Sequence[tuple[int, Mapping[str, str]]]
    ) -> list[Written | ContactError]:
        """Write fields of partners, in the order given."""

    def set_active(
        self, ids: Sequence[int], active: bool
    ) -> list[Written | ContactError]:
        """Archive or unarchive partners."""


class PhotoStore(Protocol):
    """The photos of a mailbox's items."""

    def read(self, refs: Sequence[RemoteRef]) -> list[RemotePhoto | ContactError]:
        """Return photos in this order; ``ContactChanged`` where one just changed."""

    def write(
        self, changes: Sequence[tuple[RemoteRef, str, bytes]]
    ) -> list[NewPhoto | ContactError]:
        """Set or remove photos, given the item, the token of its present photo and the
        new content; return ``ContactChanged`` where the photo has another token."""


class PictureStore(Protocol):
    """The pictures of partners, accessed with the rights of the account's owner."""

    def changed(
        self, limit: int, skip: Iterable[int], *, pull: bool, push: bool
    ) -> list[Link]:
        """Return synced links whose photo differs from what both sides agreed on.

        :param skip: ids of links to skip
        :param pull: include links whose photo changed in the mailbox
        :param push: include links whose photo changed in Odoo
        """

    def fetch(self, ids: Sequence[int]) -> dict[int, Picture]:
        """Return the pictures of those partners that the owner may see, by id."""

    def save(
        self, pictures: Sequence[tuple[int, bytes]]
    ) -> list[Pictured | ContactError]:
        """Write the pictures of partners, in the order given; b"" removes one."""


class LinkStore(Protocol):
    """The links of one account."""

    def by_remote(self, ids: Sequence[str]) -> dict[str, Link]:
        """Return links by the item's id."""

    def by_sync_key(self, keys: Sequence[str]) -> dict[str, Link]:
        """Return links by sync key."""

    def by_search_key(self, keys: Sequence[str]) -> dict[str, Link]:
        """Return links by the mailbox's search key; the oldest one of several."""

    def by_partner(self, ids: Sequence[int]) -> dict[int, Link]:
        """Return links by partner."""

    def former(
        self, sync_keys: Sequence[str], search_keys: Sequence[str]
    ) -> dict[str, int]:
        """Return partners of links that a reset removed, by sync and search key."""

    def unlike(self, keys: Sequence[str]) -> list[Link]:
        """Return links that had one of these match keys when their item was last read,
        whose item is still in the mailbox and may differ from the partner
        (``last_known.may_be_unlike``)."""

    def of_duplicates(self) -> list[Link]:
        """Return links of partners that are not exported because another partner is the
        same person (``Reason.DUPLICATE``)."""

    def elsewhere(self, ids: Sequence[str]) -> dict[str, int]:
        """Return partners that other accounts have linked to these items, by the item's
        id; several people may use one mailbox."""

    def pending(self, limit: int, skip: Iterable[int]) -> list[Link]:
        """Return links whose item may or may not have been created.

        :param limit: at most so many links
        :param skip: ids of links to skip in this slice
        """

    def dirty(self, limit: int, skip: Iterable[int]) -> list[Link]:
        """Return links whose partner changed, was archived, deleted or left the export
        choice.

        Links with an error are included, to be tried again. While the account exports
        nothing, no partner counts as having left.

        :param limit: at most so many links
        :param skip: ids of links to skip in this slice
        """

    def asked(self, limit: int, skip: Iterable[int]) -> list[Link]:
        """Return links with a user request or a field override; see :meth:`dirty`."""

    def returned(self, reasons: Sequence[Reason]) -> list[Link]:
        """Return links stopped for one of these reasons that no longer applies: the
        partner is active and accessible, and belongs to the export choice if it has to.
        """

    def add(self, links: Sequence[Link]) -> list[Link]:
        """Store new links and return them with their ids."""

    def save(self, links: Sequence[Link]) -> None:
        """Store changed links; unchanged ones are not written."""

    def forget(self, links: Sequence[Link]) -> None:
        """Delete links."""

    def count(self) -> int:
        """Return the number of synced links, including those with an error."""

    def without_partner(self) -> list[Link]:
        """Return those of the counted links whose partner was archived, deleted or left
        the export choice."""


class Inbox(Protocol):
    """Changes of the mailbox, kept until each is applied.

    The synchronization state moves forward in the same transaction that stores its
    changes here, so that neither a crash nor an invalid contact loses a change.
    """

    def states(self, folders: Sequence[str]) -> dict[str, str]:
        """Return the states at which the next pages of folders start; "" for the first
        page."""

    def move_state(self, folder: str, state: str) -> None:
        """Set the state at which the next page starts; an equal one is not written."""

    def put(self, folder: str, entries: Sequence[Entry]) -> None:
        """Store changes; a newer change of an item replaces the older one."""

    def next(
        self, limit: int, change_type: ChangeType, skip: Iterable[int]
    ) -> list[Entry]:
        """Return entries to apply, oldest first, without deferred ones.

        :param limit: at most so many entries
        :param skip: ids of entries to skip in this slice
        """

    def deleted(self) -> set[str]:
        """Return the ids of all items with an entry of type DELETED."""

    def waiting(self, ids: Sequence[str]) -> set[str]:
        """Return those of these items that have an entry of type CHANGED."""

    def settle(self, entries: Sequence[Entry]) -> None:
        """Remove entries that are done."""

    def defer(self, contacts: Sequence[Deferred]) -> None:
        """Defer entries, each with the evidence by which its contact is recognized.

        A newer change of the same item resumes the entry. Without evidence, an entry is
        only considered again in that case.
        """

    def describe(self, contacts: Sequence[Deferred]) -> None:
        """Store the evidence of contacts that still have to be read."""

    def deferred(self) -> list[Deferred]:
        """Return the deferred entries that have evidence."""

    def described(self, keys: Sequence[str] | None = None) -> list[Deferred]:
        """Return the deferred entries and those still to be read that have evidence.

        :param keys: match keys, one of which is enough; None for all entries
        """

    def resume(self, entries: Sequence[Entry]) -> None:
        """Make deferred entries ordinary ones again."""


class BehaviorStore(Protocol):
    """What is known about the behavior of the account's mail server."""

    def known(self) -> Behavior:
        """Return what was observed so far."""

    def keep(self, behavior: Behavior) -> None:
        """Store what is known now."""


class UnitOfWork(Protocol):
    """The database transactions of a slice.

    No transaction is open during a request to a server: a read-only transaction lasts
    until :meth:`release`, a writing one is committed before :meth:`run` returns.
    """

    def read(self, query: Callable[[], T]) -> T:
        """Run a query in the open read-only transaction, or in a new one.

        :param query: must not write; its result is returned
        """

    def release(self) -> None:
        """End the read-only transaction, if one is open."""

    def run(self, batch: Callable[[], T]) -> T:
        """Run a batch in a new transaction and commit it.

        If the batch raises an error, it is rolled back. If another process changed the
        same rows meanwhile, it is repeated, so it must not ask the mailbox.

        :raises SyncError: every attempt collided with another process
        """


class Clock(Protocol):
    """The time."""

    def monotonic(self) -> float:
        """Return seconds on a clock that never goes backwards."""


class RunLog(Protocol):
    """The log of a run, for people; written within the batch's transaction."""

    def phase(self) -> str:
        """Return the phase of the last slice; "" in the first slice."""

    def enter(self, phase: str) -> None:
        """Begin a new phase."""

    def record(self, lines: Sequence[Line], counters: Mapping[str, int]) -> None:
        """Add lines, and add to the counters of ``exchange.sync.run``."""

    def changed(self, direction: Way, links: Collection[int]) -> set[int]:
        """Return those whose contact this run created or updated in this direction."""

    def has_remark(self, code: str) -> bool:
        """Return whether this run has a line about no contact with this code."""


class Progress(Protocol):
    """The progress that a person watches; written within the batch's transaction."""

    def show(self, phase: str, done: int) -> None:
        """Show that a step began (0) or how many more contacts of it are done."""
