# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which partners changed since they were last looked at.

``write_date`` is the start of a transaction and is not touched by SQL, so it
misses edits. PostgreSQL marks every version of a row with the transaction that
wrote it and with its place in the table (``xmin`` and ``ctid``,
https://www.postgresql.org/docs/15/ddl-system-columns.html): when the marks
differ, somebody wrote the row, in whatever way; when they are the same, nobody
did. The place tells versions apart that one transaction wrote. A stamp is the
marks of the rows a contact is made of: the partner, and the company whose name it
bears. What a stamp finds is then compared by content, so a mark that changes
without need (an unrelated column, a table that was compacted, a database that was
dumped and restored) costs one look and no write.
"""

from odoo.tools import SQL

STAMP = SQL(
    "p.xmin || ' ' || p.ctid"
    " || COALESCE(' ' || company.xmin || ' ' || company.ctid, '')"
)
ROWS = SQL("res_partner p LEFT JOIN res_partner company ON company.id = p.parent_id")


def stamps(env, ids):
    """Stamps of partners, in the snapshot of the running transaction.

    :param env: Environment
    :param ids: sequence of int
    :return: dict of str by id
    """
    if not ids:
        return {}
    env["res.partner"].flush_model()
    query = SQL("SELECT p.id, %s FROM %s WHERE p.id IN %s", STAMP, ROWS, tuple(ids))
    return dict(env.execute_query(query))


def dirty_links(account, left, passed, limit):
    """Synchronized links whose partner changed, was deleted or left the choice.

    :param account: record of ``exchange.account``
    :param left: collection of int, partners that left the export choice
    :param passed: collection of int, links not to be considered
    :param limit: int
    :return: list of int, ids of links
    """
    account.env["res.partner"].flush_model()
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
        stamp=STAMP,
        account=account.id,
        passed=list(passed),
        left=list(left),
        limit=limit,
    )
    return [link for (link,) in account.env.execute_query(query)]
