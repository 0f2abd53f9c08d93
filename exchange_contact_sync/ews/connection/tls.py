# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which servers are talked to: checked for each connection by itself.

exchangelib knows one adapter class for the whole process, so that a certificate
trusted for one customer's server would be trusted for all. Here each connection has
an adapter of its own. It trusts what the operating system trusts, what requests
trusts (certifi), and the provider's own authority in addition: a server may stand
behind a public name for Autodiscover and a private one for the service.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy

from ...core import limits
from ...core.errors import CertificateNotTrusted, NotEncrypted
from ...core.hosts import Hosts, keeps_secrets
from ..operations.answer import as_answer
from .sockets import Allowance, CountedTls, Gate, places_of, pools


@dataclass(frozen=True)
class Border:
    """Whom a connection may lead to.

    :param authority: certificates in PEM to trust in addition, or ""
    """

    hosts: Hosts
    authority: str = field(default="", repr=False)


class TrustingAdapter(HTTPAdapter):
    """Sends requests to allowed hosts, over TLS that is verified, whatever the
    environment says.

    :param allowance: for the answers
    :raises CertificateNotTrusted: when its authority is no PEM
    """

    def __init__(self, border: Border, allowance: Allowance) -> None:
        self._border = border
        self._gate = Gate(border.hosts, allowance)
        # One connection for one login: NTLM signs in the connection, not the request.
        super().__init__(pool_connections=1, pool_maxsize=1, pool_block=True)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Called by requests; :param options: keyword arguments for urllib3."""
        options["ssl_context"] = _context(self._border.authority)
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = pools(self._gate)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Called by requests for connections through a proxy."""
        options["ssl_context"] = _context(self._border.authority)
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            gate = Gate(None, self._gate.allowance)
            manager.pool_classes_by_scheme = pools(gate)
        return manager

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float | None, float | None] | None = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: dict[str, str] | None = None,
    ) -> requests.Response:
        """Send a request; ``verify`` is not asked, REQUESTS_CA_BUNDLE has no say.

        The time to connect is cut short here and not at the session: whoever stands
        between (Odoo's test cases do) may expect a time-out to be one number.

        :raises NotEncrypted: it holds a login, and others could listen in
        """
        url = request.url or ""
        if "Authorization" in request.headers and not keeps_secrets(url):
            raise NotEncrypted()
        if select_proxy(url, proxies):
            self._check_behind_proxy(urlsplit(url).hostname or "")
        if isinstance(timeout, float | int):
            timeout = (min(limits.CONNECT_SECONDS, timeout), timeout)
        return super().send(request, stream, timeout, True, None, proxies)

    def build_response(self, *args: Any) -> requests.Response:
        """Called by requests for each answer."""
        return as_answer(super().build_response(*args))

    def _check_behind_proxy(self, host: str) -> None:
        """A proxy looks a name up itself, and for names of its own it is the only one
        that can.
        """
        try:
            found = places_of(host, 0)
        except socket.gaierror:
            return
        self._gate.allowed(host, found)


def _context(authority: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.sslsocket_class = CountedTls
    # Python 3.13 began to refuse certificates without key identifiers, which
    # authorities inside companies, and Exchange's own setup, make to this day.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if authority.strip():
        try:
            context.load_verify_locations(cadata=authority)
        except (ssl.SSLError, ValueError) as error:
            text = "The certificate of the provider's authority is not in PEM format."
            raise CertificateNotTrusted(text) from error
    return context
