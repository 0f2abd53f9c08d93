# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Instance discovery: whether a host is one of a cloud's, and its other names.

Sources: "Custom authority aliases" of MSAL.NET for what it is for, the endpoint's
answers as MSAL libraries keep them. MSAL asks before it uses a token of its cache.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from ..http_message import HttpAnswer
from .errors import SignInError, json_answer

_MICROSOFT = {
    "preferred_network": "login.microsoftonline.com",
    "preferred_cache": "login.windows.net",
    "aliases": [
        "login.microsoftonline.com",
        "login.windows.net",
        "login.microsoft.com",
        "sts.windows.net",
    ],
}
# What stands in an authorize endpoint, and in the address of its discovery instead.
_DISCOVERY = {
    "/oauth2/v2.0/authorize": "/v2.0/.well-known/openid-configuration",
    "/oauth2/authorize": "/.well-known/openid-configuration",
}


def answer(asked: dict[str, str], own: str) -> HttpAnswer:
    """GET …/common/discovery/instance

    :param asked: the query: ``api-version``, ``authorization_endpoint``
    :param own: the server's own host, with its port
    """
    own_entry = {"preferred_network": own, "preferred_cache": own, "aliases": [own]}
    metadata = [_MICROSOFT, own_entry]
    endpoint = asked.get("authorization_endpoint", "")
    host = urlsplit(endpoint).netloc.lower()
    if not any(host in entry["aliases"] for entry in metadata):
        text = "Unknown or invalid instance."
        return SignInError("invalid_instance", 50049, text).answer()
    for authorize, discovery in _DISCOVERY.items():
        endpoint = endpoint.replace(authorize, discovery)
    return json_answer(
        {
            "tenant_discovery_endpoint": endpoint,
            "api-version": asked.get("api-version", "1.0"),
            "metadata": metadata,
        }
    )
