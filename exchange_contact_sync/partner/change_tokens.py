# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which partners changed since they were last looked at.

``write_date`` is the start of a transaction and is not touched by SQL, so it misses
edits. PostgreSQL marks every version of a row with the transaction that wrote it and
with its place in the table (``xmin`` and ``ctid``,
https://www.postgresql.org/docs/15/ddl-system-columns.html): when the marks differ,
somebody wrote the row, in whatever way; when they are the same, nobody did. The place
tells versions apart that one transaction wrote. A change token is the marks of the rows
a contact is made of: the partner, the company whose name it bears, its communication
options and further addresses, and, if tags are synchronized, its tags with all tags
above them (a tag is put on a partner without a write to the partner's row). What a
change token finds is then compared by content, so a mark that changes without need (an
unrelated column, a table that was compacted, a database that was dumped and restored)
costs one look and no write."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from odoo.tools import SQL

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
    """Stamps of partners, in the snapshot of the running transaction.

    :param carried: what belongs to the contact
    :return: by id
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
    """How to get the rest of a partner's change token: "" for most."""
    found = [communication_options.marks(env, ids)]
    found += [addresses.marks(env, ids)] if carried.addresses else []
    tags = _tag_marks(env, ids) if carried.tags else {}

    def rest(partner: int) -> str:
        further = [marks[partner] for marks in found if partner in marks]
        digest = " " + _digest(" ".join(further)) if further else ""
        return digest + tags.get(partner, "")

    return rest


def _tag_marks(env: Environment, ids: SQL) -> dict[int, str]:
    """What belongs into the change tokens of partners with tags: the tags, those above
    them
    (a tag is called by its whole path), and the versions of their rows.

    Put together here and not in one statement with the partners: a database that has
    no statistics of the tables yet may join them row by row.

    :param ids: the partners that are asked for
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
    passed: Iterable[int],
    limit: int,
    carried: Carried,
) -> list[int]:
    """Synchronized links whose partner changed, was deleted or left the choice; so are
    those of contacts that the mailbox refused to create.

    :param account: record of ``exchange.account``
    :param left: partners that left the export choice
    :param passed: links not to be considered
    :param carried: what belongs to the contact
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
           AND link.state IN ('synced', 'error')
           AND (link.remote_id <> '' OR link.state = 'error')
           AND NOT link.id = ANY(%(passed)s)
         ORDER BY link.id
        """,
        rows=ROWS,
        change_token=CHANGE_TOKEN,
        account=account.id,
        passed=list(passed),
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
