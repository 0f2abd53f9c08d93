# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Open the contacts of an account from its settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from ..core.errors import MailboxNotFound
from ..core.hosts import Hosts, domain_of, named_hosts
from ..network.tls import AllowedServers
from ..outlook.contents import Contents
from .connection import GraphConnection, TokenSource
from .contacts.layout import STANDARD, layout_of
from .gateway import GraphGateway, at_once_of
from .people import addresses

WORLDWIDE = "https://graph.microsoft.com/v1.0"


@dataclass(frozen=True)
class Settings:
    """Where a mailbox is, and how it is accessed.

    :param tokens: access tokens for the service
    :param base: URL of the service with its version
    :param address: of the mailbox, for an application that acts for all users, or for a
        mailbox that is shared with the user; "" for that of the user who signed in
    :param ca_certificate: certificates in PEM of an authority to trust in addition to
        the usual ones; "" for none
    :param version: of the ``Connection`` that an earlier run found; "" for none
    :param timeout: seconds to wait for the beginning of an answer
    """

    tokens: TokenSource
    base: str = WORLDWIDE
    address: str = ""
    ca_certificate: str = ""
    version: str = ""
    timeout: float = 30.0


@contextmanager
def open_gateway(
    settings: Settings, contents: Contents | None = None
) -> Iterator[GraphGateway]:
    """Connect to a mailbox; no request is sent here.

    Neither the connection nor the access token outlives the context.

    :param contents: the values of a contact to read and write; None for the usual ones
    :return: context manager of GraphGateway, for one thread
    :raises SyncError: see ``core.errors``
    """
    with _connected(settings) as connection:
        layout = layout_of(contents) if contents else STANDARD
        yield GraphGateway(connection, layout, at_once_of(settings.version))


def owner_addresses(settings: Settings) -> tuple[str, ...]:
    """Return the addresses of the mailbox that the access tokens open.

    :raises SyncError: there is no usable answer
    """
    with _connected(settings) as connection:
        return addresses(connection)


@contextmanager
def _connected(settings: Settings) -> Iterator[GraphConnection]:
    servers = AllowedServers(
        Hosts(named_hosts([settings.base], ())), settings.ca_certificate
    )
    owner = _owner(settings.address)
    connection = GraphConnection(
        settings.base, owner, settings.tokens, servers, settings.timeout
    )
    try:
        yield connection
    finally:
        connection.close()


def _owner(address: str) -> str:
    """Return the beginning of all paths."""
    if not address:
        return "/me"
    if not domain_of(address):
        raise MailboxNotFound(f"{address!r} is not an e-mail address.")
    return f"/users/{quote(address, safe='@')}"
