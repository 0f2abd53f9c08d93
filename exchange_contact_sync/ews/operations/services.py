# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The EWS operations, as thin subclasses of exchangelib's service class.

exchangelib provides the session with its login, the SOAP envelope, the fallback to
other versions of the schema, and the conversion of response codes to exceptions. This
module replaces the parsing of an answer byte by byte and the creation of item objects,
which together take ten times as long as plain values. These are semi-private parts: the
version of exchangelib is pinned, and ``test_exchangelib_internals.py`` checks them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import requests
from exchangelib import errors as ews_errors
from exchangelib.errors import (
    ErrorServerBusy,
    ResponseMessageError,
    SOAPError,
    TransportError,
)
from exchangelib.services.common import EWSService
from exchangelib.util import ENS, SOAPNS
from lxml import etree

from ...core.errors import AnswerMalformed, ContactDamaged, NotAMailServer
from ...core.mailbox import RemoteContact
from ...outlook.reading import UNREADABLE, number_of, or_damaged, understood
from ..connection.protocol import MailboxProtocol
from ..contacts.layout import STANDARD, Layout
from ..contacts.parse import remote_contact
from ..contacts.reading import (
    id_in,
    parsed,
)
from .errors import OtherCode, translate, translating_errors
from .xml import m, t

_logger = logging.getLogger(__name__)

_CODE = re.compile(r"[A-Za-z]\w{0,99}", re.ASCII)
"""The form of a response code (``ResponseCodeType``)."""
_FOLDER_ID, _ITEM_ID = t("FolderId"), t("ItemId")
ITEMS, FOLDERS, ATTACHMENTS = m("Items"), m("Folders"), m("Attachments")


def one_each(answers: list[Any], expected: int, operation: str) -> list[Any]:
    """Check that there are as many answers as requested items.

    A failure that applies to a whole batch may be reported once. In any other case of a
    missing answer, it is unknown to which items the others belong.

    :param answers: as the server returned them
    :param operation: its name
    :return: the answers
    :raises AnswerMalformed: there are more or fewer
    """
    if len(answers) == expected:
        return answers
    for answer in answers:
        if isinstance(answer, Exception):
            raise translate(answer) from answer
    raise AnswerMalformed(f"{operation}: {len(answers)} answers to {expected}")


class Service(EWSService):
    """One operation; ``ask`` sends a request and reads the answer."""

    # Failures are returned in place of the items. No exception is raised in the middle
    # of a batch, and the caller decides which failures apply to the other items.
    ERRORS_TO_CATCH_IN_RESPONSE = TransportError
    WARNINGS_TO_CATCH_IN_RESPONSE = TransportError
    protocol: MailboxProtocol

    # The value for an acknowledgment without the elements that the schema makes
    # optional.
    nothing: etree._Element | None = None

    def ask(self, payload: etree._Element, expected: int) -> list[Any]:
        """Send a request and wait for its answer.

        :param payload: element from ``payloads``
        :param expected: the number of answers
        :return: values, exceptions of exchangelib in place of failures, and ``nothing``
            where the server acknowledged without a value
        :raises SyncError: the request as a whole failed
        """
        self.protocol.begin()
        with translating_errors():
            elements = list(self._get_elements(payload))
            with understood(self.SERVICE_NAME):
                answers = list(self._elems_to_objs(elements))
        return one_each(answers, expected, self.SERVICE_NAME)

    @classmethod
    def _get_soap_parts(
        cls, response: requests.Response
    ) -> tuple[etree._Element | None, etree._Element]:
        """Parse the answer at once, because it is already in memory."""
        root = parsed(response.content)
        body = root.find(f"{{{SOAPNS}}}Body")
        if body is None:
            raise NotAMailServer("The answer is not SOAP.")
        return root.find(f"{{{SOAPNS}}}Header"), body

    def _get_soap_messages(self, body: etree._Element) -> list[etree._Element]:
        with understood(self.SERVICE_NAME):
            messages: list[etree._Element] = super()._get_soap_messages(body)
            return messages

    def _update_api_version(self, api_version: str, header: etree._Element) -> None:
        """Store the version of the server, if the answer has one that can be read;
        until then, the requests keep the previous version.
        """
        try:
            super()._update_api_version(api_version=api_version, header=header)
        except UNREADABLE:
            _logger.info("The server sent no version that can be read.")

    def _get_elements_in_response(
        self, response: list[etree._Element]
    ) -> Iterator[object]:
        """Yield one answer for each message, so that the order is kept."""
        for message in response:
            with understood(self.SERVICE_NAME):
                if self.element_container_name and _is_success(message):
                    found = message.find(self.element_container_name)
                    answers = self._first_of(found)
                else:
                    answers = self._failure(message)
            yield from answers

    def _failure(self, message: etree._Element) -> list[object]:
        """Return the answers to a message without elements.

        exchangelib also returns True for success of a class without elements.
        """
        answers = list(super()._get_elements_in_response([message]))
        if not self.returns_elements:
            return answers
        return [self.nothing if one is True else one for one in answers]

    def _first_of(self, container: etree._Element | None) -> list[object]:
        found = []
        if container is not None:
            found = self._get_elements_in_container(container=container)
        return found[:1] or [self.nothing]

    @staticmethod
    def _get_exception(
        code: str | None,
        text: str | None,
        msg_xml: etree._Element | None = None,
        rule_errors: etree._Element | None = None,
    ) -> TransportError:
        """Return an exception with the response code and the back-off time.

        exchangelib drops codes for which it has no class, and reads the time for which
        a busy server asks to wait in faults only.
        """
        if code and not _CODE.fullmatch(code):
            return TransportError(f"No response code: {code[:80]!r}")
        if code and not _has_class(code):
            return OtherCode(code, text or "")
        try:
            error = EWSService._get_exception(code, text or "", msg_xml, rule_errors)
        except UNREADABLE:  # in the further details
            error = EWSService._get_exception(code, text or "")
        if not isinstance(error, TransportError):
            error = OtherCode(code or "", text or "")
        if isinstance(error, ErrorServerBusy):
            error.back_off = _back_off(msg_xml)
        return error

    @classmethod
    def _raise_soap_errors(cls, fault: etree._Element) -> None:
        """Raise an exception with the response code for a failure of the whole
        request.
        """
        code = (fault.findtext(f"detail/{{{ENS}}}ResponseCode") or "").strip()
        text = fault.findtext(f"detail/{{{ENS}}}Message")
        details = fault.find(f"detail/{t('MessageXml')}")
        if code == "ErrorServerBusy":
            raise cls._get_exception(code, text, details)
        try:
            super()._raise_soap_errors(fault)
        except (SOAPError, *UNREADABLE) as error:
            text = text or f"{error}"
            raise OtherCode(code, text) if code else SOAPError(text) from error

    def _extra_headers(self) -> dict[str, str]:
        """Return the header that routes the request to the mailbox
        (X-AnchorMailbox).
        """
        return {"X-AnchorMailbox": self.protocol.address}

    @property
    def _account_to_impersonate(self) -> object:
        return self.protocol.identity


