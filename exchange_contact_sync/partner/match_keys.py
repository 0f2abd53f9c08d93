# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Partners that contacts of a mailbox might be, found by their match keys.

The keys stand in an indexed column of the partner, made when the partner is written
(``models/res_partner.py``): of a hundred thousand partners only those that share a key
are looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

from odoo.tools import SQL

from ..core.evidence import evidence_of, partner_keys
from ..core.fields import IS_COMPANY, MAIN_PHONE, NUMBER_LISTS
from ..core.matching import Candidate
from . import communication_options, extra_fields
from .mapping import company_of

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

    from ..core.reference_data import ReferenceData

READ = (
    "name",
    "email",
    "phone",
    "commercial_partner_id",
    "company_name",
    "country_id",
    "is_company",
    "active",
    communication_options.OPTIONS,
)
"""Fields to fetch before :func:`candidates`."""


MADE_OF = (
    "name",
    "email",
    "phone",
    "is_company",
    "company_name",
    "commercial_partner_id.name",
    "commercial_partner_id.is_company",
    f"{communication_options.OPTIONS}.kind",
    f"{communication_options.OPTIONS}.value",
)
"""What the keys of a partner depend on."""


def of_partner(partner: BaseModel) -> str | Literal[False]:
    """The match keys of a partner, one a line.

    :param partner: record of ``res.partner``
    """
    return "\n".join(sorted(partner_keys(_told(partner)))) or False


def partners_with(env: Environment, keys: Collection[str]) -> list[int]:
    """Ids of partners that have a match key, whether the user may see them or not.

    PostgreSQL compares a list of a thousand keys with each row of a table that it takes
    for small, which costs more than all the rest of a batch: the index is asked for.
    """
    if not keys:
        return []
    env["res.partner"].flush_model(["exchange_match_keys"])
    env.cr.execute("SET LOCAL enable_seqscan = off")
    query = SQL(
        "SELECT id FROM res_partner"
        r" WHERE string_to_array(exchange_match_keys, E'\n') && %s::text[]",
        list(keys),
    )
    found = [partner for (partner,) in env.execute_query(query)]
    env.cr.execute("SET LOCAL enable_seqscan = on")
    return found


def candidates(
    env: Environment, ids: list[int], words: ReferenceData
) -> list[Candidate]:
    """People and companies as candidates.

    :param env: of the owner, whose rights decide
    """
    if not ids:
        return []
    domain = [("id", "in", ids), ("type", "=", "contact")]
    names = [*READ, extra_fields.place(env["res.partner"], "birthday")]
    partners = env["res.partner"].search_fetch(domain, names, order="id")
    return [
        Candidate(partner.id, evidence_of(_with_more(partner), words), partner.active)
        for partner in partners
    ]


def _with_more(partner: BaseModel) -> dict[str, str]:
    return {
        **_told(partner),
        "business_country": partner.country_id.code or "",
        "birthday": extra_fields.read(partner, "birthday"),
    }


def _told(partner: BaseModel) -> dict[str, str]:
    return {
        "name": partner.name or "",
        "company": company_of(partner),
        "email": partner.email or "",
        "emails": "\n".join(communication_options.values(partner, "email")),
        MAIN_PHONE: partner.phone or "",
        NUMBER_LISTS[0]: "\n".join(communication_options.values(partner, "phone_")),
        IS_COMPANY: "yes" if partner.is_company else "",
    }
