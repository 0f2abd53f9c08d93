# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a mailbox says, in no protocol's words: folders, contacts and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from .contact import Contact
from .errors import ContactError


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


class ChangeType(Enum):
    """Why a change of the mailbox lies in the inbox."""

    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True)
class Entry:
    """One change of the mailbox that waits to be worked off.

    :param ref: RemoteRef
    :param change_type: ChangeType
    :param id: int, 0 before it is stored
    :param chosen: int, the partner a person said it is; 0 for somebody new; None as
        long as nobody said anything
    """

    ref: RemoteRef
    change_type: ChangeType
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
