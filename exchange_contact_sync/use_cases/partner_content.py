# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Update the addon's data about a partner when it is written or deleted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from odoo.models import BaseModel
from odoo.tools import SQL

from ..partner import match_keys
from ..partner.mapping import CONTENT_COLUMNS, CONTENT_LISTS
from ..storage import erase
from . import passwords

MATCH_KEYS_FROM = match_keys.MADE_OF
"""Paths of the fields from which match keys are computed."""

WRITTEN = "exchange_contact_sync.written_lists"
"""Key of the cursor's data for the ids of partners whose lists were written."""


def match_keys_of(partner: BaseModel) -> str | bool:
    """Return the match keys of the partner; see ``core/evidence.py``."""
    return match_keys.of_partner(partner)


def erase_partners(partners: BaseModel) -> None:
    """Erase data about deleted partners from the addon's tables."""
    erase.erase_partners(partners.env, partners.ids, passwords.blinding())


def note_written_lists(partners: BaseModel, names: Collection[str]) -> None:
    """Note that lists were written: tags and communication options have no column.

    :param names: of the fields that are written
    """
    if not CONTENT_LISTS.isdisjoint(names):
        data = partners.env.cr.precommit.data
        data.setdefault(WRITTEN, set()).update(partners._ids)


def store_content_date(
    partners: BaseModel, vals_list: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Store when the synchronized content of partners was last changed.

    The newest change wins a conflict. But any write sets ``write_date``, for example a
    write of another salesperson or of a field that Odoo computes. Therefore, when only
    columns are written that are not synchronized, this function stores the previous
    ``write_date``. Without a stored date, ``write_date`` is the date of the content.

    :param vals_list: columns of each partner that are about to be written
    :return: the same with the date reset where content is among them
    """
    further = {one.name for one in partners._exchange_further_fields()}
    content = CONTENT_COLUMNS | further
    lists = partners.env.cr.precommit.data.get(WRITTEN, set())
    changed = {
        partner
        for partner, vals in zip(partners._ids, vals_list, strict=True)
        if partner in lists or not content.isdisjoint(vals)
    }
    _keep_date(partners, set(partners._ids) - changed)
    lists -= changed
    return [
        {**vals, "exchange_content_date": None} if partner in changed else vals
        for partner, vals in zip(partners._ids, vals_list, strict=True)
    ]


def _keep_date(partners: BaseModel, ids: Collection[int]) -> None:
    """Store the ``write_date`` of partners before it is overwritten.

    Partners that were already written in this transaction keep the transaction's date.
    """
    if ids:
        partners.env.cr.execute(
            SQL(
                "UPDATE res_partner SET exchange_content_date = write_date"
                " WHERE id IN %s AND exchange_content_date IS NULL"
                " AND write_date <> %s",
                tuple(ids),
                partners.env.cr.now(),
            )
        )
