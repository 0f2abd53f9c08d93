# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find a mailbox, or a redirection to another address or server, for an address."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..exchange import Exchange
    from ..store.mailbox import Mailbox

# An administrative group that each installation has under this very name.
GROUP = "/o=Simulated Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)"
SERVER = "EXCH01"


@dataclass(frozen=True)
class Redirect:
    """A redirection: the client must ask with another address or at another URL."""

    target: str

    @property
    def is_url(self) -> bool:
        return self.target.startswith(("http://", "https://"))


class Directory:
    """What Autodiscover knows about addresses.

    :param exchange: the organisation whose mailboxes are found
    :param ews_url: where their Exchange Web Services are
    """

    def __init__(self, exchange: Exchange, ews_url: str) -> None:
        self._exchange = exchange
        self._lock = threading.Lock()
        self._redirects: dict[str, Redirect] = {}
        self.ews_url = ews_url

    def redirect(self, address: str, target: str) -> None:
        """Redirect an address.

        :param target: another e-mail address, or the URL of an Autodiscover service
        :raises ValueError: when the target is neither
        """
        if "@" not in target and not Redirect(target).is_url:
            raise ValueError(f"neither an e-mail address nor a URL: {target}")
        with self._lock:
            self._redirects[address.lower()] = Redirect(target)

    def redirects(self) -> dict[str, str]:
        """Return all redirected addresses with their targets."""
        with self._lock:
            return {address: r.target for address, r in self._redirects.items()}

    def clear_redirects(self) -> None:
        """Remove all redirections."""
        with self._lock:
            self._redirects = {}

    def find(self, address: str) -> Mailbox | Redirect | None:
        """Return the mailbox or redirection of an e-mail address or distinguished
        name."""
        with self._lock:
            redirect = self._redirects.get(address.lower())
        if redirect:
            return redirect
        for mailbox in self._exchange.mailboxes():
            if address.lower() in (mailbox.address.lower(), user_dn(mailbox).lower()):
                return mailbox
        return None


def user_dn(mailbox: Mailbox) -> str:
    """The legacy distinguished name, derived from the address."""
    return f"{GROUP}/cn=Recipients/cn={mailbox.address.lower().replace('@', '-at-')}"


def server_dn() -> str:
    """The legacy distinguished name of the one server there is."""
    return f"{GROUP}/cn=Configuration/cn=Servers/cn={SERVER}"


def deployment_id(mailbox: Mailbox) -> str:
    """A GUID that is the same for all users of a domain."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, mailbox.address.rpartition("@")[2]))
