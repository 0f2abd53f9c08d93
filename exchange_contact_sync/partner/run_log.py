# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The run as people will read it: the engine's ``RunLog`` and ``Progress``."""

from psycopg2.extras import execute_values

from odoo.tools import SQL

COUNTERS = (
    "imported_created",
    "imported_updated",
    "imported_archived",
    "exported_created",
    "exported_updated",
    "exported_deleted",
    "conflict_count",
    "error_count",
    "unchanged_count",
    "skipped_count",
)

LINE_COLUMNS = (
    "run_id, sequence, direction, action, name, partner_id, remote_id, field_name,"
    " old_value, new_value, error_code, error_detail"
)


class OdooRunLog:
    """Writes a run's lines and counters within the batch's transaction.

    :param run: record of ``exchange.sync.run``
    """

    def __init__(self, run):
        self._run = run.sudo()
        self._cr = run.env.cr

    def phase(self):
        """See the port."""
        query = SQL("SELECT phase FROM exchange_sync_run WHERE id = %s", self._run.id)
        return self._run.env.execute_query(query)[0][0] or ""

    def enter(self, phase):
        """See the port."""
        self._cr.execute(
            SQL(
                "UPDATE exchange_sync_run SET phase = %s WHERE id = %s",
                phase,
                self._run.id,
            )
        )

    def record(self, lines, counters):
        """See the port."""
        if lines:
            self._insert(lines)
        if counters:
            self._count(counters)

    def _insert(self, lines):
        rows = [self._row(line) for line in lines]
        answer = execute_values(
            self._cr._obj,
            f"INSERT INTO exchange_sync_line ({LINE_COLUMNS}) VALUES %s RETURNING id",
            rows,
            page_size=1000,
            fetch=True,
        )
        candidates = [
            (line_id, partner)
            for (line_id,), line in zip(answer, lines, strict=True)
            for partner in line.candidates
        ]
        if candidates:
            execute_values(
                self._cr._obj,
                "INSERT INTO exchange_sync_line_candidate_rel"
                " (exchange_sync_line_id, res_partner_id) VALUES %s",
                candidates,
            )

    def _row(self, line):
        return (
            self._run.id,
            10,
            line.direction,
            line.action,
            line.name or None,
            line.partner or None,
            line.remote or None,
            line.field or None,
            line.old or None,
            line.new or None,
            line.error.code if line.error else None,
            line.error.detail if line.error else None,
        )

    def _count(self, counters):
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


class OdooProgress:
    """How far a run is: the share of what waits that is done.

    :param run: record of ``exchange.sync.run``
    """

    def __init__(self, run):
        self._run = run.sudo()
        self._cr = run.env.cr
        self._done = 0
        self._total = 0

    def show(self, phase, done):
        """See the port. Travels with the next batch's commit."""
        self._done += done
        if not done:
            self._total = self._done + self._waiting()
        share = 100.0 * self._done / self._total if self._total else 0.0
        self._cr.execute(
            SQL(
                "UPDATE exchange_sync_run SET progress = %s WHERE id = %s",
                min(share, 99.0),
                self._run.id,
            )
        )

    def _waiting(self):
        query = SQL(
            "SELECT count(*) FROM exchange_inbox_entry"
            " WHERE account_id = %s AND NOT parked",
            self._run.account_id.id,
        )
        return self._run.env.execute_query(query)[0][0]
