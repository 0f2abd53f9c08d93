# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Single contacts that cannot be read or written do not stop the others."""

from __future__ import annotations

from odoo.tests import new_test_user

from support.cases.sync_case import SyncCase


class TestInMailbox(SyncCase):
    def problem(self, run):
        """The only line of a run about a problem."""
        self.assertEqual(run.error_count, 1)
        return run.line_ids.filtered(lambda line: line.action == "error")

    def test_contact_without_a_name_is_reported(self):
        nameless = self.add(city="London")
        self.add(name="Ada")
        line = self.problem(self.sync(state="partial"))
        self.assertIn("has nothing that could be its name", line.message)
        self.partner("Ada")
        self.edit(nameless, surname="Byron")
        self.sync()
        self.assertEqual(self.partner("Byron").city, "London")
        self.assertIdle()

    def test_a_failure_is_reported_once(self):
        self.add(city="London")
        self.sync(state="partial")
        self.server.counters.reset()
        self.assertIdle()
        self.assertEqual(dict(self.server.counters.requests), {"SyncFolderItems": 1})

    def test_blank_name_is_replaced_by_the_address(self):
        self.add(name="   ", given=" ", email="ada@example.com")
        self.sync()
        self.assertEqual(self.partner("ada@example.com").email, "ada@example.com")
        self.assertIdle()

    def test_unreadable_contact_stops_no_other(self):
        bad = self.add(name="Bad", email="bad@example.com")
        self.add(name="Good", email="good@example.com")
        self.mailbox.fail_item(bad.id, "ErrorCorruptData", {"GetItem"})
        line = self.problem(self.sync(state="partial"))
        self.assertTrue(line.message)
        self.assertIn("ErrorCorruptData", line.sudo().error_detail)
        self.partner("Good")
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Bad")]))
        self.mailbox.heal_item(bad.id)
        self.sync()
        self.partner("Bad")
        self.assertIdle()

    def test_unwritable_contact_stops_no_other(self):
        bad = self.add(name="Bad", email="bad@example.com")
        good = self.add(name="Good", email="good@example.com")
        self.sync()
        self.partner("Bad").function = "Boss"
        self.partner("Good").function = "Boss"
        self.mailbox.fail_item(bad.id, "ErrorInternalServerError", {"UpdateItem"})
        line = self.problem(self.sync(state="partial"))
        self.assertEqual((line.direction, line.name), ("push", "Bad"))
        self.assertEqual(line.partner_id, self.partner("Bad"))
        self.assertItem(good, job="Boss")
        self.problem(self.sync(state="partial"))
        self.mailbox.heal_item(bad.id)
        self.sync()
        self.assertItem(bad, job="Boss")
        self.assertIdle()

    def test_edit_is_pulled_while_the_push_fails(self):
        bad = self.add(name="Bad", email="bad@example.com")
        self.sync()
        self.partner("Bad").function = "Boss"
        self.mailbox.fail_item(bad.id, "ErrorInternalServerError", {"UpdateItem"})
        self.sync(state="partial")
        self.edit(bad, city="London")
        self.sync(state="partial")
        self.assertPartner(self.partner("Bad"), city="London", function="Boss")
        self.mailbox.heal_item(bad.id)
        self.sync()
        self.assertItem(bad, job="Boss", city="London")
        self.assertIdle()


class TestInOdoo(SyncCase):
    def setUp(self):
        super().setUp()
        self.items = {
            name: self.add(name=name, email=f"{name.lower()}@example.com")
            for name in ("Ada", "Ben", "Carl")
        }
        self.sync()

    def rename_all(self, state: str):
        for name, item in self.items.items():
            self.edit(item, job=f"Head of {name}")
        return self.sync(state=state)

    def assertHeads(self, *names: str) -> None:
        found = self.env["res.partner"].search([("function", "like", "Head of %")])
        self.assertEqual(sorted(found.mapped("name")), sorted(names))

    def test_partner_of_a_user_is_reported(self):
        """Only administrators may write those (``base/models/res_partner.py``)."""
        ben = self.partner("Ben")
        user = new_test_user(self.env, "ben@example.com", name="Ben", partner_id=ben.id)
        run = self.rename_all("partial")
        self.assertHeads("Ada", "Carl")
        line = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertEqual((line.partner_id, line.name), (ben, "Ben"))
        for said in ("a user of Odoo", "“Head of Ben”", "“Job title”", "administrator"):
            self.assertIn(said, line.message)
        self.assertTrue(line.sudo().error_detail)
        self.assertIdle()
        ben.city = "Paris"
        self.sync()
        self.assertItem(self.items["Ben"], city="Paris", job="Head of Ben")
        self.assertPartner(ben, function=False)
        user.unlink()
        self.assertTrue(line.with_user(self.owner).can_retry)
        line.with_user(self.owner).action_retry()
        self.sync()
        self.assertHeads("Ada", "Ben", "Carl")
        self.assertFalse(line.with_user(self.owner).can_retry)
        self.assertIdle()

    def test_colleague_is_linked_without_a_duplicate(self):
        """There is no second contact, even if Odoo refuses the write."""
        eva = self.new_partner("Eva", email="eva@example.com", function="Boss")
        new_test_user(self.env, "eva@example.com", name="Eva", partner_id=eva.id)
        item = self.add(name="Eva", email="eva@example.com", mobile="+49 171 5")
        run = self.sync(state="partial")
        line = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertIn("“+49 171 5”", line.message)
        self.assertEqual(self.in_mailbox("Eva"), item)
        self.assertItem(item, job="Boss")
        self.assertIdle()
        eva.function = "Chief"
        self.sync()
        self.assertItem(item, job="Chief", mobile="+49 171 5")
        self.assertFalse(eva.communication_ids)
        self.assertIdle()

    def test_refused_value_is_reported(self):
        """The reason may be any check, here one added by an automation."""
        self.edit(self.items["Ben"], email="ben@new.example")
        self.env.cr.execute(
            "ALTER TABLE res_partner ADD CONSTRAINT no_new_example"
            " CHECK (email NOT LIKE '%new.example')"
        )
        run = self.rename_all("partial")
        self.assertHeads("Ada", "Ben", "Carl")
        ben = self.partner("Ben")
        self.assertEqual(ben.email, "ben@example.com")
        line = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertEqual(line.name, "Ben")
        self.assertIn("does not accept “ben@new.example” in the field", line.message)
        self.assertIdle()
        ben.city = "Paris"
        self.assertFalse(self.sync().error_count, "it is reported once")
        self.assertItem(self.items["Ben"], email="ben@new.example", city="Paris")
        self.edit(self.items["Ben"], email="ben@example.org")
        self.sync()
        self.assertEqual(ben.email, "ben@example.org")
        self.assertIdle()

    def test_hidden_partner_gets_no_duplicate(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        ben = self.partner("Ben")
        ben.company_id = elsewhere
        self.rename_all("done")
        self.assertHeads("Ada", "Carl")
        self.assertIn(self.items["Ben"], self.mailbox.contacts())
        self.assertEqual(
            self.env["res.partner"].search_count([("email", "=", "ben@example.com")]), 1
        )
        self.assertIdle()

    def test_person_turned_into_a_company_stays_in_step(self):
        self.partner("Ben").is_company = True
        self.rename_all("done")
        self.assertHeads("Ada", "Ben", "Carl")
        self.assertIdle()
