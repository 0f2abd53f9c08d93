# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Verify servers, separately for each connection.

A certificate trusted for one customer's server must not be trusted for all (exchangelib
uses one adapter class for the whole process). So each connection has an adapter of its
own. It trusts the authorities that the operating system trusts, those that requests
trusts (certifi), and additionally the provider's own authority: a server may have a
public name for Autodiscover and a private one for the service.
"""

from __future__ import annotations

import os
import socket
import ssl
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy

from ..core import limits
from ..core.errors import CertificateNotTrusted, NotEncrypted
from ..core.hosts import Hosts, keeps_secrets
from .answer import as_answer
from .sockets import Allowance, ConnectionRules, CountedTls, addresses_of, pools


@dataclass(frozen=True)
class AllowedServers:
    """The servers that a connection may reach.

    :param hosts: the hosts that may be reached
    :param authority: additional trusted certificates in PEM, or ""
    """

    hosts: Hosts
    authority: str = field(default="", repr=False)


class TrustingAdapter(HTTPAdapter):
    """Sends requests to allowed hosts over verified TLS, regardless of environment
    variables.

    :param allowance: for the answers
    :raises CertificateNotTrusted: the provider's authority is not in PEM format
    """

    def __init__(self, servers: AllowedServers, allowance: Allowance) -> None:
        self._servers = servers
        self._rules = ConnectionRules(servers.hosts, allowance)
        # One connection for one login: NTLM authenticates the connection, not the
        # request.
        super().__init__(pool_connections=1, pool_maxsize=1, pool_block=True)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Set up connections; called by requests.

        :param options: keyword arguments for urllib3
        """
        options["ssl_context"] = _context(self._servers.authority)
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = pools(self._rules)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Set up connections through a proxy; called by requests."""
        options["ssl_context"] = _context(self._servers.authority)
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            rules = ConnectionRules(None, self._rules.allowance)
            manager.pool_classes_by_scheme = pools(rules)
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
        """Send a request; the arguments ``verify`` and REQUESTS_CA_BUNDLE are ignored.

        The time to connect is limited here and not at the session, because code in
        between (such as Odoo's test cases) may expect a single number as timeout.

        :raises NotEncrypted: the request contains a login and is not encrypted
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
        """Build the answer; called by requests."""
        return as_answer(super().build_response(*args))

    def _check_behind_proxy(self, host: str) -> None:
        """Check the addresses of a host that is reached through a proxy.

        The proxy looks the name up itself. Names that only the proxy can look up are
        not checked.
        """
        try:
            found = addresses_of(host, 0)
        except socket.gaierror:
            return
        self._rules.allowed(host, found)


def _context(authority: str) -> ssl.SSLContext:
    """Return the context for connections that trust an additional authority.

    :param authority: additional trusted certificates in PEM, or ""
    :raises CertificateNotTrusted: the authority is not in PEM format
    """
    return _made_context(authority, _system_certificates())


def _system_certificates() -> tuple[tuple[str, int], ...]:
    """Return the paths of the certificates that the operating system trusts, and when
    each was changed, in nanoseconds.
    """
    paths = ssl.get_default_verify_paths()
    found = [path for path in (paths.cafile, paths.capath) if path]
    return tuple((path, os.stat(path).st_mtime_ns) for path in found)


@lru_cache(maxsize=32)
def _made_context(authority: str, _system: object) -> ssl.SSLContext:
    """Create the context for an authority. It is cached, because reading the system's
    certificates takes 50 ms.

    :param _system: from :func:`_system_certificates`; after a change, another context
        is created
    """
    context = ssl.create_default_context()
    context.sslsocket_class = CountedTls
    # Python 3.13 started to reject certificates without key identifiers, which
    # companies' own authorities, and the setup of Exchange itself, still create.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if authority.strip():
        try:
            context.load_verify_locations(cadata=authority)
        except (ssl.SSLError, ValueError) as error:
            text = "The certificate of the provider's authority is not in PEM format."
            raise CertificateNotTrusted(text) from error
    return context
