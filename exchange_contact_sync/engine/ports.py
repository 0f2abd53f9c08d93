# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the engine needs from the world, and in what terms.

Every method works on batches and may be called again with the same arguments
after a failure. A failure of one contact is a value (``ContactError``) in its
place of the answer; a failure of the connection or the server is raised as
another ``SyncError``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Protocol

from ..core.contact import Base, Contact
from ..core.errors import ContactError
from ..core.matching import Candidate
from ..core.vocabulary import Vocabulary


@dataclass(frozen=True)
class RemoteRef:
    """Where a contact is in the mailbox, and in which version.

    :param id: str, opaque, stable until the contact moves to another folder
    :param version: str, opaque: the same version means the same content; another
        one does not mean that the content differs
    :param folder: str, id of the folder
    :param sync_key: str, our identity on the contact; "" when it has none
    """

    id: str
    version: str
    folder: str = ""
    sync_key: str = ""


@dataclass(frozen=True)
class RemoteContact:
    """A contact as the mailbox has it.

    :param ref: RemoteRef
    :param contact: Contact, all rows of ``core.fields`` but ``name``, and the
        parts of the name (``fields.NAME_EVIDENCE``)
    :param modified: datetime, aware
    :param private: bool, marked private, personal or confidential
    """

    ref: RemoteRef
    contact: Contact
    modified: datetime
    private: bool = False


@dataclass(frozen=True)
class ChangePage:
    """One page of what happened in a folder.

    :param changed: tuple of RemoteRef, contacts created or changed
    :param deleted: tuple of str, ids that are no longer in the folder
    :param state: str, where the next page starts
    :param complete: bool, nothing follows
    :param skipped: int, things in the folder that are no contacts
    """

    changed: tuple[RemoteRef, ...]
    deleted: tuple[str, ...]
    state: str
    complete: bool
    skipped: int = 0


@dataclass(frozen=True)
class RemoteFolder:
    """A contact folder of the mailbox.

    :param id: str
    :param name: str
    :param parent: str, id of the parent if that is a contact folder too, else ""
    :param count: int, how many things are in it
    :param default: bool, the folder where the mailbox keeps contacts by default
    """

    id: str
    name: str
    parent: str
    count: int
    default: bool


@dataclass(frozen=True)
class RemoteChange:
    """Fields of a contact to be written in the mailbox.

    :param ref: RemoteRef, with the version the change is based on
    :param values: Mapping of row or name part to text; "" clears
    :param sync_key: str, our identity, written along with the change
    """

    ref: RemoteRef
    values: Mapping[str, str]
    sync_key: str


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

    def find(self, sync_keys: Sequence[str], folder: str) -> dict[str, RemoteRef]:
        """Contacts of a folder that carry one of these identities."""

    def create(
        self, folder: str, drafts: Sequence[tuple[str, Mapping[str, str]]]
    ) -> list[RemoteRef | ContactError]:
        """Create contacts, each with its identity, in the order given.

        :param drafts: pairs of identity and values
        """

    def update(
        self, changes: Sequence[RemoteChange]
    ) -> list[RemoteRef | ContactError]:
        """Write fields, only if the contact is still in the version named.

        ``ContactChanged`` where it is not, ``ContactGone`` where it is deleted.
        """

    def delete(self, refs: Sequence[RemoteRef]) -> list[None | ContactError]:
        """Move contacts to where the mailbox keeps what was deleted."""


@dataclass(frozen=True)
class LocalContact:
    """A partner as its owner sees it.

    :param id: int
    :param contact: Contact, rows of ``core.fields``, the number as
        ``fields.MAIN_PHONE``
    :param modified: datetime, aware
    :param stamp: str, changes whenever anything the contact is made of changes
    :param active: bool, not archived
    :param phone_slot: str, key of the slot for a number of this kind
    """

    id: int
    contact: Contact
    modified: datetime
    stamp: str
    active: bool = True
    phone_slot: str = "phone_business"


@dataclass(frozen=True)
class Written:
    """A partner that was written.

    :param id: int
    :param stamp: str, its stamp afterwards
    """

    id: int
    stamp: str


class PartnerStore(Protocol):
    """The contacts of Odoo, with the rights of the account's owner."""

    def vocabulary(self) -> Vocabulary:
        """Countries and states by all the names that matter."""

    def fetch(self, ids: Sequence[int]) -> dict[int, LocalContact]:
        """Partners by id; those deleted or hidden from the owner are missing."""

    def candidates(self, contacts: Sequence[Contact]) -> list[Candidate]:
        """Partners that might be one of these people, archived ones included."""

    def exportable(self, limit: int) -> list[int]:
        """Partners of the export choice that have no link yet."""

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


class LinkState(Enum):
    """Where a pair stands."""

    PENDING = "pending"
    SYNCED = "synced"
    STOPPED = "stopped"
    ERROR = "error"


