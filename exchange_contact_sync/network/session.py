# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sessions that can reach one server only."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests

from ..core.hosts import is_this_machine
from .answer import PACKED
from .sockets import Allowance
from .tls import Border, TrustingAdapter

USER_AGENT = "OdooContactSync"
"""Administrators allow or block programs by this name ("Control access to EWS")."""


def bare_session(
    endpoint: str, border: Border, allowance: Allowance
) -> requests.Session:
    """Return a session for one server, without a login.

    :param endpoint: URL; the session cannot reach any other server
    :param allowance: limits the answers
    :raises ServerNotFound: the border does not allow this server
    """
    border.hosts.check(endpoint)
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    session.headers["Accept-Encoding"] = PACKED
    session.adapters.clear()
    adapter = TrustingAdapter(border, allowance)
    session.mount("{0.scheme}://{0.netloc}/".format(urlsplit(endpoint)), adapter)
    session.trust_env = not is_this_machine(endpoint)
    return session
