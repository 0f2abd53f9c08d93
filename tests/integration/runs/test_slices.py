# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run in many slices reaches the same result; an account has one run at a time."""

from __future__ import annotations

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.exchange_contact_sync.use_cases import synchronize

from exchange_server import faults
from exchange_server.population import populate
from support.cases.sync_case import SyncCase


class TestSlices(SyncCase):
    def setUp(self):
        super().setUp()
        populate(self.mailbox, contacts=520, seed=8)
        self.account.action_refresh_folders()
        self.new_people(210)
        self.in_odoo = len(self.exported_before())
        self.server.counters.reset()

    def slices(self) -> list[float]:
        """Run slices of minimal length until the run is finished.

        :returns: the progress after each
        """
        shown, more = [0.0], True
        while more:
            outcome = synchronize.run_and_settle(self.account, "manual", 0.0)
            self.assertIsNone(outcome.error)
            more = outcome.more
            shown.append(self.account.run_ids[0].progress)
            self.assertLess(len(shown), 100)
        return shown

    def test_many_slices_reach_the_same_result(self):
        shown = self.slices()
        self.assertGreater(len(shown), 5)
        self.assertEqual(shown, sorted(shown), "the bar never goes back")
        run = self.account.run_ids
        self.assertEqual(len(run), 1, "all slices belong to one run")
        self.assertEqual((run.state, run.progress), ("done", 100.0))
        self.assertEqual(run.imported_created, 520)
        self.assertEqual(run.exported_created, self.in_odoo)
        self.assertEqual(len(self.mailbox.contacts()), 520 + self.in_odoo)
        self.assertEqual(len(self.account.link_ids.partner_id), 520 + self.in_odoo)
        asked = self.server.counters.requests
        self.assertEqual(asked["CreateItem"], 3, "nothing is asked twice")
        self.assertLessEqual(asked["GetItem"], 4)
        self.assertLessEqual(asked["SyncFolderItems"], 9)
        self.assertIdle()

    def test_edits_between_slices(self):
        synchronize.run_and_settle(self.account, "manual", 0.0)
        synchronize.run_and_settle(self.account, "manual", 0.0)
        item = self.mailbox.contacts()[0]
        self.edit(item, job="Edited meanwhile")
        self.partner("Odoo 7").function = "Edited meanwhile"
        self.slices()
        self.sync()
        links = self.account.link_ids
        link = links.filtered(lambda link: link.remote_id == item.id)
        self.assertEqual(link.partner_id.function, "Edited meanwhile")
        self.assertItem(self.in_mailbox("Odoo 7"), job="Edited meanwhile")
        self.assertIdle()

    def test_occasionally_busy_server_reaches_the_same_result(self):
        for operation, nth in (("GetItem", 2), ("CreateItem", 2)):
            self.server.faults.add(faults.busy(operation, nth=nth))
        outcomes = [
            synchronize.run_and_settle(self.account, "auto", 60.0) for _ in range(3)
        ]
        self.assertEqual([bool(one.error) for one in outcomes], [True, True, False])
        self.assertEqual(len(self.mailbox.contacts()), 520 + self.in_odoo)
        self.assertIdle()


class TestOneAtATime(SyncCase):
    def test_second_run_gives_up_at_once(self):
        from odoo.addons.exchange_contact_sync.storage.lease import LEASES

        self.add(name="Ada")
        take = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LEASES, self.account.id)
        with self.registry.cursor() as cr:
            cr.execute(take)
            self.assertTrue(cr.fetchone()[0])
            with self.assertRaisesRegex(UserError, "being synchronized already"):
                self.account.sync()
            self.assertFalse(self.account.run_ids)
            self.assertEqual(self.server.counters.total, 0)
        self.sync()
        self.partner("Ada")

    def test_a_run_that_was_left_open_is_closed(self):
        synchronize.run_and_settle(self.account, "manual", 0.0)
        left = self.env["exchange.sync.run"].create(
            {"account_id": self.account.id, "trigger": "auto", "in_slice": True}
        )
        self.sync()
        self.assertEqual(left.state, "failed")
        self.assertIn("was interrupted", left.message)
        self.assertFalse(left.in_slice)

    def killed(self):
        """A run whose process was killed."""
        return self.env["exchange.sync.run"].create(
            {"account_id": self.account.id, "trigger": "auto", "in_slice": True}
        )

    def test_a_run_that_is_killed_once_continues_at_once(self):
        self.killed()
        outcome = synchronize.run_and_settle(self.account, "auto", 60.0)
        self.assertFalse(outcome.error)
        self.assertEqual(self.account.failure_count, 0)

    def test_a_run_that_is_killed_again_waits_like_after_a_failure(self):
        self.account.auto_sync = True
        self.killed()
        synchronize.run_slice(self.account, trigger="auto", seconds=0.0)
        self.account.run_ids.sudo().write({"in_slice": True, "state": "running"})
        outcome = synchronize.run_and_settle(self.account, "auto", 60.0)
        self.assertEqual(outcome.error.code, "interrupted")
        self.assertGreater(self.account.next_sync, fields.Datetime.now())
        self.assertGreater(self.account.failure_count, 1)
        self.sync()  # a user may request a run at any time
        self.assertEqual(self.account.failure_count, 0)
