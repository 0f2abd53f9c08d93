# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keep what is synchronized of a partner when it is written or deleted."""

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
"""Paths of the fields that match keys are made from."""

WRITTEN = "exchange_contact_sync.written_lists"
"""Where the transaction keeps ids of partners whose lists were written."""


def match_keys_of(partner: BaseModel) -> str | bool:
    """By what contacts of mailboxes find the partner; see ``core/evidence.py``."""
    return match_keys.of_partner(partner)


def erase_partners(partners: BaseModel) -> None:
    """Erase what the addon's tables hold of partners that are deleted."""
    erase.erase_partners(partners.env, partners.ids, passwords.blinding())


def note_lists(partners: BaseModel, names: Collection[str]) -> None:
    """Note that lists were written: tags and communication options have no column.

    :param names: of the fields that are written
    """
    if not CONTENT_LISTS.isdisjoint(names):
        data = partners.env.cr.precommit.data
        data.setdefault(WRITTEN, set()).update(partners._ids)


def date_content(
    partners: BaseModel, vals_list: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Keep when the content of partners was last changed.

    A conflict is won by the newest change. ``write_date`` is the time of any write: of
    another salesperson, or of a field that Odoo computes. So, when columns are written
    that no contact in Exchange consists of, the time of the last write that was of
    another kind is kept. As long as there is none, it is ``write_date``.

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
    """Keep the ``write_date`` of partners before it is overwritten.

    Of those written in the same transaction it is theirs anyway.
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
