# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One call of an operation, as its handler gets it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ..fault_queue import Behaviors
from ..refusal import ResponseError
from ..schema import schema_violation
from ..store import ids
from ..store.attachments import Attachment
from ..store.folder import Folder
from ..store.item import Item
from ..store.mailbox import Mailbox
from .parts import child, children
from .versions import Version
from .xmltext import M, T


@dataclass(frozen=True)
class Call:
    """One call.

    :param operation: its name
    :param request: the operation's element
    :param mailbox: the mailbox that the call is about
    :param mailboxes: all of the organisation, by address in lower case
    :param version: of the schema that the request is written for
    :param behaviors: what the server does differently than documented
    """

    operation: str
    request: etree._Element
    mailbox: Mailbox
    mailboxes: dict[str, Mailbox]
    version: Version
    behaviors: Behaviors = field(default_factory=Behaviors)

    def part(self, name: str) -> etree._Element:
        """The part of the request with that local name.

        :raises SoapFault: ErrorSchemaValidation when it is not there
        """
        return child(self.request, f"{M}{name}")

    def parts(self, name: str) -> list[etree._Element]:
        """The elements in the part of the request with that local name.

        :raises SoapFault: ErrorSchemaValidation when there is none
        """
        return children(self.part(name))

    def setting(self, name: str) -> str:
        """An attribute of the request's element.

        :raises SoapFault: ErrorSchemaValidation when it is not there
        """
        value = self.request.get(name)
        if value is None:
            raise schema_violation(f"'{self.operation}' needs the attribute '{name}'")
        return value

    # What the identifiers in a request stand for

    def folder(self, element: etree._Element) -> Folder:
        """The folder that a FolderId or DistinguishedFolderId names.

        :raises ResponseError: ErrorFolderNotFound, ErrorAccessDenied and the errors
            of identifiers
        """
        if element.tag == f"{T}DistinguishedFolderId":
            return self._distinguished_folder(element)
        moniker = self._moniker(element, ids.FOLDER, "ErrorFolderNotFound")
        folder = self.mailbox.folders.get(moniker.number)
        if folder is None:
            raise ResponseError("ErrorFolderNotFound")
        return folder

    def target_folder(self, name: str, code: str = "ErrorFolderNotFound") -> Folder:
        """The one folder in the part of the request with that local name.

        :param code: what to say when there is no such folder
        """
        try:
            return self.folder(self.parts(name)[0])
        except ResponseError as error:
            if error.code == "ErrorFolderNotFound":
                raise ResponseError(code) from error
            raise

    def item(self, element: etree._Element) -> Item:
        """The item that an ItemId names.

        :raises ResponseError: ErrorItemNotFound, the errors of identifiers, and what
            the error that was set for the item
        """
        if element.tag in _OF_SERIES:
            raise ResponseError(_OF_SERIES[element.tag])
        moniker = self._moniker(element, ids.ITEM, "ErrorItemNotFound")
        item = self.mailbox.items.get(moniker.number)
        if item is None:
            raise ResponseError("ErrorItemNotFound")
        self.fail_if_set(item)
        return item

    def attachment(self, element: etree._Element) -> tuple[Item, Attachment]:
        """The attachment that an AttachmentId names, and its item.

        :raises ResponseError: ErrorInvalidAttachmentId and the errors of identifiers
        """
        moniker = self._moniker(element, ids.ATTACHMENT, "ErrorInvalidAttachmentId")
        found = self.mailbox.attachments.get(moniker.number)
        if found is None:
            raise ResponseError("ErrorInvalidAttachmentId")
        self.fail_if_set(found[0])
        return found

    def fail_if_set(self, item: Item) -> None:
        """Fail if a test has set an error for operations on this item."""
        failure = self.mailbox.failures.get(item.number)
        if failure is None:
            return
        code, operations = failure
        if operations is None or self.operation in operations:
            raise ResponseError(code)

    def _distinguished_folder(self, element: etree._Element) -> Folder:
        owner = element.findtext(f"{T}Mailbox/{T}EmailAddress")
        if owner is not None and owner.lower() != self.mailbox.address.lower():
            # The simulator has no delegates.
            known = owner.lower() in self.mailboxes
            code = "ErrorFolderNotFound" if known else "ErrorNonExistentMailbox"
            raise ResponseError(code)
        name = element.get("Id", "")
        if name == "publicfoldersroot":
            raise ResponseError("ErrorNoPublicFolderReplicaAvailable")
        folder = self.mailbox.distinguished.get(name)
        if folder is None:
            raise ResponseError("ErrorFolderNotFound")
        return folder

    def _moniker(
        self, element: etree._Element, kind: bytes, code_of_foreign: str
    ) -> ids.Moniker:
        moniker = read_moniker(element.get("Id", ""))
        if moniker.kind != kind:
            raise ResponseError(_WRONG_KIND.get((moniker.kind, kind), "ErrorInvalidId"))
        check_change_key(element.get("ChangeKey"))
        if moniker.mailbox_guid != self.mailbox.guid:
            raise ResponseError(code_of_foreign)
        return moniker


# No item here is a recurring one.
_OF_SERIES = {
    f"{T}OccurrenceItemId": "ErrorCalendarCannotUseIdForOccurrenceId",
    f"{T}RecurringMasterItemId": "ErrorCalendarCannotUseIdForRecurringMasterId",
    f"{T}RecurringMasterItemIdRanges": "ErrorCalendarCannotUseIdForRecurringMasterId",
}
_WRONG_KIND = {
    (ids.FOLDER, ids.ITEM): "ErrorCannotUseFolderIdForItemId",
    (ids.ITEM, ids.FOLDER): "ErrorCannotUseItemIdForFolderId",
    (ids.ITEM, ids.ATTACHMENT): "ErrorInvalidIdNotAnItemAttachmentId",
    (ids.FOLDER, ids.ATTACHMENT): "ErrorInvalidIdNotAnItemAttachmentId",
}


def read_moniker(text: str) -> ids.Moniker:
    """What an identifier in a request says.

    :raises ResponseError: ErrorInvalidIdEmpty, ErrorInvalidIdMonikerTooLong or
        ErrorInvalidIdMalformed
    """
    if not text:
        raise ResponseError("ErrorInvalidIdEmpty")
    if len(text) > ids.LONGEST_ID:
        raise ResponseError("ErrorInvalidIdMonikerTooLong")
    try:
        return ids.decode(text)
    except ids.MalformedId as error:
        raise ResponseError("ErrorInvalidIdMalformed") from error


def check_change_key(text: str | None) -> None:
    """Refuse an invalid change key.

    :param text: None when the request has none, which is no error here
    :raises ResponseError: ErrorInvalidChangeKey
    """
    if text is None:
        return
    try:
        ids.version_of(text)
    except ids.MalformedId as error:
        raise ResponseError("ErrorInvalidChangeKey") from error
