# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Erase personal data from the addon's tables when a partner is deleted."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from odoo.tools import SQL

from ..core.erased import facts_erased
from ..core.evidence import keys_kept
from ..core.plan import Reason
from ..core.run import OF_PAIRS
from . import link_rows

if TYPE_CHECKING:
    from odoo.api import Environment

LINES = """
    UPDATE exchange_sync_line
       SET name = NULL, old_value = NULL, new_value = NULL, error_detail = NULL,
           error_reason = NULL
     WHERE %s
"""
ENTRIES = """
    UPDATE exchange_inbox_entry entry SET facts = NULL, match_keys = NULL
      FROM exchange_contact_link link
     WHERE link.id = ANY(%s) AND entry.account_id = link.account_id
       AND entry.remote_id = link.remote_id
"""
LINKS = """ UPDATE exchange_contact_link SET base = NULL, photo = NULL, field_overrides
    = NULL, facts = %s, match_keys = %s WHERE id = %s """
STOP = """
    UPDATE exchange_contact_link SET state = %s, stop_reason = %s WHERE id = ANY(%s)
"""
"""Without hashes it is impossible to find out later whether the contact was edited."""
SELECTED = """
    SELECT %s FROM exchange_contact_link link
      LEFT JOIN exchange_folder folder ON folder.id = link.folder_id
     WHERE %s
"""


def erase_partners(
    env: Environment, ids: Sequence[int], blind: Callable[[str], str] | None
) -> None:
    """Erase the data of partners that are about to be deleted.

    Their links keep keyed hashes as long as the contacts are in the mailbox, so that
    these contacts are not imported again.

    :param blind: returns a keyed hash of a text; None to keep nothing
    """
    env["exchange.sync.line"].flush_model()
    links = _erase_links(env, SQL("link.partner_id = ANY(%s)", list(ids)), blind)
    _erase_lines(
        env, SQL("partner_id = ANY(%s) OR link_id = ANY(%s)", list(ids), links)
    )


def erase_leftovers(env: Environment, blind: Callable[[str], str] | None) -> None:
    """Erase the data of partners that were deleted by versions that did not erase it.

    :param blind: see :func:`erase_partners`
    """
    _erase_links(env, SQL("link.partner_id IS NULL AND link.base IS NOT NULL"), blind)
    # The lines of previews may concern partners that were never created; they are
    # deleted after a day.
    actions = tuple(action.value for action in OF_PAIRS)
    _erase_lines(env, SQL("partner_id IS NULL AND action IN %s", actions))


def _erase_lines(env: Environment, where: SQL) -> None:
    env.cr.execute(SQL(LINES, where))
    env["exchange.sync.line"].invalidate_model()


def _erase_links(
    env: Environment, where: SQL, blind: Callable[[str], str] | None
) -> list[int]:
    """Erase what links store, and return their ids."""
    model = env["exchange.contact.link"]
    model.flush_model()
    env["exchange.inbox.entry"].flush_model()
    rows = env.execute_query(SQL(SELECTED, link_rows.COLUMNS, where))
    links = [link_rows.to_link(row) for row in rows]
    ids = [link.id for link in links]
    env.cr.execute(SQL(ENTRIES, ids))
    for link in links:
        facts = facts_erased(link, blind) if blind else {}
        keys = "\n".join(sorted(keys_kept(facts))) or None
        kept = json.dumps(facts) if facts else None
        env.cr.execute(SQL(LINKS, kept, keys, link.id))
    if not blind:
        stopped = link_rows.stopped(Reason.ARCHIVED)
        env.cr.execute(SQL(STOP, *stopped.values(), ids))
    model.invalidate_model()
    return ids
