# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which partners changed since they were last looked at.

``write_date`` is the start of a transaction and is not touched by SQL, so it
misses edits. PostgreSQL marks every version of a row with the transaction that
wrote it and with its place in the table (``xmin`` and ``ctid``,
https://www.postgresql.org/docs/15/ddl-system-columns.html): when the marks
differ, somebody wrote the row, in whatever way; when they are the same, nobody
did. The place tells versions apart that one transaction wrote. A stamp is the
marks of the rows a contact is made of: the partner, the company whose name it
bears, and, if tags are synchronized, its tags with all tags above them (a tag is put
on a partner without a write to the partner's row). What a stamp finds is then
compared by content, so a mark that changes without need (an unrelated column, a table
that was compacted, a database that was dumped and restored) costs one look and no
write.
"""

from odoo.tools import SQL

STAMP = SQL(
    "p.xmin || ' ' || p.ctid"
    " || COALESCE(' ' || company.xmin || ' ' || company.ctid, '')"
)
ROWS = SQL("res_partner p LEFT JOIN res_partner company ON company.id = p.parent_id")
TAGS_STAMP = SQL("%s || COALESCE(' ' || tags.mark, '')", STAMP)
# All tags at once: looked up for each partner, they take ten times as long.
TAGS_ROWS = """
    %s LEFT JOIN (
        SELECT rel.partner_id, md5(string_agg(tag.mark, ' ' ORDER BY tag.id)) AS mark
          FROM res_partner_res_partner_category_rel rel
          JOIN (SELECT tag.id, string_agg(
                           up.id || ' ' || up.xmin || ' ' || up.ctid,
                           ' ' ORDER BY up.id) AS mark
                  FROM res_partner_category tag
                  JOIN res_partner_category up ON up.id = ANY(
                           string_to_array(rtrim(tag.parent_path, '/'), '/')::int4[])
                 GROUP BY tag.id) tag ON tag.id = rel.category_id
         WHERE rel.partner_id IN %s
         GROUP BY rel.partner_id) tags ON tags.partner_id = p.id
"""


def _stamp_and_rows(env, ids, with_tags):
    """:param ids: SQL, what partners are asked for
    :return: two SQL, the stamp of the partner ``p``, and what to select it from; all
        that is read is flushed
    """
    env["res.partner"].flush_model()
    if not with_tags:
        return STAMP, ROWS
    env["res.partner.category"].flush_model()
    return TAGS_STAMP, SQL(TAGS_ROWS, ROWS, ids)


def stamps(env, ids, *, with_tags):
    """Stamps of partners, in the snapshot of the running transaction.

    :param env: Environment
    :param ids: sequence of int
    :param with_tags: bool, the tags belong to the contact
    :return: dict of str by id
    """
    if not ids:
        return {}
    stamp, rows = _stamp_and_rows(env, SQL("%s", tuple(ids)), with_tags)
    query = SQL("SELECT p.id, %s FROM %s WHERE p.id IN %s", stamp, rows, tuple(ids))
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
    linked = SQL(
        "(SELECT partner_id FROM exchange_contact_link WHERE account_id = %s)",
        account.id,
    )
    stamp, rows = _stamp_and_rows(account.env, linked, with_tags)
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
        rows=rows,
        stamp=stamp,
        account=account.id,
        passed=list(passed),
        left=list(left),
        limit=limit,
    )
    return [link for (link,) in account.env.execute_query(query)]
