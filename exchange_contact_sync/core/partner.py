# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The content of Odoo's contacts, independent of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .contact import Contact
from .errors import ContactError


@dataclass(frozen=True)
class LocalContact:
    """A partner as the account's owner sees it.

    :param contact: rows of ``core.fields``, with the number as ``fields.MAIN_PHONE``
    :param modified: with time zone
    :param change_token: differs after any change of the values in ``contact``
    :param active: not archived
    :param phone_slot: key of the slot for a number of this kind
    :param unreadable: rows that are blank here because their stored value cannot be
        read; no person cleared them
    :param problem: why the partner cannot be read: ``contact`` then contains only the
        name; None if it can
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

    :param change_token: the partner's token afterwards
    :param became: by row, what Odoo stored if that differs from what was written; for
        example, Odoo adds "http://" to a website
    """

    id: int
    change_token: str
    became: Mapping[str, str] = field(default_factory=dict)