@dataclass(frozen=True)
class Link:
    """A pair of partner and contact of the mailbox.

    :param id: int, 0 before it is stored
    :param partner: int, 0 when the partner was deleted
    :param folder: str, id of the mailbox's folder
    :param remote: str, id of the contact; "" while pending
    :param version: str, the version both sides agreed on
    :param sync_key: str, our identity
    :param base: Base or None
    :param stamp: str, of the partner when it was last looked at; "" to look again
    :param state: LinkState
    :param created_by_us: bool, the contact was created by this addon
    """

    id: int
    partner: int
    folder: str
    remote: str
    version: str
    sync_key: str
    base: Base | None = None
    stamp: str = ""
    state: LinkState = LinkState.SYNCED
    created_by_us: bool = False

    def at(self, ref: RemoteRef) -> Link:
        """:return: Link, pointing to where the contact is now"""
        return replace(
            self, remote=ref.id, version=ref.version, folder=ref.folder or self.folder
        )


class LinkStore(Protocol):
    """The pairs of one account."""

    def by_remote(self, ids: Sequence[str]) -> dict[str, Link]:
        """Links by the contact's id."""

    def by_sync_key(self, keys: Sequence[str]) -> dict[str, Link]:
        """Links by identity."""

    def by_partner(self, ids: Sequence[int]) -> dict[int, Link]:
        """Links by partner."""

    def pending(self, limit: int) -> list[Link]:
        """Links whose contact may or may not have been created."""

    def dirty(self, limit: int, passed: Iterable[int]) -> list[Link]:
        """Synced links whose partner changed, was archived, deleted or left.

        :param passed: ids of links not to be given again in this slice
        """

    def add(self, links: Sequence[Link]) -> list[Link]:
        """Store new links; they come back with their ids."""

    def save(self, links: Sequence[Link]) -> None:
        """Store changed links; one that does not differ is not written."""

    def forget(self, links: Sequence[Link]) -> None:
        """Remove links."""

    def count(self) -> int:
        """How many links are synced."""

    def losses(self) -> tuple[int, int]:
        """Synced links that lost a side: (gone in the mailbox, gone in Odoo)."""


class Mark(Enum):
    """Why a change of the mailbox lies in the inbox."""

    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True)
class Entry:
    """One change of the mailbox that waits to be worked off.

    :param ref: RemoteRef
    :param mark: Mark
    :param id: int, 0 before it is stored
    """

    ref: RemoteRef
    mark: Mark
    id: int = 0


class Inbox(Protocol):
    """Changes of the mailbox, kept until each is worked off.

    The synchronization state moves forward in the same transaction in which its
    changes arrive here, so that neither a crash nor a bad contact loses one.
    """

    def state(self, folder: str) -> str:
        """Where the next page of a folder starts."""

    def receive(self, folder: str, page: ChangePage) -> None:
        """Keep a page and move the folder's state forward, if it moved."""

    def put(self, refs: Sequence[RemoteRef]) -> None:
        """Have contacts looked at (again)."""

    def restart(self, folder: str) -> None:
        """Forget a folder's state: it is listed from the start."""

    def next(self, limit: int, passed: Iterable[int]) -> list[Entry]:
        """Entries to work off, oldest first, deletions last.

        :param passed: ids of entries not to be given again in this slice
        """

    def settle(self, entries: Sequence[Entry]) -> None:
        """These are done."""

    def park(self, entries: Sequence[Entry]) -> None:
        """Put these aside until :meth:`unpark`."""

    def unpark(self) -> None:
        """Take up again what was put aside."""


class Checkpoint(Protocol):
    """Where what was done so far becomes durable."""

    def commit(self) -> None:
        """Make it durable.

        :raises TryBatchAgain: someone else changed the same rows; all that was
            done since the last commit is undone
        """

    def rollback(self) -> None:
        """Undo what was done since the last commit."""


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The current time, aware."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""


@dataclass(frozen=True)
class FolderChoice:
    """A folder that takes part in a run.

    :param id: str
    :param imported: bool, its contacts come in; otherwise it is only looked at so
        that nothing is exported that is already there
    """

    id: str
    imported: bool


@dataclass(frozen=True)
class Line:
    """One thing that happened, for people to read.

    :param direction: str, ``pull`` or ``push``
    :param action: str, see ``exchange.sync.line``
    :param name: str, of the contact
    :param partner: int, 0 if there is none
    :param field: str, field key; "" when the whole contact is meant
    :param old: str
    :param new: str
    :param error: ContactError or None
    :param remote: str, id of the contact in the mailbox
    :param candidates: tuple of int, partners it might be
    """

    direction: str
    action: str
    name: str = ""
    partner: int = 0
    field: str = ""
    old: str = ""
    new: str = ""
    error: ContactError | None = None
    remote: str = ""
    candidates: tuple[int, ...] = field(default=())


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
