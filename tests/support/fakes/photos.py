# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Photos of the mailbox in memory: ``core.ports.PhotoStore``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exchange_contact_sync.core.errors import (
    ContactChanged,
    ContactError,
    ContactGone,
)
from exchange_contact_sync.core.mailbox import RemoteRef
from exchange_contact_sync.core.photo import NewPhoto, RemotePhoto

if TYPE_CHECKING:
    from .remote_store import FakeRemoteStore


class FakePhotos:
    """The photos of a mailbox in memory.

    :param mailbox: FakeRemoteStore
    """

    def __init__(self, mailbox: FakeRemoteStore) -> None:
        self._mailbox = mailbox

    def read(self, refs: Sequence[RemoteRef]) -> list[RemotePhoto | ContactError]:
        """See ``PhotoStore``."""
        self._mailbox.begin("photos")
        return [
            self._mailbox.spoilt("read_photos", ref.id) or self._read(ref)
            for ref in refs
        ]

    def _read(self, ref: RemoteRef) -> RemotePhoto | ContactError:
        item = self._mailbox.items.get(ref.id)
        if not item:
            return ContactGone()
        return RemotePhoto(item.photo_token, item.photo, item.photo_taken)

    def write(
        self, changes: Sequence[tuple[RemoteRef, str, bytes]]
    ) -> list[NewPhoto | ContactError]:
        """See ``PhotoStore``."""
        self._mailbox.begin("photos")
        return [
            self._mailbox.spoilt("write_photos", change[0].id) or self._write(*change)
            for change in changes
        ]

    def _write(
        self, ref: RemoteRef, token: str, content: bytes
    ) -> NewPhoto | ContactError:
        item = self._mailbox.items.get(ref.id)
        if not item:
            return ContactGone()
        if item.photo_token != token:
            return ContactChanged()
        self._mailbox.writes += 1
        if content and self._mailbox.keeps_no_photos:
            self._mailbox.take_photo(item.id, b"")
            return NewPhoto("", self._mailbox.keeps_no_photos)
        self._mailbox.take_photo(item.id, content)
        return NewPhoto(item.photo_token)
