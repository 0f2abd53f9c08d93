# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The content of a mailbox, independent of the protocol: folders, items, changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from .contact import Contact
from .errors import ContactError


@dataclass(frozen=True)
class Connection:
    """What was found out about a server, to be stored for the next run.

    :param endpoint: URL of the service; "" if there is nothing to find
    :param auth_type: how to sign in; opaque
    :param version: opaque; up to the first space, the product and its version
    """

    endpoint: str
    auth_type: str
    version: str


@dataclass(frozen=True)
class RemoteRef:
    """The place and version of an item in the mailbox.

    :param id: opaque; stable until the item moves to another folder
    :param version: opaque; the same version means the same content, but a different
        version does not imply different content
    :param folder: id of the folder
    :param sync_key: our identity on the item; "" if it has none
    :param search_key: opaque; unchanged when the item is edited or moved, and shared by
        its copies; "" if the mailbox does not provide one
    """

    id: str
    version: str
    folder: str = ""
    sync_key: str = ""
    search_key: str = field(default="", compare=False)


SameVersion = Callable[[Sequence[RemoteRef]], Collection[str]]
"""Returns the ids of contacts that the caller has in the same version."""


@dataclass(frozen=True)
class RemoteContact:
    """An item with its content.

    :param contact: all rows of ``core.fields`` except ``name``, and the parts of the
        name (``fields.NAME_EVIDENCE``)
    :param modified: with time zone
    :param private: marked private, personal or confidential
    :param photo: opaque; a different token means that the photo may have changed; ""
        for no photo, None if the request did not ask for it
    :param unread: rows that the contact lacks because their values in the mailbox
        cannot be read
    """

    ref: RemoteRef
    contact: Contact
    modified: datetime
    private: bool = False
    photo: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangePage:
    """One page of the changes in a folder.

    :param changed: items that were created or changed
    :param deleted: ids that are no longer in the folder
    :param state: the position where the next page starts
    :param complete: whether this is the last page
    :param skipped: number of items in the folder that are not contacts
    :param damaged: changes that cannot be read
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

    :param parent: id of the parent if that is a contact folder too, otherwise ""
    :param count: number of items in the folder
    :param default: whether the mailbox stores contacts here by default
    """

    id: str
    name: str
    parent: str
    count: int
    default: bool


@dataclass(frozen=True)
class RemoteChange:
    """Fields of an item to be written in the mailbox.

    :param ref: includes the version that the change is based on
    :param values: by row or part of the name; "" clears
    :param thorough: the cleared rows for which all underlying properties have to be
        deleted
    """

    ref: RemoteRef
    values: Mapping[str, str]
    thorough: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FolderChoice:
    """A folder that takes part in a run.

    :param imported: whether its contacts are imported; otherwise the folder is only
        read so that no contact is exported that is already there
    :param name: as people see it
    """

    id: str
    imported: bool
    name: str = field(default="", compare=False)


class ChangeType(Enum):
    """What happened to the item of an inbox entry."""

    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True)
class Entry:
    """An inbox entry: a change of the mailbox waiting to be applied.

    :param id: 0 before the entry is stored
    :param chosen: the partner that a person chose for it; 0 to create a new partner;
        None before a decision
    :param never: a person decided that the contact is never imported
    """

    ref: RemoteRef
    change_type: ChangeType
    id: int = 0
    chosen: int | None = None
    never: bool = False


@dataclass(frozen=True)
class Deferred:
    """A deferred inbox entry, with the evidence by which its contact is recognized.

    :param facts: can be stored as JSON; see ``engine/pull/deferred.py``
    :param keys: its match keys (``Evidence.keys``)
    """

    entry: Entry
    facts: Mapping[str, object]
    keys: tuple[str, ...] = ()
