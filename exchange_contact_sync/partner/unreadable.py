# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Represent partners that Odoo, or one of its apps, fails to read.

The columns of the table are enough to recognize such partners, so they do not count as
deleted and are not created again.
"""

from __future__ import annotations

from datetime import timezone
from typing import TYPE_CHECKING, Any

from odoo.tools import SQL

from ..core.contact import Contact
from ..core.evidence import evidence_of
from ..core.fields import IS_COMPANY, MAIN_PHONE
from ..core.matching import Candidate
from ..core.partner import LocalContact

if TYPE_CHECKING:
    from odoo.api import Environment

    from ..core.errors import ContactError
    from ..core.reference_data import ReferenceData


def local(
    env: Environment, partner: int, change_token: str, problem: ContactError
) -> LocalContact | None:
    """Return what is known about a partner that cannot be read: its name. None if it
    was deleted.

    :param partner: id of the partner
    :param change_token: see ``change_tokens.py``
    :param problem: why it cannot be read
    """
    row = _row(env, partner)
    if not row:
        return None
    name, *_texts, active, written = row
    contact = Contact({"name": name or ""})
    moment = written.replace(microsecond=0, tzinfo=timezone.utc)
    return LocalContact(partner, contact, moment, change_token, active, problem=problem)


def candidate(
    env: Environment, partner: int, reference_data: ReferenceData
) -> Candidate | None:
    """Return a candidate for a partner that cannot be read; None if it was deleted.

    :param partner: id of the partner
    """
    row = _row(env, partner)
    if not row:
        return None
    name, email, phone, is_company, active, _written = row
    values = {
        "name": name or "",
        "email": email or "",
        MAIN_PHONE: phone or "",
        IS_COMPANY: "yes" if is_company else "",
    }
    return Candidate(partner, evidence_of(values, reference_data), active)


def _row(env: Environment, partner: int) -> tuple[Any, ...] | None:
    env["res.partner"].flush_model()
    query = SQL(
        "SELECT name, email, phone, is_company, active, write_date FROM res_partner"
        " WHERE id = %s",
        partner,
    )
    rows = env.execute_query(query)
    return rows[0] if rows else None
