# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read and write the photos of a mailbox's contacts (``core.ports.PhotoStore``).

"profilePhoto resource type"
(https://learn.microsoft.com/graph/api/resources/profilephoto).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..core import limits
from ..core.errors import (
    ContactChanged,
    ContactDamaged,
    ContactError,
    ContactGone,
    ContactInvalid,
    ContactTooLarge,
    Remark,
    SyncError,
    Unanswered,
)
from ..core.mailbox import RemoteRef
from ..core.photo import NewPhoto, RemotePhoto, digest
from ..outlook.batches import Batches, RequestSize
from ..outlook.failures import Kind
from .connection import GraphConnection
from .contacts.layout import query_for
from .errors import BUSY, item_error
from .message import Answer, Request
from .reading import path_of

if TYPE_CHECKING:
    from ..core.ports import PhotoStore

NOT_KEPT = "photo_not_kept"
"""The remark that a server acknowledged a photo and did not store it."""

_PNG = b"\x89PNG"


class GraphPhotos:
    """The photos of one mailbox.

    :param size: how many contacts go into one request
    """

    def __init__(self, connection: GraphConnection, size: RequestSize) -> None:
        self._connection = connection
        self._size = size

    def tokens(self, refs: Sequence[RemoteRef]) -> list[str | ContactError]:
        """Return a token of each contact's photo; "" for no photo."""

        def ask(part: Sequence[RemoteRef]) -> list[str | ContactError]:
            requests = [Request("GET", f"{path_of(ref)}/photo") for ref in part]
            return [_token(one) for one in self._connection.batch(requests)]

        return Batches(self._size, Kind.READ, ask).answers(refs)

    def read(self, refs: Sequence[RemoteRef]) -> list[RemotePhoto | ContactError]:
        """Return photos, in the order of the request.

        :return: errors: ContactGone, ContactChanged where the photo was removed while
            it was read, and ContactTooLarge
        """
        known = self._known(refs)
        return [self._read(ref, one) for ref, one in zip(refs, known, strict=True)]

    def write(
        self, changes: Sequence[tuple[RemoteRef, str, bytes]]
    ) -> list[NewPhoto | ContactError]:
        """Set or remove the photos of contacts.

        A photo has no version that the server would compare, so its token is compared
        just before.

        :param changes: triples of RemoteRef, token of the photo that the contact must
            have ("" for none) and content (b"" for none)
        :return: errors: ContactChanged where the contact has another photo by now,
            ContactGone, …
        """
        known = self._known([ref for ref, _token, _content in changes])
        results: list[NewPhoto | ContactError] = []
        for (ref, token, content), now in zip(changes, known, strict=True):
            if isinstance(now, ContactError):
                results.append(now)
            elif now != token:
                results.append(ContactChanged())
            else:
                results.append(self._guarded(ref, token, content, bool(results)))
        return results

    def _guarded(
        self, ref: RemoteRef, token: str, content: bytes, others: bool
    ) -> NewPhoto | ContactError:
        """Write one photo; a failure of the connection does not discard the results of
        others.

        :param others: whether there are such results
        """
        try:
            return self._write(ref, token, content)
        except SyncError as error:
            if not others:
                raise
            return Unanswered(error)

    def _known(self, refs: Sequence[RemoteRef]) -> list[str | ContactError]:
        """Return the tokens; the server also reports no photo for a deleted contact, so
        contacts without a photo are looked up.
        """
        tokens = self.tokens(refs)
        bare = [r for r, token in zip(refs, tokens, strict=True) if token == ""]

        def ask(part: Sequence[RemoteRef]) -> list[str | ContactError]:
            query = query_for(["id"])
            requests = [Request("GET", f"{path_of(ref)}{query}") for ref in part]
            answers = self._connection.batch(requests)
            return ["" if a.is_success else item_error(a, Kind.READ) for a in answers]

        checked = iter(Batches(self._size, Kind.READ, ask).answers(bare))
        return [next(checked) if token == "" else token for token in tokens]

    def _read(
        self, ref: RemoteRef, token: str | ContactError
    ) -> RemotePhoto | ContactError:
        if isinstance(token, ContactError):
            return token
        if not token:
            return RemotePhoto()
        answer = self._connection.send(Request("GET", f"{path_of(ref)}/photo/$value"))
        if not answer.is_success:
            error = item_error(answer, Kind.READ)
            return ContactChanged() if isinstance(error, ContactGone) else error
        if not answer.content:
            return ContactDamaged("a photo without content")
        if len(answer.content) > limits.PHOTO_BYTES:
            return ContactTooLarge(f"a photo of {len(answer.content)} bytes")
        return RemotePhoto(token, answer.content)

    def _write(
        self, ref: RemoteRef, token: str, content: bytes
    ) -> NewPhoto | ContactError:
        if not content and not token:
            return NewPhoto("")
        answer = self._put(ref, content) if content else self._remove(ref)
        if answer.status in BUSY:
            return item_error(answer)
        if not answer.is_success and content:
            error = item_error(answer)
            return (
                NewPhoto(token, error) if isinstance(error, ContactInvalid) else error
            )
        (now,) = self.tokens([ref])
        if isinstance(now, ContactError):
            return now
        kept = bool(now) == bool(content)
        if content and now == token:
            kept = self._shows(ref, now, content)
        return NewPhoto(now, None if kept else Remark(NOT_KEPT))

    def _shows(self, ref: RemoteRef, token: str, content: bytes) -> bool:
        """Return whether a photo whose token did not change has the written content."""
        photo = self._read(ref, token)
        return isinstance(photo, ContactError) or photo.content == content

    def _put(self, ref: RemoteRef, content: bytes) -> Answer:
        kind = "image/png" if content.startswith(_PNG) else "image/jpeg"
        headers = {"Content-Type": kind}
        path = f"{path_of(ref)}/photo/$value"
        return self._connection.send(Request("PUT", path, content, headers))

    def _remove(self, ref: RemoteRef) -> Answer:
        """Remove a photo, in one of two ways.

        DELETE is not documented and was refused for years (microsoft-graph-docs issue
        6255); evolution-ews sends an empty photo instead.
        """
        path = f"{path_of(ref)}/photo/$value"
        answer = self._connection.send(Request("DELETE", path))
        if answer.is_success or answer.status in BUSY:
            return answer
        return self._put(ref, b"")


def _token(answer: Answer) -> str | ContactError:
    """Return the token of a photo: the etag of its content."""
    if not answer.is_success:
        error = item_error(answer, Kind.READ)
        return "" if isinstance(error, ContactGone) else error
    if not isinstance(answer.body, dict):
        return ContactDamaged("a photo without a description")
    etag = answer.body.get("@odata.mediaEtag")
    signs = [etag] if etag else [answer.body.get(n) for n in ("id", "width", "height")]
    return digest(" ".join(map(str, signs)).encode())


if TYPE_CHECKING:
    _port: type[PhotoStore] = GraphPhotos
