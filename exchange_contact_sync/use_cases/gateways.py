# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Open the mailbox of an account, by the protocol of its provider.

Only this module knows which protocols exist; for all others, gateways are alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from ..core.mailbox import Connection, SameVersion
from ..core.ports import FolderCreator, PhotoStore, SyncKeyRemover
from . import credentials

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from ..outlook.contents import Contents
    from ..sign_in.tokens import Tokens


class Gateway(SyncKeyRemover, FolderCreator, Protocol):
    """A connected mailbox, independent of the protocol."""

    def skip_keys_of(self, known: SameVersion) -> None:
        """Do not read the keys of contacts that the caller has in the same version, if
        reading them costs requests.
        """

    def translated(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the new ids of ids that another protocol gave, where they differ."""

    @property
    def photos(self) -> PhotoStore:
        """The photos of the same contacts."""

    @property
    def connection(self) -> Connection:
        """What the connection discovered about the server."""


Opened = AbstractContextManager[Gateway]


def opened(
    account: BaseModel,
    contents: Contents,
    *,
    fresh: bool,
    tokens: Tokens | None = None,
) -> Opened:
    """Open a gateway to the mailbox.

    :param account: record of ``exchange.account`` as superuser
    :param fresh: find the server and the authentication method again
    :param tokens: those that the owner has just got by signing in
    :raises SyncError: a saved secret cannot be used
    """
    if account.provider_id.kind == "graph":
        return _graph(account, contents, fresh, tokens)
    return _ews(account, contents, fresh)


def _ews(account: BaseModel, contents: Contents, fresh: bool) -> Opened:
    from ..ews.session import Settings, open_gateway

    provider = account.provider_id
    settings = Settings(
        **credentials.of_account(account),
        email=account.email,
        server_url=provider.server_url or "",
        allowed_hosts=provider._named_hosts(),
        auth_type=provider.auth_type,
        ca_certificate=provider.ca_certificate or "",
        endpoint="" if fresh else credentials.known_address(account),
        endpoint_auth="" if fresh else account.connection_auth or "",
        endpoint_version="" if fresh else account.connection_version or "",
    )
    return open_gateway(settings, contents)


def _graph(
    account: BaseModel, contents: Contents, fresh: bool, tokens: Tokens | None
) -> Opened:
    from ..graph.session import Settings, open_gateway
    from . import sign_ins

    provider = account.provider_id
    address = ""
    if provider.access == "application":
        address = credentials.mailbox_of_application(account)
    elif account.opens_shared_mailbox:
        address = account.email
    settings = Settings(
        tokens=sign_ins.source_of(account, tokens),
        base=credentials.graph_of(provider),
        address=address,
        ca_certificate=provider.ca_certificate or "",
        version="" if fresh else account.connection_version or "",
    )
    return open_gateway(settings, contents)
