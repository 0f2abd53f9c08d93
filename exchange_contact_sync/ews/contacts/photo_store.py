# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read and write the photos of a mailbox's contacts (``core.ports.PhotoStore``)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from ...core import limits
from ...core.errors import (
    ContactChanged,
    ContactError,
    ContactGone,
    ContactInvalid,
    ContactTooLarge,
    Remark,
)
from ...core.mailbox import RemoteRef
from ...core.photo import NewPhoto, RemotePhoto
from ...outlook.batches import Batches, RequestSize
from ...outlook.failures import Kind
from ...outlook.reading import number_of, or_damaged
from ..connection.protocol import MailboxProtocol
from ..operations import photo_payloads as payloads
from ..operations.errors import item_error, results_of
from ..operations.services import (
    CreateAttachment,
    DeleteAttachment,
    GetAttachment,
    GetElement,
)
from ..operations.xml import t
from .photos import attachment_id, described, photo_attachment
from .reading import id_in

if TYPE_CHECKING:
    from ...core.ports import PhotoStore

_ATTACHMENTS, _CONTENT = t("Attachments"), t("Content")

MAX_PHOTOS = 250
"""The most photos in a request."""

NOT_KEPT = "photo_not_kept"
"""The remark that a server acknowledged a photo and did not store it."""

_Change = tuple[RemoteRef, "_Known", bytes]


@dataclass(frozen=True)
class _Known:
    """A contact's photo without its content.

    :param attachment: its ``AttachmentId``; "" for none
    :param size: in bytes, as far as the server sends it
    """

    photo: RemotePhoto
    attachment: str
    size: int = 0


class EwsPhotos:
    """The photos of one mailbox.

    :param protocol: open
    """

    def __init__(self, protocol: MailboxProtocol) -> None:
        self._protocol = protocol
        self._reading, self._writing = RequestSize(MAX_PHOTOS), RequestSize(MAX_PHOTOS)

    def read(self, refs: Sequence[RemoteRef]) -> list[RemotePhoto | ContactError]:
        """Return photos, in the order of the request.

        :return: errors: ContactGone, ContactChanged where the photo was removed while
            it was read, and ContactTooLarge
        """
        known = [_checked(one) for one in self._described(refs)]
        wanted = [
            one.attachment
            for one in known
            if isinstance(one, _Known) and one.attachment
        ]
        contents = iter(self._contents(wanted))
        return [
            _with_content(one, next(contents))
            if isinstance(one, _Known) and one.attachment
            else _without(one)
            for one in known
        ]

    def write(
        self, changes: Sequence[tuple[RemoteRef, str, bytes]]
    ) -> list[NewPhoto | ContactError]:
        """Set or remove the photos of contacts.

        The old photo is removed first, as in the Managed API, because a contact has
        only one.

        :param changes: triples of RemoteRef, token of the photo that the contact must
            have ("" for none) and content (b"" for none)
        :return: errors: ContactChanged where the contact has another photo by now,
            ContactGone, …
        """
        known = self._described([ref for ref, _token, _content in changes])
        before = [
            _expected(one, token)
            for one, (_ref, token, _content) in zip(known, changes, strict=True)
        ]
        pairs = list(zip(changes, before, strict=True))
        todo = [
            (ref, one, content)
            for (ref, _token, content), one in pairs
            if isinstance(one, _Known)
        ]
        done = iter(self._carry_out(todo))
        return [next(done) if isinstance(one, _Known) else one for one in before]

    def _carry_out(self, todo: Sequence[_Change]) -> list[NewPhoto | ContactError]:
        """Remove photos together, and replace the others one after the other.

        So no photo is missing for long, and if the mailbox is full, only one is lost.
        """
        bare = [known for _ref, known, content in todo if not content]
        removed = iter(self._remove(bare))
        given = [change for change in todo if change[2]]
        answers = Batches(RequestSize(1), Kind.CHANGE, self._replace).answers(given)
        tokens = iter(self._tokens([ref for ref, _k, _c in given], answers))
        return [next(tokens if content else removed) for _ref, _known, content in todo]

    def _described(self, refs: Sequence[RemoteRef]) -> list[_Known | ContactError]:
        service = GetElement(self._protocol)

        def ask(part: Sequence[RemoteRef]) -> list[_Known | ContactError]:
            payload = payloads.get_photo_list(ref.id for ref in part)
            answers = results_of(service.ask(payload, len(part)), Kind.READ)
            return [
                one if isinstance(one, ContactError) else or_damaged(_known, one, ref)
                for one, ref in zip(answers, part, strict=True)
            ]

        return Batches(self._reading, Kind.READ, ask).answers(refs)

    def _contents(self, attachments: Sequence[str]) -> list[bytes | ContactError]:
        service = GetAttachment(self._protocol)

        def ask(part: Sequence[str]) -> list[bytes | ContactError]:
            answers = service.ask(payloads.get_attachment(part), len(part))
            found = results_of(answers, Kind.READ, ContactChanged)
            return [
                _error_of(one) or _readable(one, wanted)
                for one, wanted in zip(found, part, strict=True)
            ]

        return Batches(self._reading, Kind.READ, ask).answers(attachments)

    def _remove(self, known: Sequence[_Known]) -> list[NewPhoto | ContactError]:
        """Remove photos, where there is one."""
        service = DeleteAttachment(self._protocol)

        def ask(part: Sequence[str]) -> list[object]:
            payload = payloads.delete_attachment(part)
            return results_of(service.ask(payload, len(part)))

        gone = [one.attachment for one in known if one.attachment]
        answers = iter(Batches(self._writing, Kind.CHANGE, ask).answers(gone))
        return [
            (one.attachment and _error_of(next(answers))) or NewPhoto("")
            for one in known
        ]

    def _replace(self, part: Sequence[_Change]) -> list[NewPhoto | ContactError]:
        """Replace the photo of one contact; EWS attaches to one item at a time."""
        ((ref, known, content),) = part
        (removed,) = self._remove([known])
        if isinstance(removed, ContactError):
            return [removed]
        payload = payloads.create_photo(ref.id, content)
        (answer,) = CreateAttachment(self._protocol).ask(payload, 1)
        if not isinstance(answer, Exception):
            return [NewPhoto("")]  # ``_tokens`` reads the token of the new photo
        error = item_error(answer)
        return [NewPhoto("", error) if isinstance(error, ContactInvalid) else error]

    def _tokens(
        self,
        refs: Sequence[RemoteRef],
        results: Sequence[NewPhoto | ContactError],
    ) -> list[NewPhoto | ContactError]:
        """Read the tokens that identify the new photos."""
        pairs = list(zip(refs, results, strict=True))
        written = [ref for ref, result in pairs if _is_written(result)]
        described = iter(self._described(written))
        return [
            _new(next(described)) if _is_written(result) else result
            for _ref, result in pairs
        ]


