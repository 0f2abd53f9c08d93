# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store the lines and counters of a run: the engine's ``RunLog``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from odoo.tools import SQL

from ..core.run import COUNTERS, OF_CONTENT, Line, Way
from .link_rows import listed

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from ..core.ports import RunLog


LINE_COLUMNS = SQL(
    "run_id, sequence, direction, action, name, partner_id, link_id, remote_id,"
    " field_name,"
    " old_value, new_value, error_code, error_detail, error_reason"
)


class OdooRunLog:
    """Writes a run's lines and counters within the batch's transaction.

    :param run: record of ``exchange.sync.run``
    """

    def __init__(self, run: BaseModel) -> None:
        self._run = run.sudo()
        self._cr = run.env.cr
        self._phase = self._run.phase or ""

    def phase(self) -> str:
        """See the port. While this slice holds the lease, no other process writes
        it.
        """
        return self._phase

    def enter(self, phase: str) -> None:
        """See the port."""
        self._cr.execute(
            SQL(
                "UPDATE exchange_sync_run SET phase = %s WHERE id = %s",
                phase,
                self._run.id,
            )
        )
        self._phase = phase

    def record(self, lines: Sequence[Line], counters: Mapping[str, int]) -> None:
        """See the port."""
        if lines:
            self._insert(lines)
        if counters:
            self._count(counters)

    def changed(self, direction: Way, links: Collection[int]) -> set[int]:
        """See the port."""
        if not links:
            return set()
        self._cr.execute(
            SQL(
                "SELECT DISTINCT link_id FROM exchange_sync_line WHERE run_id = %s"
                " AND direction = %s AND link_id = ANY(%s) AND action IN %s",
                self._run.id,
                direction.value,
                list(links),
                tuple(action.value for action in OF_CONTENT),
            )
        )
        return {link for (link,) in self._cr.fetchall()}

    def has_remark(self, code: str) -> bool:
        """See the port."""
        self._cr.execute(
            SQL(
                "SELECT 1 FROM exchange_sync_line"
                " WHERE run_id = %s AND error_code = %s AND name IS NULL LIMIT 1",
                self._run.id,
                code,
            )
        )
        return bool(self._cr.fetchone())

    def _insert(self, lines: Sequence[Line]) -> None:
        existing = self._existing_links({line.link for line in lines if line.link})
        rows = [self._row(line, existing) for line in lines]
        query = "INSERT INTO exchange_sync_line (%s) VALUES %s RETURNING id"
        self._cr.execute(SQL(query, LINE_COLUMNS, listed(rows)))
        answer = self._cr.fetchall()
        candidates = [
            (line_id, partner)
            for (line_id,), line in zip(answer, lines, strict=True)
            for partner in line.candidates
        ]
        if candidates:
            self._cr.execute_values(
                "INSERT INTO exchange_sync_line_candidate_rel"
                " (exchange_sync_line_id, res_partner_id) VALUES %s",
                candidates,
            )

    def _existing_links(self, ids: Collection[int]) -> set[int]:
        """Return the links that still exist; a link may be deleted before its line is
        written.
        """
        if not ids:
            return set()
        query = "SELECT id FROM exchange_contact_link WHERE id = ANY(%s)"
        self._cr.execute(SQL(query, sorted(ids)))
        return {link for (link,) in self._cr.fetchall()}

    def _row(self, line: Line, links: Collection[int]) -> tuple[Any, ...]:
        return (
            self._run.id,
            10,
            line.direction.value,
            line.action.value,
            line.name or None,
            line.partner or None,
            line.link if line.link in links else None,
            line.remote or None,
            line.field or None,
            line.old or None,
            line.new or None,
            line.error.code if line.error else None,
            line.error.detail if line.error else None,
            line.error and line.error.reason or None,
        )

    def _count(self, counters: Mapping[str, int]) -> None:
        unknown = set(counters) - set(COUNTERS)
        if unknown:
            raise ValueError(f"no such counters: {sorted(unknown)}")
        assignments = SQL(", ").join(
            SQL(
                "%s = COALESCE(%s, 0) + %s",
                SQL.identifier(name),
                SQL.identifier(name),
                number,
            )
            for name, number in counters.items()
        )
        self._cr.execute(
            SQL(
                "UPDATE exchange_sync_run SET %s WHERE id = %s",
                assignments,
                self._run.id,
            )
        )


if TYPE_CHECKING:
    _port: type[RunLog] = OdooRunLog
