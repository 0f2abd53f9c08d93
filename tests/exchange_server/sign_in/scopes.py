# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Permissions as requests name them.

Source: "Scopes and permissions in the Microsoft identity platform": a scope is the
resource, a slash and the permission; without a resource it is Graph's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .errors import SignInError

OPEN_ID = frozenset({"openid", "profile", "email", "offline_access"})
TEXTS: Mapping[str, str] = {
    "Contacts.Read": "Read your contacts",
    "Contacts.ReadWrite": "Have full access to your contacts",
    "Contacts.Read.Shared": "Read your and shared contacts",
    "Contacts.ReadWrite.Shared": "Read and write your and shared contacts",
    "User.Read": "Sign you in and read your profile",
    "offline_access": "Maintain access to data you have given it access to",
    "openid": "Sign you in",
    "profile": "View your basic profile",
    "email": "View your email address",
}
"""By permission, what the page of consent says of it."""
DEFAULT = ".default"
_GRAPH = "https://graph.microsoft.com"


def read_scopes(text: str) -> frozenset[str]:
    """The permissions that a request names, without their resource.

    :raises SignInError: for one that does not exist, and for none at all
    """
    names = frozenset(each.rpartition("/")[2] for each in text.split())
    if not names:
        what = "The request body must contain the following parameter: 'scope'."
        raise SignInError("invalid_request", 900144, what)
    known = {name.lower(): name for name in TEXTS}
    unknown = sorted(n for n in names if n.lower() not in known and n != DEFAULT)
    if unknown:
        what = f"The application asked for scope '{unknown[0]}' that doesn't exist."
        raise SignInError("invalid_client", 650053, what)
    return frozenset(known.get(name.lower(), name) for name in names)


def written(scopes: Iterable[str], asked: str) -> str:
    """The scopes of an answer: with their resource if the request names it so, as in
    "OAuth 2.0 authorization code flow". MSAL finds its tokens by them.

    :param asked: the scopes of the request
    """
    graph = f"{_GRAPH}/" if _GRAPH in asked.lower() else ""
    texts = (name if name in OPEN_ID else f"{graph}{name}" for name in scopes)
    return " ".join(sorted(texts))


def is_application_scope(text: str) -> bool:
    """Whether a scope is one for an application by itself: "resource/.default"."""
    return len(text.split()) == 1 and text.endswith(f"/{DEFAULT}")
