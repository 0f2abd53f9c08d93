# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translate exceptions of requests and of the network to errors of ``core.errors``.

URLs in texts of requests are not passed on.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import requests

from ..core.errors import (
    CertificateNotTrusted,
    HostNotAllowed,
    NotAMailServer,
    ServerNotFound,
    SyncError,
    Unreachable,
)
from ..outlook.failures import AnswerTooLarge
from .sockets import NotAllowed, TooLarge, TooSlow


class NameLookupFailed(Unreachable):
    """The name of the server could not be looked up; a later attempt may succeed."""


def network_error(error: Exception) -> SyncError | None:
    """Return the error for a failure of the network or of the TLS connection; None for
    any other exception.
    """
    chain = list(chain_of(error))
    for cause in chain:
        specific = _tls_error(cause) or _lookup_error(cause)
        if specific:
            return specific
    for cause in chain:
        if isinstance(cause, TooLarge):
            return AnswerTooLarge(str(cause))
        if isinstance(cause, TooSlow):
            return Unreachable(str(cause))
        if isinstance(cause, requests.Timeout):
            slow = not isinstance(cause, requests.ConnectTimeout)
            return Unreachable("The server did not answer in time.", slow=slow)
        if isinstance(cause, requests.exceptions.InvalidURL | requests.URLRequired):
            return ServerNotFound("The address of the server cannot be read.")
    if any(isinstance(cause, requests.RequestException | OSError) for cause in chain):
        return Unreachable(_innermost(chain))
    return None


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and its causes.

    exchangelib wraps exceptions of requests without setting them as the cause, and
    urllib3 stores the reason in an attribute or an argument.
    """
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        current = waiting.pop(0)
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += [current.__cause__, current.__context__]
        waiting += [getattr(current, "reason", None), *current.args]


def _tls_error(cause: BaseException) -> SyncError | None:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return CertificateNotTrusted(cause.verify_message)
    if isinstance(cause, ssl.SSLError) and cause.reason == "WRONG_VERSION_NUMBER":
        return NotAMailServer("The server does not encrypt on this port.")
    return None


def _lookup_error(cause: BaseException) -> SyncError | None:
    if isinstance(cause, UnicodeError):
        return ServerNotFound("The address of the server cannot be read.")
    if isinstance(cause, NotAllowed):
        return HostNotAllowed(cause.host)
    if not isinstance(cause, socket.gaierror):
        return None
    is_temporary = cause.errno == socket.EAI_AGAIN
    return (NameLookupFailed if is_temporary else ServerNotFound)(cause.strerror or "")


def _innermost(chain: list[BaseException]) -> str:
    """Return the operating system's text, without the URL that requests adds."""
    for cause in chain:
        if isinstance(cause, OSError) and cause.errno and cause.strerror:
            return cause.strerror
    return type(chain[-1]).__name__
