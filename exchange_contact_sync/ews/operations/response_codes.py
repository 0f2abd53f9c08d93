# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the response codes of EWS mean for us.

The codes and when they occur: https://learn.microsoft.com/en-us/exchange/
client-developer/web-service-reference/responsecode. The schema lists them as
``ResponseCodeType`` (messages.xsd); each of them is in one of the tables here or in
``foreign_codes``, which a test proves.

A code that is in no table is a failure of the contact it is said of
(``ContactError``), and unexpected (``SyncError``) when it is said of a request.
"""

from __future__ import annotations

from ...core.errors import (
    AccessDenied,
    AuthenticationFailed,
    ContactChanged,
    ContactDamaged,
    ContactError,
    ContactGone,
    ContactInvalid,
    ContactProtected,
    ContactTooLarge,
    FolderExists,
    FolderForbidden,
    FolderGone,
    FolderReadOnly,
    FolderRefused,
    MailboxFull,
    MailboxNotFound,
    ServerBusy,
    StateUnknown,
    SyncError,
    Unreachable,
)


class RequestRefused(SyncError):
    """Nothing in the request was carried out; one with fewer contacts may be."""


class RequestInvalid(RequestRefused):
    """The request does not follow the schema.

    Values are texts, but for a website, which has to be a URI (``xs:anyURI``).
    """


class RequestTooLarge(RequestRefused):
    """The request has more bytes than the server accepts, or a proxy before it."""

    code = "request_too_large"


ITEM: dict[str, type[ContactError]] = {
    # An id that the server cannot read is one of another server or mailbox.
    "ErrorItemNotFound": ContactGone,
    "ErrorVirusMessageDeleted": ContactGone,
    "ErrorInvalidId": ContactGone,
    "ErrorInvalidIdEmpty": ContactGone,
    "ErrorInvalidIdMalformed": ContactGone,
    "ErrorInvalidIdMalformedEwsLegacyIdFormat": ContactGone,
    "ErrorInvalidIdMonikerTooLong": ContactGone,
    "ErrorInvalidIdStoreObjectIdTooLong": ContactGone,
    "ErrorInvalidIdXml": ContactGone,
    "ErrorCannotUseFolderIdForItemId": ContactGone,
    # Also where the photo was taken away or replaced meanwhile.
    "ErrorIrresolvableConflict": ContactChanged,
    "ErrorStaleObject": ContactChanged,
    "ErrorChangeKeyRequired": ContactChanged,
    "ErrorChangeKeyRequiredForWriteOperations": ContactChanged,
    "ErrorInvalidChangeKey": ContactChanged,
    "ErrorInvalidAttachmentId": ContactChanged,
    "ErrorInvalidIdNotAnItemAttachmentId": ContactChanged,
    "ErrorAccessDenied": ContactProtected,
    "ErrorCannotDeleteObject": ContactProtected,
    "ErrorRecoverableItemsAccessDenied": ContactProtected,
    "ErrorCannotOpenFileAttachment": ContactDamaged,
    "ErrorContentConversionFailed": ContactDamaged,
    "ErrorCorruptData": ContactDamaged,
    "ErrorItemCorrupt": ContactDamaged,
    "ErrorItemPropertyRequestFailed": ContactDamaged,
    "ErrorMimeContentConversionFailed": ContactDamaged,
    "ErrorUnsupportedTypeForConversion": ContactDamaged,
    "ErrorAttachmentSizeLimitExceeded": ContactTooLarge,
    "ErrorDataSizeLimitExceeded": ContactTooLarge,
    "ErrorMessageSizeExceeded": ContactTooLarge,
    # A value or a property that the server does not take.
    "ErrorInvalidContactEmailAddress": ContactInvalid,
    "ErrorInvalidContactEmailIndex": ContactInvalid,
    "ErrorInvalidExtendedProperty": ContactInvalid,
    "ErrorInvalidExtendedPropertyValue": ContactInvalid,
    "ErrorInvalidPhoneNumber": ContactInvalid,
    "ErrorInvalidPropertyAppend": ContactInvalid,
    "ErrorInvalidPropertyDelete": ContactInvalid,
    "ErrorInvalidPropertyForOperation": ContactInvalid,
    "ErrorInvalidPropertyRequest": ContactInvalid,
    "ErrorInvalidPropertySet": ContactInvalid,
    "ErrorInvalidRoutingType": ContactInvalid,
    "ErrorInvalidSmtpAddress": ContactInvalid,
    "ErrorInvalidValueForProperty": ContactInvalid,
    "ErrorItemSave": ContactInvalid,
    "ErrorItemSavePropertyError": ContactInvalid,
    "ErrorNoPropertyTagForCustomProperties": ContactInvalid,
    "ErrorPhoneNumberNotDialable": ContactInvalid,
    "ErrorPropertyUpdate": ContactInvalid,
    "ErrorPropertyValidationFailure": ContactInvalid,
    "ErrorRequiredPropertyMissing": ContactInvalid,
    "ErrorUnsupportedMapiPropertyType": ContactInvalid,
    "ErrorValueOutOfRange": ContactInvalid,
    # Nobody can tell what to do about it; later it may work.
    "ErrorDataSourceOperation": ContactError,
    "ErrorDeleteItemsFailed": ContactError,
    "ErrorInternalServerError": ContactError,
    "ErrorInvalidOperation": ContactError,
    "ErrorMoveCopyFailed": ContactError,
    "ErrorObjectTypeChanged": ContactError,
    "ErrorVirusDetected": ContactError,
    "ErrorWin32InteropError": ContactError,
}
"""About one contact of a batch."""

STOPPED = "ErrorBatchProcessingStopped"
"""Said of what was not tried, because what failed before it is likely to fail again."""

SERVER: dict[str, type[SyncError]] = {
    # Nothing helps before somebody does something.
    "ErrorAccountDisabled": AccessDenied,
    "ErrorCallerIsInvalidADAccount": AccessDenied,
    "ErrorImpersonateUserDenied": AccessDenied,
    "ErrorImpersonationDenied": AccessDenied,
    "ErrorImpersonationFailed": AccessDenied,
    "ErrorInvalidAuthorizationContext": AccessDenied,
    "ErrorInvalidExchangeImpersonationHeaderData": AccessDenied,
    "ErrorInvalidLicense": AccessDenied,
    "ErrorMailboxLogonFailed": AccessDenied,
    "ErrorOrganizationAccessBlocked": AccessDenied,
    "ErrorPasswordExpired": AuthenticationFailed,
    "ErrorPasswordChangeRequired": AuthenticationFailed,
    "ErrorDuplicateLegacyDistinguishedName": MailboxNotFound,
    "ErrorNonExistentMailbox": MailboxNotFound,
    "ErrorMissingEmailAddress": MailboxNotFound,
    "ErrorNonPrimarySmtpAddress": MailboxNotFound,
    "ErrorMailboxConfiguration": MailboxNotFound,
    # Nothing can be written before somebody does something.
    "ErrorQuotaExceeded": MailboxFull,
    "ErrorMessagePerFolderCountReceiveQuotaExceeded": MailboxFull,
    "ErrorCreateItemAccessDenied": FolderReadOnly,
    # Not this way, but another.
    "ErrorSchemaValidation": RequestInvalid,
    "ErrorRequestStreamTooBig": RequestTooLarge,
    "ErrorInvalidSyncStateData": StateUnknown,
    "ErrorCannotCreateContactInNonContactFolder": FolderGone,
    "ErrorFolderNotFound": FolderGone,
    "ErrorParentFolderNotFound": FolderGone,
    "ErrorSavedItemFolderNotFound": FolderGone,
    "ErrorSyncFolderNotFound": FolderGone,
    "ErrorToFolderNotFound": FolderGone,
    # The server is there and will do it another time.
    "ErrorServerBusy": ServerBusy,
    "ErrorExceededConnectionCount": ServerBusy,
    "ErrorExceededFindCountLimit": ServerBusy,
    "ErrorInsufficientResources": ServerBusy,
    "ErrorInternalServerTransientError": ServerBusy,
    "ErrorNotEnoughMemory": ServerBusy,
    "ErrorSubmissionQuotaExceeded": ServerBusy,
    "ErrorTooManyObjectsOpened": ServerBusy,
    # Something behind the server is away for a while.
    "ErrorADOperation": Unreachable,
    "ErrorADUnavailable": Unreachable,
    "ErrorAutoDiscoverFailed": Unreachable,
    "ErrorClientDisconnected": Unreachable,
    "ErrorConnectionFailed": Unreachable,
    "ErrorConnectionFailedTransientError": Unreachable,
    "ErrorCrossSiteRequest": Unreachable,
    "ErrorGetServerSecurityDescriptorFailed": Unreachable,
    "ErrorInvalidClientSecurityContext": Unreachable,
    "ErrorInvalidCrossForestCredentials": Unreachable,
    "ErrorInvalidNetworkServiceContext": Unreachable,
    "ErrorInvalidProxySecurityContext": Unreachable,
    "ErrorLocalServerObjectNotFound": Unreachable,
    "ErrorLogonAsNetworkServiceFailed": Unreachable,
    "ErrorMailboxFailover": Unreachable,
    "ErrorMailboxMoveInProgress": Unreachable,
    "ErrorMailboxStoreUnavailable": Unreachable,
    "ErrorNoApplicableProxyCASServersAvailable": Unreachable,
    "ErrorNoDestinationCASDueToKerberosRequirements": Unreachable,
    "ErrorNoDestinationCASDueToSSLRequirements": Unreachable,
    "ErrorNoDestinationCASDueToVersionMismatch": Unreachable,
    "ErrorNoRespondingCASInDestinationSite": Unreachable,
    "ErrorProxyCallFailed": Unreachable,
    "ErrorProxyGroupSidLimitExceeded": Unreachable,
    "ErrorProxyRequestNotAllowed": Unreachable,
    "ErrorProxyRequestProcessingFailed": Unreachable,
    "ErrorProxyServiceDiscoveryFailed": Unreachable,
    "ErrorProxyTokenExpired": Unreachable,
    "ErrorRequestAborted": Unreachable,
    "ErrorServiceDiscoveryFailed": Unreachable,
    "ErrorTimeoutExpired": Unreachable,
    "ErrorWebRequestInInvalidState": Unreachable,
    "ErrorWrongServerVersion": Unreachable,
    "ErrorWrongServerVersionDelegate": Unreachable,
}
"""About the mailbox or the server; said of one contact, it holds for the others."""

REQUEST: dict[str, type[SyncError]] = {
    "ErrorAccessDenied": AccessDenied,
    "ErrorDataSourceOperation": Unreachable,
    "ErrorInternalServerError": Unreachable,
    "ErrorInvalidSmtpAddress": MailboxNotFound,
}
"""About the mailbox or the server, but only where it is said of a whole request."""

SERVED_IN_PART = frozenset(
    {
        "ErrorExceededConnectionCount",
        "ErrorInsufficientResources",
        "ErrorNotEnoughMemory",
        "ErrorServerBusy",
        "ErrorTooManyObjectsOpened",
    }
)
"""Said of some contacts of a batch, that the server served as many as it could: it did
nothing for these and may serve a smaller batch at once."""

TOO_SLOW = frozenset({"ErrorInternalServerTransientError", "ErrorTimeoutExpired"})
"""Likewise, but what was to be written may have been written."""

FOLDER: dict[str, type[SyncError]] = {
    "ErrorItemNotFound": FolderGone,
    "ErrorInvalidFolderId": FolderGone,
    "ErrorInvalidId": FolderGone,
    "ErrorInvalidIdEmpty": FolderGone,
    "ErrorInvalidIdMalformed": FolderGone,
    "ErrorInvalidIdMalformedEwsLegacyIdFormat": FolderGone,
    "ErrorInvalidIdMonikerTooLong": FolderGone,
    "ErrorInvalidIdStoreObjectIdTooLong": FolderGone,
    "ErrorCannotUseItemIdForFolderId": FolderGone,
    "ErrorAccessDenied": AccessDenied,
}
"""About the folder that a request names."""

NEW_ITEM: dict[str, type[SyncError]] = {
    **FOLDER,
    "ErrorAccessDenied": FolderReadOnly,
}
"""About the folder that contacts are to be created in: a contact that does not exist
yet cannot be the reason."""

NEW_FOLDER: dict[str, type[SyncError]] = {
    "ErrorFolderExists": FolderExists,
    "ErrorAccessDenied": FolderForbidden,
    "ErrorCreateItemAccessDenied": FolderForbidden,
    "ErrorCreateSubfolderAccessDenied": FolderForbidden,
    "ErrorItemNotFound": FolderGone,
    "ErrorInvalidFolderId": FolderGone,
    "ErrorParentFolderIdRequired": FolderGone,
    "ErrorFolderCorrupt": FolderRefused,
    "ErrorFolderSave": FolderRefused,
    "ErrorFolderSaveFailed": FolderRefused,
    "ErrorFolderSavePropertyError": FolderRefused,
    "ErrorInvalidFolderTypeForOperation": FolderRefused,
    "ErrorInvalidParentFolder": FolderRefused,
    "ErrorNoFolderClassOverride": FolderRefused,
}
"""About a folder that is to be created."""

MAILBOX: dict[str, type[SyncError]] = {
    "ErrorAccessDenied": AccessDenied,
    "ErrorFolderNotFound": AccessDenied,
    "ErrorItemNotFound": AccessDenied,
}
"""About the root of a mailbox, which exists: what one may not see is not found."""
