# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses that mean something within an organization's Exchange only.

Exchange names its own mailboxes by a distinguished name (X.500), such as
"/o=Example/ou=Office/cn=Recipients/cn=anna", and marks such an address with the routing
type EX ([MS-OXOCNTC] 2.2.1.2.2); other systems have their own. Not every server sends
the routing type along, so the text is looked at, too.
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
    """Whether it is no e-mail address outside of Exchange.

    :param address: as Exchange keeps it
    :param routing_type: "" when the server does not say
    """
    if routing_type.upper() not in ("", "SMTP"):
        return True
    text = address.strip()
    return any(kind.match(text) for kind in (_X500, _X400, _WRAPPED))


def smtp_address(twin: str) -> str:
    """The SMTP address that Exchange keeps beside an address of its own.

    :param twin: PidLidEmail1OriginalDisplayName or one of its sisters ([MS-OXOCNTC]
        2.2.1.2.4), which may hold a name or an internal address as well
    :return: "" when there is none
    """
    text = twin.strip()
    if text.lower().startswith("smtp:"):
        text = text[5:]
    found = parseaddr(text)[1]
    if not _SMTP.fullmatch(found) or is_internal(found, ""):
        return ""
    return found
