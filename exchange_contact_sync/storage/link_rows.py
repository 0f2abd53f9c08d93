# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read and write links as rows of ``exchange_contact_link``, in batches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from odoo.tools import SQL

from ..core.contact import Base
from ..core.evidence import facts_of, keys_kept
from ..core.last_known import facts_known, may_be_unlike
from ..core.link import Link, LinkState
from ..core.photo import PhotoBase
from ..core.plan import Reason
from ..core.user_requests import UserRequest, field_overrides_of

if TYPE_CHECKING:
    from odoo.sql_db import BaseCursor

COLUMNS = SQL(
    "link.id, link.partner_id, folder.remote_id, link.remote_id, link.remote_version,"
    " link.sync_key, link.base, link.change_token, link.state, link.created_by_us,"
    " link.stop_reason, link.marked, link.pinned, link.user_request,"
    " link.field_overrides, link.photo, link.search_key, link.facts"
)

NOW = SQL("now() AT TIME ZONE 'UTC'")

WRITTEN = (
    "partner_id",
    "folder_id",
    "remote_id",
    "remote_version",
    "sync_key",
    "base",
    "change_token",
    "state",
    "created_by_us",
    "stop_reason",
    "photo",
    "search_key",
    "match_keys",
    "facts",
)

NEW = (*WRITTEN, "pinned")
"""Columns of a new row."""

DECIDED = ("pinned", "user_request", "field_overrides")
"""Columns that people write through the models; the engine writes them only once a
request is done.
"""


def to_link(row: Sequence[Any]) -> Link:
    """Convert a row to a link.

    :param row: as selected by ``COLUMNS``
    """
    link, partner, folder, remote, version, key, base, change_token, state, *rest = row
    ours, reason, marked, pinned, asked, field_overrides, photo, search_key, facts = (
        rest
    )
    return Link(
        link,
        partner or 0,
        folder or "",
        remote or "",
        version or "",
        key or "",
        Base.from_json(base),
        change_token or "",
        LinkState(state),
        bool(ours),
        bool(marked),
        bool(pinned),
        UserRequest(asked) if asked else None,
        field_overrides_of(field_overrides),
        Reason(reason) if reason else None,
        PhotoBase.from_json(photo),
        search_key or "",
        facts_of(facts),
    )


def to_row(link: Link, folders: Mapping[str, int]) -> tuple[Any, ...]:
    """Convert a link to a row.

    :param folders: ids of ``exchange.folder`` by the mailbox's folder id
    :return: values for ``WRITTEN``
    """
    return (
        link.partner or None,
        folders.get(link.folder),
        link.remote,
        link.version,
        link.sync_key,
        json.dumps(link.base.to_json()) if link.base else None,
        link.change_token,
        link.state.value,
        link.created_by_us,
        link.reason.value if link.reason else None,
        None if link.photo is None else json.dumps(link.photo.to_json()),
        link.search_key or None,
        match_keys(link),
        json.dumps(link.facts) if link.facts else None,
    )


def match_keys(link: Link) -> str | None:
    """Return the match keys of a contact that may differ from those of its partner.

    :return: one key per line, or None
    """
    if not link.remote or not may_be_unlike(link):
        return None
    return "\n".join(sorted(keys_kept(facts_known(link)))) or None


def stopped(reason: Reason) -> dict[str, str]:
    """Return the values that stop a link: its state and the reason, by column."""
    return {"state": LinkState.STOPPED.value, "stop_reason": reason.value}


def decided(link: Link) -> tuple[Any, ...]:
    """Return what a person decided for a link: values for ``DECIDED``."""
    field_overrides = {
        key: override.to_json() for key, override in link.field_overrides.items()
    }
    return (
        link.pinned,
        link.user_request.value if link.user_request else None,
        json.dumps(field_overrides) if field_overrides else None,
    )


def insert(
    cr: BaseCursor, account_id: int, rows: Sequence[tuple[Any, ...]]
) -> list[int]:
    """Insert links, without the user who created them: that is the account's owner, and
    PostgreSQL would have to look the user up for each link.

    :param rows: values for ``NEW``
    :return: new ids in the same order
    """
    query = SQL(
        "INSERT INTO exchange_contact_link (account_id, create_date,"
        " write_date, last_change, %s) VALUES %s RETURNING id",
        _names(NEW),
        listed((account_id, NOW, NOW, NOW, *row) for row in rows),
    )
    cr.execute(query)
    return [link for (link,) in cr.fetchall()]


CASTS = {
    "partner_id": SQL("::int4"),
    "folder_id": SQL("::int4"),
    "base": SQL("::jsonb"),
    "created_by_us": SQL("::bool"),
    "pinned": SQL("::bool"),
    "field_overrides": SQL("::jsonb"),
    "photo": SQL("::jsonb"),
    "facts": SQL("::jsonb"),
}


def update(
    cr: BaseCursor, rows: Sequence[tuple[Any, ...]], columns: Sequence[str] = WRITTEN
) -> None:
    """Update links.

    :param rows: id and values for the columns
    """
    query = SQL(
        "UPDATE exchange_contact_link link SET %s, write_date = %s, last_change = %s"
        " FROM (VALUES %s) AS new (id, %s) WHERE link.id = new.id",
        SQL(", ").join(_assignment(column) for column in columns),
        NOW,
        NOW,
        listed(rows),
        _names(columns),
    )
    cr.execute(query)


def _assignment(column: str) -> SQL:
    name, cast = SQL.identifier(column), CASTS.get(column, SQL(""))
    return SQL("%s = new.%s%s", name, name, cast)


def _names(columns: Sequence[str]) -> SQL:
    return SQL(", ").join(map(SQL.identifier, columns))


def listed(rows: Iterable[tuple[Any, ...]]) -> SQL:
    """Return rows in the form that ``VALUES`` expects.

    :param rows: at least one; values, or SQL
    """
    return SQL(", ").join(SQL("(%s)", SQL(", ").join(row)) for row in rows)
