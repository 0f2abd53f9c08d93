# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Determine the address of the service from the server address that people enter."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from ...core.errors import ServerNotFound

EWS_PATH = "/EWS/Exchange.asmx"
"""The path of Exchange Web Services ("Get started with EWS client applications")."""

AUTODISCOVER_PATH = "/autodiscover/autodiscover.svc"
"""The path of Autodiscover over SOAP ("Generate a list of Autodiscover endpoints")."""


@dataclass(frozen=True)
class Endpoint:
    """The address of a service.

    :param autodiscover: the service is Autodiscover, which returns the address to use
    """

    url: str
    autodiscover: bool = False


def endpoint_of(text: str) -> Endpoint:
    """Return the service that an address means.

    A host name alone means https. The address of Outlook on the web or of the control
    panel means its server. An address whose path begins with /autodiscover means the
    Autodiscover service of that server. A user name in the address is removed.

    :param text: such as "mail.example.com" or "https://mail.example.com/owa"
    :raises ServerNotFound: the text is not an address
    """
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ServerNotFound("The address of the server cannot be read.") from error
    if parts.scheme.lower() not in ("http", "https") or not host or " " in host:
        raise ServerNotFound("The address of the server cannot be read.")
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{port}" if port else host
    autodiscover = parts.path.lower().startswith("/autodiscover")
    path = AUTODISCOVER_PATH if autodiscover else EWS_PATH
    if not autodiscover and parts.path.lower().endswith(".asmx"):
        path = parts.path
    return Endpoint(
        urlunsplit((parts.scheme.lower(), netloc, path, "", "")), autodiscover
    )


def same_host(one: str, other: str) -> bool:
    """Return whether two URLs have the same host."""
    return urlsplit(one).hostname == urlsplit(other).hostname


def still_fits(found: str, asked: str) -> bool:
    """Return whether a service found earlier still matches the current settings.

    :param found: URL; a server may have redirected from http to https
    :param asked: URL from the current settings
    """
    was, now = urlsplit(found), urlsplit(asked)
    if now.scheme == "http" and was.scheme == "https":
        return was.hostname == now.hostname
    return (was.scheme, was.netloc) == (now.scheme, now.netloc)
