# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which logins a server takes, asked without giving it one.

The first request to a server carries no password: it is sent only to something that
answers like Exchange does, and in a form the server asks for.
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
from ..operations.errors import translated
from ..operations.payloads import distinguished, get_folder
from . import http_status
from .endpoint import same_host
from .protocol import question_session
from .tls import Border

AUTH_TYPES = {"basic": BASIC, "ntlm": NTLM}
"""What a provider can name, and what exchangelib calls it."""

MAX_REDIRECTS = 3
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Probe:
    """What was found.

    :param endpoint: URL that asks for a login
    :param offered: authentication schemes in lower case
    """

    endpoint: str
    offered: frozenset[str]


def probe(
    endpoint: str, border: Border, timeout: float, *, roam: bool = False
) -> Probe:
    """Ask a server for the logins it takes.

    A redirection is followed to the same host only, and never away from TLS.

    :param endpoint: URL
    :param timeout: seconds
    :param roam: follow to other allowed hosts too, as Autodiscover needs
    :raises SyncError: when nothing answers, or something that is no Exchange
    """
    for _turn in range(MAX_REDIRECTS):
        response = _post(endpoint, border, timeout)
        if response.status_code == 401:
            return Probe(endpoint, http_status.offered_schemes(response))
        target = response.headers.get("Location", "")
        if response.status_code not in _MOVED or not _may_follow(
            endpoint, target, roam
        ):
            break
        endpoint = target
    http_status.check(response)
    raise NotAMailServer("The server does not ask for a login.")


def _post(endpoint: str, border: Border, timeout: float) -> requests.Response:
    with translated(), question_session(endpoint, border, timeout) as session:
        return session.post(
            endpoint,
            data=_question(),
            auth=_no_login,
            allow_redirects=False,
            timeout=timeout,
        )


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from looking for a password in a .netrc file."""
    return request


def _question() -> bytes:
    """A valid request: some servers answer nothing else than valid ones."""
    envelope = etree.Element(f"{{{_SOAP}}}Envelope", nsmap={"s": _SOAP})
    body = etree.SubElement(envelope, f"{{{_SOAP}}}Body")
    body.append(get_folder(distinguished("contacts", "nobody@example.com")))
    question: bytes = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
    return question


def _may_follow(endpoint: str, target: str, roam: bool) -> bool:
    if not target.startswith("https://") or target == endpoint:
        return False
    path, wanted = urlsplit(target).path.lower(), urlsplit(endpoint).path.lower()
    return path == wanted and (roam or same_host(endpoint, target))


def login_schemes(found: Probe) -> list[str]:
    """The ways to sign in that we can go, the safer first.

    NTLM comes first because it does not hand over the password. A server that only
    names Negotiate takes NTLM under that name. Over a connection that others can
    listen to nothing is sent: what NTLM sends can be guessed at, too.

    :return: as exchangelib calls them; at least one
    :raises AuthenticationFailed: the server takes none of them
    :raises NotEncrypted: others could listen in
    :raises NeedsTheUser: the server only takes OAuth
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
