# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create, change and delete contacts. No write is repeated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..core.errors import (
    ContactChanged,
    ContactError,
    ContactInvalid,
    SyncError,
    Unanswered,
)
from ..core.mailbox import RemoteChange, RemoteRef
from ..outlook.batches import Batches, RequestSize
from ..outlook.failures import Kind
from ..outlook.reading import or_damaged
from .connection import GraphConnection
from .contacts.layout import Layout, query_for
from .contacts.parse import enumerate_slots, reference
from .contacts.serialize import (
    Current,
    Nulls,
    Payload,
    changes,
    new_contact,
    sync_key_removal,
)
from .errors import item_error
from .ids import etag_of, version_of
from .message import Answer, Request
from .odata import extended_values
from .reading import folder_path, path_of

T = TypeVar("T")


@dataclass(frozen=True)
class Known:
    """An item as it was just before it is changed.

    :param etag: its version as the server writes it
    :param current: the values that are needed to change it
    """

    version: str
    etag: str
    current: Current


class Writer:
    """Writes the contacts of one mailbox.

    :param size: how many contacts go into one request
    """

    def __init__(
        self, connection: GraphConnection, size: RequestSize, layout: Layout
    ) -> None:
        self._connection = connection
        self._size = size
        self._layout = layout
        self._nulls = Nulls()

    def create(
        self, folder: str, drafts: Sequence[tuple[str, Mapping[str, str]]]
    ) -> list[RemoteRef | ContactError]:
        """Create contacts.

        :param folder: id
        :param drafts: pairs of sync key and values
        :raises FolderGone: the folder was deleted
        """
        path = f"{folder_path(folder)}/contacts"
        requests = [
            Request("POST", path, new_contact(values, key, self._layout))
            for key, values in drafts
        ]
        answers = self._write(requests, Kind.CREATE)
        keys = [key for key, _values in drafts]
        return [_written_ref(a, folder, k) for a, k in zip(answers, keys, strict=True)]

    def update(self, changed: Sequence[RemoteChange]) -> list[RemoteRef | ContactError]:
        """Write fields, only where the contact still has the given version.

        If-Match is not documented for any operation on contacts, although the
        documentation of status 412 mentions it. So the version is compared just before,
        and is sent as well.

        :return: each with the new version, or an error: ContactChanged where the
            version is another, ContactGone, …
        """
        for change in changed:
            changes(
                change, Current(), self._layout
            )  # raises KeyError before any request
        known = self._known([change.ref for change in changed])
        before = [
            ContactChanged() if _is_other(one, change.ref) else one
            for one, change in zip(known, changed, strict=True)
        ]

        def payload(change: RemoteChange, current: Current) -> Payload:
            return changes(change, current, self._layout, self._nulls)

        results = self._patch(changed, before, payload, _ref_of)
        return [
            _written_ref(one, change.ref.folder, change.ref.sync_key, change.ref.id)
            for one, change in zip(results, changed, strict=True)
        ]

    def remove_sync_keys(
        self, refs: Sequence[RemoteRef]
    ) -> list[RemoteRef | ContactError]:
        """Remove our sync key from contacts, regardless of their current version.

        :return: each with the new version, or an error: ContactGone, …
        """

        def payload(_ref: RemoteRef, current: Current) -> Payload:
            return sync_key_removal(current, self._nulls)

        results = self._patch(refs, self._known(refs), payload, _itself, always=True)
        return [
            _written_ref(one, ref.folder, "", ref.id)
            for one, ref in zip(results, refs, strict=True)
        ]

    def delete(self, refs: Sequence[RemoteRef]) -> list[None | ContactError]:
        """Move contacts to Deleted Items."""
        answers = self._write([Request("DELETE", path_of(ref)) for ref in refs])
        return [one if isinstance(one, ContactError) else None for one in answers]

    def _known(self, refs: Sequence[RemoteRef]) -> list[Known | ContactError]:
        """Read the values that are needed to change contacts."""
        emails = self._layout.emails.values()
        wanted = [p for e in emails for p in (e.address, e.type, e.label)]
        query = query_for(["id", "changeKey", "displayName"], wanted)

        def ask(part: Sequence[RemoteRef]) -> list[Known | ContactError]:
            requests = [Request("GET", f"{path_of(ref)}{query}") for ref in part]
            answers = self._connection.batch_adapting(requests, self._size)
            return [
                or_damaged(self._current, one)
                if one.is_success
                else item_error(one, Kind.READ)
                for one in answers
            ]

        return Batches(self._size, Kind.READ, ask).answers(refs)

    def _current(self, answer: Answer) -> Known:
        shown = answer.data.get("displayName")
        slots = enumerate_slots(extended_values(answer.data), self._layout)
        current = Current(shown if isinstance(shown, str) else "", slots)
        return Known(version_of(answer.data), etag_of(answer.data), current)

    def _patch(
        self,
        items: Sequence[T],
        known: Sequence[Known | ContactError],
        payload: Callable[[T, Current], Payload],
        ref_of: Callable[[T], RemoteRef],
        *,
        always: bool = False,
    ) -> list[Answer | ContactError]:
        """Change contacts that could be read.

        :param payload: of a change
        :param always: also if a contact changed since it was read
        """
        ready = [
            (item, one)
            for item, one in zip(items, known, strict=True)
            if not isinstance(one, ContactError)
        ]

        def requests(part: Sequence[tuple[T, Known]]) -> list[Request]:
            return [
                _patch_request(
                    path_of(ref_of(item)),
                    "" if always else one.etag,
                    payload(item, one.current),
                )
                for item, one in part
            ]

        answers = self._write(requests(ready))
        refused = [n for n, answer in enumerate(answers) if _is_invalid(answer)]
        if refused and not self._nulls.refused:
            # The server wrote nothing of a refused change, so sending it once more in
            # another form repeats no write.
            self._nulls = Nulls(refused=True)
            again = self._once_more(requests([ready[n] for n in refused]))
            for number, answer in zip(refused, again, strict=True):
                answers[number] = answer
            self._nulls = Nulls(refused=not all(map(_is_invalid, again)))
        done = iter(answers)
        return [one if isinstance(one, ContactError) else next(done) for one in known]

    def _once_more(self, requests: Sequence[Request]) -> list[Answer | ContactError]:
        """Write refused changes again; a failure does not discard the other results."""
        try:
            return self._write(requests)
        except SyncError as error:
            return [Unanswered(error)] * len(requests)

    def _write(
        self, requests: Sequence[Request], kind: Kind = Kind.CHANGE
    ) -> list[Answer | ContactError]:
        def ask(part: Sequence[Request]) -> list[Answer | ContactError]:
            answers = self._connection.batch_adapting(part, self._size)
            return [one if one.is_success else item_error(one, kind) for one in answers]

        return Batches(self._size, kind, ask).answers(requests)