def _has_class(code: str) -> bool:
    """Return whether exchangelib has an exception for a response code; exchangelib
    looks codes up among all names of its module.
    """
    found = getattr(ews_errors, code, None)
    return isinstance(found, type) and issubclass(found, ResponseMessageError)


def _is_success(message: etree._Element) -> bool:
    code = message.findtext(m("ResponseCode")) or ""
    return message.get("ResponseClass") == "Success" and code.strip() == "NoError"


def _back_off(details: etree._Element | None) -> float | None:
    """Return for how many seconds the server asks to wait; None if it gives no time.

    :param details: element ``m:MessageXml``, if there is one
    """
    for value in details.iter(t("Value")) if details is not None else ():
        number = number_of(value.text)
        if value.get("Name") == "BackOffMilliseconds" and number is not None:
            return number / 1000.0
    return None


class GetItem(Service):
    """Requests contacts, each as a ``RemoteContact``."""

    SERVICE_NAME = "GetItem"
    element_container_name = ITEMS
    layout: Layout = STANDARD

    def _elem_to_obj(
        self, elem: etree._Element
    ) -> RemoteContact | ContactDamaged | None:
        has_id = elem.find(_ITEM_ID) is not None
        return or_damaged(remote_contact, elem, self.layout) if has_id else None


class _Elements(Service):
    """An operation whose answers are read by the caller."""

    @staticmethod
    def _elem_to_obj(elem: etree._Element) -> etree._Element:
        return elem


class GetElement(_Elements):
    """Requests contacts, each as ``t:Contact``."""

    SERVICE_NAME = "GetItem"
    element_container_name = ITEMS


class GetAttachment(_Elements):
    """Requests attachments with their content; returns ``t:FileAttachment``
    elements.
    """

    SERVICE_NAME = "GetAttachment"
    element_container_name = ATTACHMENTS


class CreateAttachment(GetAttachment):
    """Creates attachments; returns ``t:FileAttachment`` elements with their ids."""

    SERVICE_NAME = "CreateAttachment"


class _Written(Service):
    """An operation that answers with the id and the new version of each item."""

    element_container_name = ITEMS

    @staticmethod
    def _elem_to_obj(elem: etree._Element) -> etree._Element | None:
        return elem.find(_ITEM_ID)


class CreateItem(_Written):
    """Creates items; returns ``t:ItemId`` elements."""

    SERVICE_NAME = "CreateItem"


class UpdateItem(_Written):
    """Changes items; returns ``t:ItemId`` elements."""

    SERVICE_NAME = "UpdateItem"


class DeleteItem(Service):
    """Moves items to Deleted Items; returns True for each."""

    SERVICE_NAME = "DeleteItem"
    returns_elements = False

    def _elems_to_objs(self, elems: object) -> object:
        return elems


class DeleteAttachment(DeleteItem):
    """Deletes attachments; returns True for each."""

    SERVICE_NAME = "DeleteAttachment"


class _Whole(_Elements):
    """An operation whose response message is read as a whole."""

    @classmethod
    def _get_elements_in_container(cls, container: etree._Element) -> list[Any]:
        return [container]


class SyncFolderItems(_Whole):
    """Requests a page of changes; returns ``m:SyncFolderItemsResponseMessage``."""

    SERVICE_NAME = "SyncFolderItems"


class FindItem(_Whole):
    """Searches items; returns ``m:RootFolder`` for each folder."""

    SERVICE_NAME = "FindItem"
    element_container_name = m("RootFolder")
    nothing = etree.Element(element_container_name)


class FindFolder(_Whole):
    """Searches folders; returns ``m:RootFolder`` for each parent folder."""

    SERVICE_NAME = "FindFolder"
    element_container_name = m("RootFolder")
    nothing = etree.Element(element_container_name)


class CreateFolder(Service):
    """Creates folders; returns the id of each, "" where the server does not send it."""

    SERVICE_NAME = "CreateFolder"
    element_container_name = FOLDERS

    @staticmethod
    def _elem_to_obj(elem: etree._Element) -> str:
        return id_in(elem, _FOLDER_ID)


class GetFolder(Service):
    """Requests folders; returns the id of each, "" where the server does not send
    it.
    """

    SERVICE_NAME = "GetFolder"
    element_container_name = FOLDERS

    @staticmethod
    def _elem_to_obj(elem: etree._Element) -> str:
        return id_in(elem, _FOLDER_ID)
