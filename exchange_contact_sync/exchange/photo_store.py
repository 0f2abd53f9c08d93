# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The photos of a mailbox's contacts (``engine.ports.PhotoStore``)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
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
        versions = self._remove(before)
        answers: list[str | ContactError] = []
        for (ref, _token, content), version in zip(changes, versions, strict=True):
            if isinstance(version, ContactError) or not content:
                answers.append(version)
            else:
                answers.append(self._add(ref, content))
        return self._tokens(changes, answers)

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
    ) -> list[str | ContactError]:
        """:return: list of versions of the contacts afterwards; "" for those without"""
        gone = [k.attachment for k in known if isinstance(k, _Known) and k.attachment]
        removed: list = []
        if gone:
            payload = payloads.delete_attachment(gone)
            service = DeleteAttachment(self._protocol)
            removed = settled(service.ask(payload, len(gone)))
        answers = iter(removed)
        return [
            _version(next(answers))
            if isinstance(one, _Known) and one.attachment
            else ("" if isinstance(one, _Known) else one)
            for one in known
        ]

    def _add(self, ref: RemoteRef, content: bytes) -> str | ContactError:
        """One request each: EWS attaches to one item at a time."""
        payload = payloads.create_photo(ref.id, content)
        (answer,) = settled(CreateAttachment(self._protocol).ask(payload, 1))
        if isinstance(answer, ContactError):
            return answer
        return answer.find(t("AttachmentId")).get("RootItemChangeKey", "")

    def _tokens(
        self,
        changes: Sequence[tuple[RemoteRef, str, bytes]],
        versions: Sequence[str | ContactError],
    ) -> list[NewPhoto | ContactError]:
        """What tells the new photos from others. The version stays that of our own
        write: if somebody wrote since, the contact is another one, and is read.
        """
        written = [
            ref
            for (ref, _token, content), version in zip(changes, versions, strict=True)
            if content and not isinstance(version, ContactError)
        ]
        described = iter(self._described(written) if written else [])
        results: list[NewPhoto | ContactError] = []
        for (ref, _token, content), version in zip(changes, versions, strict=True):
            if isinstance(version, ContactError):
                results.append(version)
                continue
            now = next(described) if content else None
            token = now.photo.token if isinstance(now, _Known) else ""
            results.append(NewPhoto(version or ref.version, token))
        return results


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


def _version(answer: etree._Element | ContactError) -> str | ContactError:
    """Of a photo that somebody else has just taken away nothing is left to do."""
    if isinstance(answer, ContactGone):
        return ContactChanged(answer.detail)
    if isinstance(answer, ContactError):
        return answer
    return answer.get("RootItemChangeKey", "")
