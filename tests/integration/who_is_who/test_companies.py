# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The company of an imported contact: linked if exactly one matches, else text."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase


class CompanyCase(SyncCase):
    def company(self, name: str, **values):
        return self.new_partner(name, is_company=True, **values)

    def imported(self, company_name: str):
        """The partner of a new contact who works there."""
        self.add(given="Ada", name="Ada", email="ada@example.com", company=company_name)
        self.sync()
        ada = self.partner("Ada")
        self.assertIdle()
        return ada


class TestCompanyLink(CompanyCase):
    def test_only_company_of_that_name_is_linked(self):
        acme = self.company("ACME")
        self.company("ACME Holding")
        ada = self.imported("ACME")
        self.assertEqual(ada.parent_id, acme)
        self.assertFalse(ada.company_name)

    def test_case_blanks_and_punctuation_do_not_matter(self):
        acme = self.company("ACME Co., Ltd.")
        ada = self.imported("  Acme  Co Ltd")
        self.assertEqual(ada.parent_id, acme)
        item = self.in_mailbox("Ada")
        self.assertItem(item, company="  Acme  Co Ltd")

    def test_known_person_stays_with_the_company_without_its_legal_form(self):
        """People leave it out in Outlook, which does not count as an edit."""
        acme = self.company("ACME GmbH", email="info@example.com")
        ada = self.new_partner("Ada", email="ada@example.com", parent_id=acme.id)
        firm = self.add(company="Acme", name="Acme", email="info@example.com")
        self.assertEqual(self.imported("Acme"), ada)
        self.assertEqual(ada.parent_id, acme)
        self.assertPartner(acme, name="ACME GmbH")
        self.assertItem(firm, company="ACME GmbH", name="ACME GmbH")
        self.assertItem(self.in_mailbox("Ada"), company="Acme")
        self.edit(self.in_mailbox("Ada"), job="Countess")
        self.sync()
        self.assertEqual((ada.parent_id, ada.function), (acme, "Countess"))
        self.assertIdle()
        acme.name = "Example GmbH"
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), company="Example GmbH")
        self.assertItem(firm, company="Example GmbH")
        self.assertIdle()

    def test_another_legal_form_is_another_company(self):
        acme = self.company("ACME GmbH")
        self.new_partner("Ada", email="ada@example.com", parent_id=acme.id)
        ada = self.imported("ACME AG")
        self.assertFalse(ada.parent_id)
        self.assertEqual(ada.company_name, "ACME AG")

    def test_several_companies_of_that_name_leave_the_text(self):
        self.company("ACME")
        self.company("Acme")
        ada = self.imported("ACME")
        self.assertFalse(ada.parent_id)
        self.assertEqual(ada.company_name, "ACME")

    def test_unknown_company_leaves_the_text(self):
        ada = self.imported("ACME")
        self.assertFalse(ada.parent_id)
        self.assertEqual(ada.company_name, "ACME")

    def test_only_accessible_company_is_linked(self):
        mine = self.company("ACME")
        self.company("ACME", ref="hidden")
        self.env["ir.rule"].create(
            {
                "name": "hidden companies",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('ref', '!=', 'hidden')]",
                "groups": [Command.link(self.env.ref("base.group_user").id)],
            }
        )
        self.assertEqual(self.imported("ACME").parent_id, mine)

    def test_company_of_another_odoo_company_is_not_linked(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.company("ACME", company_id=elsewhere.id)
        ada = self.imported("ACME")
        self.assertFalse(ada.parent_id)
        self.assertEqual(ada.company_name, "ACME")

    def test_archived_company_is_not_linked(self):
        self.company("ACME", active=False)
        self.assertFalse(self.imported("ACME").parent_id)

    def test_person_of_that_name_is_not_linked(self):
        self.new_partner("ACME")
        self.assertFalse(self.imported("ACME").parent_id)


class TestCompanyChanges(CompanyCase):
    def test_changed_company_in_the_mailbox_is_linked(self):
        acme, engines = self.company("ACME"), self.company("Engines")
        ada = self.imported("ACME")
        self.assertEqual(ada.parent_id, acme)
        self.edit(self.in_mailbox("Ada"), company="Engines")
        self.sync()
        self.assertEqual(ada.parent_id, engines)
        self.edit(self.in_mailbox("Ada"), company="Freelance")
        self.sync()
        self.assertFalse(ada.parent_id)
        self.assertEqual(ada.company_name, "Freelance")
        self.edit(self.in_mailbox("Ada"), company=None)
        self.sync()
        self.assertFalse(ada.company_name)
        self.assertIdle()

    def test_changed_company_in_odoo_is_pushed(self):
        self.company("ACME")
        engines = self.company("Engines")
        ada = self.imported("ACME")
        ada.parent_id = engines
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), company="Engines")
        ada.parent_id = False
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), company=ada.company_name or None)
        self.assertIdle()

    def test_renamed_company_is_pushed(self):
        acme = self.company("ACME")
        ada = self.imported("ACME")
        acme.name = "ACME Worldwide"
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), company="ACME Worldwide")
        self.assertEqual(ada.parent_id, acme)
        self.assertIdle()

    def test_company_created_later_leaves_the_text(self):
        ada = self.imported("ACME")
        self.company("ACME")
        self.edit(self.in_mailbox("Ada"), job="Boss")
        self.sync()
        self.assertFalse(ada.parent_id)
        self.assertEqual(ada.company_name, "ACME")
        self.assertIdle()

    def test_linked_company_stays_linked_despite_a_namesake(self):
        """A company of the same name that came later changes nothing."""
        acme = self.company("ACME")
        ada = self.imported("ACME")
        self.company("ACME")
        self.edit(self.in_mailbox("Ada"), job="Boss")
        self.sync()
        self.assertEqual(ada.parent_id, acme)
        self.assertIdle()


