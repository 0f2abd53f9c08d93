# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Count the records that the smart buttons of an account open."""

from __future__ import annotations

from typing import Any

from odoo.models import BaseModel
from odoo.tools import SQL

from ..core.link import ACTIVE_STATES
from ..core.run import LineAction

OPEN_CONFLICTS = [
    ("action", "=", LineAction.CONFLICT.value),
    ("other_chosen", "=", False),
    ("accepted", "=", False),
    ("link_id.state", "in", ACTIVE_STATES),
    ("run_id.trigger", "!=", "preview"),
]
"""The lines of which ``can_use_other`` holds and whose outcome the owner has not
accepted yet.
"""


def count(accounts: BaseModel, model: str, path: str, domain: list[Any]) -> Any:
    """Count records of each account, in one query.

    :param path: leads from a record of the model to the account
    :return: dict of int by account
    """
    return dict(
        accounts.env[model]._read_group(
            [(path, "in", accounts.ids), *domain], [path], ["__count"]
        )
    )


def waiting_lines(accounts: BaseModel) -> list[tuple[int, int]]:
    """Find the contacts that wait for an answer.

    A deferred entry does not store its reason; the last line about it does.

    :return: ids of the account and of the last line of each contact
    """
    env = accounts.env
    accounts = accounts.filtered(lambda account: account._origin.has_access("read"))
    if not accounts.ids:
        return []
    for model in ("exchange.inbox.entry", "exchange.sync.run", "exchange.sync.line"):
        env[model].flush_model()
    return env.execute_query(
        SQL(
            """
            SELECT DISTINCT ON (entry.id) entry.account_id, line.id
              FROM exchange_inbox_entry entry
              JOIN exchange_sync_line line
                ON line.remote_id = entry.remote_id AND line.action = %s
              JOIN exchange_sync_run run
                ON run.id = line.run_id AND run.account_id = entry.account_id
               AND run.trigger <> 'preview'
             WHERE entry.account_id IN %s AND entry.deferred
               AND entry.answer IS DISTINCT FROM 'never'
             ORDER BY entry.id, line.id DESC
            """,
            LineAction.AMBIGUOUS.value,
            tuple(accounts.ids),
        )
    )
