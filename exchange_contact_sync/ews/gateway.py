# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contacts of a mailbox, as the engine sees them (``core.ports.RemoteStore``).

This module never repeats a write. If an answer is lost, the next run finds a created
contact by its sync key, and a changed one by its version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from ..core.contact import Contact
from ..core.errors import ContactChanged, ContactDamaged, ContactError
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
from ..outlook.batches import Batches, RequestSize
from ..outlook.failures import Kind
from ..outlook.reading import or_damaged, understood
from .connection.protocol import MailboxProtocol, version_text
from .contacts.layout import STANDARD, Layout
from .contacts.parse import CONTACT, NO_KEYS, keys_of, reference, remote_contact
from .contacts.photo_store import EwsPhotos
from .contacts.serialize import item_change, new_contact, sync_key_removal
from .folders import contact_folders, default_folder, new_folder
from .operations import payloads
from .operations.errors import folder_error, results_of
from .operations.paging import entries, is_last_page
from .operations.payloads import FIND_PAGE, LIST_PAGE
from .operations.services import (
    CreateItem,
    DeleteItem,
    FindItem,
    GetItem,
    Service,
    SyncFolderItems,
    UpdateItem,
)
from .operations.sync_page import read_page
from .operations.xml import t

if TYPE_CHECKING:
    from ..core.ports import FolderCreator, SyncKeyRemover

FETCH = 250
"""Contacts in a request that reads; an answer then has about 500 kB."""

WRITE = 100
"""Contacts in a request that writes; the state of this many is uncertain if an answer
is lost.
"""

SEARCH = 100
"""Sync keys in a search; EWS refuses more than 255 tests (ErrorRestrictionTooLong)."""

Parts = Sequence[etree._Element]


