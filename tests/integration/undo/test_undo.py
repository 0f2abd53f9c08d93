# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A synchronization is undone: on both sides, except for what was changed since."""

from __future__ import annotations

from odoo.exceptions import UserError

from support.cases.sync_edit_case import UNMODELLED, EditCase


class TestUndo(EditCase):
    def undo(self, run):
        """:returns: the run that undid it"""
        undoing = self.env["exchange.sync.run"].browse(run.action_undo()["res_id"])
        self.assertEqual(self.sync(), undoing)
        self.assertEqual(undoing.trigger, "undo")
        self.assertFalse(self.account.sync_requested, "another run would follow")
        return undoing

    def assertUndone(self) -> None:
        """Later runs change nothing back, on either side."""
        self.sync()
        self.assertIdle()

    def test_values_are_restored_on_both_sides(self):
        self.edit(self.item, job="Wrong", city="Nowhere")
        self.ada.write({"email": "wrong@example.com", "zip": False})
        run = self.sync()
        self.undo(run)
        self.assertPartner(
            self.ada,
            function="Analyst",
            city="London",
            email="ada@example.com",
            zip="N1",
        )
        self.assertItem(
            self.item, job="Analyst", city="London", email="ada@example.com", zip="N1"
        )
        self.assertItem(self.item, **UNMODELLED)
        self.assertUndone()

    def test_later_changes_are_kept_and_listed(self):
        self.edit(self.item, job="Wrong", city="Nowhere")
        run = self.sync()
        self.ada.function = "Countess"
        undoing = self.undo(run)
        self.assertPartner(self.ada, function="Countess", city="London")
        left = undoing.line_ids.filtered(lambda line: line.action == "skip")
        self.assertEqual(left.mapped("field_name"), ["job_title"])
        self.assertIn("changed since", left.message)
        self.assertUndone()

    def test_created_contact_is_removed(self):
        self.add(name="Mallory", email="mallory@example.com")
        trudy = self.new_partner("Trudy", email="trudy@example.com")
        run = self.sync()
        undoing = self.undo(run)
        self.assertEqual(undoing.imported_archived, 1)
        self.assertEqual(undoing.exported_deleted, 1)
        self.assertFalse(self.partner("Mallory").active)
        self.assertTrue(trudy.active)
        names = {i.values["contacts:DisplayName"] for i in self.mailbox.contacts()}
        self.assertIn("Mallory", names)
        self.assertNotIn("Trudy", names)
        self.assertUndone()

    def test_created_contact_synchronized_since_stays(self):
        mallory = self.add(name="Mallory", email="mallory@example.com")
        run = self.sync()
        self.edit(mallory, job="Spy")
        self.sync()
        self.assertEqual(self.undo(run).skipped_count, 1)
        self.assertTrue(self.partner("Mallory").active)
        self.assertUndone()

    def test_archived_contact_is_restored(self):
        self.account.exchange_deletion = "delete"
        self.mailbox.delete_contact(self.item.id)
        run = self.sync()
        self.assertFalse(self.ada.active)
        self.undo(run)
        self.assertTrue(self.ada.active)
        self.assertUndone()

    def test_linked_contact_gets_its_values_back(self):
        self.add(name="Trudy", email="trudy@example.com", job="Spy")
        trudy = self.new_partner("Trudy", email="trudy@example.com", city="Rome")
        run = self.sync()
        self.assertItem(self.in_mailbox("Trudy"), job="Spy", city="Rome")
        self.undo(run)
        self.assertPartner(trudy, function=False, city="Rome")
        self.assertItem(self.in_mailbox("Trudy"), job="Spy", city=None)
        self.assertUndone()

    def test_run_with_changes_is_undone_once(self):
        idle = self.sync()
        self.assertFalse(idle.can_undo)
        self.edit(self.item, job="Wrong")
        run = self.sync()
        self.undo(run)
        with self.assertRaises(UserError):
            run.action_undo()
