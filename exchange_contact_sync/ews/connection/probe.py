# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ask a server which logins it accepts, without sending any.

The first request to a server carries no password. A password is sent only to a server
that answers like Exchange, and in a form that the server asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from exchangelib.transport import BASIC, NTLM
from lxml import etree

from ...core.errors import (
    AuthenticationFailed,
    NeedsTheUser,
    NotAMailServer,
    NotEncrypted,
)
from ...core.hosts import keeps_secrets
from ...network.tls import AllowedServers
from ..operations.errors import translating_errors
from ..operations.payloads import distinguished, get_folder
from . import http_status
from .endpoint import same_host
from .protocol import single_request_session

AUTH_TYPES = {"basic": BASIC, "ntlm": NTLM}
"""exchangelib's names of the authentication types of a provider."""

MAX_REDIRECTS = 3
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Probe:
    """The result of a probe.

    :param endpoint: URL that asks for a login
    :param offered: authentication schemes in lower case
    """

    endpoint: str
    offered: frozenset[str]


def probe(
    endpoint: str, servers: AllowedServers, timeout: float, *, other_hosts: bool = False
) -> Probe:
    """Ask a server for the logins it accepts.

    Redirections are followed to the same host only, and never from TLS to an
    unencrypted connection.

    :param endpoint: URL
    :param timeout: seconds
    :param other_hosts: also follow redirections to other allowed hosts, as Autodiscover
        requires
    :raises SyncError: no server answers, or one that is not Exchange
    """
    for _turn in range(MAX_REDIRECTS):
        response = _post(endpoint, servers, timeout)
        if response.status_code == 401:
            return Probe(endpoint, http_status.offered_schemes(response))
        target = response.headers.get("Location", "")
        if response.status_code not in _MOVED or not _may_follow(
            endpoint, target, other_hosts
        ):
            break
        endpoint = target
    http_status.check(response)
    raise NotAMailServer("The server does not ask for a login.")


def _post(endpoint: str, servers: AllowedServers, timeout: float) -> requests.Response:
    with (
        translating_errors(),
        single_request_session(endpoint, servers, timeout) as session,
    ):
        return session.post(
            endpoint,
            data=_request_body(),
            auth=_no_login,
            allow_redirects=False,
            timeout=timeout,
        )


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep requests from using a password in a .netrc file."""
    return request


def _request_body() -> bytes:
    """Return a valid request, because some servers do not answer invalid ones."""
    envelope = etree.Element(f"{{{_SOAP}}}Envelope", nsmap={"s": _SOAP})
    body = etree.SubElement(envelope, f"{{{_SOAP}}}Body")
    body.append(get_folder(distinguished("contacts", "nobody@example.com")))
    question: bytes = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
    return question


def _may_follow(endpoint: str, target: str, other_hosts: bool) -> bool:
    if not target.startswith("https://") or target == endpoint:
        return False
    path, wanted = urlsplit(target).path.lower(), urlsplit(endpoint).path.lower()
    return path == wanted and (other_hosts or same_host(endpoint, target))


def login_schemes(found: Probe) -> list[str]:
    """Return the supported ways to sign in, the safer one first.

    NTLM comes first because it does not transmit the password. A server that only
    offers Negotiate accepts NTLM under that name. No login is sent over an unencrypted
    connection, because the password can also be guessed from what NTLM sends.

    :return: at least one, as exchangelib calls them
    :raises AuthenticationFailed: the server accepts none of them
    :raises NotEncrypted: the connection could be intercepted
    :raises NeedsTheUser: the server only accepts OAuth
    """
    if not keeps_secrets(found.endpoint):
        raise NotEncrypted()
    offered = found.offered
    schemes = [NTLM] if offered & {"ntlm", "negotiate"} else []
    if "basic" in offered:
        schemes.append(BASIC)
    if schemes:
        return schemes
    if "bearer" in offered:
        raise NeedsTheUser(NO_OAUTH)
    names = ", ".join(sorted(offered)) or "none"
    raise AuthenticationFailed(f"The server offers no known way to sign in: {names}.")


NO_OAUTH = (
    "The server asks for modern authentication (OAuth), which is not supported yet."
)
