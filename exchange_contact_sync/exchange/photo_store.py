# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The photos of a mailbox's contacts (``engine.ports.PhotoStore``)."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from ..core.errors import ContactChanged, ContactError, ContactGone
from ..core.photo import NewPhoto, RemotePhoto
from ..core.records import RemoteRef
from . import photo_payloads as payloads
from .errors import settled
from .ews_xml import t
from .photos import attachment_id, described, photo_attachment
from .protocol import MailboxProtocol
from .services import CreateAttachment, DeleteAttachment, GetAttachment, GetElement

_ATTACHMENTS, _ITEM_ID, _CONTENT = t("Attachments"), t("ItemId"), t("Content")


@dataclass(frozen=True)
class _Known:
    """A contact's photo without its content.

    :param photo: RemotePhoto
    :param attachment: str, its ``AttachmentId``; "" for none
    """

    photo: RemotePhoto
    attachment: str


class EwsPhotos:
    """The photos of one mailbox.

    :param protocol: MailboxProtocol, open
    """

    def __init__(self, protocol: MailboxProtocol) -> None:
        self._protocol = protocol

    def read(self, refs: Sequence[RemoteRef]) -> list[RemotePhoto | ContactError]:
        """Photos, in the order asked.

        :param refs: sequence of RemoteRef
        :return: list of RemotePhoto, or ContactError: ContactGone, and ContactChanged
            where the photo went while it was read
        """
        known = self._described(refs)
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
        """Give contacts a photo, or take it away.

        The old one goes first, as the Managed API does it: a contact has one.

        :param changes: triples of RemoteRef, token of the photo it must have ("" for
            none) and content (b"" for none)
        :return: list of NewPhoto, or ContactError: ContactChanged where the contact has
            another photo by now, ContactGone, …
        """
        known = self._described([ref for ref, _token, _content in changes])
        before = [
            _expected(one, token)
            for one, (_ref, token, _content) in zip(known, changes, strict=True)
        ]
        left = self._remove(before)
        results = [
            one
            if isinstance(one, ContactError) or not content
            else self._add(ref, content)
            for one, (ref, _token, content) in zip(left, changes, strict=True)
        ]
        return self._tokens([ref for ref, _token, _content in changes], results)

    def _described(self, refs: Sequence[RemoteRef]) -> list[_Known | ContactError]:
        payload = payloads.get_photo_list(ref.id for ref in refs)
        answers = settled(GetElement(self._protocol).ask(payload, len(refs)))
        return [
            one if isinstance(one, ContactError) else _known(one) for one in answers
        ]

    def _contents(self, attachments: Sequence[str]) -> list[bytes | ContactError]:
        if not attachments:
            return []
        payload = payloads.get_attachment(attachments)
        service = GetAttachment(self._protocol)
        answers = settled(service.ask(payload, len(attachments)))
        return [
            # Whatever it is that is not there any more, the contact is another now.
            ContactChanged(one.detail)
            if isinstance(one, ContactError)
            else base64.b64decode(one.findtext(_CONTENT) or "")
            for one in answers
        ]

    def _remove(
        self, known: Sequence[_Known | ContactError]
    ) -> list[ContactError | None]:
        """Take photos away, where there is one."""
        gone = [k.attachment for k in known if isinstance(k, _Known) and k.attachment]
        if not gone:
            return [k if isinstance(k, ContactError) else None for k in known]
        payload = payloads.delete_attachment(gone)
        service = DeleteAttachment(self._protocol)
        answers = iter(settled(service.ask(payload, len(gone))))
        return [
            one if isinstance(one, ContactError) else _removed(one, answers)
            for one in known
        ]

    def _add(self, ref: RemoteRef, content: bytes) -> ContactError | None:
        """One request each: EWS attaches to one item at a time."""
        payload = payloads.create_photo(ref.id, content)
        (answer,) = settled(CreateAttachment(self._protocol).ask(payload, 1))
        return answer if isinstance(answer, ContactError) else None

    def _tokens(
        self, refs: Sequence[RemoteRef], results: Sequence[ContactError | None]
    ) -> list[NewPhoto | ContactError]:
        """What tells the new photos from others."""
        pairs = list(zip(refs, results, strict=True))
        written = [ref for ref, failure in pairs if failure is None]
        described = iter(self._described(written) if written else [])
        return [failure or _new(next(described)) for _ref, failure in pairs]


def _known(item: etree._Element) -> _Known:
    attachments = item.find(_ATTACHMENTS)
    photo = photo_attachment(attachments)
    found = "" if photo is None else attachment_id(photo)
    return _Known(described(attachments), found)


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


def _removed(
    known: _Known, answers: Iterator[etree._Element | ContactError]
) -> ContactError | None:
    """Of a photo that somebody else has just taken away nothing is left to do."""
    answer = next(answers) if known.attachment else None
    if isinstance(answer, ContactGone):
        return ContactChanged(answer.detail)
    return answer if isinstance(answer, ContactError) else None


def _new(known: _Known | ContactError) -> NewPhoto | ContactError:
    return known if isinstance(known, ContactError) else NewPhoto(known.photo.token)
