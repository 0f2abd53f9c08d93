# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build an Exchange contact without any value.

Ports: partners.
"""

from __future__ import annotations

from ..core.contact import Contact
from ..core.fields import PHONE_KEYS
from ..core.multi_value import rows_of
from .session import Session


def blank_contact(session: Session) -> Contact:
    """Return a contact in which each row is blank."""
    rows = rows_of(session.partners.carries)
    return Contact(dict.fromkeys([*rows, *PHONE_KEYS], ""))
