# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Photos of the mailbox in memory: ``engine.ports.PhotoStore``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exchange_contact_sync.core.errors import (
    ContactChanged,
    ContactError,
    ContactGone,
)
from exchange_contact_sync.core.photo import NewPhoto, RemotePhoto
from exchange_contact_sync.core.records import RemoteRef

if TYPE_CHECKING:
    from .mailbox import FakeMailbox


class FakePhotos:
    """The photos of a mailbox in memory.

    :param mailbox: FakeMailbox
    """

    def __init__(self, mailbox: FakeMailbox) -> None:
        self._mailbox = mailbox

    def read(self, refs: Sequence[RemoteRef]) -> list[RemotePhoto | ContactError]:
        """See ``PhotoStore``."""
        self._mailbox.calls["photos"] += 1
        found = (self._mailbox.items.get(ref.id) for ref in refs)
        return [
            RemotePhoto(item.photo_token, item.photo, item.photo_taken)
            if item
            else ContactGone()
            for item in found
        ]

    def write(
        self, changes: Sequence[tuple[RemoteRef, str, bytes]]
    ) -> list[NewPhoto | ContactError]:
        """See ``PhotoStore``."""
        self._mailbox.calls["photos"] += 1
        return [self._write(*change) for change in changes]

    def _write(
        self, ref: RemoteRef, token: str, content: bytes
    ) -> NewPhoto | ContactError:
        item = self._mailbox.items.get(ref.id)
        if not item:
            return ContactGone()
        if item.photo_token != token:
            return ContactChanged()
        self._mailbox.writes += 1
        self._mailbox.take_photo(item.id, content)
        return NewPhoto(item.photo_token)
