# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ask whose mailbox an access token opens.

"Get a user" (https://learn.microsoft.com/graph/api/user-get).
"""

from __future__ import annotations

from ..outlook.reading import understood
from .connection import GraphConnection
from .contacts.layout import question
from .errors import request_error
from .message import Request

ADDRESSES = ("mail", "userPrincipalName")


def addresses(connection: GraphConnection) -> tuple[str, ...]:
    """Return the addresses of the owner, in lower case: that of the mailbox first, then
    the name to sign in with.

    :raises SyncError: there is no usable answer
    """
    answer = connection.send(Request("GET", question(ADDRESSES)))
    if not answer.is_success:
        raise request_error(answer)
    with understood("user"):
        texts = [answer.data.get(name) for name in ADDRESSES]
    found = [text.strip().lower() for text in texts if isinstance(text, str)]
    return tuple(dict.fromkeys(text for text in found if text))
