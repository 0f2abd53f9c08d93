# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The result of a slice decides what happens to the account."""

from __future__ import annotations

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from odoo.addons.exchange_contact_sync.core import errors
from odoo.addons.exchange_contact_sync.engine.session import DeletionLimit
from odoo.addons.exchange_contact_sync.storage import runs
from odoo.addons.exchange_contact_sync.use_cases import feedback, settle
from odoo.addons.exchange_contact_sync.use_cases.due_times import (
    FAULTS_PASS_WITHIN,
    FIRST_DELAY,
    LONGEST_DELAY,
    LONGEST_WITHOUT_WRITING,
    RETRIES_OF_PASSING_FAULTS,
)
from odoo.addons.exchange_contact_sync.use_cases.synchronize import Outcome

from support.cases.account_case import AccountCase

NOON = "2026-03-02 12:00:00"


@freeze_time(NOON)
class TestSettle(AccountCase):
    def setUp(self):
        super().setUp()
        self.account = self.connected(self.anna)
        self.account.action_sync_now()
        self.run = runs.open_slice(self.account, "manual")
        self.now = fields.Datetime.now()

    def settle(self, more=False, error=None, retry_after=0.0):
        settle.settle(self.account, Outcome(self.run, more, error, retry_after))

    def test_finished_run_plans_the_next(self):
        self.settle()
        self.assertEqual(self.account.last_sync, self.now)
        self.assertEqual(self.account.next_sync, self.now + timedelta(minutes=15))
        self.assertFalse(self.account.sync_requested)

    def test_no_run_is_planned_without_automatic_runs(self):
        self.account.auto_sync = False
        self.settle()
        self.assertFalse(self.account.next_sync)

    def test_request_during_a_run_starts_another(self):
        """The run may have read already what the owner decided since."""
        self.account.auto_sync = False
        self.account.action_sync_now()
        self.settle()
        self.assertTrue(self.account.sync_requested)
        self.assertEqual(self.account.next_sync, self.now)
        runs.finish(self.run)
        self.run = runs.open_slice(self.account, "manual")
        self.settle()
        self.assertFalse(self.account.sync_requested)
        self.assertFalse(self.account.next_sync)

    def test_account_with_remaining_work_stays_due(self):
        self.settle(more=True)
        self.assertEqual(self.account.next_sync, self.now)
        self.assertTrue(self.account.sync_requested)
        self.assertFalse(self.account.last_sync)

    def test_run_in_another_process_changes_nothing(self):
        settle.settle(self.account, Outcome(None, False, None, 0.0))
        self.assertEqual(self.account.next_sync, self.now)
        self.assertFalse(self.account.last_sync)

    def test_failure_that_needs_the_owner_stops_automatic_runs(self):
        self.settle(error=errors.AuthenticationFailed("401"))
        self.assertEqual(self.account.state, "error")
        self.assertFalse(self.account.next_sync)
        self.assertIn("sign in again", self.account.message)
        self.assertEqual(self.account.sudo().message_detail, "401")

    def test_busy_server_is_given_the_time_it_requests(self):
        self.settle(error=errors.ServerBusy(), retry_after=300.0)
        self.assertEqual(self.account.state, "connected")
        self.assertEqual(self.account.busy_until, self.now + timedelta(minutes=5))
        self.assertEqual(self.account.next_sync, self.now + timedelta(minutes=5))
        self.assertTrue(self.account.sync_requested)

    def test_busy_server_is_given_at_least_a_minute(self):
        self.settle(error=errors.ServerBusy())
        self.assertEqual(self.account.busy_until, self.now + timedelta(minutes=1))
        self.settle(error=errors.ServerBusy(), retry_after=1e7)
        self.assertEqual(self.account.busy_until, self.now + LONGEST_DELAY)

    def test_temporary_fault_is_retried_with_growing_delay(self):
        waits = []
        for _attempt in range(12):
            self.settle(error=errors.Unreachable())
            waits.append(self.account.next_sync - self.now)
        self.assertEqual(waits[:3], [FIRST_DELAY, 2 * FIRST_DELAY, 4 * FIRST_DELAY])
        self.assertEqual(waits[-1], LONGEST_DELAY)
        self.assertEqual(self.account.state, "connected")
        self.assertIn("does not answer", self.account.message)

    def test_temporary_fault_needs_the_owner_after_a_day(self):
        """The cause may be any device between Odoo and a mailbox that worked before."""
        self.account.sudo().last_sync = self.now - FAULTS_PASS_WITHIN
        for kind in (
            errors.NotAMailServer,
            errors.ServiceDisabled,
            errors.ServerNotFound,
            errors.CertificateNotTrusted,
        ):
            with self.subTest(kind.code):
                self.account.sudo().write({"state": "connected", **feedback.NO_FAILURE})
                self.settle(error=errors.Unreachable())
                waits = []
                for _time in range(RETRIES_OF_PASSING_FAULTS):
                    self.settle(error=kind())
                    self.assertEqual(self.account.state, "connected")
                    waits.append(self.account.next_sync - self.now)
                expected = [
                    min(FIRST_DELAY * 2**n, LONGEST_DELAY)
                    for n in range(RETRIES_OF_PASSING_FAULTS)
                ]
                self.assertEqual(waits, expected, "counted from the first of its kind")
                self.assertGreater(sum(waits, timedelta()), timedelta(hours=16))
                self.assertTrue(self.account.message)
                self.settle(error=kind())
                self.assertEqual(self.account.state, "error")
                self.assertFalse(self.account.next_sync)

    def test_manual_attempts_do_not_shorten_the_wait(self):
        """Maintenance may take a night, while manual attempts take no time."""
        self.settle()
        for hours in range(24):
            with freeze_time(self.now + timedelta(hours=hours)):
                self.settle(error=errors.NotAMailServer())
                self.settle(error=errors.NotAMailServer())
                self.assertEqual(self.account.state, "connected")
                self.assertTrue(self.account.next_sync)
        with freeze_time(self.now + timedelta(hours=24)):
            self.settle(error=errors.NotAMailServer())
        self.assertEqual(self.account.state, "error")

    def test_success_resets_the_count_of_failures(self):
        for _time in range(3 * RETRIES_OF_PASSING_FAULTS):
            self.settle(error=errors.NotAMailServer())
            self.settle()
        self.assertEqual(self.account.state, "connected")

    def test_permanent_fault_needs_the_owner_at_once(self):
        for kind in (
            errors.AuthenticationFailed,
            errors.MailboxNotFound,
            errors.AccessDenied,
            errors.NoContactFolder,
        ):
            self.account.sudo().state = "connected"
            self.settle(error=kind())
            self.assertEqual(self.account.state, "error", kind.code)

    def test_full_mailbox_is_retried_within_the_hour(self):
        """The mailbox can still be read, so imports do not wait long."""
        for kind in (errors.MailboxFull, errors.FolderReadOnly):
            self.settle()
            waits = []
            for _attempt in range(6):
                self.settle(error=kind())
                waits.append(self.account.next_sync - self.now)
            self.assertEqual(waits[:2], [FIRST_DELAY, 2 * FIRST_DELAY])
            self.assertEqual(waits[-1], LONGEST_WITHOUT_WRITING)
            self.assertEqual(self.account.state, "connected")

    def test_owner_of_a_full_mailbox_is_reminded(self):
        self.run.trigger = "auto"
        self.settle(error=errors.MailboxFull())
        (activity,) = self.account.sudo().activity_ids
        self.assertIn("The mailbox is full", activity.note)
        self.settle(error=errors.MailboxFull())
        self.assertEqual(len(self.account.sudo().activity_ids), 1)
        self.settle()
        self.assertFalse(self.account.sudo().activity_ids)

    def test_success_clears_the_failures(self):
        self.settle(error=errors.Unreachable("timed out"))
        self.settle()
        self.assertFalse(self.account.message)
        self.assertFalse(self.account.sudo().message_detail)
        self.assertEqual(self.account.failure_count, 0)

    def test_failed_manual_request_is_not_repeated(self):
        self.account.auto_sync = False
        self.settle(error=errors.Unreachable())
        self.assertFalse(self.account.next_sync)
        self.assertFalse(self.account.sync_requested)

    def test_deletion_limit_waits_for_the_owner(self):
        self.settle(error=DeletionLimit("too_many_deletions", doomed=40, linked=100))
        self.assertEqual(self.account.state, "error")
        self.assertTrue(self.account.deletion_limit_reached)
        self.assertIn("Choose in the account", self.account.message)
        self.account.action_confirm_deletions()
        self.assertEqual(self.account.state, "connected")
        self.assertTrue(self.account.deletion_limit_passed)
        self.assertTrue(self.account.sync_requested)
        self.assertFalse(self.account.message)

    def test_cron_is_triggered_for_the_next_planned_run(self):
        self.settle()
        self.env.flush_all()
        job = self.env.ref("exchange_contact_sync.ir_cron_sync")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertIn(self.account.next_sync, triggers.mapped("call_at"))
