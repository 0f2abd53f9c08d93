# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users edit in Odoo while a run writes the same rows.

Several transactions work in parallel, so they commit.
"""

from __future__ import annotations

import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.tools import mute_logger

from exchange_server import ExchangeServer
from support.cases.committed_case import CommittedCase
from support.cases.sync_mailbox import meanwhile

LONGEST = 30.0  # seconds


class TestCollisions(CommittedCase):
    def setUp(self):
        super().setUp()
        self.server = ExchangeServer(self.exchange).start()
        self.addCleanup(self.server.stop)
        self.provider.server_url = self.server.url
        self.account = self.authorized(
            "anna@example.com", auto_sync=False, export_contacts=True
        )
        self.mailbox = self.exchange.mailbox("anna@example.com")
        self.account.with_user(self.anna).sync()
        self.item = self.mailbox.contacts()[0]
        links = self.account.link_ids
        self.link = links.filtered(lambda link: link.remote_id == self.item.id)
        self.partner = self.link.partner_id
        self.assertTrue(self.partner)
        self.env.cr.commit()
        self.threads: list[threading.Thread] = []

    def edit_and_wait_for_the_run(self, **values: object) -> None:
        """Edit the partner elsewhere, and commit once the run waits for the row."""
        ready = threading.Event()

        def edit() -> None:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["res.partner"].browse(self.partner.id).write(values)
                env.flush_all()
                ready.set()
                self.wait_until_a_transaction_waits(cr)

        thread = threading.Thread(target=edit)
        self.threads.append(thread)
        thread.start()
        self.assertTrue(ready.wait(LONGEST))

    def wait_until_a_transaction_waits(self, cr) -> None:
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            cr.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND pid IN"
                " (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
            )
            if cr.fetchone():
                return
            time.sleep(0.05)
        raise AssertionError("the run does not come to this row")

    def synchronize(self):
        with mute_logger("odoo.sql_db"):  # logs each query that fails
            run = self.account.with_user(self.anna).sync()
        for thread in self.threads:
            thread.join(LONGEST)
        self.env.cr.commit()
        self.env.invalidate_all()
        return run

    def test_an_edit_of_another_field_survives(self):
        self.mailbox.update_contact(self.item.id, {"contacts:JobTitle": "Countess"})
        self.server.faults.add(
            meanwhile("GetItem", lambda: self.edit_and_wait_for_the_run(city="Ockham"))
        )
        run = self.synchronize()
        self.assertEqual(run.state, "done")
        self.assertEqual(self.partner.function, "Countess")
        self.assertEqual(self.partner.city, "Ockham")
        self.assertEqual(run.imported_updated, 1, "what is done again counts once")
        reported = [(line.direction, line.field_name) for line in run.line_ids]
        self.assertEqual(reported.count(("pull", "job_title")), 1)
        self.assertEqual(reported.count(("push", "business_city")), 1)
        self.assertEqual(
            self.item.values["contacts:PhysicalAddress:Business:City"], "Ockham"
        )

    def test_an_edit_of_the_same_field_is_a_conflict(self):
        self.account.with_user(self.anna).conflict_policy = "odoo"
        self.env.cr.commit()
        self.mailbox.update_contact(self.item.id, {"contacts:JobTitle": "Countess"})
        self.server.faults.add(
            meanwhile(
                "GetItem", lambda: self.edit_and_wait_for_the_run(function="Muse")
            )
        )
        run = self.synchronize()
        self.assertEqual((run.state, run.conflict_count), ("done", 1))
        self.assertEqual(self.partner.function, "Muse")


class TestTwoAtOnce(CommittedCase):
    def test_parallel_runs_import_shared_people_once(self):
        """A run synchronizes the second mailbox while another reads the first."""
        server = ExchangeServer(self.exchange).start()
        self.addCleanup(server.stop)
        self.provider.server_url = server.url
        first = self.authorized("first@example.com", auto_sync=False)
        second = self.authorized("second@example.com", auto_sync=False)
        self.env.cr.commit()

        def synchronize_the_second() -> None:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.anna.id, {})
                env["exchange.account"].browse(second.id).sync()

        fault = server.faults.add(meanwhile("GetItem", synchronize_the_second))
        first.with_user(self.anna).sync()
        self.assertEqual(fault.hits, 1)
        self.env.cr.commit()
        self.env.invalidate_all()
        self.assertEqual(second.run_ids.imported_created, 6)
        self.assertEqual(first.run_ids.imported_created, 0)
        self.assertEqual(first.link_ids.partner_id, second.link_ids.partner_id)
