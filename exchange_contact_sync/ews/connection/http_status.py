# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Interpret the HTTP status of an answer before its SOAP is read.

Exchange answers SOAP with status 200, and 500 for a SOAP fault. Any other answer comes
from the web server, a proxy, or a server that is not Exchange.
"""

from __future__ import annotations

import re

import requests

from ...core.errors import (
    AuthenticationFailed,
    MailboxFull,
    NotAMailServer,
    ServerBusy,
    ServiceDisabled,
    SyncError,
    Unreachable,
)
from ...network.back_off import DEFAULT_BACK_OFF, retry_after
from ...outlook.failures import RequestTooLarge
from ..operations.errors import SignInPage

_BUSY = frozenset({429, 503})
_TEMPORARY = frozenset({408, 421, 425})
"""The request arrived too slowly, on a wrong connection or too early (RFC 9110,
8470).
"""
_LOCKED = "The referenced account is currently locked out"
_SOAP_END = re.compile(rb"</[\w.-]*:?Envelope\s*>\s*$")


def check(response: requests.Response) -> None:
    """Check that an answer contains a complete SOAP message.

    :raises SyncError: for any other answer
    """
    status, body = response.status_code, response.content
    looks_like_soap = b"Envelope" in body[:1000]
    if status in (200, 500) and looks_like_soap:
        if not _SOAP_END.search(body[-200:]):
            raise Unreachable("The answer is incomplete.")
        return
    raise _error_of(response)


def _error_of(response: requests.Response) -> SyncError:
    status = response.status_code
    status_text = f"HTTP {status} {response.reason or ''}".strip()
    if _LOCKED.encode() in response.content:
        return AuthenticationFailed(_LOCKED)
    if status in (401, 440):
        refused = offered_schemes(response)
        return AuthenticationFailed(status_text) if refused else SignInPage(status_text)
    if status == 403:
        # "Control access to EWS in Exchange": EWS is disabled for the mailbox, the
        # organization or this program. The answer does not have to say for which one.
        diagnostics = response.headers.get("X-MS-Diagnostics", "")
        return ServiceDisabled(f"{status_text} {diagnostics}".strip())
    if status == 413:
        return RequestTooLarge(status_text)
    if status in _BUSY:
        delay = retry_after(response.headers.get("Retry-After", ""))
        return ServerBusy(status_text, delay or DEFAULT_BACK_OFF)
    if status == 507:
        return MailboxFull(status_text)
    if status >= 500 or status in _TEMPORARY:
        return Unreachable(status_text)
    if 300 <= status < 400:
        return NotAMailServer(f"{status_text}, to {_host_of_location(response)}")
    return NotAMailServer(status_text)


def offered_schemes(response: requests.Response) -> frozenset[str]:
    """Return the authentication schemes that an answer with status 401 offers.

    requests joins several WWW-Authenticate headers with commas; a challenge begins with
    its scheme, which is a token without "=" (RFC 9110, 11.3 and 11.6.1).

    :return: in lower case
    """
    header = re.sub(r'"[^"]*"', "", response.headers.get("WWW-Authenticate", ""))
    firsts = (part.strip().split(" ")[0] for part in header.split(","))
    return frozenset(name.lower() for name in firsts if name and "=" not in name)


def _host_of_location(response: requests.Response) -> str:
    """Return only the host, because the addresses of login pages include the requested
    address.
    """
    location = response.headers.get("Location", "")
    return re.sub(r"^(https?://[^/?#]*).*", r"\1", location) or "nowhere"
