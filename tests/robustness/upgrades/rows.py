# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rows of people and of the addon, and what an upgrade may change in them."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg2

LAST_CHANGE = "last change of a synchronized value"
"""The newest change wins a conflict; an upgrade is no change
(``res_partner_content.py``).
"""

Row = dict[str, object]
Rows = dict[str, dict[object, Row]]

PEOPLE = ("res_partner", "res_partner_communication")
MOMENTS = {"write_date", "write_uid"}

MAY_CHANGE = {
    ("exchange_account", "password_encrypted"): "bound to its record",
    ("exchange_account", "connection_url"): "sealed, so that no user sets one",
    ("exchange_contact_link", "change_token"): "each pair is compared again",
    ("exchange_contact_link", "match_keys"): "made anew, more selective",
    ("exchange_inbox_entry", "deferred"): "deferred contacts are decided again",
    ("exchange_inbox_entry", "facts"): "deferred contacts are decided again",
    ("exchange_inbox_entry", "match_keys"): "made anew, more selective",
    ("res_partner", "exchange_match_keys"): "made anew, more selective",
    ("res_partner", "exchange_content_date"): "see LAST_CHANGE",
    ("res_partner_communication", "normalized"): "computed; match keys replaced it",
}
"""The reasons why columns may change, by table and column; all others must not."""

RENAMED = {
    ("exchange_account", "brake_percent"): "deletion_limit",
    ("exchange_account", "brake_passed"): "deletion_limit_passed",
    ("exchange_contact_link", "asked"): "user_request",
    ("exchange_contact_link", "wishes"): "field_overrides",
    ("exchange_contact_link", "partner_stamp"): "change_token",
    ("exchange_inbox_entry", "mark"): "change_type",
    ("exchange_inbox_entry", "parked"): "deferred",
    ("exchange_folder", "loss_told"): "loss_reported",
}


def stored(database: str) -> Rows:
    """:returns: by table, each row by its id (or by its text, if it has no id)"""
    connection = psycopg2.connect(dbname=database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name FROM information_schema.tables"
                " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
                " AND (table_name LIKE 'exchange%%' OR table_name = ANY(%s))",
                [list(PEOPLE)],
            )
            tables = sorted(name for (name,) in cursor.fetchall())
            return {table: _rows(cursor, table) for table in tables}
    finally:
        connection.close()


def _rows(cursor: psycopg2.extensions.cursor, table: str) -> dict[object, Row]:
    cursor.execute(f'SELECT to_jsonb(t) FROM "{table}" t')
    found = [row for (row,) in cursor.fetchall()]
    if table == "res_partner":
        for row in found:
            row[LAST_CHANGE] = row.get("exchange_content_date") or row["write_date"]
    return {row.get("id") or repr(sorted(row.items())): row for row in found}


def not_kept(before: Rows, after: Rows) -> list[str]:
    """:returns: a sentence for each value that an upgrade must not change, but did"""
    return [
        sentence
        for table, rows in before.items()
        for key, row in rows.items()
        for sentence in _not_kept(table, key, row, after.get(table, {}).get(key))
    ]


def _not_kept(table: str, key: object, row: Row, now: Row | None) -> Iterator[str]:
    if now is None:
        yield f"{table} {key}: is gone"
        return
    for old in sorted(row.keys() - MOMENTS):
        column = RENAMED.get((table, old), old)
        if (table, column) in MAY_CHANGE:
            continue
        if column not in now:
            yield f"{table} {key}: has no {column} any more, it was {row[old]!r}"
        elif now[column] != row[old]:
            yield f"{table} {key}: {column} was {row[old]!r}, is {now[column]!r}"


def links(rows: Rows) -> list[tuple[object, ...]]:
    """:returns: the links between partners and contacts of the mailbox"""
    shown = ("id", "partner_id", "remote_id", "sync_key", "state", "stop_reason")
    found = rows["exchange_contact_link"].values()
    return sorted(tuple(row[column] for column in shown) for row in found)


def written(before: Rows, after: Rows) -> set[str]:
    """:returns: names of people whose partner, or one of whose addresses, is new or was
    changed
    """
    rows = after["res_partner"]
    changed = (
        row for key, row in rows.items() if row != before["res_partner"].get(key)
    )
    people = (
        row if row["type"] == "contact" else rows[row["parent_id"]] for row in changed
    )
    return {str(row["name"]) for row in people}
