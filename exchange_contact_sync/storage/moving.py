# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Replace the ids of a mailbox's contacts and folders by those of another protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from odoo.tools import SQL

if TYPE_CHECKING:
    from odoo.models import BaseModel

TABLES = ("exchange_contact_link", "exchange_inbox_entry", "exchange_folder")
"""The tables with the columns ``account_id`` and ``remote_id``."""

NOT_MOVING = {"move_stage": False, "former_provider_id": False}
"""The values of an account that is not, or no longer, moving to another protocol."""

KNOWN = """
    SELECT DISTINCT remote_id FROM %s WHERE account_id = %s AND remote_id <> ''
"""
REPLACE = """
    UPDATE %s SET remote_id = changed.new
      FROM unnest(%s, %s) AS changed (old, new)
     WHERE account_id = %s AND remote_id = changed.old
"""


def known_ids(account: BaseModel) -> list[str]:
    """Return the ids of all contacts and folders that are known of a mailbox.

    :param account: record of ``exchange.account``
    """
    account.env.flush_all()
    found: set[str] = set()
    for table in TABLES:
        query = SQL(KNOWN, SQL.identifier(table), account.id)
        found.update(id_ for (id_,) in account.env.execute_query(query))
    return sorted(found)


def replace_ids(account: BaseModel, changed: Mapping[str, str]) -> None:
    """Replace ids, in the transaction that is open.

    :param changed: new ids by old ones
    """
    if not changed:
        return
    old, new = list(changed), list(changed.values())
    for table in TABLES:
        table_name = SQL.identifier(table)
        account.env.cr.execute(SQL(REPLACE, table_name, old, new, account.id))
    account.env.invalidate_all()