class EwsGateway:
    """The contacts of one mailbox.

    :param protocol: open
    :param default: id of the default folder if it is already known
    :param layout: the values of a contact that are read and written
    """

    def __init__(
        self,
        protocol: MailboxProtocol,
        default: str | None = None,
        layout: Layout = STANDARD,
    ) -> None:
        self._protocol = protocol
        self._default = default
        self._layout = layout
        self._reading, self._writing = RequestSize(FETCH), RequestSize(WRITE)

    @property
    def photos(self) -> EwsPhotos:
        """Return the photos of the contacts."""
        return EwsPhotos(self._protocol)

    @property
    def connection(self) -> Connection:
        """Return what was found out about the server, for ``Settings`` of a later
        run.
        """
        config = self._protocol.config
        return Connection(
            endpoint=config.service_endpoint,
            auth_type=config.auth_type.lower(),
            version=version_text(config.version),
        )

    def translated(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the ids that are written differently here: none, because ids are
        stored in the form of EWS.
        """
        return {}

    def folders(self) -> list[RemoteFolder]:
        """Return all contact folders, parents before children.

        :raises NoContactFolder: there is none
        """
        if self._default is None:
            self._default = default_folder(self._protocol)
        return contact_folders(self._protocol, self._default)

    def create_folder(self, name: str, parent: str) -> str:
        """Create a contact folder, and return its id.

        :param parent: id of the parent folder; "" for the top of the mailbox
        :raises SyncError: the folder was not created; the error gives the reason
        """
        return new_folder(self._protocol, name, parent)

    def skip_keys_of(self, known: SameVersion) -> None:
        """Do nothing: the server sends the keys with the changes."""

    def changes(self, folder: str, state: str) -> ChangePage:
        """Return the next page of changes; always one request.

        :param folder: id
        :param state: from the page before; "" for all contacts
        :raises StateUnknown: start again from ""
        :raises FolderGone: the folder was deleted
        :raises AnswerMalformed: the answer cannot be read
        """
        payload = payloads.sync_folder_items(folder, state)
        (answer,) = SyncFolderItems(self._protocol).ask(payload, 1)
        if isinstance(answer, Exception):
            raise folder_error(answer) from answer
        with understood("SyncFolderItems"):
            return read_page(answer, folder, state)

    def fetch(self, refs: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
        """Return the contacts, in the order of the request.

        :param refs: only the ids are used
        :return: errors: ContactGone in place of deleted contacts, ContactDamaged where
            the answer cannot be read or is about another contact
        """
        service = GetItem(self._protocol)
        service.layout = self._layout

        def ask(part: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
            payload = payloads.get_item((ref.id for ref in part), self._layout)
            answers = results_of(service.ask(payload, len(part)), Kind.READ)
            return [_about(ref, one) for ref, one in zip(part, answers, strict=True)]

        return Batches(self._reading, Kind.READ, ask).answers(refs)

    def read_evidence(self, refs: Sequence[RemoteRef]) -> dict[str, RemoteContact]:
        """Return the values that identify contacts that could not be read.

        A server that cannot return a whole item (because of a broken body, for example)
        still includes it in the list of its folder.

        :param refs: with their folders
        :return: by id, with the rows of ``matching.RECOGNIZED_BY`` and whether the
            contact is private
        :raises FolderGone: a folder was deleted
        """
        wanted = {ref.id for ref in refs}
        found: dict[str, RemoteContact] = {}
        for folder in sorted({ref.folder for ref in refs}):
            for item in self._list(folder):
                if _id_of(item) in wanted:
                    remote = or_damaged(remote_contact, item)
                    if isinstance(remote, ContactError):
                        continue
                    values = {k: remote.contact.get(k, "") for k in RECOGNIZED_BY}
                    found[remote.ref.id] = replace(remote, contact=Contact(values))
                if found.keys() == wanted:
                    return found
        return found

    def find(self, sync_keys: Sequence[str], folder: str) -> dict[str, RemoteRef]:
        """Return the contacts of a folder that have one of these sync keys.

        :param folder: id
        :return: by sync key; of several with the same one (a copy made by a person has
            it too) the oldest
        :raises FolderGone: the folder was deleted
        """
        found: dict[str, RemoteRef] = {}
        for part in _chunks(sync_keys, SEARCH):
            for ref in self._search(part, folder):
                found.setdefault(ref.sync_key, ref)
        return found

    def create(
        self, folder: str, drafts: Sequence[tuple[str, Mapping[str, str]]]
    ) -> list[RemoteRef | ContactError]:
        """Create contacts, in the order given.

        :param folder: id
        :param drafts: pairs of sync key and values
        :raises FolderGone: the folder was deleted
        """
        contacts = [new_contact(values, key, self._layout) for key, values in drafts]
        answers = self._write(
            CreateItem(self._protocol),
            contacts,
            lambda part: payloads.create_item(folder, part),
            Kind.CREATE,
        )
        keys = [key for key, _values in drafts]
        return [_written_ref(a, folder, k) for a, k in zip(answers, keys, strict=True)]

    def update(self, changes: Sequence[RemoteChange]) -> list[RemoteRef | ContactError]:
        """Write fields, only where the contact still has the given version.

        :return: each with the new version, or an error: ContactChanged where the
            version is another, ContactGone, …
        """
        items = [item_change(change, self._layout) for change in changes]
        answers = self._write(UpdateItem(self._protocol), items, payloads.update_item)
        return [
            _written_ref(answer, change.ref.folder, change.ref.sync_key, change.ref.id)
            for answer, change in zip(answers, changes, strict=True)
        ]

    def remove_sync_keys(
        self, refs: Sequence[RemoteRef]
    ) -> list[RemoteRef | ContactError]:
        """Remove our sync key from contacts, regardless of their current version.

        :param refs: each with a version, even an old one
        :return: each with the new version, or an error: ContactGone, …
        """
        items = [sync_key_removal(ref.id, ref.version) for ref in refs]
        answers = self._write(
            UpdateItem(self._protocol), items, payloads.overwrite_item
        )
        return [
            _written_ref(answer, ref.folder, "", ref.id)
            for answer, ref in zip(answers, refs, strict=True)
        ]

    def delete(self, refs: Sequence[RemoteRef]) -> list[None | ContactError]:
        """Move contacts to Deleted Items."""
        service = DeleteItem(self._protocol)

        def ask(part: Sequence[RemoteRef]) -> list[None | ContactError]:
            payload = payloads.delete_item(ref.id for ref in part)
            answers = results_of(service.ask(payload, len(part)))
            return [one if isinstance(one, ContactError) else None for one in answers]

        return Batches(self._writing, Kind.CHANGE, ask).answers(refs)

    def _list(self, folder: str) -> Iterator[etree._Element]:
        """Yield the contacts of a folder, with the values that identify them."""
        return self._pages(
            lambda at: payloads.list_items(folder, RECOGNIZED_BY, at), LIST_PAGE
        )

    def _search(self, sync_keys: Sequence[str], folder: str) -> Iterator[RemoteRef]:
        for item in self._pages(
            lambda at: payloads.find_item(folder, sync_keys, at), FIND_PAGE
        ):
            with understood("FindItem"):
                ref = reference(item.find(t("ItemId")), None, keys_of(item))
            yield replace(ref, folder=folder)

    def _pages(
        self, payload_at: Callable[[int], etree._Element], size: int
    ) -> Iterator[etree._Element]:
        """Yield the contacts that a FindItem request finds, page by page."""
        offset, complete, seen = 0, False, set[str]()
        while not complete:
            (answer,) = FindItem(self._protocol).ask(payload_at(offset), 1)
            if isinstance(answer, Exception):
                raise folder_error(answer) from answer
            found = {_id_of(item): item for item in entries(answer)}
            new = found.keys() - seen - {""}
            yield from (
                item
                for key, item in found.items()
                if key in new and item.tag == CONTACT
            )
            complete = is_last_page(answer, offset, size) or not new
            offset += len(entries(answer))
            seen |= new

    def _write(
        self,
        service: Service,
        parts: Parts,
        payload_of: Callable[[Parts], etree._Element],
        kind: Kind = Kind.CHANGE,
    ) -> list[etree._Element | ContactError]:
        # A changed contact whose new version is not in the answer has to be read.
        empty = ContactError if kind is Kind.CREATE else ContactChanged

        def ask(part: Parts) -> list[etree._Element | ContactError]:
            return results_of(service.ask(payload_of(part), len(part)), kind, empty)

        return Batches(self._writing, kind, ask).answers(parts)


def _chunks(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _id_of(item: etree._Element) -> str:
    found = item.find(t("ItemId"))
    return "" if found is None else found.get("Id", "")


def _about(
    ref: RemoteRef, answer: RemoteContact | ContactError
) -> RemoteContact | ContactError:
    """Return the answer if it is about the requested contact, otherwise an error."""
    if isinstance(answer, ContactError) or answer.ref.id == ref.id:
        return answer
    return ContactDamaged("GetItem: an answer about another item")


def _written_ref(
    answer: etree._Element | ContactError,
    folder: str,
    sync_key: str,
    expected: str = "",
) -> RemoteRef | ContactError:
    """Return the reference of a contact that was written.

    :param expected: the id of a contact that was changed; "" for a new one
    """
    if isinstance(answer, ContactError):
        return answer
    ref = or_damaged(reference, answer, None, NO_KEYS)
    if isinstance(ref, ContactError):
        # It is unknown how the contact was changed: it has to be read.
        return ContactChanged(ref.detail) if expected else ref
    if expected not in ("", ref.id):
        return ContactChanged("an answer about another item")
    return replace(ref, folder=folder, sync_key=sync_key)


if TYPE_CHECKING:
    _sync_key_remover: type[SyncKeyRemover] = EwsGateway
    _folder_creator: type[FolderCreator] = EwsGateway
