# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People who are on both sides before the first synchronization are one person."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase


class TestFirstContact(SyncCase):
    def setUp(self):
        super().setUp()
        self.others = len(self.exported_before())

    def assertOne(self, *partners) -> None:
        """All of these were linked, and no contact was created on either side."""
        run = self.sync()
        self.assertEqual(run.imported_created, 0)
        self.assertEqual(run.exported_created, self.others)
        self.assertEqual(len(self.mailbox.contacts()), self.others + len(partners))
        linked = self.account.link_ids.partner_id
        for partner in partners:
            self.assertIn(partner, linked)
        self.assertIdle()

    def test_mail_address_matches_in_any_case(self):
        item = self.add(name="Ada Byron", email="ADA@Example.com", job="Analyst")
        ada = self.new_partner("Ada King", email="ada@example.COM", city="Ockham")
        self.assertOne(ada)
        self.assertEqual(ada.function, "Analyst")
        self.assertItem(item, city="Ockham", job="Analyst")

    def test_second_mail_address_matches(self):
        self.add(
            name="Ada Byron",
            email="private@example.com",
            **{"contacts:EmailAddress:EmailAddress2": "ada@example.com"},
        )
        self.assertEqual(self.sync().imported_created, 1)

    def test_name_and_company_match(self):
        acme = self.new_partner("ACME, Ltd.", is_company=True)
        self.add(name="Ada  BYRON", company="Acme Ltd")
        self.add(name="Charles Babbage", company="Engines")
        ada = self.new_partner("Ada Byron", parent_id=acme.id)
        charles = self.new_partner("charles babbage", company_name="ENGINES")
        self.assertOne(ada, charles)

    def test_name_and_phone_match(self):
        self.add(name="Ada Byron", mobile="+44 7700 900123", home="+44 20 7946 0001")
        ada = self.new_partner("Ada Byron", phone="+44 (0)20 79460001")
        self.assertOne(ada)
        self.assertEqual(ada.phone, "+44 (0)20 79460001")

    def test_names_of_other_alphabets_match_in_any_case(self):
        pairs = {
            "JÖRG Groß-Weiß": "Jörg GROß-WEIß",
            "ИВАН Петров": "Иван ПЕТРОВ",
            "İlker Şahin": "İlker Şahin",
            "Ada\u00a0Byron": "ADA Byron",
        }
        partners = []
        for shown, name in pairs.items():
            self.add(name=shown, company="ACME")
            partners.append(self.new_partner(name, company_name="ACME"))
        self.assertOne(*partners)

    def test_reversed_names_match(self):
        turned = self.new_partner("García Márquez, Gabriel", company_name="ACME")
        spoken = self.new_partner("Ada Byron", company_name="ACME")
        names = {"given": "Gabriel", "surname": "García Márquez"}
        self.add(name="Gabriel García Márquez", company="ACME", **names)
        self.add(file_as="Byron, Ada", name="Byron, Ada", company="ACME")
        self.assertOne(turned, spoken)

    def test_name_alone_matches_contacts_without_other_values(self):
        self.add(name="Ada Byron", job="Analyst")
        ada = self.new_partner("ada BYRON", city="Ockham")
        self.assertOne(ada)
        self.assertEqual(ada.function, "Analyst")

    def test_name_alone_does_not_match_a_contact_with_more(self):
        self.add(name="Ada Byron")
        self.new_partner("Ada Byron", phone="+44 20 7946 0001")
        run = self.sync()
        self.assertEqual(run.imported_created, 1)
        self.assertEqual(run.exported_created, self.others + 1)

    def test_differences_are_resolved_as_conflicts(self):
        self.account.conflict_policy = "odoo"
        item = self.add(name="Ada Byron", email="ada@example.com", job="Analyst")
        ada = self.new_partner("Ada Byron", email="ada@example.com", function="Muse")
        run = self.sync()
        line = run.line_ids.filtered(lambda line: line.action == "conflict")
        self.assertEqual((line.old_value, line.new_value), ("Analyst", "Muse"))
        self.assertItem(item, job="Muse")
        self.assertEqual(ada.function, "Muse")
        self.assertIdle()

    def test_an_archived_partner_is_linked_and_stays_archived(self):
        item = self.add(name="Ada Byron", email="ada@example.com", job="Analyst")
        ada = self.new_partner("Ada Byron", email="ada@example.com", active=False)
        self.sync()
        self.assertFalse(ada.active)
        self.assertEqual(
            self.account.link_ids.filtered("partner_id.active").ids,
            (self.account.link_ids - self.link_of(ada)).ids,
        )
        self.edit(item, job="Countess")
        self.sync()
        self.assertFalse(ada.active)
        self.assertIn(item, self.mailbox.contacts())
        self.partner("Ada Byron")
        self.assertIdle()

    def link_of(self, partner):
        links = self.account.link_ids
        return links.filtered(lambda link: link.partner_id == partner)

    def test_inaccessible_partner_is_no_candidate(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        hidden = self.new_partner(
            "Ada Byron", email="ada@example.com", company_id=elsewhere.id
        )
        self.add(name="Ada Byron", email="ada@example.com")
        run = self.sync()
        self.assertEqual(run.imported_created, 1)
        self.assertFalse(self.link_of(hidden))
        self.assertIdle()

    def test_company_is_no_candidate(self):
        self.new_partner("ACME", email="info@example.com", is_company=True)
        self.add(name="Ada Byron", email="info@example.com")
        self.sync()
        self.assertFalse(self.partner("Ada Byron").is_company)
        self.assertIdle()


class TestAmbiguous(SyncCase):
    def test_several_candidates_ask_the_owner(self):
        first = self.new_partner("Ada Byron", email="ada@example.com")
        second = self.new_partner("Ada King", email="Ada@example.com")
        item = self.add(name="Ada", email="ada@example.com", job="Analyst")
        run = self.sync()
        line = run.line_ids.filtered(lambda line: line.action == "ambiguous")
        self.assertEqual(line.name, "Ada")
        self.assertEqual(line.candidate_ids, first | second)
        self.assertIn("Several contacts match this one", line.message)
        self.assertFalse(first.function or second.function)
        self.assertItem(item, job="Analyst")
        self.assertEqual(len(self.mailbox.contacts()), len(self.exported_before()) - 1)
        self.assertIdle()
        second.email = "king@example.com"
        self.sync()
        self.assertEqual(first.function, "Analyst")
        self.assertIdle()

    def test_second_item_of_a_partner_asks_the_owner(self):
        ada = self.new_partner("Ada Byron", email="ada@example.com")
        self.add(name="Ada Byron", email="ada@example.com", job="Analyst")
        self.add(name="Ada Byron", email="ada@example.com", city="London")
        run = self.sync()
        links = self.account.link_ids
        self.assertEqual(len(links.filtered(lambda link: link.partner_id == ada)), 1)
        self.assertEqual(
            len(run.line_ids.filtered(lambda line: line.action == "ambiguous")), 1
        )
        self.assertIdle()

    def test_second_new_item_of_a_person_asks_the_owner(self):
        """One item becomes a partner; the owner decides about the other."""
        self.add(name="Ada Byron", email="ada@example.com", job="Analyst")
        self.add(name="Ada Byron", email="ada@example.com", city="London")
        run = self.sync()
        self.assertEqual(run.imported_created, 1)
        self.assertIdle()

    def test_merged_partners_are_not_imported_again(self):
        self.add(name="Ada Byron", email="ada@example.com", job="Analyst")
        self.add(name="Ada King", email="king@example.com", city="London")
        self.sync()
        byron, king = self.partner("Ada Byron"), self.partner("Ada King")
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set((byron | king).ids)],
                "dst_partner_id": byron.id,
            }
        )
        wizard.action_merge()
        self.assertFalse(king.exists())
        self.sync()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Ada King")]))
        self.assertEqual(len(self.mailbox.contacts()), len(self.exported_before()) + 1)
        self.assertIdle()
