# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Photos of a mailbox that are read but never written."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.errors import ContactChanged, ContactError
from ...core.mailbox import RemoteContact, RemoteRef
from ...core.photo import NewPhoto, RemotePhoto, digest
from ...core.ports import PhotoStore
from .dry_run import MADE_UP, DryRunMailbox, is_made_up


class DryRunPhotos:
    """The ``PhotoStore`` of a preview.

    :param photos: the real store
    :param mailbox: keeps the photos written in this preview
    """

    def __init__(self, photos: PhotoStore, mailbox: DryRunMailbox) -> None:
        self._photos = photos
        self._mailbox = mailbox

    def read(self, refs: Sequence[RemoteRef]) -> list[RemotePhoto | ContactError]:
        """See the port. A contact created in this preview has no photo."""
        real = [ref for ref in refs if not is_made_up(ref.id)]
        answers = iter(self._photos.read(real) if real else [])
        return [RemotePhoto() if is_made_up(ref.id) else next(answers) for ref in refs]

    def write(
        self, changes: Sequence[tuple[RemoteRef, str, bytes]]
    ) -> list[NewPhoto | ContactError]:
        """See the port. The contacts are read first, because the mailbox would refuse a
        photo for a contact that is gone or that has another photo by now.
        """
        found = self._mailbox.fetch([ref for ref, _token, _content in changes])
        return [
            self._write(change, answer)
            for change, answer in zip(changes, found, strict=True)
        ]

    def _write(
        self,
        change: tuple[RemoteRef, str, bytes],
        found: RemoteContact | ContactError,
    ) -> NewPhoto | ContactError:
        ref, expected, content = change
        if isinstance(found, ContactError):
            return found
        if (found.photo or "") != expected:
            return ContactChanged()
        token = f"{MADE_UP}{digest(content)}" if content else ""
        self._mailbox.photos[ref.id] = token
        return NewPhoto(token)
