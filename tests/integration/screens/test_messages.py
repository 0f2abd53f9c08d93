# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every failure has a sentence, in the reader's language."""

from __future__ import annotations

from datetime import datetime, timedelta

from odoo.addons.exchange_contact_sync.core import errors
from odoo.addons.exchange_contact_sync.core.fields import FIELDS, PHOTO
from odoo.addons.exchange_contact_sync.storage import run_log, runs, secret, settings
from odoo.addons.exchange_contact_sync.use_cases import (
    connect,
    failure_messages,
    history,
    preview,
    reset,
    synchronize,
)

from support.cases.account_case import AccountCase


def codes(parent: type) -> set[str]:
    """Codes of an error class and of all derived from it, in whatever module."""
    return {parent.code}.union(*map(codes, parent.__subclasses__()))


class TestSentences(AccountCase):
    def test_every_failure_has_a_message(self):
        self.assertTrue([connect, preview, reset, synchronize])  # all rooms are loaded
        self.assertIn(secret.KeyLost.code, codes(errors.SyncError))
        known = set(failure_messages.SENTENCES)
        # The limit's code is replaced by what it found, see engine/guard.py.
        self.assertEqual(codes(errors.SyncError) - {"deletion_limit"} - known, set())
        self.assertIn(runs.INTERRUPTED, known)

    def test_unknown_code_gets_the_general_message(self):
        self.assertIn(
            "Something unexpected", failure_messages.sentence(self.env, "new")
        )

    def test_no_failure_has_no_message(self):
        self.assertFalse(failure_messages.sentence(self.env, False))

    def test_message_uses_the_readers_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env.ref("base.module_exchange_contact_sync")._update_translations(
            ["ru_RU"]
        )
        account = self.connected(self.anna)
        account.sudo().message_code = "authentication_failed"
        self.assertIn("does not accept", account.message)
        russian = account.with_context(lang="ru_RU")
        self.assertIn("Почтовый сервер не принимает", russian.message)


class TestRun(AccountCase):
    def setUp(self):
        super().setUp()
        self.account = self.connected(self.anna)

    def run_with(self, **values):
        values = {"account_id": self.account.id, "state": "done", **values}
        return self.env["exchange.sync.run"].create(values)

    def test_summary_names_the_result(self):
        run = self.run_with(
            imported_created=2, imported_updated=3, exported_created=4, error_count=1
        )
        self.assertEqual(run.summary, "5 imported, 4 exported, 1 problem")
        self.assertEqual(self.account.last_summary, run.summary)

    def test_each_kind_is_counted_separately(self):
        run = self.run_with(
            imported_archived=88, exported_deleted=2, conflict_count=1, waiting_count=3
        )
        self.assertEqual(
            run.summary,
            "88 archived, 2 deleted in Exchange, 1 conflict, 3 to match",
        )
        run.trigger = "preview"
        self.assertTrue(run.summary.startswith("88 will be archived"), run.summary)

    def test_run_without_changes_has_a_summary(self):
        self.assertEqual(self.run_with(unchanged_count=9).summary, "No changes")
        self.assertFalse(self.run_with(state="failed").summary)

    def test_counters_of_the_engine_are_fields(self):
        for name in run_log.COUNTERS:
            self.assertIn(name, self.env["exchange.sync.run"]._fields)

    def test_old_runs_are_deleted_and_idle_automatic_ones_sooner(self):
        now = datetime.now()
        old = self.run_with(started_at=now - timedelta(days=31), error_count=1)
        month = self.run_with(started_at=now - timedelta(days=29), error_count=1)
        idle = self.run_with(started_at=now - timedelta(days=2), trigger="auto")
        asked = self.run_with(started_at=now - timedelta(days=2))
        fresh = self.run_with(started_at=now, trigger="auto")
        self.env["exchange.sync.run"]._gc_old_runs()
        self.assertEqual(
            (old | month | idle | asked | fresh).exists(), month | asked | fresh
        )

    def test_retention_is_configurable_and_lines_go_in_batches(self):
        settings.keep(self.env, "keep_days", 7)
        old = self.run_with(started_at=datetime.now() - timedelta(days=8))
        fresh = self.run_with(started_at=datetime.now() - timedelta(days=6))
        line = {"direction": "pull", "action": "create", "name": "Ida"}
        lines = self.env["exchange.sync.line"].create(
            [{**line, "run_id": run.id} for run in (old, old, old, fresh)]
        )
        runs = self.env["exchange.sync.run"]
        self.patch(history, "GC_BATCH", 2)
        self.assertEqual(runs._gc_old_runs(), (2, 1))
        self.assertEqual(len(lines.exists()), 2)
        self.assertEqual(runs._gc_old_runs(), (2, 0))
        self.assertEqual((old | fresh).exists(), fresh)
        self.assertEqual(lines.exists(), fresh.line_ids)

    def test_run_is_named_by_mailbox_and_time(self):
        run = self.run_with(started_at=datetime(2026, 3, 2, 12, 0))
        run = run.with_context(tz="Europe/Moscow")
        self.assertEqual(run.display_name, "anna@example.com, 03/02/2026 03:00:00 PM")


class TestLine(AccountCase):
    def line(self, **values):
        run = self.env["exchange.sync.run"].create(
            {"account_id": self.connected(self.anna).id}
        )
        values = {"run_id": run.id, "direction": "pull", **values}
        return self.env["exchange.sync.line"].create(values)

    def test_a_problem_is_explained(self):
        line = self.line(action="error", error_code="contact_invalid")
        self.assertIn("not accepted by the other side, Odoo", line.message)
        line.direction = "push"
        self.assertIn("not accepted by the other side, Exchange", line.message)

    def test_ambiguous_contact_is_explained(self):
        line = self.line(action="ambiguous")
        self.assertIn("Several contacts match this one", line.message)
        people = self.env["res.partner"].create([{"name": n} for n in ("Ada", "Ben")])
        line.candidate_ids = people
        self.assertIn("Several contacts match this one", line.message)
        line.candidate_ids = people[0]
        self.assertIn("A contact in Odoo looks like this one", line.message)

    def test_success_has_no_message(self):
        self.assertFalse(self.line(action="create").message)

    def test_field_names_match_the_table(self):
        found = self.env["exchange.sync.line"].fields_get(["field_name"], ["selection"])
        self.assertEqual(
            dict(found["field_name"]["selection"]),
            {row.key: row.label for row in (*FIELDS.values(), PHOTO)},
        )

    def test_field_labels_use_the_readers_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        lines = self.env["exchange.sync.line"].with_context(lang="ru_RU")
        found = lines.fields_get(["field_name"], ["selection"])
        labels = dict(found["field_name"]["selection"])
        self.assertEqual(labels["job_title"], "Должность")
