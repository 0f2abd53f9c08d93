# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A connection that breaks: the next run completes, and nothing happens twice."""

from __future__ import annotations

from exchange_server import faults
from support.cases.sync_case import SyncCase


class TestLostAnswers(SyncCase):
    def setUp(self):
        super().setUp()
        self.people = self.new_people(130)
        self.exported = self.exported_before()

    def sync_with(self, fault) -> None:
        """Synchronize under a fault, which must occur."""
        self.server.faults.add(fault)
        run = self.sync(state="failed")
        self.assertEqual(fault.hits, 1)
        self.assertIn("nothing was lost", run.message)
        self.assertEqual(self.account.state, "connected")

    def assertOnce(self) -> None:
        names = [i.values["contacts:DisplayName"] for i in self.mailbox.contacts()]
        self.assertEqual(sorted(names), sorted(self.exported))
        states = self.account.link_ids.mapped("state")
        self.assertEqual(states, ["synced"] * len(self.exported))
        self.assertIdle()

    def test_lost_answer_to_a_create_makes_no_duplicate(self):
        self.sync_with(faults.drop_after("CreateItem"))
        self.assertEqual(len(self.mailbox.contacts()), 100)
        self.server.counters.reset()
        run = self.sync()
        self.assertEqual(self.server.counters.requests["CreateItem"], 1)
        self.assertEqual(run.exported_created, len(self.exported))
        self.assertOnce()

    def test_lost_answer_to_the_second_batch_makes_no_duplicate(self):
        self.sync_with(faults.drop_after("CreateItem", nth=2))
        self.assertEqual(len(self.mailbox.contacts()), len(self.exported))
        self.server.counters.reset()
        self.sync()
        self.assertEqual(self.server.counters.writes, 0)
        self.assertOnce()

    def test_lost_create_request_is_repeated(self):
        self.sync_with(faults.drop_before("CreateItem"))
        self.assertFalse(self.mailbox.contacts())
        self.sync()
        self.assertOnce()

    def test_truncated_answer_makes_no_duplicate(self):
        self.sync_with(faults.truncated("CreateItem"))
        self.sync()
        self.assertOnce()

    def test_item_deleted_after_a_lost_answer_is_created_again(self):
        """The next run creates the item again."""
        self.sync_with(faults.drop_after("CreateItem"))
        self.mailbox.delete_contact(self.in_mailbox("Odoo 7").id)
        self.sync()
        self.assertOnce()

    def test_partner_edited_after_a_lost_answer_is_pushed(self):
        self.sync_with(faults.drop_after("CreateItem"))
        self.partner("Odoo 7").function = "Boss"
        self.sync()
        self.assertItem(self.in_mailbox("Odoo 7"), job="Boss")
        self.assertOnce()

    def test_partner_deleted_after_a_lost_answer_is_not_exported_again(self):
        self.sync_with(faults.drop_after("CreateItem"))
        self.partner("Odoo 7").unlink()
        self.sync()
        self.sync()
        self.in_mailbox("Odoo 7")
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Odoo 7")]))

    def test_lost_answer_to_an_update_is_harmless(self):
        self.sync()
        for name in self.people[:20]:
            self.partner(name).function = "Boss"
        self.sync_with(faults.drop_after("UpdateItem"))
        self.sync()
        for name in self.people[:20]:
            self.assertItem(self.in_mailbox(name), job="Boss")
        self.assertOnce()

    def test_connection_lost_while_reading_is_harmless(self):
        for number in range(20):
            self.add(name=f"Outlook {number}")
            self.exported.add(f"Outlook {number}")
        self.sync_with(faults.drop_after("SyncFolderItems"))
        self.sync_with(faults.drop_after("GetItem"))
        self.sync()
        self.assertOnce()
