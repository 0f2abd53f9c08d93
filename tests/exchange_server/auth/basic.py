# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Basic scheme (RFC 7617)."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..exchange import Exchange
    from ..store.mailbox import Mailbox


def identify(token: str, exchange: Exchange) -> Mailbox | None:
    """The mailbox of the user and password in a Basic token, None if there is none.

    RFC 7617 leaves the encoding open: UTF-8 is tried first, then ISO 8859-1, which
    Python's requests uses for what it can encode so.
    """
    try:
        raw = base64.b64decode(token, validate=True)
    except binascii.Error:
        return None
    for encoding in ("utf-8", "latin-1"):
        try:
            username, colon, password = raw.decode(encoding).partition(":")
        except UnicodeDecodeError:
            continue
        return exchange.check_password(username, password) if colon else None
    return None
