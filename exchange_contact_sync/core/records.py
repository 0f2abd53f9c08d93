# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The plain values that travel between the engine and the outside.

They say what was found and what was decided, in no server's or database's words,
so that both sides and the engine can share them without knowing each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from .contact import Base, Contact
from .errors import ContactError, SyncError
from .photo import PhotoBase
from .plan import Reason
from .user_requests import Ask, Wish


@dataclass(frozen=True)
class RemoteRef:
    """Where a contact is in the mailbox, and in which version.

    :param id: str, opaque, stable until the contact moves to another folder
    :param version: str, opaque: the same version means the same content; another
        one does not mean that the content differs
    :param folder: str, id of the folder
    :param sync_key: str, our identity on the contact; "" when it has none
    :param search_key: str, opaque: stays the same when the contact is edited or moved,
        and copies have it too; "" when the mailbox does not tell
    """

    id: str
    version: str
    folder: str = ""
    sync_key: str = ""
    search_key: str = field(default="", compare=False)


@dataclass(frozen=True)
class RemoteContact:
    """A contact as the mailbox has it.

    :param ref: RemoteRef
    :param contact: Contact, all rows of ``core.fields`` but ``name``, and the
        parts of the name (``fields.NAME_EVIDENCE``)
    :param modified: datetime, aware
    :param private: bool, marked private, personal or confidential
    :param photo: str, opaque: another one means that the photo may be another; "" for
        none, None if nobody asked
    :param unread: tuple of str, rows that the contact does not carry because what the
        mailbox says in them cannot be read
    """

    ref: RemoteRef
    contact: Contact
    modified: datetime
    private: bool = False
    photo: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangePage:
    """One page of what happened in a folder.

    :param changed: tuple of RemoteRef, contacts created or changed
    :param deleted: tuple of str, ids that are no longer in the folder
    :param state: str, where the next page starts
    :param complete: bool, nothing follows
    :param skipped: int, things in the folder that are no contacts
    :param damaged: tuple of ContactError, changes that cannot be read
    """

    changed: tuple[RemoteRef, ...]
    deleted: tuple[str, ...]
    state: str
    complete: bool
    skipped: int = 0
    damaged: tuple[ContactError, ...] = ()


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
    :param thorough: frozenset of str, those of the cleared rows that have to be deleted
        with all properties they consist of
    """

    ref: RemoteRef
    values: Mapping[str, str]
    thorough: frozenset[str] = frozenset()


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
    :param unreadable: frozenset of str, rows that are blank here because what is kept
        of them cannot be read; nobody cleared them
    :param problem: ContactError, why the partner cannot be read: then ``contact`` holds
        the name alone; None for all others
    """

    id: int
    contact: Contact
    modified: datetime
    stamp: str
    active: bool = True
    phone_slot: str = "phone_business"
    unreadable: frozenset[str] = frozenset()
    problem: ContactError | None = None


@dataclass(frozen=True)
class Written:
    """A partner that was written.

    :param id: int
    :param stamp: str, its stamp afterwards
    :param became: Mapping of row to text, what Odoo has where that is not what was
        written: it writes "http://" before a website, say
    """

    id: int
    stamp: str
    became: Mapping[str, str] = field(default_factory=dict)


UNSENT = "unsent"
"""The stamp of a link whose contact in the mailbox has to be told of the partner."""


