# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Open the contacts of an account from its settings.

This module does not import exchangelib; opening a gateway does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..core.handles import SecretHandle, held

if TYPE_CHECKING:
    from ..outlook.contents import Contents
    from .gateway import EwsGateway


@dataclass(frozen=True)
class Settings:
    """What users entered, and what an earlier run discovered.

    :param email: address of the mailbox
    :param username: to sign in with; "" if it is the address
    :param password: a str is converted to a handle
    :param server_url: as people enter it (see ``endpoint.endpoint_of``); "" to use
        Autodiscover
    :param allowed_hosts: from ``core.hosts.hosts_of``: where the connection may lead
        besides the server's own host
    :param auth_type: ``auto``, ``basic``, ``ntlm`` or ``oauth``
    :param ca_certificate: certificates in PEM of an authority to trust in addition to
        the usual ones; "" for none
    :param impersonator_username: a service account to act through; "" for none
    :param impersonator_password: a str is converted to a handle
    :param endpoint: from a ``Connection``; this and the next two save requests; "" to
        discover them again
    :param timeout: seconds to wait for the beginning of an answer
    """

    email: str
    username: str = ""
    password: SecretHandle | str = ""
    server_url: str = ""
    allowed_hosts: frozenset[str] = frozenset()
    auth_type: str = "auto"
    ca_certificate: str = field(default="", repr=False)
    impersonator_username: str = ""
    impersonator_password: SecretHandle | str = ""
    endpoint: str = ""
    endpoint_auth: str = ""
    endpoint_version: str = ""
    timeout: float = 30.0

    def __post_init__(self) -> None:
        for name in ("password", "impersonator_password"):
            object.__setattr__(self, name, held(getattr(self, name)))


@contextmanager
def open_gateway(
    settings: Settings, contents: Contents | None = None
) -> Iterator[EwsGateway]:
    """Connect to a mailbox.

    If the endpoint, the way to sign in and the version are known, no request is sent
    here, and an error appears at the first use. Otherwise the server is asked how to
    sign in (unless that is set) and then for the mailbox, which confirms the password
    and the address. Neither the connection nor the password outlives the context.

    :param contents: the values of a contact to read and write; None for the usual ones
    :return: context manager of EwsGateway, for one thread
    :raises SyncError: see ``core.errors``; ``AuthenticationFailed`` after exactly one
        attempt with each way to sign in
    """
    # Imported only when needed: exchangelib takes 0.7 s and 47 MB.
    from .connection.connect import connect
    from .contacts.layout import STANDARD, layout_of
    from .gateway import EwsGateway

    protocol, default_folder = connect(settings)
    try:
        layout = layout_of(contents) if contents else STANDARD
        yield EwsGateway(protocol, default_folder, layout)
    finally:
        protocol.close()
