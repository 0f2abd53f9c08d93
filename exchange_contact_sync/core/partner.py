# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo says of a contact, in no database's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .contact import Contact
from .errors import ContactError


@dataclass(frozen=True)
class LocalContact:
    """A partner as its owner sees it.

    :param id: int
    :param contact: Contact, rows of ``core.fields``, the number as
        ``fields.MAIN_PHONE``
    :param modified: datetime, aware
    :param change_token: str, changes whenever anything the contact is made of changes
    :param active: bool, not archived
    :param phone_slot: str, key of the slot for a number of this kind
    :param unreadable: frozenset of str, rows that are blank here because what is kept
        of them cannot be read; nobody cleared them
    :param problem: ContactError, why the partner cannot be read: then ``contact`` holds
        the name alone; None for all others
    """

    id: int
    contact: Contact
    modified: datetime
    change_token: str
    active: bool = True
    phone_slot: str = "phone_business"
    unreadable: frozenset[str] = frozenset()
    problem: ContactError | None = None


@dataclass(frozen=True)
class Written:
    """A partner that was written.

    :param id: int
    :param change_token: str, its change token afterwards
    :param became: Mapping of row to text, what Odoo has where that is not what was
        written: it writes "http://" before a website, say
    """

    id: int
    change_token: str
    became: Mapping[str, str] = field(default_factory=dict)
