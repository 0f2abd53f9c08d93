# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The two ways in which Exchange says no.

A :class:`ResponseError` concerns one item or folder of a request: it becomes one
response message of class ``Error`` inside an HTTP 200, beside the messages of the
other items. A :class:`SoapFault` concerns the whole request and travels as a SOAP
fault with HTTP status 500. The codes are those of the EWS page "ResponseCode"; the
texts are our own wording of what a server of that kind says.
"""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "ErrorAccessDenied": "Access is denied. Check credentials and try again.",
    "ErrorBatchProcessingStopped": (
        "An earlier failure stopped the processing of this request."
    ),
    "ErrorCannotCreateContactInNonContactFolder": (
        "Contacts can be created in contacts folders only."
    ),
    "ErrorCannotDeleteObject": "The object cannot be deleted.",
    "ErrorCannotEmptyFolder": "The folder cannot be emptied.",
    "ErrorCannotUseFolderIdForItemId": "The Id is that of a folder, not of an item.",
    "ErrorCannotUseItemIdForFolderId": "The Id is that of an item, not of a folder.",
    "ErrorChangeKeyRequired": "A change key is required for this operation.",
    "ErrorChangeKeyRequiredForWriteOperations": (
        "A change key is required for this kind of write operation."
    ),
    "ErrorContainsFilterWrongType": "Contains works on text properties only.",
    "ErrorDeleteDistinguishedFolder": "A distinguished folder cannot be deleted.",
    "ErrorFolderExists": "A folder with the specified name already exists.",
    "ErrorFolderNotFound": "The specified folder could not be found in the store.",
    "ErrorImpersonateUserDenied": (
        "The account does not have permission to impersonate the requested user."
    ),
    "ErrorIncorrectUpdatePropertyCount": (
        "An update must hold exactly one property, the one that its path names."
    ),
    "ErrorInvalidAttachmentId": "The attachment Id is not valid.",
    "ErrorInvalidChangeKey": "The change key is invalid.",
    "ErrorInvalidFolderId": "The folder Id is invalid.",
    "ErrorInvalidFolderTypeForOperation": (
        "The operation does not apply to this type of folder."
    ),
    "ErrorInvalidId": "The Id is invalid.",
    "ErrorInvalidIdEmpty": "The Id must not be empty.",
    "ErrorInvalidIdMalformed": "The Id is malformed.",
    "ErrorInvalidPropertyAppend": "The property does not support appending.",
    "ErrorInvalidPropertyDelete": "The property cannot be deleted.",
    "ErrorInvalidPropertyRequest": "The property is not valid for this object type.",
    "ErrorInvalidPropertySet": "The property is read-only and cannot be set.",
    "ErrorInvalidRequest": "The request is invalid.",
    "ErrorInvalidServerVersion": "The specified server version is invalid.",
    "ErrorInvalidSyncStateData": "The synchronization state data is invalid.",
    "ErrorIrresolvableConflict": (
        "The item was changed since it was read: the changes cannot be saved."
    ),
    "ErrorItemNotFound": "The specified object was not found in the store.",
    "ErrorItemSave": "Saving the item failed.",
    "ErrorMailboxStoreUnavailable": "The mailbox database is temporarily unavailable.",
    "ErrorMissingArgument": "An argument is missing.",
    "ErrorMoveCopyFailed": "The move or copy operation failed.",
    "ErrorNameResolutionNoResults": "No results were found.",
    "ErrorNonExistentMailbox": (
        "The SMTP address has no mailbox associated with it, or it was removed."
    ),
    "ErrorObjectTypeChanged": "An update cannot change the type of an object.",
    "ErrorSchemaValidation": "The request failed schema validation.",
    "ErrorServerBusy": "The server cannot service this request right now.",
    "ErrorSyncFolderNotFound": "The folder to synchronize was not found.",
    "ErrorToFolderNotFound": "The destination folder was not found.",
    "ErrorUnsupportedPathForQuery": "The property cannot be used in a restriction.",
    "ErrorUnsupportedPathForSortGroup": "The property cannot be used for sorting.",
    "ErrorUpdatePropertyMismatch": (
        "The property in the update is not the one that its path names."
    ),
}

# "ErrorBatchProcessingStopped" on the page "ResponseCode": after one of these the
# items that follow in the same request are not processed.
STOP_THE_BATCH = frozenset(
    {
        "ErrorAccessDenied",
        "ErrorAccountDisabled",
        "ErrorADUnavailable",
        "ErrorADOperation",
        "ErrorConnectionFailed",
        "ErrorMailboxStoreUnavailable",
        "ErrorMailboxMoveInProgress",
        "ErrorPasswordChangeRequired",
        "ErrorPasswordExpired",
        "ErrorQuotaExceeded",
        "ErrorInsufficientResources",
    }
)


def text_of(code: str) -> str:
    """What the server says beside a response code when nothing better is known."""
    return TEXTS.get(code, f"The operation failed with {code}.")


class ResponseError(Exception):
    """One item or folder of a request cannot be served.

    :param code: a value of the EWS simple type ResponseCodeType
    :param text: what a person should read; by default the text of the code
    :param message_xml: complete elements for ``MessageXml`` that name the property
    """

    def __init__(self, code: str, text: str | None = None, message_xml: str = ""):
        self.code = code
        self.text = text or text_of(code)
        self.message_xml = message_xml
        super().__init__(f"{code}: {self.text}")


class SoapFault(Exception):
    """The whole request cannot be served.

    :param code: a value of ResponseCodeType
    :param text: what a person should read; by default the text of the code
    :param values: name/value pairs for ``MessageXml`` (BackOffMilliseconds …)
    :param elements: name/text of plain elements for ``MessageXml`` (Violation …)
    """

    def __init__(
        self,
        code: str,
        text: str | None = None,
        values: Mapping[str, str] | None = None,
        elements: Mapping[str, str] | None = None,
    ):
        self.code = code
        self.text = text or text_of(code)
        self.values = dict(values or {})
        self.elements = dict(elements or {})
        super().__init__(f"{code}: {self.text}")
