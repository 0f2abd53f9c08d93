# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a run needs from the world: one Protocol for each store.

Every method works on batches and may be called again with the same arguments
after a failure. A failure of one contact is a value (``ContactError``) in its
place of the answer; so is that the mailbox answered for others only
(``Unanswered``). A failure of the connection or the server is raised as another
``SyncError``, unless some contacts were answered for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from .run import Line

T = TypeVar("T")


class RemoteStore(Protocol):
    """The contacts of a mailbox."""

    def folders(self) -> list[RemoteFolder]:
        """All contact folders, parents before children."""

    def changes(self, folder: str, state: str) -> ChangePage:
        """The next page of changes since a state ("": everything there is).

        :raises StateUnknown: start again from ""
        :raises FolderGone: the folder was deleted
        """

    def fetch(self, refs: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
        """The contacts, in the order asked; ``ContactGone`` for those deleted."""

    def glance(self, refs: Sequence[RemoteRef]) -> dict[str, RemoteContact]:
        """What contacts that could not be read are recognised by, as far as a list of
        their folders tells (``matching.RECOGNISED_BY``, and whether they are private),
        by the contact's id.

        :raises FolderGone: a folder was deleted
        """

    def find(self, sync_keys: Sequence[str], folder: str) -> dict[str, RemoteRef]:
        """Contacts of a folder that carry one of these identities."""

    def create(
        self, folder: str, drafts: Sequence[tuple[str, Mapping[str, str]]]
    ) -> list[RemoteRef | ContactError]:
        """Create contacts, each with its identity, in the order given.

        :param drafts: pairs of identity and values
        """

    def update(self, changes: Sequence[RemoteChange]) -> list[RemoteRef | ContactError]:
        """Write fields, only if the contact is still in the version named.

        ``ContactChanged`` where it is not, ``ContactGone`` where it is deleted,
        ``ContactInvalid`` where the mailbox refuses one of the values: then nothing of
        this contact was written.
        """

    def delete(self, refs: Sequence[RemoteRef]) -> list[None | ContactError]:
        """Move contacts to where the mailbox keeps what was deleted."""


class MarkedStore(RemoteStore, Protocol):
    """A mailbox whose contacts can be parted from us; no run does that."""

    def unmark(self, refs: Sequence[RemoteRef]) -> list[RemoteRef | ContactError]:
        """Take our identity off contacts, whatever version they are in by now.

        Nothing else of them is written. ``ContactGone`` where one is deleted.
        """


class GrowingStore(RemoteStore, Protocol):
    """A mailbox that people can have folders made in; no run does that."""

    def create_folder(self, name: str, parent: str) -> str:
        """Make a contact folder below another ("": at the top), and give its id.

        :raises FolderExists: there is one of that name
        :raises FolderGone: the folder above was deleted
        """


class PartnerStore(Protocol):
    """The contacts of Odoo, with the rights of the account's owner."""

    @property
    def carries(self) -> frozenset[str]:
        """Keys of the rows a partner has a place for (``fields.MAIN_PHONE`` too)."""

    def reference_data(self) -> ReferenceData:
        """Countries and states by all the names that matter."""

    def fetch(self, ids: Sequence[int]) -> dict[int, LocalContact]:
        """Partners by id; those deleted or hidden from the owner are missing."""

    @property
    def may_create(self) -> bool:
        """Whether the owner may create partners at all."""

    def candidates(self, keys: Sequence[str]) -> list[Candidate]:
        """Partners that have one of these match keys, archived ones and companies
        included; none of them marked as taken.

        :param keys: see ``core.evidence.Evidence.keys``
        """

    def exportable(self, limit: int, passed: Iterable[int]) -> list[int]:
        """Partners of the export choice, or asked for, that have no link yet.

        :param passed: ids of partners not to be given again in this slice
        """

    @property
    def requested(self) -> frozenset[int]:
        """Partners a person wants in the mailbox, whatever the export choice is."""

    def in_scope(self, ids: Sequence[int]) -> set[int]:
        """Those that belong to the export choice."""

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
        """Archive partners or bring them back."""


class PhotoStore(Protocol):
    """The photos of a mailbox's contacts."""

    def read(self, refs: Sequence[RemoteRef]) -> list[RemotePhoto | ContactError]:
        """Photos, in the order asked. ``ContactChanged`` where one has just changed."""

    def write(
        self, changes: Sequence[tuple[RemoteRef, str, bytes]]
    ) -> list[NewPhoto | ContactError]:
        """Give contacts a photo, or take it away, only if they still have the one that
        is named; ``ContactChanged`` where they do not.

        :param changes: triples of RemoteRef, token of the present photo, and content
        """


class PictureStore(Protocol):
    """The pictures of Odoo's contacts, with the rights of the account's owner."""

    def changed(
        self, limit: int, passed: Iterable[int], *, pull: bool, push: bool
    ) -> list[Link]:
        """Synced links whose photo is another than both sides agreed on.

        :param passed: ids of links not to be given
        :param pull: bool, the mailbox's side counts
        :param push: bool, Odoo's side counts
        """

    def fetch(self, ids: Sequence[int]) -> dict[int, Picture]:
        """Pictures by id of the partner, whoever the owner may see."""

    def save(
        self, pictures: Sequence[tuple[int, bytes]]
    ) -> list[Pictured | ContactError]:
        """Write pictures of partners, in the order given; b"" takes one away."""


class LinkStore(Protocol):
    """The pairs of one account."""

    def by_remote(self, ids: Sequence[str]) -> dict[str, Link]:
        """Links by the contact's id."""

    def by_sync_key(self, keys: Sequence[str]) -> dict[str, Link]:
        """Links by identity."""

    def by_search_key(self, keys: Sequence[str]) -> dict[str, Link]:
        """Links by the mailbox's search key; of several the eldest."""

    def by_partner(self, ids: Sequence[int]) -> dict[int, Link]:
        """Links by partner."""

    def former(
        self, sync_keys: Sequence[str], search_keys: Sequence[str]
    ) -> dict[str, int]:
        """Partners of links that were forgotten as a whole, by identity and by search
        key."""

    def unlike(self, keys: Sequence[str]) -> list[Link]:
        """Links whose contact is still in the mailbox and may say something else than
        the partner (``resting.may_be_unlike``), and had one of these match keys when
        it was last seen."""

    def of_duplicates(self) -> list[Link]:
        """Links of partners that are not exported, because another one is the same
        person (``Reason.DUPLICATE``)."""

    def elsewhere(self, ids: Sequence[str]) -> dict[str, int]:
        """Partners that other accounts have linked to these very contacts, by the
        contact's id: several people may use one mailbox."""

    def pending(self, limit: int, passed: Iterable[int]) -> list[Link]:
        """Links whose contact may or may not have been created.

        :param passed: ids of links not to be given again in this slice
        """

    def dirty(self, limit: int, passed: Iterable[int]) -> list[Link]:
        """Links whose partner changed, was archived, deleted or left the choice.

        Those that are synced, and those with an error, to be tried again. As long as
        nothing is exported, nobody has left.

        :param passed: ids of links not to be given again in this slice
        """

    def asked(self, limit: int, passed: Iterable[int]) -> list[Link]:
        """Links a person decided something about.

        :param passed: ids of links not to be given again in this slice
        """

    def returned(self, reasons: Sequence[Reason]) -> list[Link]:
        """Links stopped for such reasons that have passed: the partner is active and
        accessible, and belongs to the export choice, or need not.
        """

    def add(self, links: Sequence[Link]) -> list[Link]:
        """Store new links; they come back with their ids."""

    def save(self, links: Sequence[Link]) -> None:
        """Store changed links; one that does not differ is not written."""

    def forget(self, links: Sequence[Link]) -> None:
        """Remove links."""

    def count(self) -> int:
        """How many links are synced, those with an error included."""

    def without_partner(self) -> list[Link]:
        """Of those links whose partner was archived, deleted or left the choice."""


class Inbox(Protocol):
    """Changes of the mailbox, kept until each is worked off.

    The synchronization state moves forward in the same transaction in which its
    changes arrive here, so that neither a crash nor a bad contact loses one.
    """

    def state(self, folder: str) -> str:
        """Where the next page of a folder starts."""

    def move_state(self, folder: str, state: str) -> None:
        """The next page starts here; nothing is written if it did already."""

    def put(self, folder: str, entries: Sequence[Entry]) -> None:
        """Keep changes; a newer one of the same contact takes the older's place."""

    def next(
        self, limit: int, change_type: ChangeType, passed: Iterable[int]
    ) -> list[Entry]:
        """Entries to work off, oldest first; none that is deferred.

        :param passed: ids of entries not to be given again in this slice
        """

    def deleted(self) -> set[str]:
        """Ids of all contacts that lie here as deleted."""

    def waiting(self, ids: Sequence[str]) -> set[str]:
        """Those of some contacts that lie here as changed."""

    def settle(self, entries: Sequence[Entry]) -> None:
        """These are done."""

    def defer(self, contacts: Sequence[Deferred]) -> None:
        """Put entries aside, each with what its contact is recognised by.

        A newer change of the same contact takes it out again. One without anything
        to be recognised by is only looked at then.
        """

    def describe(self, contacts: Sequence[Deferred]) -> None:
        """Note what contacts are recognised by that wait to be read."""

    def deferred(self) -> list[Deferred]:
        """What was put aside, if there is anything to recognise it by."""

    def described(self, keys: Sequence[str] | None = None) -> list[Deferred]:
        """Likewise, with what waits to be read.

        :param keys: match keys of which one is enough; None for all there is
        """

    def resume(self, entries: Sequence[Entry]) -> None:
        """Take up again what was put aside."""


class BehaviorStore(Protocol):
    """What is known of the account's mail server."""

    def known(self) -> Behavior:
        """What was found out so far."""

    def keep(self, behavior: Behavior) -> None:
        """Keep what is known now."""


class UnitOfWork(Protocol):
    """The database transactions of a slice.

    None is open while a server is asked: a reading one lasts until :meth:`release`,
    a writing one is committed before :meth:`run` returns.
    """

    def read(self, query: Callable[[], T]) -> T:
        """Read, in the reading transaction that is open or in a new one.

        :param query: callable without arguments; it writes nothing
        :return: what it returned
        """

    def release(self) -> None:
        """End the reading transaction, if one is open."""

    def run(self, batch: Callable[[], T]) -> T:
        """Do a batch in a new transaction and commit it.

        When another process changed the same rows at the same time, all the batch
        did is undone and it is done again: it must not talk to the mailbox.

        :param batch: callable without arguments
        :return: what it returned
        """


class Clock(Protocol):
    """The time."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""


class RunLog(Protocol):
    """The run as people will read it; written within the batch's transaction."""

    def phase(self) -> str:
        """What the last slice was doing; "" in the first one."""

    def enter(self, phase: str) -> None:
        """A new phase begins."""

    def record(self, lines: Sequence[Line], counters: Mapping[str, int]) -> None:
        """Add lines, and add to counters of ``exchange.sync.run``."""


class Progress(Protocol):
    """Somebody who watches."""

    def show(self, phase: str, done: int) -> None:
        """Show how far a phase is."""