def _is_written(result: NewPhoto | ContactError) -> bool:
    return isinstance(result, NewPhoto) and result.refused is None


def _known(item: etree._Element, ref: RemoteRef) -> _Known:
    if id_in(item, t("ItemId")) != ref.id:
        raise ValueError("GetItem: an answer about another item")
    attachments = item.find(_ATTACHMENTS)
    photo = photo_attachment(attachments)
    if photo is None:
        return _Known(described(attachments), "")
    size = number_of(photo.findtext(t("Size"))) or 0
    return _Known(described(attachments), attachment_id(photo), size)


def _checked(known: _Known | ContactError) -> _Known | ContactError:
    """Return an error for a photo that is too large to be requested."""
    if isinstance(known, ContactError) or known.size <= limits.PHOTO_BYTES:
        return known
    return ContactTooLarge(f"a photo of {known.size} bytes")


def _without(known: _Known | ContactError) -> RemotePhoto | ContactError:
    return known if isinstance(known, ContactError) else known.photo


def _with_content(
    known: _Known, content: bytes | ContactError
) -> RemotePhoto | ContactError:
    if isinstance(content, ContactError):
        return content
    return replace(known.photo, content=content)


def _expected(known: _Known | ContactError, token: str) -> _Known | ContactError:
    if isinstance(known, ContactError) or known.photo.token == token:
        return known
    return ContactChanged()


def _error_of(answer: object) -> ContactError | None:
    """Return the error of an answer.

    If the photo was removed by another program, or is otherwise missing, the contact
    has changed.
    """
    if isinstance(answer, ContactGone | ContactChanged):
        return ContactChanged(answer.detail)
    return answer if isinstance(answer, ContactError) else None


def _readable(attachment: etree._Element, wanted: str) -> bytes | ContactError:
    return or_damaged(_content, attachment, wanted)


def _content(attachment: etree._Element, wanted: str) -> bytes | ContactTooLarge:
    """Return the bytes of a photo.

    The text must be base64 in lines: a partly decoded text would replace Odoo's photo.
    """
    if attachment_id(attachment) != wanted:
        raise ValueError("GetAttachment: an answer about another attachment")
    text = "".join((attachment.findtext(_CONTENT) or "").split())
    content = base64.b64decode(text, validate=True)
    if not content:
        raise ValueError("GetAttachment: a photo without content")
    if len(content) > limits.PHOTO_BYTES:
        return ContactTooLarge(f"a photo of {len(content)} bytes")
    return content


def _new(known: _Known | ContactError) -> NewPhoto | ContactError:
    if isinstance(known, ContactError):
        return known
    token = known.photo.token
    return NewPhoto(token, refused=None if token else Remark(NOT_KEPT))


if TYPE_CHECKING:
    _port: type[PhotoStore] = EwsPhotos
