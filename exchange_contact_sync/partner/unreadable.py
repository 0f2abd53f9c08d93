# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Partners that Odoo, or one of its apps, fails to read.

What the columns of the table say is enough to know them by, so that they are neither
taken for deleted nor entered twice.
"""

from datetime import timezone

from odoo.tools import SQL

from ..core.contact import Contact
from ..core.evidence import evidence_of
from ..core.fields import IS_COMPANY, MAIN_PHONE
from ..core.matching import Candidate
from ..core.partner import LocalContact


def local(env, partner, change_token, problem):
    """:param env: Environment
    :param partner: int, id of the partner
    :param change_token: str, see ``changes.py``
    :param problem: ContactError, why it cannot be read
    :return: LocalContact, of which only the name is known; None if it was deleted
    """
    row = _row(env, partner)
    if not row:
        return None
    name, *_texts, active, written = row
    contact = Contact({"name": name or ""})
    moment = written.replace(microsecond=0, tzinfo=timezone.utc)
    return LocalContact(partner, contact, moment, change_token, active, problem=problem)


def candidate(env, partner, words):
    """:param env: Environment
    :param partner: int, id of the partner
    :param words: ReferenceData
    :return: Candidate, None if it was deleted
    """
    row = _row(env, partner)
    if not row:
        return None
    name, email, phone, is_company, active, _written = row
    told = {
        "name": name or "",
        "email": email or "",
        MAIN_PHONE: phone or "",
        IS_COMPANY: "yes" if is_company else "",
    }
    return Candidate(partner, evidence_of(told, words), active)


def _row(env, partner):
    env["res.partner"].flush_model()
    query = SQL(
        "SELECT name, email, phone, is_company, active, write_date FROM res_partner"
        " WHERE id = %s",
        partner,
    )
    rows = env.execute_query(query)
    return rows[0] if rows else None
