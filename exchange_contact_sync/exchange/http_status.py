# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an HTTP answer means before its SOAP is read.

Exchange answers SOAP with status 200, and 500 for a SOAP fault. Everything else
comes from the web server, a proxy, or something that is no Exchange.
"""

from __future__ import annotations

import re

import requests

from ..core.errors import (
    NotAMailServer,
    ServerBusy,
    ServiceDisabled,
    SyncError,
    Unreachable,
)
from .errors import DEFAULT_BACK_OFF, SchemesRefused
from .response_codes import RequestTooLarge

_BUSY = frozenset({429, 503})
_LOCKED = "The referenced account is currently locked out"
_SOAP_END = re.compile(rb"</[\w.-]*:?Envelope\s*>\s*$")


def check(response: requests.Response) -> None:
    """Let only an answer pass that holds a whole SOAP message.

    :param response: requests.Response
    :raises SyncError: for any other
    """
    status, body = response.status_code, response.content
    looks_like_soap = b"Envelope" in body[:1000]
    if status in (200, 500) and looks_like_soap:
        if not _SOAP_END.search(body[-200:]):
            raise Unreachable("The answer broke off.")
        return
    raise _meaning(response)


def _meaning(response: requests.Response) -> SyncError:
    status = response.status_code
    said = f"HTTP {status} {response.reason or ''}".strip()
    if _LOCKED.encode() in response.content:
        return SchemesRefused(_LOCKED)
    if status in (401, 440):
        return SchemesRefused(said, offered_schemes(response))
    if status == 403:
        # "Control access to EWS in Exchange": switched off for the mailbox, the
        # organization or this program. Which one, the answer does not have to tell.
        diagnostics = response.headers.get("X-MS-Diagnostics", "")
        return ServiceDisabled(f"{said} {diagnostics}".strip())
    if status == 413:
        return RequestTooLarge(said)
    if status in _BUSY:
        return ServerBusy(said, _retry_after(response))
    if status >= 500:
        return Unreachable(said)
    if 300 <= status < 400:
        return NotAMailServer(f"{said}, to {_host_of_location(response)}")
    return NotAMailServer(said)


def offered_schemes(response: requests.Response) -> frozenset[str]:
    """The authentication schemes an answer with status 401 names.

    requests joins several WWW-Authenticate headers with commas; a challenge begins
    with its scheme, which is a token without "=" (RFC 9110, 11.3 and 11.6.1).

    :param response: requests.Response
    :return: frozenset of str, in lower case
    """
    header = re.sub(r'"[^"]*"', "", response.headers.get("WWW-Authenticate", ""))
    firsts = (part.strip().split(" ")[0] for part in header.split(","))
    return frozenset(name.lower() for name in firsts if name and "=" not in name)


def _retry_after(response: requests.Response) -> float:
    """Retry-After in seconds; its other form, a date, is taken as not said."""
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdigit() and int(value) else DEFAULT_BACK_OFF


def _host_of_location(response: requests.Response) -> str:
    """Only the host: login pages carry the whole address they were asked for."""
    location = response.headers.get("Location", "")
    return re.sub(r"^(https?://[^/?#]*).*", r"\1", location) or "nowhere"
