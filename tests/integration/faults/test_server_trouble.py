# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Servers that are busy, broken or lose state are reported, and nothing is lost."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import ClassVar

from odoo import fields
from odoo.service.server import Worker

from odoo.addons.exchange_contact_sync.use_cases import schedule, synchronize
from odoo.addons.exchange_contact_sync.use_cases.due_times import (
    FAULTS_PASS_WITHIN,
    RETRIES_OF_PASSING_FAULTS,
)

from exchange_server import faults
from exchange_server.fault_effects import Process, Surroundings
from exchange_server.fault_queue import Fault
from exchange_server.http_message import HttpAnswer
from support.cases.sync_case import SyncCase

PASSING = (200, 204, 302, 307, 400, 403, 404, 413, 449, 456, 500, 502, 504)
"""What a web server or a proxy says that is out of order: whatever page it shows."""


@dataclass
class OutOfTime:
    """Odoo stops the worker while the server works on its request."""

    kind: ClassVar[str] = "out_of_time"

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        """Called by the simulator."""
        os.kill(os.getpid(), signal.SIGXCPU)
        around.wait(0.3)
        return process()


class TroubleCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada", email="ada@example.com", job="Analyst")
        self.new_partner("Charles", email="charles@example.com")
        self.sync()
        self.ada = self.partner("Ada")
        self.edit(self.item, job="Countess")
        self.partner("Charles").function = "Inventor"
        self.server.counters.reset()

    def struck(self, fault) -> str:
        """:returns: the message on the account's form after a run under a fault"""
        self.server.faults.add(fault)
        run = self.sync(state="failed")
        self.assertEqual(fault.hits, 1)
        self.assertEqual(self.account.state, "connected")
        self.assertEqual(run.message, self.account.message)
        return run.message

    def assertHeals(self) -> None:
        self.sync()
        self.assertFalse(self.account.message)
        self.assertEqual(self.ada.function, "Countess")
        self.assertItem(self.in_mailbox("Charles"), job="Inventor")
        self.assertEqual(len(self.mailbox.contacts()), len(self.exported_before()))
        self.assertIdle()


class TestTrouble(TroubleCase):
    OPERATIONS = ("SyncFolderItems", "GetItem", "UpdateItem")

    def test_http_failure_is_reported(self):
        for operation in self.OPERATIONS:
            said = self.struck(faults.http_status(500, operation))
            self.assertIn("does not answer or broke off", said)
        self.assertHeals()

    def test_truncated_answer_is_reported(self):
        for operation in self.OPERATIONS:
            said = self.struck(faults.truncated(operation))
            self.assertIn("does not answer or broke off", said)
        self.assertHeals()

    def test_dropped_connections_are_reported(self):
        for operation in self.OPERATIONS:
            said = self.struck(faults.drop_before(operation, reset=True))
            self.assertIn("does not answer or broke off", said)
        self.assertHeals()

    def test_unknown_fault_is_reported(self):
        said = self.struck(faults.soap_fault("ErrorOfTheYear3000"))
        self.assertIn("Something unexpected happened", said)
        self.assertHeals()

    def test_internal_server_error_is_reported(self):
        said = self.struck(faults.soap_fault("ErrorInternalServerError"))
        self.assertIn("does not answer or broke off", said)
        self.assertHeals()

    def test_answer_of_another_program_is_rejected(self):
        """A login page of a proxy, for example, is not read as an answer."""
        fault = faults.http_status(200, "SyncFolderItems", body="<html>Hello</html>")
        self.server.faults.add(fault)
        run = self.sync(state="failed")
        self.assertIn("it is not Exchange", run.message)
        self.account.action_authorize()
        self.assertHeals()

    def test_single_bad_answer_needs_no_attention(self):
        """The owner need not sign in again, and no folder counts as deleted."""
        html = "<html><body>Out of order</body></html>"
        for status in PASSING:
            location = "https://login.example.com/" if 300 < status < 400 else None
            fault = faults.http_status(status, body=html, location=location, nth=2)
            self.server.faults.add(fault)
            with self.subTest(status=status):
                run = self.sync(state="failed")
                self.assertEqual(fault.hits, 1)
                self.assertTrue(run.message)
                self.assertNotIn("unexpected", run.message)
                self.assertEqual(self.account.state, "connected")
                self.assertEqual(self.account.message, run.message)
            self.server.faults.clear()
        self.server.faults.add(faults.http_status(404, "FindFolder"))
        self.account.action_refresh_folders()
        self.assertEqual(self.account.state, "connected")
        self.assertHeals()

    def test_lasting_bad_answers_need_attention(self):
        self.server.faults.add(faults.http_status(404, times=None))
        for _time in range(RETRIES_OF_PASSING_FAULTS + 1):
            self.sync(state="failed")
            self.assertEqual(self.account.state, "connected")
        self.account.sudo().last_sync -= FAULTS_PASS_WITHIN
        self.sync(state="failed")
        self.assertEqual(self.account.state, "error")
        self.assertIn("it is not Exchange", self.account.message)
        self.server.faults.clear()
        self.account.action_authorize()
        self.assertHeals()

    def test_a_password_that_the_server_refuses_needs_attention_at_once(self):
        """The server names its authentication methods, so this is no login page."""
        self.mailbox.password = "another"
        self.sync(state="failed")
        self.assertEqual(self.account.state, "error")

    def test_login_page_does_not_blame_the_password(self):
        self.server.faults.add(faults.http_status(440, body="<html>Sign in</html>"))
        self.sync(state="failed")
        self.assertEqual(self.account.state, "connected")
        self.assertHeals()

    def test_bad_answers_of_a_proxy_blame_no_contact(self):
        """A request for one contact is too small to be refused for its size."""
        self.server.faults.add(faults.http_status(413, "GetItem", times=None))
        run = self.sync(state="failed")
        self.assertFalse(run.line_ids)
        self.assertIn("refused a request as too large", run.message)
        self.server.faults.clear()
        self.assertHeals()

    def test_timeout_of_the_worker_is_no_failure_of_the_mailbox(self):
        """Odoo raises this anywhere in the code when a worker has used up its time."""

        def end(number, frame):
            Worker.signal_time_expired_handler(SimpleNamespace(pid=0), number, frame)

        self.addCleanup(signal.signal, signal.SIGXCPU, signal.getsignal(signal.SIGXCPU))
        signal.signal(signal.SIGXCPU, end)
        schedule.request_sync(self.account)
        due = self.account.next_sync
        fault = self.server.faults.add(Fault(OutOfTime(), "SyncFolderItems"))
        with self.assertRaisesRegex(Exception, "CPU time limit"):
            self.account.sync()
        self.assertEqual(fault.hits, 1)
        run = synchronize.last_run(self.account)
        self.assertIn("was interrupted because the server stopped", run.message)
        self.assertEqual(self.account.failure_count, 0)
        self.assertFalse(self.account.message)
        self.assertEqual(self.account.next_sync, due, "it is still due")
        self.assertHeals()

    def test_slow_answer_is_no_failure(self):
        self.server.faults.add(faults.slow(0.3, "GetItem"))
        self.assertHeals()


