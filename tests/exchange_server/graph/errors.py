# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors of Graph: an HTTP status and a JSON body with a code.

Source: "Microsoft Graph error responses and resource types"
(https://learn.microsoft.com/graph/errors): clients branch on ``error.code``.
"""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Mapping
from datetime import datetime, timezone
from http import HTTPStatus

from ..http_message import HttpAnswer
from ..properties.moments import format_date_time
from ..refusal import ResponseError, text_of

JSON = "application/json;odata.metadata=minimal;odata.streaming=true;charset=utf-8"
Headers = tuple[tuple[str, str], ...]

# What the mailbox refuses, by HTTP status; anything else is 400.
_STATUS: Mapping[str, int] = {
    "ErrorItemNotFound": 404,
    "ErrorFolderNotFound": 404,
    "ErrorParentFolderNotFound": 404,
    "ErrorNonExistentMailbox": 404,
    "ErrorAccessDenied": 403,
    "ErrorQuotaExceeded": 403,
    "ErrorFolderExists": 409,
    "ErrorChangeKeyRequired": 409,
    "ErrorChangeKeyRequiredForWriteOperations": 409,
    "ErrorIrresolvableConflict": 412,
    "ErrorMessageSizeExceeded": 413,
    "ErrorServerBusy": 429,
    "ErrorInternalServerError": 500,
    "ErrorInternalServerTransientError": 500,
    "ErrorItemSave": 500,
    "ErrorItemCorrupt": 500,
    "ErrorMailboxStoreUnavailable": 503,
    "ErrorMailboxMoveInProgress": 503,
    "ErrorConnectionFailed": 503,
    "ErrorTimeoutExpired": 504,
}
_CODE_OF_STATUS: Mapping[int, str] = {
    400: "BadRequest",
    401: "InvalidAuthenticationToken",
    403: "ErrorAccessDenied",
    404: "ResourceNotFound",
    405: "MethodNotAllowed",
    409: "ErrorIrresolvableConflict",
    410: "SyncStateNotFound",
    412: "ErrorIrresolvableConflict",
    413: "RequestEntityTooLarge",
    429: "TooManyRequests",
    500: "InternalServerError",
    503: "serviceNotAvailable",
    504: "GatewayTimeout",
}
_BUSY = "Application is over its MailboxConcurrency limit."


class GraphError(Exception):
    """One request, inside a batch or outside, cannot be served.

    :param status: the HTTP status
    :param code: of the error, what clients branch on
    :param message: for people
    :param headers: such as Retry-After
    :param inner: the code of the inner error, if there is one
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str = "",
        headers: Headers = (),
        inner: str | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.message = message or text_of(code)
        self.headers = headers
        self.inner = inner
        super().__init__(f"{status} {code}: {self.message}")

    def answer(self, client_request_id: str | None = None) -> HttpAnswer:
        """The HTTP answer that says it."""
        request_id = str(uuid.uuid4())
        inner: dict[str, str] = {
            "date": format_date_time(datetime.now(timezone.utc))[:-1],
            "request-id": request_id,
            "client-request-id": client_request_id or request_id,
        }
        if self.inner is not None:
            inner = {"code": self.inner, **inner}
        error = {"code": self.code, "message": self.message, "innerError": inner}
        body = json.dumps({"error": error}, ensure_ascii=False).encode()
        return HttpAnswer(self.status, body, JSON, self.headers)


def bad_request(message: str, code: str = "BadRequest") -> GraphError:
    """The error for a request that makes no sense."""
    return GraphError(400, code, message)


def not_supported() -> GraphError:
    """The error for a method that the service does not offer at a path that exists."""
    return GraphError(405, "ErrorInvalidRequest", "The OData request is not supported.")


def busy(seconds: float | None, message: str = _BUSY) -> GraphError:
    """Throttling; Retry-After has whole seconds (page "Throttling guidance").

    :param seconds: to stay away, None to say nothing
    """
    headers: Headers = ()
    if seconds is not None:
        headers = (("Retry-After", str(math.ceil(seconds))),)
    return GraphError(429, "ApplicationThrottled", message, headers)


def refused(error: ResponseError, back_off_ms: str | None = None) -> GraphError:
    """What the mailbox refused, in words of Graph."""
    if error.code == "ErrorServerBusy":
        return busy(None if back_off_ms is None else int(back_off_ms) / 1000)
    status = _STATUS.get(error.code, 400)
    return GraphError(status, error.code, error.text)


class GraphDialect:
    """Says what went wrong in JSON, for faults (:mod:`..fault_effects`)."""

    content_type = JSON

    def fault(
        self, operation: str, code: str, message: str, values: Mapping[str, str]
    ) -> HttpAnswer:
        """A response code of the mailbox as an answer of Graph."""
        error = ResponseError(code, message)
        return refused(error, values.get("BackOffMilliseconds")).answer()

    def status(self, status: int, headers: Headers) -> HttpAnswer:
        """An HTTP status with the code that usually goes with it."""
        code = _CODE_OF_STATUS.get(status, "UnknownError")
        return GraphError(status, code, HTTPStatus(status).phrase, headers).answer()
