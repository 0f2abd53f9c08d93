# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contacts of a mailbox, as the engine sees them (``core.ports.RemoteStore``).

This module never repeats a write. If an answer is lost, the next run finds a created
contact by its sync key, and a changed one by its version.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.contact import Contact
from ..core.errors import ContactError, Unanswered
from ..core.mailbox import (
    ChangePage,
    Connection,
    RemoteChange,
    RemoteContact,
    RemoteFolder,
    RemoteRef,
    SameVersion,
)
from ..core.matching import RECOGNIZED_BY
from ..outlook.batches import RequestSize
from ..outlook.reading import or_damaged
from . import batch
from .changes import next_page
from .connection import GraphConnection
from .contacts.layout import KEYS, STANDARD, Layout, query_for
from .contacts.parse import (
    has_photo,
    is_note_whole,
    reference,
    remote_contact,
)
from .contacts.serialize import DISPLAY_NAME
from .finding import find
from .folders import Folders
from .moving import translated
from .odata import extended_values
from .photo_store import GraphPhotos
from .reading import Item, Reader
from .writing import Writer

if TYPE_CHECKING:
    from ..core.ports import FolderCreator, SyncKeyRemover


VERSION = "v1.0/"


def at_once_of(version: str) -> int:
    """Return how many requests go into a batch.

    :param version: of the ``Connection`` that an earlier run found; "" for none
    """
    return batch.FEW if version == f"{VERSION}{batch.FEW}" else batch.MAX_REQUESTS


