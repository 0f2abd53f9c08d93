# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which certificates are trusted: always checked, for each connection by itself.

exchangelib knows one adapter class for the whole process, so that a certificate
trusted for one customer's server would be trusted for all. Here each connection has
an adapter of its own. It trusts what the operating system trusts, what requests
trusts (certifi), and the provider's own authority in addition: a server may stand
behind a public name for Autodiscover and a private one for the service.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping

import requests
from requests.adapters import HTTPAdapter

from ..core.errors import CertificateNotTrusted

CONNECT_TIMEOUT = 10.0
"""Seconds; a server that takes longer to accept a connection is not there."""


class TrustingAdapter(HTTPAdapter):
    """Sends requests over TLS that is verified, whatever the environment says.

    :param authority: str, certificates in PEM to trust in addition, or ""
    :raises CertificateNotTrusted: when that is no PEM
    """

    def __init__(self, authority: str) -> None:
        self._authority = authority
        # One connection for one login: NTLM signs in the connection, not the request.
        super().__init__(pool_connections=1, pool_maxsize=1, pool_block=True)

    def init_poolmanager(self, *args: object, **options: object) -> None:
        """Called by requests; :param options: keyword arguments for urllib3."""
        options["ssl_context"] = _context(self._authority)
        super().init_poolmanager(*args, **options)

    def proxy_manager_for(self, *args: object, **options: object) -> object:
        """Called by requests for connections through a proxy."""
        options["ssl_context"] = _context(self._authority)
        return super().proxy_manager_for(*args, **options)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | None = None,
        verify: bool | str = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a request; ``verify`` is not asked, REQUESTS_CA_BUNDLE has no say.

        The time to connect is cut short here and not at the session: whoever stands
        between (Odoo's test cases do) may expect a time-out to be one number.
        """
        if isinstance(timeout, float | int):
            timeout = (min(CONNECT_TIMEOUT, timeout), timeout)
        return super().send(request, stream, timeout, True, None, proxies)


def _context(authority: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
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
