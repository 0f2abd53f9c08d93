# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Problems are retried from the history; a run has a summary of one line."""

from __future__ import annotations

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from support.cases.sync_case import SyncCase


class TestRetry(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada Byron", email="ada@example.com")
        self.sync()
        self.ada = self.partner("Ada Byron")

    def problem(self, run):
        [line] = run.line_ids.filtered(lambda one: one.action == "error")
        return line.with_user(self.owner)

    def test_failed_import_is_retried(self):
        self.edit(self.item, job="Countess")
        self.mailbox.fail_item(self.item.id, "ErrorCorruptData", {"GetItem"})
        line = self.problem(self.sync(state="partial"))
        self.assertTrue(line.can_retry)
        self.mailbox.heal_item(self.item.id)
        line.action_retry()
        self.assertTrue(self.account.sync_requested)
        self.sync()
        self.assertPartner(self.ada, function="Countess")
        line.invalidate_recordset()
        self.assertFalse(line.can_retry)
        with self.assertRaisesRegex(UserError, "nothing left to retry"):
            line.action_retry()
        self.assertIdle()

    def test_failed_export_is_retried(self):
        self.ada.function = "Countess"
        self.mailbox.fail_item(self.item.id, "ErrorCorruptData", {"UpdateItem"})
        line = self.problem(self.sync(state="partial"))
        self.assertTrue(line.can_retry)
        self.mailbox.heal_item(self.item.id)
        line.action_retry()
        self.sync()
        self.assertItem(self.item, job="Countess")
        self.assertIdle()

    def test_contact_without_a_name_is_retried(self):
        nameless = self.add(city="London")
        line = self.problem(self.sync(state="partial"))
        self.assertTrue(line.can_retry)
        entries = self.env["exchange.inbox.entry"].search([("deferred", "=", True)])
        self.assertEqual(entries.remote_id, nameless.id)
        line.action_retry()
        self.assertFalse(entries.deferred)

    def test_only_own_lines_outside_previews_are_retried(self):
        self.edit(self.item, job="Countess")
        self.mailbox.fail_item(self.item.id, "ErrorCorruptData", {"GetItem"})
        self.account.action_preview()
        preview = self.account.run_ids.filtered(lambda run: run.trigger == "preview")
        self.assertFalse(self.problem(preview).can_retry)
        line = self.problem(self.sync(state="partial"))
        other = new_test_user(self.env, "other", "base.group_system")
        self.assertFalse(line.sudo().with_user(other).sudo().can_retry)

    def test_list_of_problems_needs_one_query(self):
        for number in range(4):
            self.add(city=f"City {number}")
        run = self.sync(state="partial")
        lines = run.line_ids.filtered(lambda one: one.action == "error")
        lines.mapped("remote_id"), lines.mapped("link_id.state"), lines.run_id.is_mine
        lines.invalidate_recordset(["can_retry"])
        with self.assertQueryCount(1):
            self.assertEqual(lines.mapped("can_retry"), [True] * 4)


class TestSummary(SyncCase):
    def test_ambiguous_contact_is_part_of_the_summary(self):
        for city in ("London", "Paris"):
            self.new_partner("Ada Byron", email="ada@example.com", city=city)
        self.account.export_contacts = False
        self.add(name="Ada Byron", email="ada@example.com")
        run = self.sync()
        self.assertEqual(run.waiting_count, 1)
        self.assertEqual(run.summary, "1 to match")
        self.assertEqual(self.sync().summary, "No changes")

    def test_administrator_reads_the_run_but_no_contacts(self):
        self.add(name="Ada Byron")
        run = self.sync()
        boss = new_test_user(self.env, "boss", "base.group_system")
        seen = run.with_user(boss).read(["summary", "line_ids", "is_mine"])[0]
        self.assertEqual(seen["line_ids"], [])
        self.assertFalse(seen["is_mine"])
