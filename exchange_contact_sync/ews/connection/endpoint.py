# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The address of the service, from whatever people give as the server's address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from ...core.errors import ServerNotFound

EWS_PATH = "/EWS/Exchange.asmx"
"""Where Exchange has its Web Services ("Get started with EWS client applications")."""

AUTODISCOVER_PATH = "/autodiscover/autodiscover.svc"
"""Where it has Autodiscover over SOAP ("Generate a list of Autodiscover endpoints")."""


@dataclass(frozen=True)
class Endpoint:
    """Where to go.

    :param autodiscover: the service there tells where to go on
    """

    url: str
    autodiscover: bool = False


def endpoint_of(text: str) -> Endpoint:
    """The service meant by an address.

    A name alone means https. The address of Outlook on the web or of the control
    panel stands for its server, and one that begins with /autodiscover for the
    Autodiscover of that server. A user name in it is dropped.

    :param text: such as "mail.example.com" or "https://mail.example.com/owa"
    :raises ServerNotFound: when it is the address of nothing
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
    place = f"{host}:{port}" if port else host
    autodiscover = parts.path.lower().startswith("/autodiscover")
    path = AUTODISCOVER_PATH if autodiscover else EWS_PATH
    if not autodiscover and parts.path.lower().endswith(".asmx"):
        path = parts.path
    return Endpoint(
        urlunsplit((parts.scheme.lower(), place, path, "", "")), autodiscover
    )


def same_host(one: str, other: str) -> bool:
    """Whether both lead to the same host.

    :param one: URL
    :param other: URL
    """
    return urlsplit(one).hostname == urlsplit(other).hostname


def still_fits(found: str, asked: str) -> bool:
    """Whether a service found earlier is where one would end up today.

    :param found: URL; a server may have sent us on from http to https
    :param asked: URL, as it is set today
    """
    was, now = urlsplit(found), urlsplit(asked)
    if now.scheme == "http" and was.scheme == "https":
        return was.hostname == now.hostname
    return (was.scheme, was.netloc) == (now.scheme, now.netloc)
