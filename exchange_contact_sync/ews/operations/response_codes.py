# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Map the response codes of EWS to errors.

The codes and when they occur: https://learn.microsoft.com/en-us/exchange/
client-developer/web-service-reference/responsecode. The schema lists them as
``ResponseCodeType`` (messages.xsd); each of them is in one of the tables here or in
``foreign_codes``, which a test proves.

A code that is in no table is a failure of its contact (``ContactError``), or an
unexpected failure of the request (``SyncError``).
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
from ...outlook.failures import RequestInvalid, RequestTooLarge

ITEM: dict[str, type[ContactError]] = {
    # If the server cannot read an id, the id belongs to another server or mailbox.
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
    # Also if the photo was removed or replaced in the meantime.
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
    # The server does not accept a value or a property.
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
    # The cause is unknown; a later attempt may succeed.
    "ErrorDataSourceOperation": ContactError,
    "ErrorDeleteItemsFailed": ContactError,
    "ErrorInternalServerError": ContactError,
    "ErrorInvalidOperation": ContactError,
    "ErrorMoveCopyFailed": ContactError,
    "ErrorObjectTypeChanged": ContactError,
    "ErrorVirusDetected": ContactError,
    "ErrorWin32InteropError": ContactError,
}
"""Codes for one contact of a batch."""

STOPPED = "ErrorBatchProcessingStopped"
"""The code for contacts that were not processed, because the failure before them is
likely to happen again.
"""

SERVER: dict[str, type[SyncError]] = {
    # Permanent until a person solves the problem.
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
    # No writes are possible until a person solves the problem.
    "ErrorQuotaExceeded": MailboxFull,
    "ErrorMessagePerFolderCountReceiveQuotaExceeded": MailboxFull,
    "ErrorCreateItemAccessDenied": FolderReadOnly,
    # The operation may succeed in another form.
    "ErrorSchemaValidation": RequestInvalid,
    "ErrorRequestStreamTooBig": RequestTooLarge,
    "ErrorInvalidSyncStateData": StateUnknown,
    "ErrorCannotCreateContactInNonContactFolder": FolderGone,
    "ErrorFolderNotFound": FolderGone,
    "ErrorParentFolderNotFound": FolderGone,
    "ErrorSavedItemFolderNotFound": FolderGone,
    "ErrorSyncFolderNotFound": FolderGone,
    "ErrorToFolderNotFound": FolderGone,
    # The server is available and will process the request later.
    "ErrorServerBusy": ServerBusy,
    "ErrorExceededConnectionCount": ServerBusy,
    "ErrorExceededFindCountLimit": ServerBusy,
    "ErrorInsufficientResources": ServerBusy,
    "ErrorInternalServerTransientError": ServerBusy,
    "ErrorNotEnoughMemory": ServerBusy,
    "ErrorSubmissionQuotaExceeded": ServerBusy,
    "ErrorTooManyObjectsOpened": ServerBusy,
    # A system behind the server is temporarily unavailable.
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
"""Codes for the mailbox or the server; if reported for one contact, they apply to
all.
"""

REQUEST: dict[str, type[SyncError]] = {
    "ErrorAccessDenied": AccessDenied,
    "ErrorDataSourceOperation": Unreachable,
    "ErrorInternalServerError": Unreachable,
    "ErrorInvalidSmtpAddress": MailboxNotFound,
}
"""Codes for the mailbox or the server, but only if reported for a whole request."""

SERVED_IN_PART = frozenset(
    {
        "ErrorExceededConnectionCount",
        "ErrorInsufficientResources",
        "ErrorNotEnoughMemory",
        "ErrorServerBusy",
        "ErrorTooManyObjectsOpened",
    }
)
"""Codes for contacts of a batch that the server did not process because of its limits.
Nothing was done for these contacts, and a smaller batch may succeed at once.
"""

TOO_SLOW = frozenset({"ErrorInternalServerTransientError", "ErrorTimeoutExpired"})
"""The same, but writes may have been carried out."""

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
"""Codes for the folder that a request names."""

NEW_ITEM: dict[str, type[SyncError]] = {
    **FOLDER,
    "ErrorAccessDenied": FolderReadOnly,
}
"""Codes for the folder in which contacts are created: a contact that does not exist yet
cannot be the cause.
"""

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
"""Codes for a folder to create."""

MAILBOX: dict[str, type[SyncError]] = {
    "ErrorAccessDenied": AccessDenied,
    "ErrorFolderNotFound": AccessDenied,
    "ErrorItemNotFound": AccessDenied,
}
"""Codes for the root of a mailbox. The root always exists, so "not found" means no
access.
"""
