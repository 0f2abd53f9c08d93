# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contact of Exchange before anything is filled in."""

from __future__ import annotations

from ..core.contact import Contact
from ..core.fields import PHONE_KEYS
from ..core.multi_value import rows_of
from .session import Slice


def blank_contact(work: Slice) -> Contact:
    """:param work: Slice
    :return: Contact, each row of which is blank
    """
    rows = rows_of(work.parts.partners.carries)
    return Contact(dict.fromkeys([*rows, *PHONE_KEYS], ""))
