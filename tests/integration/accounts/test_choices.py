# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The owner's choices decide when an account is synchronized, and whether it can be."""

from __future__ import annotations

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests.common import RecordCapturer

from support.cases.account_case import AccountCase

NOON = "2026-03-02 12:00:00"


class TestAutomaticRuns(AccountCase):
    def test_no_run_is_planned_before_the_owner_chose(self):
        self.assertFalse(self.connected(self.anna).next_sync)

    @freeze_time(NOON)
    def test_first_run_is_planned_one_interval_after_the_choices(self):
        account = self.connected(self.anna, interval_minutes=40)
        account.export_contacts = True
        expected = fields.Datetime.now() + timedelta(minutes=40)
        self.assertEqual(account.next_sync, expected)

    @freeze_time(NOON)
    def test_ticking_a_folder_is_a_choice(self):
        account = self.connected(self.anna)
        folder = self.new_folder(account)
        account.write(
            {
                "import_scope": "folders",
                "folder_ids": [(1, folder.id, {"selected": True})],
            }
        )
        self.assertTrue(folder.selected)
        self.assertTrue(account.next_sync)

    @freeze_time(NOON)
    def test_another_interval_counts_from_the_last_run(self):
        account = self.connected(self.anna)
        last = fields.Datetime.now() - timedelta(minutes=10)
        account.sudo().write({"last_sync": last, "next_sync": fields.Datetime.now()})
        account.interval_minutes = 60
        self.assertEqual(account.next_sync, last + timedelta(minutes=60))

    def test_switching_off_clears_the_plan(self):
        account = self.connected(self.anna)
        account.export_contacts = True
        account.auto_sync = False
        self.assertFalse(account.next_sync)

    def test_switching_off_keeps_a_requested_run(self):
        account = self.connected(self.anna)
        account.action_sync_now()
        account.auto_sync = False
        self.assertTrue(account.next_sync)

    def test_choices_of_an_account_that_needs_attention_plan_nothing(self):
        account = self.connected(self.anna)
        account.sudo().state = "error"
        account.export_contacts = True
        self.assertFalse(account.next_sync)


class TestSynchronizeNow(AccountCase):
    def setUp(self):
        super().setUp()
        self.job = self.env.ref("exchange_contact_sync.ir_cron_sync")

    def triggers_of(self, job):
        triggers = self.env["ir.cron.trigger"]
        return RecordCapturer(triggers, [("cron_id", "=", job.id)])

    def test_requested_account_is_due_and_wakes_the_cron(self):
        account = self.connected(self.anna)
        with self.triggers_of(self.job) as captured:
            action = account.action_sync_now()
        self.assertEqual(len(captured.records), 1)
        self.assertTrue(account.sync_requested)
        self.assertLessEqual(account.next_sync, fields.Datetime.now())
        self.assertEqual(action["tag"], "display_notification")

    def test_copies_of_the_scheduled_action_are_woken_too(self):
        copy = self.job.copy()
        with self.triggers_of(copy) as captured:
            self.connected(self.anna).action_sync_now()
        self.assertEqual(len(captured.records), 1)

    def test_the_servers_request_to_wait_is_kept(self):
        account = self.connected(self.anna)
        later = fields.Datetime.now() + timedelta(minutes=3)
        account.sudo().busy_until = later
        account.action_sync_now()
        self.assertEqual(account.busy_until, later)

    def test_an_account_that_is_not_connected_says_so(self):
        with self.assertRaisesRegex(UserError, "Sign in to anna@example.com"):
            self.new_account(self.anna).action_sync_now()

    def test_an_account_that_needs_attention_says_why(self):
        account = self.connected(self.anna)
        account.sudo().write(
            {"state": "error", "message_code": "authentication_failed"}
        )
        with self.assertRaisesRegex(UserError, "does not accept the e-mail address"):
            account.action_sync_now()

    def test_account_without_a_choice_says_so(self):
        account = self.connected(self.anna, import_contacts=False)
        for values in (
            {},
            {"import_contacts": True, "import_scope": "folders"},
            {"export_contacts": True, "export_scope": "selected"},
            {"export_groups": True},
        ):
            account.write(values)
            with self.assertRaisesRegex(UserError, "Choose first which contacts"):
                account.action_sync_now()
        account.export_employees = True
        account.action_sync_now()
        self.assertTrue(account.sync_requested)


class TestExportFolder(AccountCase):
    def test_a_folder_of_another_mailbox_is_refused(self):
        account = self.connected(self.anna)
        other = self.connected(self.anna, email="second@example.com")
        account.export_folder_id = self.new_folder(account)
        with self.assertRaisesRegex(ValidationError, "a folder of this mailbox"):
            account.export_folder_id = self.new_folder(other)
