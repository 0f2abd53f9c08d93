# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find partners for contacts of a mailbox by their match keys.

The keys are in an indexed column of the partner, computed when the partner is written
(``models/res_partner.py``). So only the partners that share a key are read, even among
a hundred thousand.
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
"""The fields from which a partner's keys are computed."""


def of_partner(partner: BaseModel) -> str | Literal[False]:
    """Return the match keys of a partner, one per line.

    :param partner: record of ``res.partner``
    """
    return "\n".join(sorted(partner_keys(_key_values(partner)))) or False


def partners_with(env: Environment, keys: Collection[str]) -> list[int]:
    """Return the ids of partners that have one of these match keys, visible to the user
    or not.

    In a table that PostgreSQL considers small, it may compare a list of a thousand keys
    with each row, which takes longer than the rest of a batch. So sequential scans are
    disabled, and PostgreSQL uses the index.
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
    env: Environment, ids: list[int], reference_data: ReferenceData
) -> list[Candidate]:
    """Return people and companies as candidates.

    :param env: of the owner, whose rights apply
    """
    if not ids:
        return []
    domain = [("id", "in", ids), ("type", "=", "contact")]
    names = [*READ, extra_fields.field_name(env["res.partner"], "birthday")]
    partners = env["res.partner"].search_fetch(domain, names, order="id")
    return [
        Candidate(
            partner.id, evidence_of(_with_more(partner), reference_data), partner.active
        )
        for partner in partners
    ]


def _with_more(partner: BaseModel) -> dict[str, str]:
    return {
        **_key_values(partner),
        "business_country": partner.country_id.code or "",
        "birthday": extra_fields.read(partner, "birthday"),
    }


def _key_values(partner: BaseModel) -> dict[str, str]:
    return {
        "name": partner.name or "",
        "company": company_of(partner),
        "email": partner.email or "",
        "emails": "\n".join(communication_options.values(partner, "email")),
        MAIN_PHONE: partner.phone or "",
        NUMBER_LISTS[0]: "\n".join(communication_options.values(partner, "phone_")),
        IS_COMPANY: "yes" if partner.is_company else "",
    }
