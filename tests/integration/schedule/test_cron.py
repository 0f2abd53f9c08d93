# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The scheduled action: order, claims, and independence of accounts."""

from __future__ import annotations

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.tools import mute_logger

from odoo.addons.exchange_contact_sync.use_cases import schedule

from support.cases.committed_case import PASSWORD, CommittedCase

FIRST, SECOND = "first@example.com", "second@example.com"
LOGGER = "odoo.addons.exchange_contact_sync.use_cases.synchronize"


class TestScheduledAction(CommittedCase):
    def store_invalid_choice(self, account):
        """Write a value that no form accepts and no code can process."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE exchange_account SET conflict_policy = 'nobody' WHERE id = %s",
            [account.id],
        )
        self.env.invalidate_all()

    def test_requested_run_is_carried_out(self):
        account = self.authorized(FIRST)
        account.action_sync_now()
        self.run_job()
        run = account.run_ids
        self.assertEqual((run.trigger, run.state), ("manual", "done"), run.message)
        self.assertEqual(run.imported_created, 6)
        self.assertFalse(account.sync_requested)
        self.assertGreater(account.next_sync, fields.Datetime.now())

    def test_planned_run_is_carried_out(self):
        account = self.authorized(FIRST)
        account.next_sync = fields.Datetime.now()
        self.run_job()
        self.assertEqual(account.run_ids.trigger, "auto")
        self.run_job()
        self.assertEqual(len(account.run_ids), 1)  # not due again at once

    def test_all_due_accounts_are_served_in_one_start(self):
        accounts = self.authorized(FIRST) | self.authorized(SECOND)
        accounts.next_sync = fields.Datetime.now()
        self.run_job()
        self.assertEqual(accounts.run_ids.mapped("state"), ["done", "done"])

    def test_failing_account_does_not_stop_the_others(self):
        bad, good = self.authorized(FIRST), self.authorized(SECOND)
        (bad | good).next_sync = fields.Datetime.now()
        good.last_served = fields.Datetime.now()  # so the bad one comes first
        self.store_invalid_choice(bad)
        with mute_logger(LOGGER):
            self.run_job()
        self.assertEqual(good.run_ids.state, "done")
        self.assertEqual(bad.run_ids.state, "failed")
        self.assertEqual(bad.message_code, "unexpected")
        self.assertEqual(bad.state, "connected")
        self.assertGreater(bad.next_sync, fields.Datetime.now())

    def test_log_of_a_failure_holds_no_password(self):
        account = self.authorized(FIRST)
        account.next_sync = fields.Datetime.now()
        self.store_invalid_choice(account)
        with self.assertLogs(LOGGER) as logs:
            self.run_job()
        text = "\n".join(logs.output)
        self.assertIn("Traceback", text)
        self.assertNotIn(PASSWORD, text)

    def test_refused_password_waits_for_the_owner(self):
        account = self.authorized(FIRST)
        account.action_sync_now()
        self.exchange.mailbox(FIRST).password = "changed"
        self.run_job()
        self.assertEqual(account.state, "error")
        self.assertEqual(account.run_ids.message_code, "authentication_failed")
        self.run_job()
        self.assertEqual(len(account.run_ids), 1)  # no further attempt


class TestClaims(CommittedCase):
    def setUp(self):
        super().setUp()
        vals = [
            {
                "user_id": self.anna.id,
                "provider_id": self.provider.id,
                "email": address,
                "state": "connected",
                "next_sync": fields.Datetime.now(),
            }
            for address in (FIRST, SECOND)
        ]
        self.first, self.second = self.env["exchange.account"].create(vals)
        self.env.cr.commit()

    def claim(self, cr, passed=()):
        accounts = api.Environment(cr, SUPERUSER_ID, {})["exchange.account"]
        return schedule.claim_due(accounts.browse(passed)).id

    def test_account_that_waited_longest_is_first(self):
        now = fields.Datetime.now()
        self.first.last_served = now - timedelta(hours=1)
        self.second.last_served = now - timedelta(hours=2)
        self.env.cr.commit()
        with self.registry.cursor() as cr:
            self.assertEqual(self.claim(cr), self.second.id)
            self.assertEqual(self.claim(cr), self.first.id)

    def test_account_never_served_is_first(self):
        self.first.last_served = fields.Datetime.now() - timedelta(days=9)
        self.env.cr.commit()
        with self.registry.cursor() as cr:
            self.assertEqual(self.claim(cr), self.second.id)

    def test_two_processes_claim_different_accounts(self):
        with self.registry.cursor() as one, self.registry.cursor() as other:
            one.execute(
                "SELECT FROM exchange_account WHERE id = %s FOR UPDATE", [self.first.id]
            )
            self.assertEqual(self.claim(other), self.second.id)

    def test_concurrent_claim_is_respected(self):
        with self.registry.cursor() as one, self.registry.cursor() as other:
            other.execute("SELECT FROM exchange_account")  # what it sees is fixed now
            with mute_logger("odoo.sql_db"):
                claims = {self.claim(one), self.claim(other)}
        self.assertEqual(claims, {self.first.id, self.second.id})

    def test_no_account_is_claimed_when_all_are_passed(self):
        with self.registry.cursor() as cr:
            self.assertFalse(self.claim(cr, [self.first.id, self.second.id]))

    def test_account_with_a_run_in_another_process_is_skipped(self):
        account = self.first
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [0x45786353, account.id]
            )
            self.second.active = False
            self.run_job()
        self.assertFalse(account.run_ids)
        self.assertTrue(account.last_served)
        self.assertLessEqual(account.next_sync, fields.Datetime.now())
