# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An open account form shows the progress of its run."""

from __future__ import annotations

import json
from unittest.mock import patch

from odoo.addons.exchange_contact_sync.use_cases import synchronize

from exchange_server import faults
from exchange_server.population import populate
from support.cases.sync_case import SyncCase

MESSAGE = "exchange_contact_sync/live"
ENDED = "exchange_contact_sync/ended"
PAUSE = "odoo.addons.exchange_contact_sync.storage.progress.PAUSE"


class LiveCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.env.cr.flush()
        self.env["bus.bus"].sudo().search([]).unlink()

    def messages(self, kind: str = MESSAGE) -> list[dict]:
        """:returns: the messages to the owner about the account so far, oldest first"""
        self.env.cr.flush()
        channel = f'"res.partner",{self.owner.partner_id.id}'
        sent = self.env["bus.bus"].sudo().search([], order="id")
        messages = [
            json.loads(one.message)
            for one in sent
            if channel in one.channel.replace(" ", "")
        ]
        payloads = [m["payload"] for m in messages if m["type"] == kind]
        self.assertEqual({p["account"] for p in payloads} - {self.account.id}, set())
        return [payload.get("live", payload) for payload in payloads]


class TestMessages(LiveCase):
    def setUp(self):
        super().setUp()
        # Batches of a test are done in less than the time between two messages.
        self.startPatcher(patch(PAUSE, 0.0))
        populate(self.mailbox, contacts=520, seed=5)
        self.account.action_refresh_folders()
        self.new_people(210)
        self.in_odoo = len(self.exported_before())

    def test_progress_grows_and_never_decreases(self):
        self.sync()
        *steps, end = self.messages()
        self.assertEqual(end, {"state": "idle"})
        self.assertEqual({step["state"] for step in steps}, {"running"})
        shown = [step["progress"] for step in steps]
        self.assertEqual(shown, sorted(shown))
        self.assertGreater(len(set(shown)), 4)
        self.assertEqual(steps[0]["step"], "work")
        self.assertEqual({s["step"] for s in steps[1:]}, {"apply_changes", "export"})

    def test_export_counts_toward_the_progress(self):
        run = self.sync()
        imported = [s for s in self.messages()[:-1] if s["step"] == "apply_changes"][-1]
        total = 520 + self.in_odoo
        self.assertAlmostEqual(imported["progress"], 99 * 520 / total, places=3)
        came_in = run.imported_created + run.imported_updated
        self.assertEqual((imported["came_in"], imported["went_out"]), (came_in, 0))
        self.assertGreater(came_in, 450)
        self.assertEqual(self.messages()[-2]["went_out"], self.in_odoo)

    def test_record_holds_the_progress_between_slices(self):
        while synchronize.run_and_settle(self.account, "manual", 0.0).more:
            self.account.invalidate_recordset()
            last, now = self.messages()[-1:], self.account.live
            self.assertEqual(now["state"], "running")
            if last:
                self.assertEqual(now["progress"], last[0]["progress"])
        self.assertEqual(self.messages()[-1], {"state": "idle"})
        self.assertEqual(self.account.live, {"state": "idle"})


class TestExportOnly(LiveCase):
    def test_progress_includes_the_export(self):
        self.startPatcher(patch(PAUSE, 0.0))
        self.new_people(210)
        total = len(self.exported_before())
        self.sync()
        shown = [step["progress"] for step in self.messages()[:-1]]
        self.assertEqual(len(shown), 3)
        self.assertAlmostEqual(shown[0], 99 * 100 / total, places=3)


class TestFewMessages(LiveCase):
    def test_messages_are_rare(self):
        populate(self.mailbox, contacts=60, seed=5)
        self.sync()
        self.assertLessEqual(len(self.messages()), 4)

    def test_idle_run_only_sends_its_end(self):
        self.sync()
        self.messages()
        self.env["bus.bus"].sudo().search([]).unlink()
        self.sync()
        self.assertEqual(self.messages(), [{"state": "idle"}])

    def test_manual_run_shows_progress_from_the_start(self):
        self.sync()
        self.account.action_sync_now()
        self.assertEqual(self.account.live, {"state": "waiting"})
        self.sync()
        self.assertEqual(self.messages()[-2]["step"], "collect")

    def test_failure_ends_the_progress(self):
        self.server.faults.add(faults.http_status(500, times=None))
        self.sync(state="failed")
        self.assertEqual(self.messages()[-1], {"state": "idle"})

    def test_paused_account_shows_no_progress(self):
        self.account.action_sync_now()
        self.account.action_pause()
        self.assertEqual(self.account.live, {"state": "idle"})


class TestResult(LiveCase):
    """The user who started a run is notified of its end."""

    def test_owner_is_notified_of_the_result(self):
        self.add(name="Kim", email="kim@example.com")
        run = self.sync()
        [result] = self.messages(ENDED)
        self.assertEqual((result["run"], result["type"]), (run.id, "success"))
        self.assertIn("finished", result["title"])
        self.assertEqual(result["message"], run.summary)

    def test_notification_of_a_failure_names_the_reason(self):
        self.server.faults.add(faults.http_status(500, "SyncFolderItems"))
        run = self.sync(state="failed")
        [result] = self.messages(ENDED)
        self.assertEqual(result["type"], "danger")
        self.assertEqual(result["message"], run.message)

    def test_automatic_runs_send_no_notification(self):
        synchronize.run_and_settle(self.account.sudo(), "auto", 10.0)
        self.assertEqual(self.messages(ENDED), [])

    def test_page_of_an_undo_shows_its_progress(self):
        self.add(name="Kim", email="kim@example.com")
        run = self.sync()
        undo = self.env["exchange.sync.run"].browse(run.action_undo()["res_id"])
        self.assertEqual(undo.live, {"state": "waiting"})
        self.sync()
        self.assertEqual((undo.live, undo.state), ({"state": "idle"}, "done"))