ERASED = "erased"
"""Among the facts of a link whose partner was deleted: hashes of what the contact said
(``erased.py``)."""


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
    :param stamp: str, of the partner when it was last looked at; ``UNSENT`` as long as
        Exchange has to be told; "" to look at everything again, refused values included
    :param state: LinkState
    :param created_by_us: bool, the contact was created by this addon
    :param marked: bool, a person said that the contact may be treated as ours
    :param pinned: bool, a person asked for the contact: it stays in the mailbox
        whatever the export choice
    :param asked: Ask or None, what a person asked for the pair
    :param wishes: Mapping of field key to Wish, values a person decided on
    :param reason: Reason why the pair is stopped, or why the mailbox was asked to
        delete its contact, or None
    :param photo: PhotoBase, or None when the contact was never read for a photo
    :param search_key: str, see ``RemoteRef``; "" as long as the contact was not read
    :param facts: Mapping, ready for a JSON column: what the contact of a stopped pair
        is recognised by, where the base does not tell it (``evidence.evidence_kept``)
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
    marked: bool = False
    pinned: bool = False
    asked: Ask | None = None
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    reason: Reason | None = None
    photo: PhotoBase | None = None
    search_key: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What both sides last agreed to call the contact, or else Odoo does; ""
        before that."""
        if not self.base:
            return ""
        return self.base.values.get("name") or self.base.known.ours.get("name", "")

    @property
    def is_erased(self) -> bool:
        """Whether the partner was deleted, and all that was known of the pair with it,
        before a run could see to it."""
        return not self.partner and self.base is None and ERASED in self.facts

    @property
    def may_be_deleted(self) -> bool:
        """Whether the contact may be deleted in the mailbox."""
        return self.created_by_us or self.marked

    @property
    def follows_choice(self) -> bool:
        """Whether the contact is in the mailbox because of the export choice only."""
        return self.created_by_us and not self.pinned

    @property
    def is_known_gone(self) -> bool:
        """Whether the pair was stopped and its contact was deleted since. It keeps the
        id: one that was stopped does not go on by itself when its contact comes back.
        """
        return self.state is LinkState.STOPPED and not self.version

    @property
    def is_being_deleted(self) -> bool:
        """Whether the mailbox was asked to delete the contact, and nobody heard yet
        that it did.
        """
        return self.state is not LinkState.STOPPED and self.reason is not None

    def settled(self) -> Link:
        """:return: Link, whatever a person wished for it is done or refused"""
        return replace(self, asked=None, wishes={})

    def saw_photo(self, token: str | None) -> Link:
        """:param token: str, as the contact was read; None: nobody asked for it
        :return: Link
        """
        if token is None:
            return self
        return replace(self, photo=(self.photo or PhotoBase()).saw(token))

    def at(self, ref: RemoteRef) -> Link:
        """:return: Link, pointing to where the contact is now"""
        return replace(
            self,
            remote=ref.id,
            version=ref.version,
            folder=ref.folder or self.folder,
            search_key=ref.search_key or self.search_key,
        )


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
    :param chosen: int, the partner a person said it is; 0 for somebody new; None as
        long as nobody said anything
    """

    ref: RemoteRef
    mark: Mark
    id: int = 0
    chosen: int | None = None


@dataclass(frozen=True)
class Deferred:
    """An entry with what its contact is recognised by.

    :param entry: Entry
    :param facts: Mapping, ready for a JSON column; see ``engine/pull/deferred.py``
    :param keys: tuple of str, its match keys (``Evidence.keys``)
    """

    entry: Entry
    facts: Mapping[str, object]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class FolderChoice:
    """A folder that takes part in a run.

    :param id: str
    :param imported: bool, its contacts come in; otherwise it is only looked at so
        that nothing is exported that is already there
    :param name: str, what people call it
    """

    id: str
    imported: bool
    name: str = field(default="", compare=False)


@dataclass(frozen=True)
class Line:
    """One thing that happened, for people to read.

    :param direction: str, ``pull`` or ``push``
    :param action: str, see ``exchange.sync.line``
    :param name: str, of the contact
    :param partner: int, 0 if there is none
    :param link: int, 0 if there is none
    :param field: str, field key; "" when the whole contact is meant
    :param old: str
    :param new: str
    :param error: SyncError or None
    :param remote: str, id of the contact in the mailbox
    :param candidates: tuple of int, partners it might be
    """

    direction: str
    action: str
    name: str = ""
    partner: int = 0
    link: int = 0
    field: str = ""
    old: str = ""
    new: str = ""
    error: SyncError | None = None
    remote: str = ""
    candidates: tuple[int, ...] = ()
