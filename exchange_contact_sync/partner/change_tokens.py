# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the partners that changed since they were last compared.

``write_date`` is the start of a transaction and SQL statements do not update it, so it
misses edits. PostgreSQL marks every version of a row with the transaction that wrote it
and with its position in the table (``xmin`` and ``ctid``,
https://www.postgresql.org/docs/15/ddl-system-columns.html): if the marks differ, the
row was written, by any statement; if they are equal, it was not. The position
distinguishes versions written by one transaction.

A change token consists of the marks of the rows that make up a contact: the partner,
the company whose name it shows, its communication options, its home and other addresses
and, if tags are synchronized, its tags with all parent tags (assigning a tag does not
write the partner's row). Partners with a new change token are then compared by content.
So if a mark changes although the contact does not (an unrelated column was written, the
table was compacted, the database was dumped and restored), this costs one comparison
and no write.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from odoo.tools import SQL

from ..core.link import ACTIVE_STATES, LinkState
from . import addresses, communication_options

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

    from .carried import Carried

CHANGE_TOKEN = SQL(
    "p.xmin || ' ' || p.ctid"
    " || COALESCE(' ' || company.xmin || ' ' || company.ctid, '')"
)
ROWS = SQL(
    "res_partner p LEFT JOIN res_partner company"
    " ON company.id = p.commercial_partner_id AND company.id <> p.id"
)


def change_tokens(
    env: Environment, ids: Sequence[int], carried: Carried
) -> dict[int, str]:
    """Return the change tokens of partners, in the snapshot of the running transaction.

    :param carried: the values that belong to the contact
    :return: by id of the partner
    """
    if not ids:
        return {}
    env["res.partner"].flush_model()
    query = SQL(
        "SELECT p.id, %s FROM %s WHERE p.id IN %s", CHANGE_TOKEN, ROWS, tuple(ids)
    )
    found = dict(env.execute_query(query))
    more = _more(env, SQL("%s", tuple(ids)), carried)
    return {
        partner: change_token + more(partner) for partner, change_token in found.items()
    }


def _more(env: Environment, ids: SQL, carried: Carried) -> Callable[[int], str]:
    """Return a function that returns the rest of a partner's change token, mostly
    "".
    """
    found = [communication_options.marks(env, ids)]
    found += [addresses.marks(env, ids)] if carried.addresses else []
    tags = _tag_marks(env, ids) if carried.tags else {}

    def rest(partner: int) -> str:
        further = [marks[partner] for marks in found if partner in marks]
        digest = " " + _digest(" ".join(further)) if further else ""
        return digest + tags.get(partner, "")

    return rest


def _tag_marks(env: Environment, ids: SQL) -> dict[int, str]:
    """Return what tags add to the change tokens of partners.

    These are the tags, their parent tags (the full path is a tag's name) and the
    versions of their rows. They are collected here and not in one statement with the
    partners, because a database that has no statistics of the tables yet may join them
    row by row.

    :param ids: SQL for the ids of the partners
    :return: by id of the partner
    """
    env["res.partner.category"].flush_model()
    query = SQL("SELECT id, parent_path, xmin || ' ' || ctid FROM res_partner_category")
    rows = env.execute_query(query)
    versions = {str(tag): version for tag, _path, version in rows}
    marks = {
        tag: " ".join(f"{up} {versions.get(up)}" for up in (path or "").split("/")[:-1])
        for tag, path, _version in rows
    }
    query = SQL(
        "SELECT partner_id, array_agg(category_id ORDER BY category_id)"
        " FROM res_partner_res_partner_category_rel WHERE partner_id IN %s"
        " GROUP BY partner_id",
        ids,
    )
    return {
        partner: " " + _digest(" ".join(marks[tag] for tag in tags))
        for partner, tags in env.execute_query(query)
    }


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def dirty_links(
    account: BaseModel,
    left: Collection[int],
    skip: Iterable[int],
    limit: int,
    carried: Carried,
) -> list[int]:
    """Return the active links whose partner changed, was deleted or left the export
    choice.

    Links of contacts that the mailbox refused to create are included.

    :param account: record of ``exchange.account``
    :param left: partners that left the export choice
    :param skip: ids of links to skip
    :param carried: the values that belong to the contact
    :return: ids of links
    """
    env = account.env
    env["res.partner"].flush_model()
    query = SQL(
        """
        SELECT link.id, link.change_token, p.id, %(change_token)s
          FROM exchange_contact_link link
          LEFT JOIN (%(rows)s) ON p.id = link.partner_id
         WHERE link.account_id = %(account)s
           AND link.state IN %(active)s
           AND (link.remote_id <> '' OR link.state = %(failed)s)
           AND NOT link.id = ANY(%(skip)s)
         ORDER BY link.id
        """,
        rows=ROWS,
        change_token=CHANGE_TOKEN,
        account=account.id,
        active=ACTIVE_STATES,
        failed=LinkState.ERROR.value,
        skip=list(skip),
    )
    links = env.execute_query(query)
    if not links:
        return []
    linked = "(SELECT partner_id FROM exchange_contact_link WHERE account_id = %s)"
    more, left = _more(env, SQL(linked, account.id), carried), set(left)
    dirty = (
        link
        for link, known, partner, change_token in links
        if partner is None or partner in left or known != change_token + more(partner)
    )
    return list(itertools.islice(dirty, limit))