def _ref_of(change: RemoteChange) -> RemoteRef:
    return change.ref


def _itself(ref: RemoteRef) -> RemoteRef:
    return ref


def _patch_request(path: str, etag: str, payload: Payload) -> Request:
    headers = {"If-Match": etag} if etag else {}
    return Request("PATCH", path, payload, headers)


def _is_other(known: Known | ContactError, ref: RemoteRef) -> bool:
    return not isinstance(known, ContactError) and known.version != ref.version


def _is_invalid(answer: object) -> bool:
    return isinstance(answer, ContactInvalid)


def _written_ref(
    answer: Answer | ContactError, folder: str, sync_key: str, expected: str = ""
) -> RemoteRef | ContactError:
    """Return the reference of a contact that was written.

    :param expected: the id of a contact that was changed; "" for a new one
    """
    if isinstance(answer, ContactError):
        return answer
    ref = or_damaged(_reference, answer)
    if isinstance(ref, ContactError):
        # It is unknown how the contact was changed: it has to be read.
        return ContactChanged(ref.detail) if expected else ref
    if expected not in ("", ref.id):
        return ContactChanged("an answer about another item")
    return replace(ref, folder=folder, sync_key=sync_key)


def _reference(answer: Answer) -> RemoteRef:
    return reference(answer.data, {})
