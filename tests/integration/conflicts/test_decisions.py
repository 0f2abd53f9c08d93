# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The owner decides in the history: about conflicts, and which partner an item is."""

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

    def test_both_sides_get_the_losing_value(self):
        line = self.conflict({"function": "Odoo's"}, {"job": "Mailbox's"})
        self.assertTrue(line.can_use_other)
        line.action_use_other()
        self.assertFalse(line.can_use_other)
        self.assertEqual(self.ada.function, "Mailbox's", "not before the next run")
        self.sync()
        self.assertEqual(self.ada.function, "Odoo's")
        self.assertItem(self.item, job="Odoo's")
        self.assertIdle()

    def test_address_is_replaced_as_a_whole(self):
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

    def test_each_value_names_its_side(self):
        line = self.conflict({"function": "Odoo's"}, {"job": "Mailbox's"})
        self.assertEqual(line.odoo_value, "Odoo's")
        self.assertEqual(line.exchange_value, "Mailbox's")
        self.assertEqual(line.other_label, "Use “Odoo's”")

    def test_several_lines_are_decided_together(self):
        lines = self.conflict(
            {"function": "Odoo's", "website": "https://odoo.example"},
            {"job": "Mailbox's", "website": "https://mailbox.example"},
        )
        self.assertEqual(len(lines), 2)
        lines.action_use_other()
        self.sync()
        self.assertPartner(self.ada, function="Odoo's", website="https://odoo.example")
        self.assertIdle()

    def test_accepted_conflict_is_closed(self):
        line = self.conflict({"function": "Odoo's"}, {"job": "Mailbox's"})
        self.assertEqual(self.account.conflict_count, 1)
        line.action_accept()
        self.assertEqual(self.account.conflict_count, 0)
        self.assertEqual(self.ada.function, "Mailbox's")
        self.assertFalse(line.can_accept)

    def test_later_edit_is_kept(self):
        line = self.conflict({"function": "Odoo's"}, {"job": "Mailbox's"})
        self.edit(self.item, job="Newer")
        line.action_use_other()
        run = self.sync()
        self.assertEqual(self.ada.function, "Newer")
        left = run.line_ids.filtered(lambda step: step.action == "skip")
        self.assertEqual(left.error_code, "left_alone")
        self.assertIdle()

    def test_decision_is_made_once_and_by_the_owner(self):
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
        self.second = self.new_partner("Ada Lovelace", email="ada@example.com")
        run = self.sync()
        self.line = run.line_ids.filtered(lambda line: line.action == "ambiguous")
        self.assertEqual(self.line.candidate_ids, self.ada | self.second)

    def answer(self, partner=None):
        context = self.line.action_answer()["context"]
        wizard = self.env["exchange.answer"].with_user(self.owner)
        wizard = wizard.with_context(**context).create({})
        wizard.partner_id = partner
        return wizard

    def test_contact_is_linked_to_the_chosen_candidate(self):
        self.answer(self.second).action_link()
        self.assertFalse(self.line.can_answer)
        self.sync()
        self.assertEqual(self.second.function, "Analyst")
        self.assertEqual(self.second.exchange_link_ids.remote_id, self.item.id)
        self.sync()
        self.assertIdle()

    def test_contact_is_created_on_request(self):
        self.answer().action_create()
        run = self.sync()
        self.assertEqual(run.imported_created, 1)
        self.assertEqual(self.partner("Ada Byron").function, "Analyst")
        self.sync()
        self.assertIdle()

    def test_contact_never_imported_is_not_asked_about_again(self):
        self.line.action_never_import()
        self.assertFalse(self.line.to_match)
        self.assertTrue(self.line.can_answer, "the owner may think again")
        self.edit(self.item, job="Countess")
        run = self.sync()
        self.assertFalse(run.line_ids.filtered(lambda one: one.action == "ambiguous"))
        self.account.skip_private = False  # deferred contacts are processed again
        self.sync()
        self.assertEqual(self.account.waiting_count, 0)
        self.assertFalse(self.ada.function or self.second.function)
        self.assertIdle()
        self.line.action_link_to(self.second.id)
        self.sync()
        self.assertEqual(self.second.function, "Countess")

    def test_several_lines_are_decided_together(self):
        self.add(name="Bob Byron", email="bob@example.com")
        for name in ("Bob King", "Bob Lovelace"):
            self.new_partner(name, email="bob@example.com")
        run = self.sync()
        (bob,) = run.line_ids.filtered(lambda one: one.action == "ambiguous")
        self.assertIn("bob@example.com", bob.details)
        both = (self.line | bob).with_user(self.owner)
        self.assertEqual(both.search([("to_match", "=", True)]), both)
        with self.assertRaisesRegex(UserError, "several possible contacts"):
            both.action_link_suggested()
        both.action_create_new()
        self.assertFalse(both.search([("to_match", "=", True)]))
        self.assertEqual(self.sync().imported_created, 2)

    def test_candidates_are_listed_first(self):
        self.new_partner("Ada Aaronson")
        partners = self.env["res.partner"].with_user(self.owner)
        first = partners.with_context(exchange_first=[self.second.id])
        names = [name for _id, name in first.name_search("Ada")]
        self.assertEqual(names[0], "Ada Lovelace")
        self.assertCountEqual(
            names, [name for _id, name in partners.name_search("Ada")]
        )
        self.assertEqual(len(first.name_search("Ada", limit=2)), 2)

    def test_answer_is_kept_after_an_edit(self):
        self.answer(self.second).action_link()
        self.edit(self.item, job="Countess")
        self.sync()
        self.assertEqual(self.second.function, "Countess")

    def test_partner_linked_to_another_item_is_refused(self):
        self.add(name="Charles", email="charles@example.com")
        self.sync()
        with self.assertRaisesRegex(UserError, "another contact"):
            self.answer(self.partner("Charles")).action_link()
        with self.assertRaises(UserError):
            self.answer().action_link()

    def test_only_the_owner_answers(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        with self.assertRaises(AccessError):
            self.line.with_user(ben).action_answer()
