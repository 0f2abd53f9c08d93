# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Map HTTP statuses and error codes of Graph to errors.

"Microsoft Graph error responses and resource types"
(https://learn.microsoft.com/graph/errors): programs decide by ``error.code`` and the
codes of the inner errors, never by the message. Codes that the page does not list are
those of Exchange (ews ``ResponseCodeType``), and those reported in the issues of
Graph's own repositories. Upper and lower case is ignored, because it differs between
services and reports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from ..core.errors import (
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
    NotAMailServer,
    ServerBusy,
    SyncError,
    Unanswered,
    Unreachable,
)
from ..network.back_off import DEFAULT_BACK_OFF, retry_after
from ..outlook.failures import Kind, RequestInvalid, RequestTooLarge
from .message import Answer

BUSY = frozenset({429, 503, 504, 509})
"""Statuses after which the same request may succeed later ("Throttling guidance"). 503
and 504 may lack Retry-After."""

NO_ANSWER = (AuthenticationFailed, ServerBusy, Unreachable)
"""Failures that show nothing about the requested objects."""

E = TypeVar("E", bound=SyncError)


def _in_any_case(table: Mapping[str, type[E]]) -> dict[str, type[E]]:
    return {code.casefold(): kind for code, kind in table.items()}


ITEM: dict[str, type[ContactError]] = _in_any_case(
    {
        "ErrorItemNotFound": ContactGone,
        "itemNotFound": ContactGone,
        "ErrorInvalidIdMalformed": ContactGone,
        "ErrorInvalidId": ContactGone,
        "ErrorIrresolvableConflict": ContactChanged,
        "resourceModified": ContactChanged,
        "ErrorStaleObject": ContactChanged,
        "ErrorAccessDenied": ContactProtected,
        "accessDenied": ContactProtected,
        "ErrorItemCorrupt": ContactDamaged,
        "ErrorCorruptData": ContactDamaged,
        "ErrorContentConversionFailed": ContactDamaged,
        "ErrorMessageSizeExceeded": ContactTooLarge,
        "RequestEntityTooLarge": ContactTooLarge,
        "ErrorItemSave": ContactInvalid,
        "ErrorInvalidProperty": ContactInvalid,
        "ErrorInvalidPropertySet": ContactInvalid,
        "ErrorInvalidImage": ContactInvalid,
        "ErrorPropertyUpdate": ContactInvalid,
        "ErrorPropertyValidationFailure": ContactInvalid,
        "RequestBodyRead": ContactInvalid,
        "UnableToDeserializePostBody": ContactInvalid,
    }
)
"""Failures that concern one contact."""

MAILBOX: dict[str, type[SyncError]] = _in_any_case(
    {
        "MailboxNotEnabledForRESTAPI": MailboxNotFound,
        "MailboxNotSupportedForRESTAPI": MailboxNotFound,
        "MailboxInactive": MailboxNotFound,
        "ErrorInvalidUser": MailboxNotFound,
        "ErrorNonExistentMailbox": MailboxNotFound,
        "Request_ResourceNotFound": MailboxNotFound,
        "ResourceNotFound": MailboxNotFound,
        "Authorization_RequestDenied": AccessDenied,
        "insufficient_claims": AuthenticationFailed,
        "InvalidAuthenticationToken": AuthenticationFailed,
        "unauthenticated": AuthenticationFailed,
        "ErrorQuotaExceeded": MailboxFull,
        "quotaLimitReached": MailboxFull,
        "activityLimitReached": ServerBusy,
        "ApplicationThrottled": ServerBusy,
        "ErrorServerBusy": ServerBusy,
        "serviceNotAvailable": ServerBusy,
        "TooManyRequests": ServerBusy,
        "ErrorInternalServerTransientError": Unreachable,
        "ErrorTimeoutExpired": Unreachable,
        "ErrorMailboxStoreUnavailable": Unreachable,
        "ErrorMailboxMoveInProgress": Unreachable,
    }
)
"""Failures that concern the whole mailbox."""

NEW_ITEM: dict[str, type[SyncError]] = _in_any_case(
    {
        "ErrorAccessDenied": FolderReadOnly,
        "accessDenied": FolderReadOnly,
        "itemNotFound": FolderGone,
        "ErrorItemNotFound": FolderGone,
        "ErrorFolderNotFound": FolderGone,
        "ErrorParentFolderNotFound": FolderGone,
        "ErrorInvalidIdMalformed": FolderGone,
    }
)
"""Failures of a contact to create that concern its folder."""

STATE = frozenset(
    {"syncstatenotfound", "syncstateinvalid", "resyncrequired", "fullsyncrequired"}
)
"""Codes for a link of a delta query that the server no longer knows (see also "Use
delta query to track changes": 410)."""

FOLDER: dict[str, type[SyncError]] = _in_any_case(
    {
        "ErrorItemNotFound": FolderGone,
        "ErrorFolderNotFound": FolderGone,
        "ErrorParentFolderNotFound": FolderGone,
        "ErrorInvalidIdMalformed": FolderGone,
        "itemNotFound": FolderGone,
        "ErrorAccessDenied": AccessDenied,
        "accessDenied": AccessDenied,
    }
)
NEW_FOLDER: dict[str, type[SyncError]] = _in_any_case(
    {
        **FOLDER,
        "ErrorAccessDenied": FolderForbidden,
        "accessDenied": FolderForbidden,
        "ErrorFolderExists": FolderExists,
        "nameAlreadyExists": FolderExists,
    }
)
_BY_STATUS: dict[int, type[SyncError]] = {
    401: AuthenticationFailed,
    403: AccessDenied,
    507: MailboxFull,
}


def codes_of(answer: Answer) -> list[str]:
    """Return the code of an error and those of its inner errors."""
    return list(_codes(answer.body))


def _codes(body: object) -> Iterator[str]:
    error = body.get("error") if isinstance(body, dict) else None
    levels = 0
    while isinstance(error, dict) and levels < 10:
        code = error.get("code")
        if isinstance(code, str) and code:
            yield code
        error = error.get("innerError") or error.get("innererror")
        levels += 1


def has_code(answer: Answer, codes: Collection[str]) -> bool:
    """Return whether an error has one of these codes, in lower case."""
    return any(code.casefold() in codes for code in codes_of(answer))


def detail_of(answer: Answer) -> str:
    """Return the text of an error, for administrators."""
    error = answer.body.get("error") if isinstance(answer.body, dict) else None
    message = error.get("message") if isinstance(error, dict) else ""
    return " ".join([f"HTTP {answer.status}", *codes_of(answer)]) + f": {message}"


def back_off(answer: Answer) -> float | None:
    """Return the seconds that a busy server asks to wait; None if it does not say."""
    return retry_after(answer.headers.get("retry-after", ""))


def request_error(answer: Answer) -> SyncError:
    """Return the error for a failure of a whole request."""
    return _of_server(answer) or _unexpected(answer)


def folder_error(answer: Answer) -> SyncError:
    """Return the error for a failure of a request about a folder."""
    return _error_for(answer, FOLDER) or request_error(answer)


def new_folder_error(answer: Answer) -> SyncError:
    """Return the error for a failure to create a folder."""
    error = _error_for(answer, NEW_FOLDER) or _of_server(answer)
    if error is None and answer.status == 400:
        return FolderRefused(detail_of(answer))
    return error or _unexpected(answer)


def is_state_unknown(answer: Answer, *, continued: bool) -> bool:
    """Return whether a link of a delta query is no longer known.

    :param continued: the request was a link; the reported errors differ (400, and 404
        with codes of ids), but each of them means that the link expired or the folder
        was deleted
    """
    if answer.status == 410 or has_code(answer, STATE):
        return True
    return continued and answer.status in (400, 404) and not _error_for(answer, MAILBOX)


def item_error(answer: Answer, kind: Kind = Kind.CHANGE) -> ContactError:
    """Return the error for a failure of one contact in a batch.

    :return: ``Unanswered`` if the failure concerns more than this contact
    """
    if kind is Kind.CREATE:
        of_folder = _error_for(answer, NEW_ITEM)
        if of_folder:
            return Unanswered(of_folder)
    if answer.status == 412:
        return ContactChanged(detail_of(answer))
    found = _error_for(answer, ITEM)
    if isinstance(found, ContactError):
        return found
    cause = _of_server(answer)
    if cause:
        again = isinstance(cause, ServerBusy) and back_off(answer) is None
        return Unanswered(cause, retry_at_once=again)
    if answer.status == 404 and kind is Kind.CREATE:
        return Unanswered(FolderGone(detail_of(answer)))
    if answer.status == 404:
        return ContactGone(detail_of(answer))
    if answer.status == 424:
        return Unanswered(Unreachable(detail_of(answer)), retry_at_once=True)
    error_class = ContactInvalid if answer.status == 400 else ContactError
    return error_class(detail_of(answer))


def _error_for(
    answer: Answer, table: Mapping[str, type[SyncError]]
) -> SyncError | None:
    for code in codes_of(answer):
        kind = table.get(code.casefold())
        if kind and issubclass(kind, ServerBusy):
            return kind(detail_of(answer), back_off(answer) or DEFAULT_BACK_OFF)
        if kind:
            return kind(detail_of(answer))
    return None


def _of_server(answer: Answer) -> SyncError | None:
    """Return the error for a failure of the server or the whole mailbox."""
    status = answer.status
    if status in BUSY:
        return ServerBusy(detail_of(answer), back_off(answer) or DEFAULT_BACK_OFF)
    found = _error_for(answer, MAILBOX)
    if found:
        return found
    if status in _BY_STATUS:
        return _BY_STATUS[status](detail_of(answer))
    if status in (0, 408, 421, 425) or status >= 500 and not codes_of(answer):
        return Unreachable(detail_of(answer))
    return None


def _unexpected(answer: Answer) -> SyncError:
    if answer.status == 413:
        return RequestTooLarge(detail_of(answer))
    if answer.status >= 500:
        return Unreachable(detail_of(answer))
    if not codes_of(answer):
        return NotAMailServer(detail_of(answer))
    return RequestInvalid(detail_of(answer))
