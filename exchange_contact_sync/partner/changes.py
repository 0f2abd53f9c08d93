# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which partners changed since they were last looked at.

``write_date`` is the start of a transaction and is not touched by SQL, so it
misses edits. PostgreSQL marks every version of a row with the transaction that
wrote it and with its place in the table (``xmin`` and ``ctid``,
https://www.postgresql.org/docs/15/ddl-system-columns.html): when the marks
differ, somebody wrote the row, in whatever way; when they are the same, nobody
did. The place tells versions apart that one transaction wrote. A stamp is the
marks of the rows a contact is made of: the partner, the company whose name it
bears, and its tags with all tags above them, if they are synchronized (a tag is put
on a partner without a write to the partner's row). What a stamp finds is then compared by content, so a mark that changes
without need (an unrelated column, a table that was compacted, a database that was
dumped and restored) costs one look and no write.
"""

from odoo.tools import SQL

STAMP = SQL(
    "p.xmin || ' ' || p.ctid"
    " || COALESCE(' ' || company.xmin || ' ' || company.ctid, '')"
)
TAGS = SQL(
    "COALESCE(' ' || (SELECT md5(string_agg("
    "   up.id || ' ' || up.xmin || ' ' || up.ctid, ' ' ORDER BY tag.id, up.id))"
    "  FROM res_partner_res_partner_category_rel rel"
    "  JOIN res_partner_category tag ON tag.id = rel.category_id"
    "  JOIN res_partner_category up ON up.id = ANY("
    "   string_to_array(rtrim(tag.parent_path, '/'), '/')::int4[])"
    " WHERE rel.partner_id = p.id), '')"
)
ROWS = SQL("res_partner p LEFT JOIN res_partner company ON company.id = p.parent_id")


def _stamp(env, with_tags):
    """:return: SQL, the stamp of the partner ``p``; what it reads is flushed"""
    env["res.partner"].flush_model()
    if not with_tags:
        return STAMP
    env["res.partner.category"].flush_model()
    return SQL("%s || %s", STAMP, TAGS)


def stamps(env, ids, *, with_tags):
    """Stamps of partners, in the snapshot of the running transaction.

    :param env: Environment
    :param ids: sequence of int
    :param with_tags: bool, the tags belong to the contact
    :return: dict of str by id
    """
    if not ids:
        return {}
    stamp = _stamp(env, with_tags)
    query = SQL("SELECT p.id, %s FROM %s WHERE p.id IN %s", stamp, ROWS, tuple(ids))
    return dict(env.execute_query(query))


def dirty_links(account, left, passed, limit, *, with_tags):
    """Synchronized links whose partner changed, was deleted or left the choice.

    :param account: record of ``exchange.account``
    :param left: collection of int, partners that left the export choice
    :param passed: collection of int, links not to be considered
    :param limit: int
    :param with_tags: bool, the tags belong to the contact
    :return: list of int, ids of links
    """
    stamp = _stamp(account.env, with_tags)
    query = SQL(
        """
        SELECT link.id
          FROM exchange_contact_link link
          LEFT JOIN (%(rows)s) ON p.id = link.partner_id
         WHERE link.account_id = %(account)s
           AND link.state IN ('synced', 'error')
           AND link.remote_id <> ''
           AND NOT link.id = ANY(%(passed)s)
           AND (p.id IS NULL
                OR link.partner_stamp IS DISTINCT FROM %(stamp)s
                OR p.id = ANY(%(left)s))
         ORDER BY link.id
         LIMIT %(limit)s
        """,
        rows=ROWS,
        stamp=stamp,
        account=account.id,
        passed=list(passed),
        left=list(left),
        limit=limit,
    )
    return [link for (link,) in account.env.execute_query(query)]