class GraphGateway:
    """The contacts of one mailbox.

    :param at_once: how many contacts go into one request
    :param layout: the values of a contact that are read and written
    """

    def __init__(
        self,
        connection: GraphConnection,
        layout: Layout = STANDARD,
        at_once: int = batch.MAX_REQUESTS,
    ) -> None:
        self._connection = connection
        self._layout = layout
        self._size = RequestSize(min(at_once, batch.MAX_REQUESTS))
        self._reader = Reader(connection, self._size)
        self._folders = Folders(connection)
        self._writer = Writer(connection, self._size, layout)
        self._known: SameVersion = _nothing

    @property
    def photos(self) -> GraphPhotos:
        """Return the photos of the contacts."""
        return GraphPhotos(self._connection, self._size)

    @property
    def connection(self) -> Connection:
        """Return what was found out about the server, for a later run: whether it
        serves all requests of a batch, or four of one mailbox only ("JSON batching").
        """
        at_once = (
            batch.MAX_REQUESTS if self._size.now == batch.MAX_REQUESTS else batch.FEW
        )
        return Connection("", "oauth", f"{VERSION}{at_once}")

    def translated(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the ids that another protocol gave and that are written differently
        here; see ``moving``.

        :raises SyncError: the server did not answer
        """
        return translated(self._connection, ids)

    def folders(self) -> list[RemoteFolder]:
        """Return all contact folders, parents before children.

        :raises NoContactFolder: there is none
        """
        return self._folders.all()

    def create_folder(self, name: str, parent: str) -> str:
        """Create a contact folder, and return its id.

        :param parent: id of the parent folder; "" for the default folder
        :raises SyncError: the folder was not created; the error gives the reason
        """
        return self._folders.create(name, parent)

    def skip_keys_of(self, known: SameVersion) -> None:
        """Read no keys of contacts that the caller has in the same version.

        Contacts that this addon wrote are listed as changes, and reading their keys
        would cost a request for each contact.
        """
        self._known = known

    def changes(self, folder: str, state: str) -> ChangePage:
        """Return the next page of changes: one request, and more for the keys of the
        contacts that changed (see :meth:`skip_keys_of`).

        :param folder: id
        :param state: from the page before; "" for all contacts
        :raises StateUnknown: start again from ""
        :raises FolderGone: the folder was deleted
        :raises AnswerMalformed: the answer cannot be read
        """
        page = next_page(self._connection, folder, state)
        skipped = set(self._known(page.changed)) if page.changed else set()
        refs = [ref for ref in page.changed if ref.id not in skipped]
        if not refs:
            return page
        names = ["id", "changeKey", "parentFolderId"]
        keys: list[RemoteRef | ContactError] = self._reader.read(
            refs, lambda listed=False, **o: query_for(names, KEYS, **o), _keys
        )
        with_keys = {r.id: _with_keys(r, k) for r, k in zip(refs, keys, strict=True)}
        changed = tuple(with_keys.get(ref.id, ref) for ref in page.changed)
        return replace(page, changed=changed)

    def fetch(self, refs: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
        """Return the contacts, in the order of the request.

        :return: errors: ContactGone in place of deleted contacts, ContactDamaged where
            the answer cannot be read or is about another contact
        """
        found = self._reader.read(refs, self._layout.query, self._contact)
        if not self._layout.photos:
            return [one if isinstance(one, ContactError) else one[0] for one in found]
        return self._with_photos(found)

    def _contact(
        self, ref: RemoteRef, item: Item, listed: bool
    ) -> tuple[RemoteContact, bool] | None:
        """Return a contact, and whether it has a photo; None if a list cut its note."""
        if listed and not is_note_whole(item):
            return None
        found = remote_contact(item, self._layout)
        folder = self._folders.own_id(found.ref.folder, ref.folder)
        return replace(found, ref=replace(found.ref, folder=folder)), has_photo(item)

    def _with_photos(
        self, found: Sequence[tuple[RemoteContact, bool] | ContactError]
    ) -> list[RemoteContact | ContactError]:
        shown = [
            one[0].ref for one in found if not isinstance(one, ContactError) and one[1]
        ]
        tokens = iter(self.photos.tokens(shown))
        contacts: list[RemoteContact | ContactError] = []
        for one in found:
            if isinstance(one, ContactError):
                contacts.append(one)
                continue
            token = next(tokens) if one[1] else ""
            known = None if isinstance(token, ContactError) else token
            contacts.append(replace(one[0], photo=known))
        return contacts

    def read_evidence(self, refs: Sequence[RemoteRef]) -> dict[str, RemoteContact]:
        """Return the values that identify contacts that could not be read.

        :param refs: with their folders
        :return: by id, with the rows of ``matching.RECOGNIZED_BY`` and whether the
            contact is private
        :raises FolderGone: a folder was deleted
        """
        wanted = {ref.id for ref in refs}
        layout = self._layout.only({*RECOGNIZED_BY, DISPLAY_NAME})
        found: dict[str, RemoteContact] = {}
        for folder in sorted({ref.folder for ref in refs}):
            for item in self._reader.all(folder, layout.query):
                remote = or_damaged(remote_contact, item, layout)
                if isinstance(remote, ContactError) or remote.ref.id not in wanted:
                    continue
                values = {k: remote.contact.get(k, "") for k in RECOGNIZED_BY}
                found[remote.ref.id] = replace(remote, contact=Contact(values))
                if found.keys() == wanted:
                    return found
        return found

    def find(self, sync_keys: Sequence[str], folder: str) -> dict[str, RemoteRef]:
        """Return the contacts of a folder that have one of these sync keys.

        One filter for each key: how many terms a filter may have is not documented.

        :param folder: id
        :return: by sync key; of several with the same one (a copy made by a person has
            it too) the oldest
        :raises FolderGone: the folder was deleted
        """
        return find(self._connection, folder, sync_keys, self._size.now)

    def create(
        self, folder: str, drafts: Sequence[tuple[str, Mapping[str, str]]]
    ) -> list[RemoteRef | ContactError]:
        """Create contacts.

        :param folder: id
        :param drafts: pairs of sync key and values
        :raises FolderGone: the folder was deleted
        """
        return self._writer.create(folder, drafts)

    def update(self, changes: Sequence[RemoteChange]) -> list[RemoteRef | ContactError]:
        """Write fields, only where the contact still has the given version.

        :return: each with the new version, or an error: ContactChanged where the
            version is another, ContactGone, …
        """
        return self._writer.update(changes)

    def remove_sync_keys(
        self, refs: Sequence[RemoteRef]
    ) -> list[RemoteRef | ContactError]:
        """Remove our sync key from contacts, regardless of their current version.

        :return: each with the new version, or an error: ContactGone, …
        """
        return self._writer.remove_sync_keys(refs)

    def delete(self, refs: Sequence[RemoteRef]) -> list[None | ContactError]:
        """Move contacts to Deleted Items."""
        return self._writer.delete(refs)


def _nothing(_refs: Sequence[RemoteRef]) -> Collection[str]:
    return ()


def _keys(_ref: RemoteRef, item: Item, _listed: bool) -> RemoteRef:
    return reference(item, extended_values(item))


def _with_keys(ref: RemoteRef, keys: RemoteRef | ContactError) -> RemoteRef:
    """Return a reference with its keys, as far as they could be read. The version
    stays; a newer one is listed on the next page.

    :raises SyncError: the server did not answer
    """
    if isinstance(keys, Unanswered):
        raise keys.cause  # the page is requested again
    if isinstance(keys, ContactError):
        return ref
    return replace(ref, sync_key=keys.sync_key, search_key=keys.search_key)


if TYPE_CHECKING:
    _sync_key_remover: type[SyncKeyRemover] = GraphGateway
    _folder_creator: type[FolderCreator] = GraphGateway
