# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs use the owner's rights, language and companies."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase


class TestRights(SyncCase):
    def without(self, group: str) -> None:
        self.owner.group_ids = [Command.unlink(self.env.ref(group).id)]

    def test_owner_without_create_rights_can_export(self):
        self.without("base.group_partner_manager")
        others = len(self.exported_before())
        for number in range(10):
            self.add(name=f"Outlook {number}")
        self.new_partner("Odoo's")
        run = self.sync()
        self.assertEqual(run.imported_created, 0)
        line = run.line_ids.filtered(lambda line: line.error_code == "may_not_create")
        self.assertEqual(len(line), 1)
        self.assertIn("may not create contacts", line.message)
        self.assertEqual(run.exported_created, others + 1)
        self.in_mailbox("Odoo's")
        self.assertIdle()
        self.owner.group_ids = [
            Command.link(self.env.ref("base.group_partner_manager").id)
        ]
        self.assertEqual(self.sync().imported_created, 10)
        self.assertIdle()

    def test_imported_contact_is_created_by_the_owner(self):
        self.add(name="Ada")
        self.sync()
        ada = self.partner("Ada")
        self.assertEqual((ada.create_uid, ada.write_uid), (self.owner, self.owner))
        self.assertFalse(ada.message_ids.filtered("author_id").body)

    def test_field_hidden_from_the_owner_stays_unchanged(self):
        """A field that is not synchronized is never written."""
        self.add(name="Ada", email="ada@example.com")
        ada = self.new_partner(
            "Ada", email="ada@example.com", vat="GB1", ref="A-1", color=4
        )
        self.sync()
        self.assertPartner(ada, vat="GB1", ref="A-1", color=4)

    def test_numbers_are_recognized_in_the_accounts_company(self):
        """The other company would be the first of the owner's."""
        germany, france = self.env.ref("base.de"), self.env.ref("base.fr")
        vals = [
            {"name": "First", "sequence": -2, "country_id": germany.id},
            {"name": "Second", "sequence": -1, "country_id": france.id},
        ]
        companies = self.env["res.company"].create(vals)
        self.owner.company_ids |= companies
        self.account.sudo().connected_since = False
        self.account.sudo().company_id = companies[1]
        ida = self.new_partner("Ida Lund", phone="+33 1 42 68 53 00")
        self.add(name="Ida Lund", business="01 42 68 53 00")
        self.sync()
        self.assertTrue(ida.exchange_link_ids)
        self.partner("Ida Lund")
        self.assertIdle()


class TestLanguage(SyncCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("de_DE")
        self.germany = self.env.ref("base.de")
        self.germany.with_context(lang="de_DE").name = "Deutschland"

    def test_countries_use_the_owners_language(self):
        self.owner.lang = "de_DE"
        self.new_partner("Ada", country_id=self.germany.id)
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), country="Deutschland")
        self.assertIdle()

    def test_another_language_changes_nothing(self):
        item = self.add(name="Karl", country="Germany")
        self.new_partner("Ada", country_id=self.germany.id)
        self.sync()
        self.owner.lang = "de_DE"
        self.assertIdle()
        self.partner("Karl").function = "Boss"
        self.sync()
        self.assertItem(item, country="Germany", job="Boss")
        self.assertIdle()

    def test_a_country_that_is_renamed_changes_nothing(self):
        self.new_partner("Ada", country_id=self.germany.id)
        self.sync()
        self.germany.name = "Federal Republic of Germany"
        self.assertIdle()


class TestCompanies(SyncCase):
    def test_contacts_of_all_companies_of_the_owner_follow(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.owner.company_ids = [Command.link(second.id)]
        partner = self.new_partner("Ada", company_id=second.id)
        self.sync()
        self.edit(self.in_mailbox("Ada"), job="Boss")
        self.sync()
        self.assertEqual(partner.function, "Boss")
        self.assertEqual(partner.company_id, second)

    def test_contacts_of_a_company_the_owner_left_stay(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.owner.company_ids = [Command.link(second.id)]
        partner = self.new_partner("Ada", company_id=second.id)
        self.sync()
        self.sync()
        self.owner.company_ids = [Command.unlink(second.id)]
        self.edit(self.in_mailbox("Ada"), job="Boss")
        self.sync()
        self.assertFalse(partner.function)
        self.in_mailbox("Ada")
        self.assertEqual(len(self.env["res.partner"].search([("name", "=", "Ada")])), 1)
        self.assertIdle()
