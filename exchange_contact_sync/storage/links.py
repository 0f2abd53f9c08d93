# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store the links of one account: the engine's ``LinkStore``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from odoo.tools import SQL

from ..core.link import ACTIVE_STATES, Link, LinkState
from ..core.plan import Reason
from . import link_rows
from .folders import folder_ids

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from ..core.ports import LinkStore


class Partners(Protocol):
    """The partners of the same account, as far as links need them."""

    def dirty_links(
        self, left: Collection[int], skip: Iterable[int], limit: int
    ) -> list[int]:
        """Return ids of links whose partner changed or is in ``left``, the partners
        that left the export choice.
        """

    def accessible(self, ids: Collection[int]) -> set[int]:
        """Return the partners that the owner can see."""

    def chosen(self, ids: Collection[int]) -> set[int]:
        """Return the partners that belong to the export choice now."""

    def in_scope(self, ids: Collection[int]) -> set[int]:
        """Return the partners that still belong to the export choice."""


class OdooLinkStore:
    """Links of an account.

    :param account: record of ``exchange.account``, in the owner's environment
    :param partners: of the same account
    """

    def __init__(self, account: BaseModel, partners: Partners) -> None:
        self._account = account
        self._partners = partners
        self._cr = account.env.cr
        self._email = account.email
        self._stored: dict[int, Link] = {}
        self._decided: dict[int, tuple[Any, ...]] = {}
        self._folders = folder_ids(account)

    def by_remote(self, ids: Sequence[str]) -> dict[str, Link]:
        """See the port."""
        # Each index covers filled columns only, so the condition must say that the
        # value searched for is filled.
        where = SQL("link.remote_id <> '' AND link.remote_id = ANY(%s)", list(ids))
        return {link.remote: link for link in self.select(where)} if ids else {}

    def by_sync_key(self, keys: Sequence[str]) -> dict[str, Link]:
        """See the port."""
        where = SQL("link.sync_key <> '' AND link.sync_key = ANY(%s)", list(keys))
        return {link.sync_key: link for link in self.select(where)} if keys else {}

    def by_search_key(self, keys: Sequence[str]) -> dict[str, Link]:
        """See the port."""
        where = SQL("link.search_key <> '' AND link.search_key = ANY(%s)", list(keys))
        links = self.select(where) if keys else []
        return {link.search_key: link for link in reversed(links)}

    def former(
        self, sync_keys: Sequence[str], search_keys: Sequence[str]
    ) -> dict[str, int]:
        """See the port."""
        if not sync_keys and not search_keys:
            return {}
        query = SQL(
            "SELECT sync_key, search_key, partner_id FROM exchange_former_link"
            " WHERE account_id = %s AND (sync_key = ANY(%s) OR search_key = ANY(%s))"
            " ORDER BY id DESC",
            self._account.id,
            list(sync_keys),
            list(search_keys),
        )
        rows = self._account.env.execute_query(query)
        return {key: row[-1] for row in rows for key in row[:-1] if key}

    def unlike(self, keys: Sequence[str]) -> list[Link]:
        """See the port."""
        if not keys:
            return []
        where = SQL(
            "link.remote_version <> '' AND link.match_keys <> ''"
            r" AND string_to_array(link.match_keys, E'\n') && %s::text[]",
            list(keys),
        )
        return self.select(where)

    def of_duplicates(self) -> list[Link]:
        """See the port."""
        return self.select(
            SQL(
                "link.state = %s AND link.stop_reason = %s",
                LinkState.STOPPED.value,
                Reason.DUPLICATE.value,
            )
        )

    def by_partner(self, ids: Sequence[int]) -> dict[int, Link]:
        """See the port."""
        links = self.select(SQL("link.partner_id = ANY(%s)", list(ids))) if ids else []
        return {link.partner: link for link in links}

    def elsewhere(self, ids: Sequence[str]) -> dict[str, int]:
        """See the port. The index begins with the account, so the query joins the
        accounts to use it.
        """
        query = SQL(
            "SELECT link.remote_id, min(link.partner_id)"
            "  FROM exchange_account account"
            "  JOIN exchange_contact_link link ON link.account_id = account.id"
            " WHERE account.id <> %s AND lower(account.email) = lower(%s)"
            "   AND link.remote_id = ANY(%s) AND link.remote_id <> ''"
            "   AND link.partner_id IS NOT NULL"
            " GROUP BY link.remote_id HAVING count(DISTINCT link.partner_id) = 1",
            self._account.id,
            self._email,
            list(ids),
        )
        return dict(self._account.env.execute_query(query)) if ids else {}

    def pending(self, limit: int, skip: Iterable[int]) -> list[Link]:
        """See the port."""
        where = SQL(
            "link.state = %s AND NOT link.id = ANY(%s)",
            LinkState.PENDING.value,
            list(skip),
        )
        return self.select(where, limit)

    def dirty(self, limit: int, skip: Iterable[int]) -> list[Link]:
        """See the port."""
        ids = self._partners.dirty_links(self._left(), skip, limit)
        return self.select(SQL("link.id = ANY(%s)", ids)) if ids else []

    def asked(self, limit: int, skip: Iterable[int]) -> list[Link]:
        """See the port."""
        where = SQL(
            "(link.user_request IS NOT NULL OR link.field_overrides IS NOT NULL)"
            " AND NOT link.id = ANY(%s)",
            list(skip),
        )
        return self.select(where, limit)

    def returned(self, reasons: Sequence[Reason]) -> list[Link]:
        """See the port."""
        where = SQL(
            """link.state = %s AND link.stop_reason = ANY(%s)
               AND link.user_request IS NULL
               AND EXISTS (SELECT FROM res_partner p
                            WHERE p.id = link.partner_id AND p.active)""",
            LinkState.STOPPED.value,
            [reason.value for reason in reasons],
        )
        self._account.env["res.partner"].flush_model(["active"])
        links = self.select(where)
        if not links:
            return []
        asked = {link.partner for link in links}
        accessible = self._partners.accessible(asked)
        chosen = self._partners.chosen(asked)
        exports = self._account._exports()
        return [
            link
            for link in links
            if link.partner in accessible
            and (link.partner in chosen or not (exports and link.follows_choice))
        ]

    def add(self, links: Sequence[Link]) -> list[Link]:
        """See the port."""
        if not links:
            return []
        rows = [(*link_rows.to_row(link, self._folders), link.pinned) for link in links]
        ids = link_rows.insert(self._cr, self._account.id, rows)
        added = [replace(link, id=new) for link, new in zip(links, ids, strict=True)]
        self._remember(added)
        return added

    def save(self, links: Sequence[Link]) -> None:
        """See the port."""
        changed = [link for link in links if self._stored.get(link.id) != link]
        rows = [(link.id, *link_rows.to_row(link, self._folders)) for link in changed]
        if rows:
            link_rows.update(self._cr, rows)
        # Do not overwrite what a person has decided since the link was read.
        done = [
            (link.id, *link_rows.decided(link))
            for link in changed
            if self._decided.get(link.id) != link_rows.decided(link)
        ]
        if done:
            link_rows.update(self._cr, done, link_rows.DECIDED)
        self._remember(changed)

    def forget(self, links: Sequence[Link]) -> None:
        """See the port."""
        ids = [link.id for link in links]
        self._cr.execute(
            SQL("DELETE FROM exchange_contact_link WHERE id = ANY(%s)", ids)
        )

    def count(self) -> int:
        """See the port."""
        query = SQL(
            "SELECT count(*) FROM exchange_contact_link"
            " WHERE account_id = %s AND state IN %s",
            self._account.id,
            ACTIVE_STATES,
        )
        return int(self._account.env.execute_query(query)[0][0])

    def without_partner(self) -> list[Link]:
        """See the port."""
        where = SQL(
            """link.state IN %s AND (
                 link.partner_id IS NULL OR link.partner_id = ANY(%s)
                 OR EXISTS (SELECT FROM res_partner p
                             WHERE p.id = link.partner_id AND NOT p.active))""",
            ACTIVE_STATES,
            list(self._left()),
        )
        self._account.env["res.partner"].flush_model(["active"])
        return self.select(where)

    def _left(self) -> set[int]:
        """Return the partners that left the export choice and whose items we
        created.
        """
        query = SQL(
            "SELECT partner_id FROM exchange_contact_link"
            " WHERE account_id = %s AND created_by_us AND pinned IS NOT TRUE"
            "   AND partner_id IS NOT NULL"
            "   AND state IN %s",
            self._account.id,
            ACTIVE_STATES,
        )
        ours = {partner for (partner,) in self._account.env.execute_query(query)}
        return ours - self._partners.in_scope(ours) if ours else set()

    def select(self, where: SQL, limit: int | None = None) -> list[Link]:
        """Read links of this account, and remember them as they are stored.

        :param where: condition on the table ``link``
        """
        query = SQL(
            "SELECT %s FROM exchange_contact_link link"
            " LEFT JOIN exchange_folder folder ON folder.id = link.folder_id"
            " WHERE link.account_id = %s AND %s ORDER BY link.id %s",
            link_rows.COLUMNS,
            self._account.id,
            where,
            SQL("") if limit is None else SQL("LIMIT %s", limit),
        )
        rows = self._account.env.execute_query(query)
        links = [link_rows.to_link(row) for row in rows]
        self._remember(links)
        return links

    def _remember(self, links: Iterable[Link]) -> None:
        self._stored.update((link.id, link) for link in links)
        self._decided.update((link.id, link_rows.decided(link)) for link in links)

    def reload_folders(self) -> None:
        """Read the folders again, because there may be new ones."""
        self._folders = folder_ids(self._account)

    def forget_read(self) -> None:
        """Discard what was read, which may have changed after a commit or a
        rollback.
        """
        self._stored.clear()


if TYPE_CHECKING:
    _port: type[LinkStore] = OdooLinkStore
