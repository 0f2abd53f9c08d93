# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Edits on both sides of one contact: both survive, or the policy decides."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from support.cases.sync_edit_case import UNMODELLED, EditCase


class TestEditsOnBothSides(EditCase):
    def test_edits_of_different_fields_survive(self):
        self.ada.write({"function": "Countess", "city": "Ockham"})
        self.edit(self.item, email="ada@new.example", surname="Lovelace")
        self.sync()
        both = {"email": "ada@new.example", "city": "Ockham"}
        self.assertPartner(self.ada, name="Ada Lovelace", function="Countess", **both)
        self.assertItem(self.item, surname="Lovelace", job="Countess", **both)
        self.assertItem(self.item, **UNMODELLED)
        self.assertIdle()

    def conflict(self, policy: str, odoo_hours: float, mailbox_hours: float) -> str:
        """:returns: the value on both sides after both edited one field"""
        self.account.conflict_policy = policy
        self.write_later(self.ada, odoo_hours, function="Odoo's")
        moment = datetime.now(timezone.utc) + timedelta(hours=mailbox_hours)
        self.mailbox.clock = lambda: moment
        self.edit(self.item, job="Mailbox's")
        run = self.sync()
        self.assertEqual(run.conflict_count, 1)
        line = run.line_ids.filtered(lambda line: line.action == "conflict")
        self.assertEqual(line.field_name, "job_title")
        self.assertEqual({line.old_value, line.new_value}, {"Odoo's", "Mailbox's"})
        self.assertEqual(self.ada.function, line.new_value)
        self.assertItem(self.item, job=line.new_value)
        self.assertIdle()
        return line.new_value

    def test_newest_edit_in_odoo_wins(self):
        self.assertEqual(self.conflict("newest", 2, 1), "Odoo's")

    def test_newest_edit_in_the_mailbox_wins(self):
        self.assertEqual(self.conflict("newest", 1, 2), "Mailbox's")
