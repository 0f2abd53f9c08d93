# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Choose the Exchange phone slot for a partner's phone number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from odoo.tools import SQL

from ..core.contact import SLOT
from .lookups import phone_slot

if TYPE_CHECKING:
    from odoo.models import BaseModel


def slots(account: BaseModel, partners: BaseModel) -> dict[int, str]:
    """Return the slot of each partner's number, by its kind.

    If another account has the number in a certain slot, such as a fax slot, that slot
    is used.

    :param account: record of ``exchange.account``; its own links take precedence later
    :param partners: recordset of ``res.partner``
    :return: by id of the partner
    """
    home = account.env.company.country_id.code
    found = {
        partner.id: phone_slot(partner.phone, partner.country_id.code or home)
        for partner in partners
    }
    numbered = [partner.id for partner in partners if partner.phone]
    if numbered:
        found.update(_elsewhere(account, numbered))
    return found


def _elsewhere(account: BaseModel, ids: list[int]) -> dict[int, str]:
    """Return the slots according to the oldest link of each partner in other accounts.

    Only one link is read, because each user may have one and reading a base takes time.
    """
    query = SQL(
        """WITH eldest AS (
             SELECT min(id) AS id FROM exchange_contact_link
              WHERE partner_id = ANY(%s) AND account_id <> %s AND base IS NOT NULL
              GROUP BY partner_id),
           agreed AS (
             SELECT link.partner_id, link.base,
                    link.base #>> ARRAY['remembered', %s] AS slot
               FROM eldest JOIN exchange_contact_link link USING (id))
           SELECT partner_id, slot FROM agreed
            WHERE base #>> ARRAY['values', slot] <> ''""",
        ids,
        account.id,
        SLOT,
    )
    account.env["exchange.contact.link"].flush_model()
    return dict(account.env.execute_query(query))
