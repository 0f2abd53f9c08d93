# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Match keys are as selective as the rules of who is who: all of them are made anew."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, split_every

from odoo.addons.exchange_contact_sync.core.evidence import facts_of, keys_kept
from odoo.addons.exchange_contact_sync.storage import link_rows

BATCH = 1000


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    _of_partners(env)
    _write(env, "exchange_inbox_entry", _of_entries(env))
    _write(env, "exchange_contact_link", _of_links(env))


def _of_partners(env):
    model = env["res.partner"]
    ids = model.search([], order="id").ids
    for batch in split_every(BATCH, ids):
        env.add_to_compute(model._fields["exchange_match_keys"], model.browse(batch))
        env.flush_all()
        env.invalidate_all()


def _of_entries(env):
    query = "SELECT id, facts FROM exchange_inbox_entry WHERE facts IS NOT NULL"
    for entry, facts in env.execute_query(SQL(query)):
        yield entry, "\n".join(sorted(keys_kept(facts_of(facts)))) or None


def _of_links(env):
    query = SQL(
        "SELECT %s FROM exchange_contact_link link"
        " LEFT JOIN exchange_folder folder ON folder.id = link.folder_id"
        " WHERE link.remote_id <> ''"
        " AND (link.state = 'stopped' OR link.base->'apart' <> '{}')",
        link_rows.COLUMNS,
    )
    for link in map(link_rows.to_link, env.execute_query(query)):
        yield link.id, link_rows.match_keys(link)


def _write(env, table, rows):
    for batch in split_every(BATCH, rows):
        env.cr.execute(
            SQL(
                "UPDATE %s SET match_keys = new.keys FROM (VALUES %s) AS new (id, keys)"
                " WHERE %s.id = new.id",
                SQL.identifier(table),
                SQL(", ").join(SQL("(%s, %s)", *row) for row in batch),
                SQL.identifier(table),
            )
        )