class TestBusy(TroubleCase):
    account_values = {"auto_sync": True}

    def minutes_off(self) -> float:
        """Minutes until the next request to the server."""
        off = self.account.next_sync - fields.Datetime.now()
        self.assertEqual(self.account.busy_until, self.account.next_sync)
        self.assertFalse(self.account.search(schedule.due_domain(self.account[:0])))
        return off / timedelta(minutes=1)

    def test_throttled_server_is_given_time(self):
        said = self.struck(faults.busy("SyncFolderItems", back_off_ms=300_000))
        self.assertIn("is busy and asked Odoo to try again later", said)
        self.assertEqual(self.server.counters.total, 1)
        self.assertAlmostEqual(self.minutes_off(), 5, delta=0.2)
        self.assertHeals()
        self.assertFalse(self.account.busy_until)

    def test_throttling_during_a_run_is_respected(self):
        self.struck(faults.busy("UpdateItem", back_off_ms=120_000))
        self.assertEqual(self.ada.function, "Countess")
        self.assertAlmostEqual(self.minutes_off(), 2, delta=0.2)
        self.assertHeals()

    def test_unavailable_server_is_given_time(self):
        said = self.struck(faults.http_status(503, retry_after=600))
        self.assertIn("is busy and asked Odoo to try again later", said)
        self.assertAlmostEqual(self.minutes_off(), 10, delta=0.2)
        self.assertHeals()

    def test_too_many_requests_without_a_delay_waits(self):
        self.struck(faults.http_status(429))
        self.assertAlmostEqual(self.minutes_off(), 1, delta=0.2)
        self.assertHeals()


class TestForgetful(TroubleCase):
    account_values = {"exchange_deletion": "delete", "odoo_deletion": "delete"}

    def test_lost_sync_state_changes_no_contact(self):
        self.mailbox.forget_sync_states()
        run = self.sync()
        self.assertEqual(run.imported_archived + run.exported_deleted, 0)
        self.assertEqual(run.imported_created + run.exported_created, 0)
        self.assertHeals()

    def test_deletion_during_a_lost_sync_state_is_not_followed(self):
        """The server does not report the deletion; a later edit reveals it."""
        gone = self.add(name="Gone", email="gone@example.com")
        self.sync()
        self.mailbox.delete_contact(gone.id)
        self.mailbox.forget_sync_states()
        self.sync()
        self.assertTrue(self.partner("Gone").active)
        self.partner("Gone").function = "Back"
        self.assertHeals()
        self.assertItem(self.in_mailbox("Gone"), job="Back")

    def test_moved_mailbox_makes_no_duplicates(self):
        """All items have new ids there: no contact is duplicated or lost."""
        with self.mailbox.lock:
            for item in self.mailbox.contacts():
                self.mailbox.move_item(item, item.folder)
        self.mailbox.forget_sync_states()
        rows, items = self.partner_rows(), self.mailbox.contacts()
        self.server.counters.reset()
        self.sync()
        self.assertEqual(self.partner_rows().keys(), rows.keys())
        self.assertEqual(self.mailbox.contacts(), items)
