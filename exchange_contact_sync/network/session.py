# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create sessions that can reach only one server."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests

from ..core.hosts import is_this_machine
from .answer import ENCODING
from .sockets import Allowance
from .tls import AllowedServers, TrustingAdapter

USER_AGENT = "OdooContactSync"
"""Administrators allow or block programs by this name ("Control access to EWS")."""


def bare_session(
    endpoint: str, servers: AllowedServers, allowance: Allowance
) -> requests.Session:
    """Return a session for one server, without a login.

    :param endpoint: URL; the session cannot reach any other server
    :param allowance: limits the answers
    :raises ServerNotFound: the server is not an allowed one
    """
    servers.hosts.check(endpoint)
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    session.headers["Accept-Encoding"] = ENCODING
    session.adapters.clear()
    adapter = TrustingAdapter(servers, allowance)
    session.mount("{0.scheme}://{0.netloc}/".format(urlsplit(endpoint)), adapter)
    session.trust_env = not is_this_machine(endpoint)
    return session
