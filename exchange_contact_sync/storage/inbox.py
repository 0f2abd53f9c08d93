# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store changes of the mailbox that wait to be applied: the engine's ``Inbox``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from odoo.tools import SQL

from ..core.evidence import facts_of
from ..core.mailbox import ChangeType, Deferred, Entry, RemoteRef
from .folders import folder_ids

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from ..core.ports import Inbox


COLUMNS = SQL(
    "entry.id, entry.remote_id, entry.remote_version, entry.sync_key,"
    " entry.change_type, folder.remote_id, entry.answer,"
    " entry.answered_partner_id, entry.search_key"
)


class OdooInbox:
    """The inbox of an account: ``exchange.inbox.entry`` and the folders' states.

    :param account: record of ``exchange.account``, in the owner's environment
    """

    def __init__(self, account: BaseModel) -> None:
        self._account = account
        self._env = account.env
        self._cr = account.env.cr
        self._folders = folder_ids(account)
        self._states: dict[str, str] = {}

    def reload_folders(self) -> None:
        """Read the folders again, because there may be new ones."""
        self._folders = folder_ids(self._account)

    def states(self, folders: Sequence[str]) -> dict[str, str]:
        """See the port."""
        if not folders:
            return {}
        query = SQL(
            "SELECT id, sync_state FROM exchange_folder WHERE id = ANY(%s)",
            [self._folders[folder] for folder in folders],
        )
        found = dict(self._env.execute_query(query))
        states = {folder: found[self._folders[folder]] or "" for folder in folders}
        self._states.update(states)
        return states

    def move_state(self, folder: str, state: str) -> None:
        """See the port."""
        if self._states.pop(folder, None) == state:
            return
        self._cr.execute(
            SQL(
                "UPDATE exchange_folder SET sync_state = %s WHERE id = %s",
                state,
                self._folders[folder],
            )
        )

    def put(self, folder: str, entries: Sequence[Entry]) -> None:
        """See the port."""
        # A statement can write a row only once, and a page may list a contact twice.
        newest = {entry.ref.id: entry for entry in entries}
        rows = [
            (
                self._account.id,
                self._folders.get(folder),
                entry.ref.id,
                entry.ref.version,
                entry.ref.sync_key,
                entry.change_type.value,
                entry.ref.search_key,
            )
            for entry in newest.values()
        ]
        if rows:
            self._cr.execute_values(
                "INSERT INTO exchange_inbox_entry (account_id, folder_id, remote_id,"
                " remote_version, sync_key, change_type, search_key, deferred)"
                " VALUES %s"
                " ON CONFLICT (account_id, remote_id) DO UPDATE SET"
                " folder_id = EXCLUDED.folder_id, change_type = EXCLUDED.change_type,"
                " remote_version = EXCLUDED.remote_version,"
                " sync_key = EXCLUDED.sync_key, search_key = EXCLUDED.search_key,"
                " deferred = FALSE, facts = NULL,"
                " match_keys = NULL",
                rows,
                template="(%s, %s, %s, %s, %s, %s, %s, FALSE)",
                page_size=1000,
            )

    def next(
        self, limit: int, change_type: ChangeType, skip: Iterable[int]
    ) -> list[Entry]:
        """See the port."""
        where = SQL(
            "entry.change_type = %s AND NOT entry.deferred AND NOT entry.id = ANY(%s)",
            change_type.value,
            list(skip),
        )
        return [_to_entry(row) for row in self._select(COLUMNS, where, limit)]

    def deleted(self) -> set[str]:
        """See the port."""
        where = SQL("entry.change_type = 'deleted'")
        return {remote for (remote,) in self._select(SQL("entry.remote_id"), where)}

    def waiting(self, ids: Sequence[str]) -> set[str]:
        """See the port."""
        if not ids:
            return set()
        where = SQL(
            "entry.change_type = 'changed' AND entry.remote_id = ANY(%s)", list(ids)
        )
        return {remote for (remote,) in self._select(SQL("entry.remote_id"), where)}

    def settle(self, entries: Sequence[Entry]) -> None:
        """See the port."""
        ids = [entry.id for entry in entries]
        if ids:
            self._cr.execute(
                SQL("DELETE FROM exchange_inbox_entry WHERE id = ANY(%s)", ids)
            )

    def defer(self, contacts: Sequence[Deferred]) -> None:
        """See the port."""
        self._store_evidence(contacts, SQL("deferred = TRUE,"))

    def describe(self, contacts: Sequence[Deferred]) -> None:
        """See the port."""
        self._store_evidence(contacts, SQL(""))

    def _store_evidence(self, contacts: Sequence[Deferred], also_set: SQL) -> None:
        """Store the evidence of contacts, and set other columns.

        :param also_set: further assignments, each followed by a comma
        """
        rows = [
            (
                one.entry.id,
                json.dumps(one.facts) if one.facts else None,
                "\n".join(one.keys) or None,
            )
            for one in contacts
        ]
        if not rows:
            return
        values = SQL(", ").join(SQL("(%s, %s::jsonb, %s)", *row) for row in rows)
        self._cr.execute(
            SQL(
                "UPDATE exchange_inbox_entry entry"
                " SET %s facts = new.facts, match_keys = new.keys"
                " FROM (VALUES %s) AS new (id, facts, keys) WHERE entry.id = new.id",
                also_set,
                values,
            )
        )

    def deferred(self) -> list[Deferred]:
        """See the port."""
        return self._with_facts(SQL("entry.deferred AND entry.facts IS NOT NULL"))

    def described(self, keys: Sequence[str] | None = None) -> list[Deferred]:
        """See the port."""
        where = SQL("entry.facts IS NOT NULL")
        if keys is not None:
            where = SQL(
                r"%s AND string_to_array(entry.match_keys, E'\n') && %s::text[]",
                where,
                list(keys),
            )
        return self._with_facts(where) if keys is None or keys else []

    def _with_facts(self, where: SQL) -> list[Deferred]:
        rows = self._select(SQL("%s, entry.facts, entry.match_keys", COLUMNS), where)
        return [
            Deferred(
                _to_entry(row), facts_of(facts), tuple(keys.split("\n") if keys else ())
            )
            for *row, facts, keys in rows
        ]

    def resume(self, entries: Sequence[Entry]) -> None:
        """See the port."""
        ids = [entry.id for entry in entries]
        if ids:
            self._cr.execute(
                SQL(
                    "UPDATE exchange_inbox_entry SET deferred = FALSE, facts = NULL,"
                    " match_keys = NULL WHERE id = ANY(%s)",
                    ids,
                )
            )

    def _select(
        self, columns: SQL, where: SQL, limit: int | None = None
    ) -> list[tuple[Any, ...]]:
        query = SQL(
            "SELECT %s FROM exchange_inbox_entry entry"
            " LEFT JOIN exchange_folder folder ON folder.id = entry.folder_id"
            " WHERE entry.account_id = %s AND %s ORDER BY entry.id %s",
            columns,
            self._account.id,
            where,
            SQL("") if limit is None else SQL("LIMIT %s", limit),
        )
        rows: list[tuple[Any, ...]] = self._env.execute_query(query)
        return rows


def _to_entry(row: Sequence[Any]) -> Entry:
    entry, remote, version, key, change_type, folder, answer, partner, search_key = row
    ref = RemoteRef(remote, version or "", folder or "", key or "", search_key or "")
    chosen = {"link": partner, "create": 0}.get(answer)
    return Entry(ref, ChangeType(change_type), entry, chosen, answer == "never")


if TYPE_CHECKING:
    _port: type[Inbox] = OdooInbox
