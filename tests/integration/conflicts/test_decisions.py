# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the owner decides in the history: the other value, and who somebody is."""

from __future__ import annotations

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from support.cases.sync_case import OWNER_GROUPS, SyncCase
from support.cases.sync_edit_case import EditCase


class TestUseTheOtherValue(EditCase):
    account_values = {"conflict_policy": "exchange"}

    def conflict(self, ours: dict, theirs: dict):
        """:returns: the lines of the conflicts, as their owner sees them"""
        self.ada.write(ours)
        self.edit(self.item, **theirs)
        run = self.sync()
        return run.line_ids.filtered(lambda line: line.action == "conflict")

    def test_both_sides_get_the_value_that_gave_way(self):
        line = self.conflict({"function": "Odoo's"}, {"job": "Mailbox's"})
        self.assertTrue(line.can_use_other)
        line.action_use_other()
        self.assertFalse(line.can_use_other)
        self.assertEqual(self.ada.function, "Mailbox's", "not before the next run")
        self.sync()
        self.assertEqual(self.ada.function, "Odoo's")
        self.assertItem(self.item, job="Odoo's")
        self.assertIdle()

    def test_an_address_is_taken_as_a_whole(self):
        lines = self.conflict(
            {"street": "2 Low Street", "city": "Paris", "zip": "75001"},
            {"street": "3 Mid Street", "city": "Rome"},
        )
        street = lines.filtered(lambda line: line.field_name == "business_street")
        street.action_use_other()
        self.assertTrue(all(lines.mapped("other_chosen")))
        self.sync()
        address = {"street": "2 Low Street", "city": "Paris", "zip": "75001"}
        self.assertPartner(self.ada, **address)
        self.assertItem(self.item, **address)
        self.assertIdle()

    def test_an_edit_made_since_stays(self):
        line = self.conflict({"function": "Odoo's"}, {"job": "Mailbox's"})
        self.edit(self.item, job="Newer")
        line.action_use_other()
        run = self.sync()
        self.assertEqual(self.ada.function, "Newer")
        left = run.line_ids.filtered(lambda step: step.action == "skip")
        self.assertEqual(left.error_code, "left_alone")
        self.assertIdle()

    def test_not_twice_and_not_by_others(self):
        line = self.conflict({"function": "Odoo's"}, {"job": "Mailbox's"})
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        with self.assertRaises(AccessError):
            line.with_user(ben).action_use_other()
        line.action_use_other()
        with self.assertRaises(UserError):
            line.action_use_other()


class TestWhoIsIt(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada Byron", email="ada@example.com", job="Analyst")
        self.ada = self.new_partner("Ada King", email="ada@example.com")
        self.twin = self.new_partner("Ada Lovelace", email="ada@example.com")
        run = self.sync()
        self.line = run.line_ids.filtered(lambda line: line.action == "ambiguous")
        self.assertEqual(self.line.candidate_ids, self.ada | self.twin)

    def answer(self, partner=None):
        context = self.line.action_answer()["context"]
        wizard = self.env["exchange.answer"].with_user(self.owner)
        wizard = wizard.with_context(**context).create({})
        wizard.partner_id = partner
        return wizard

    def test_one_of_them(self):
        self.answer(self.twin).action_link()
        self.assertFalse(self.line.can_answer)
        self.sync()
        self.assertEqual(self.twin.function, "Analyst")
        self.assertEqual(self.twin.exchange_link_ids.remote_id, self.item.id)
        self.sync()
        self.assertIdle()

    def test_a_new_person(self):
        self.answer().action_create()
        run = self.sync()
        self.assertEqual(run.imported_created, 1)
        self.assertEqual(self.partner("Ada Byron").function, "Analyst")
        self.sync()
        self.assertIdle()

    def test_the_answer_outlives_an_edit(self):
        self.answer(self.twin).action_link()
        self.edit(self.item, job="Countess")
        self.sync()
        self.assertEqual(self.twin.function, "Countess")

    def test_a_person_who_is_another_contact_already(self):
        self.add(name="Charles", email="charles@example.com")
        self.sync()
        with self.assertRaisesRegex(UserError, "another contact"):
            self.answer(self.partner("Charles")).action_link()
        with self.assertRaises(UserError):
            self.answer().action_link()

    def test_the_question_is_the_owners(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        with self.assertRaises(AccessError):
            self.line.with_user(ben).action_answer()
