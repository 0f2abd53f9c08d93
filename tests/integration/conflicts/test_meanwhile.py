# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users change the mailbox while a run synchronizes it."""

from __future__ import annotations

from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import meanwhile


class TestMeanwhile(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada", email="ada@example.com", job="Analyst")
        self.sync()
        self.ada = self.partner("Ada")

    def during(self, operation: str, action) -> None:
        fault = self.server.faults.add(meanwhile(operation, action))
        self.addCleanup(lambda: self.assertEqual(fault.hits, 1))

    def test_edit_of_the_same_field_during_the_write_is_a_conflict(self):
        self.during("UpdateItem", lambda: self.edit(self.item, job="Muse"))
        self.account.conflict_policy = "odoo"
        self.ada.function = "Countess"
        run = self.sync()
        self.assertItem(self.item, job="Countess")
        self.assertEqual(run.conflict_count, 1)
        line = run.line_ids.filtered(lambda line: line.action == "conflict")
        self.assertEqual((line.old_value, line.new_value), ("Muse", "Countess"))
        self.assertIdle()

    def test_item_deleted_during_the_read_stops_the_link(self):
        self.during("GetItem", lambda: self.mailbox.delete_contact(self.item.id))
        self.edit(self.item, job="Countess")
        self.sync()
        self.assertTrue(self.ada.active)
        link = self.account.link_ids.filtered(lambda link: link.partner_id == self.ada)
        self.assertEqual(link.state, "stopped")
        self.assertIdle()

    def test_new_item_deleted_during_the_read_is_ignored(self):
        new = self.add(name="Charles", email="charles@example.com")
        self.during("GetItem", lambda: self.mailbox.delete_contact(new.id))
        self.sync()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Charles")]))
        self.assertIdle()


class TestMoves(SyncCase):
    def setUp(self):
        super().setUp()
        self.friends = self.mailbox.create_folder("Friends")
        self.account.action_refresh_folders()
        self.item = self.add(name="Ada", email="ada@example.com", job="Analyst")
        self.new_partner("Charles", email="charles@example.com")
        self.sync()

    def test_copied_item_is_another_contact(self):
        original = self.in_mailbox("Charles")
        with self.mailbox.lock:
            self.mailbox.copy_item(original, self.friends)
        self.edit(original, job="Inventor")
        self.sync()
        self.assertEqual(self.partner("Charles").function, "Inventor")
        self.assertIdle()

    def test_item_moved_out_of_the_folders_and_back_stays_linked(self):
        contacts = self.account.folder_ids.filtered("is_default")
        contacts.selected = True
        self.account.write({"import_scope": "folders", "exchange_deletion": "keep"})
        moved = self.mailbox.move_contact(self.item.id, self.friends)
        self.sync()
        ada = self.partner("Ada")
        self.assertTrue(ada.active)
        self.edit(moved, job="Countess")
        self.mailbox.move_contact(moved.id, self.contacts_folder)
        self.sync()
        self.assertEqual(ada.function, "Countess")
        self.assertEqual(len(self.mailbox.contacts()), len(self.exported_before()))
        self.assertIdle()
