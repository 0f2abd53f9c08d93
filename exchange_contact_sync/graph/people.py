# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Determine whose mailbox an access token opens.

"Get a user" (https://learn.microsoft.com/graph/api/user-get) and "user resource type"
(https://learn.microsoft.com/graph/api/resources/user).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..outlook.reading import understood
from .connection import GraphConnection
from .contacts.layout import query_for
from .errors import request_error
from .message import Answer, Request

ADDRESSES = ("mail", "userPrincipalName")

ALIASES = "proxyAddresses"
"""All addresses of the mailbox, each with its kind: ``smtp:anna@example.com``."""

SMTP = "smtp:"

REFUSED = (400, 403)


def addresses(connection: GraphConnection) -> tuple[str, ...]:
    """Return the addresses of the owner in lower case: first that of the mailbox, then
    the sign-in name, then further addresses of the mailbox.

    :raises SyncError: there is no usable answer
    """
    answer = _user(connection, *ADDRESSES, ALIASES)
    if answer.status in REFUSED:  # personal accounts have no further addresses
        answer = _user(connection, *ADDRESSES)
    if not answer.is_success:
        raise request_error(answer)
    with understood("user"):
        found = [text.strip().lower() for text in _texts(answer.data)]
    return tuple(dict.fromkeys(text for text in found if text))


def _user(connection: GraphConnection, *names: str) -> Answer:
    return connection.send(Request("GET", query_for(names)))


def _texts(user: Mapping[str, object]) -> Iterator[str]:
    for name in ADDRESSES:
        if isinstance(text := user.get(name), str):
            yield text
    more = user.get(ALIASES)
    for text in more if isinstance(more, list) else []:
        if isinstance(text, str) and text.lower().startswith(SMTP):
            yield text[len(SMTP) :]
