# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extend the app *Privacy*, so that it also searches the addon's tables for a person.

The app may not be installed, or be installed before or after this addon. So this module
extends its model when the registry is ready, as ``base_automation`` does.
"""

from __future__ import annotations

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools import SQL, escape_psql

WIZARD = "privacy.lookup.wizard"
PLACES = {
    "exchange.contact.link": ("base", "facts"),
    "exchange.inbox.entry": ("facts",),
    "exchange.sync.line": ("name", "old_value", "new_value"),
    "res.partner.communication": ("value",),
}
"""Columns that hold names and addresses of people, besides those the app finds itself
(``privacy_lookup``: fields named ``email``, and references to partners)."""


def extend(env: Environment) -> None:
    """Extend the app's search, once for each registry."""
    wizard = env.registry.get(WIZARD)
    if wizard is None or "exchange_query" in vars(wizard):
        return
    query_of = wizard._get_query

    def _get_query(wizard: BaseModel) -> SQL:
        return _with_ours(query_of(wizard), wizard)

    wizard.exchange_query = wizard._get_query = _get_query


def _with_ours(query: SQL, wizard: BaseModel) -> SQL:
    """Add our tables to the app's query.

    :param query: of columns ``res_model_id``, ``res_id``, ``is_active``
    :return: likewise, each record once
    """
    env = wizard.env
    texts = [escape_psql(wizard.name.strip()), escape_psql(wizard.email.strip())]
    found = [query]
    for name, columns in PLACES.items():
        matches = SQL(" OR ").join(
            SQL("%s::text ILIKE %s", SQL.identifier(column), f"%{text}%")
            for column in columns
            for text in texts
        )
        found.append(
            SQL(
                "SELECT %s AS res_model_id, id AS res_id, TRUE AS is_active"
                " FROM %s WHERE %s",
                env["ir.model"]._get_id(name),
                SQL.identifier(env[name]._table),
                matches,
            )
        )
    return SQL(
        "SELECT res_model_id, res_id, bool_or(is_active) AS is_active"
        " FROM (%s) AS found GROUP BY res_model_id, res_id",
        SQL(" UNION ALL ").join(found),
    )
