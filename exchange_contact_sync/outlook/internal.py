# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Recognize addresses that are valid only within an organization's Exchange.

Exchange identifies its own mailboxes by an X.500 name, such as
"/o=Example/ou=Office/cn=Recipients/cn=anna", and marks such an address with the routing
type EX ([MS-OXOCNTC] 2.2.1.2.2); other systems have their own. Not every server sends
the routing type, so the text is checked, too.
"""

from __future__ import annotations

import re
from email.utils import parseaddr

_X500 = re.compile(r"(?:ex:)?/(?:o|ou|c|dc|cn)=", re.IGNORECASE)
_X400 = re.compile(r"(?!.*@)(?:x400:|/)?[a-z]{1,4}=[^;/]*[;/]", re.IGNORECASE)
_WRAPPED = re.compile(r"imcea\w+-", re.IGNORECASE)
"""An address of another kind, written as an SMTP address ([MS-OXCMAIL] 2.1.3.1.8)."""

_SMTP = re.compile(r"[^@\s]+@[^@\s]+")


def is_internal(address: str, routing_type: str) -> bool:
    """Return whether the address is not an e-mail address outside of Exchange.

    :param address: as stored by Exchange
    :param routing_type: "" if the server does not send it
    """
    if routing_type.upper() not in ("", "SMTP"):
        return True
    text = address.strip()
    return any(kind.match(text) for kind in (_X500, _X400, _WRAPPED))


def smtp_address(original: str) -> str:
    """Return the SMTP address that Exchange stores beside an internal address.

    :param original: PidLidEmail1OriginalDisplayName or the corresponding property of
        another address ([MS-OXOCNTC] 2.2.1.2.4), which may also hold a name or an
        internal address
    :return: "" if there is none
    """
    text = original.strip()
    if text.lower().startswith("smtp:"):
        text = text[5:]
    found = parseaddr(text)[1]
    if not _SMTP.fullmatch(found) or is_internal(found, ""):
        return ""
    return found
