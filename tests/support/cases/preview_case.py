# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Previews, which must not change anything."""

from __future__ import annotations

from odoo.tools import SQL

from odoo.addons.exchange_contact_sync.core.run import COUNTERS

from support.cases.sync_case import SyncCase

TABLES = (
    "res_partner",
    "res_partner_category",
    "res_partner_res_partner_category_rel",
    "mail_message",
    "mail_followers",
    "mail_tracking_value",
    "bus_bus",
    "ir_attachment",
    "ir_cron",
    "ir_cron_trigger",
    "ir_model_data",
)
OWN_HISTORY = {
    "exchange_sync_run",
    "exchange_sync_line",
    "exchange_sync_line_candidate_rel",
}
SHOWN = (
    "direction",
    "action",
    "name",
    "field_name",
    "old_value",
    "new_value",
    "message",
)


class PreviewCase(SyncCase):
    """Anna runs previews of her account."""

    def preview(self, account=None, state: str = "done", typed: dict | None = None):
        """Run a preview, and check its state and that it changed nothing.

        :returns: the run
        """
        account = account or self.account
        rows, runs, items = self.rows(), self.runs(), self.all_items()
        waiting = len(self.env.cr.postcommit)
        self.server.counters.reset()
        action = account.action_preview(typed)
        self.assertEqual(self.server.counters.writes, 0)
        self.assertEqual(self.all_items(), items)
        self.assertEqual(len(self.env.cr.postcommit), waiting)
        for table, before in self.rows().items():
            self.assertEqual(before, rows[table], table)
        self.assertEqual(action["res_model"], "exchange.sync.run")
        self.assertEqual(self.runs() - runs, {action["res_id"]})
        run = account.env["exchange.sync.run"].browse(action["res_id"])
        shown_lines = [run.message, *run.line_ids.mapped("message")]
        self.assertEqual((run.trigger, run.state), ("preview", state), shown_lines)
        self.assertTrue(run.finished_at)
        return run

    def rows(self) -> dict[str, set[tuple[str, str]]]:
        """Return a value for the current version of each row of all relevant tables."""
        self.env.cr.flush()
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relname LIKE 'exchange\\_%'"
        )
        ours = {name for (name,) in self.env.cr.fetchall()} - OWN_HISTORY
        self.assertLess({"exchange_account", "exchange_inbox_entry"}, ours)
        return {table: self.marks(table) for table in sorted(ours.union(TABLES))}

    def marks(self, table: str) -> set[tuple[str, str]]:
        self.env.cr.execute(
            SQL("SELECT xmin::text, ctid::text FROM %s", SQL.identifier(table))
        )
        return set(self.env.cr.fetchall())

    def runs(self) -> set[int]:
        return set(self.env["exchange.sync.run"].search([]).ids)

    def all_items(self) -> dict[str, tuple]:
        """Return all contacts of the mailbox with folders, versions and values."""
        return {
            item.id: (item.change_key, item.folder.id, dict(item.values))
            for item in self.mailbox.contacts()
        }

    def shown_lines(self, run) -> list[tuple]:
        """Return the values that the lines of a run show."""
        return [tuple(line[name] for name in SHOWN) for line in run.line_ids]

    def counted(self, run) -> dict[str, int]:
        return {name: run[name] for name in COUNTERS}

    def assertRunsAsShown(self, state: str = "done"):
        """Check that two previews and then the run itself show the same lines."""
        shown = [self.preview(state=state), self.preview(state=state)]
        run = self.sync(state=state)
        for preview in shown:
            self.assertEqual(self.shown_lines(preview), self.shown_lines(run))
            self.assertEqual(self.counted(preview), self.counted(run))
        return run
