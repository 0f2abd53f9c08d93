# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the response codes of EWS mean for us.

The codes and when they occur: "ResponseCode" in the EWS reference, and the
"Handling … errors in EWS" pages. A code that is in none of the tables means
``ContactInvalid`` for one contact, and an unexpected failure otherwise.
"""

from __future__ import annotations

from ..core.errors import (
    AccessDenied,
    AuthenticationFailed,
    ContactChanged,
    ContactError,
    ContactForbidden,
    ContactGone,
    FolderExists,
    FolderForbidden,
    FolderGone,
    FolderRefused,
    MailboxNotFound,
    ServerBusy,
    StateUnknown,
    SyncError,
    Unreachable,
)


class RequestInvalid(SyncError):
    """The request does not follow the schema, so nothing in it was carried out.

    Values are texts, but for a website, which has to be a URI (``xs:anyURI``).
    """


ITEM: dict[str, type[ContactError]] = {
    "ErrorItemNotFound": ContactGone,
    "ErrorIrresolvableConflict": ContactChanged,
    "ErrorStaleObject": ContactChanged,
    "ErrorChangeKeyRequired": ContactChanged,
    "ErrorChangeKeyRequiredForWriteOperations": ContactChanged,
    "ErrorInvalidChangeKey": ContactChanged,
    "ErrorAccessDenied": ContactForbidden,
    "ErrorCreateItemAccessDenied": ContactForbidden,
    "ErrorCannotDeleteObject": ContactForbidden,
}
"""About one contact of a batch."""

STOPPED = "ErrorBatchProcessingStopped"
"""Said of what was not tried, because what failed before it would fail here too."""

SERVER: dict[str, type[SyncError]] = {
    # Nothing helps before somebody does something.
    "ErrorAccountDisabled": AccessDenied,
    "ErrorCallerIsInvalidADAccount": AccessDenied,
    "ErrorImpersonateUserDenied": AccessDenied,
    "ErrorImpersonationDenied": AccessDenied,
    "ErrorImpersonationFailed": AccessDenied,
    "ErrorMailboxLogonFailed": AccessDenied,
    "ErrorInvalidExchangeImpersonationHeaderData": AccessDenied,
    "ErrorPasswordExpired": AuthenticationFailed,
    "ErrorPasswordChangeRequired": AuthenticationFailed,
    "ErrorNonExistentMailbox": MailboxNotFound,
    "ErrorMissingEmailAddress": MailboxNotFound,
    "ErrorNonPrimarySmtpAddress": MailboxNotFound,
    "ErrorInvalidSmtpAddress": MailboxNotFound,
    "ErrorMailboxConfiguration": MailboxNotFound,
    # Not this way, but another.
    "ErrorSchemaValidation": RequestInvalid,
    "ErrorInvalidSyncStateData": StateUnknown,
    "ErrorSyncFolderNotFound": FolderGone,
    "ErrorFolderNotFound": FolderGone,
    "ErrorParentFolderNotFound": FolderGone,
    "ErrorSavedItemFolderNotFound": FolderGone,
    # The server is there and will do it another time.
    "ErrorServerBusy": ServerBusy,
    "ErrorTooManyObjectsOpened": ServerBusy,
    "ErrorExceededConnectionCount": ServerBusy,
    "ErrorInsufficientResources": ServerBusy,
    "ErrorNotEnoughMemory": ServerBusy,
    "ErrorInternalServerTransientError": ServerBusy,
    # Something behind the server is away for a while.
    "ErrorADOperation": Unreachable,
    "ErrorADUnavailable": Unreachable,
    "ErrorConnectionFailed": Unreachable,
    "ErrorMailboxFailover": Unreachable,
    "ErrorMailboxMoveInProgress": Unreachable,
    "ErrorMailboxStoreUnavailable": Unreachable,
    "ErrorNoRespondingCASInDestinationSite": Unreachable,
    "ErrorProxyCallFailed": Unreachable,
    "ErrorTimeoutExpired": Unreachable,
}
"""About the mailbox or the server; said of one contact, it holds for the others."""

FOLDER: dict[str, type[SyncError]] = {
    "ErrorItemNotFound": FolderGone,
    "ErrorInvalidFolderId": FolderGone,
    "ErrorAccessDenied": AccessDenied,
}
"""About the folder that a request names."""

NEW_FOLDER: dict[str, type[SyncError]] = {
    "ErrorFolderExists": FolderExists,
    "ErrorAccessDenied": FolderForbidden,
    "ErrorCreateItemAccessDenied": FolderForbidden,
    "ErrorItemNotFound": FolderGone,
    "ErrorInvalidFolderId": FolderGone,
    "ErrorParentFolderIdRequired": FolderGone,
    "ErrorFolderSave": FolderRefused,
    "ErrorFolderSavePropertyError": FolderRefused,
    "ErrorInvalidFolderTypeForOperation": FolderRefused,
}
"""About a folder that is to be created."""

MAILBOX: dict[str, type[SyncError]] = {
    "ErrorAccessDenied": AccessDenied,
    "ErrorFolderNotFound": AccessDenied,
    "ErrorItemNotFound": AccessDenied,
}
"""About the root of a mailbox, which exists: what one may not see is not found."""