class TestMissingCompanies(CompanyCase):
    account_values = {"create_companies": True}

    def test_missing_company_is_created_once(self):
        for number in range(3):
            self.add(given=f"Ada {number}", name=f"Ada {number}", company="ACME, Ltd.")
        self.add(given="Bob", name="Bob", company="Acme Ltd")
        self.sync()
        [acme] = self.env["res.partner"].search([("name", "ilike", "acme")])
        self.assertTrue(acme.is_company)
        names = ("Ada 0", "Ada 1", "Ada 2", "Bob")
        self.assertEqual({self.partner(one).parent_id for one in names}, {acme})
        self.assertItem(self.in_mailbox("Bob"), company="Acme Ltd")
        self.assertIdle()

    def test_ambiguous_company_is_not_created(self):
        self.company("ACME")
        self.company("Acme")
        ada = self.imported("ACME")
        self.assertFalse(ada.parent_id)
        self.assertEqual(ada.company_name, "ACME")

    def test_company_is_created_after_an_edit(self):
        ada = self.imported("")
        self.edit(self.in_mailbox("Ada"), company="Engines")
        self.sync()
        self.assertEqual(ada.parent_id.name, "Engines")
        self.assertIdle()

    def test_refused_contact_creates_no_company(self):
        self.add(given="Ada", name="Ada", company="ACME", email="ada@example.com")
        self.env["ir.rule"].create(
            {
                "name": "no contact named Ada",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('name', '!=', 'Ada')]",
                "perm_read": False,
                "groups": [Command.link(self.env.ref("base.group_user").id)],
            }
        )
        self.add(given="Bob", name="Bob", company="Engines")
        self.sync(state="partial")
        made = self.env["res.partner"].search([("name", "in", ("ACME", "Engines"))])
        self.assertEqual(made.mapped("name"), ["Engines"])
        self.assertEqual(self.partner("Bob").parent_id, made)
