# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The export from Odoo to a mailbox."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase


class TestExport(SyncCase):
    account_values = {"import_contacts": False}

    def names(self) -> set[str]:
        """Names of the items that this test made."""
        found = {i.values["contacts:DisplayName"] for i in self.mailbox.contacts()}
        return found - self.there_before

    def setUp(self):
        super().setUp()
        self.there_before = self.exported_before()

    def test_every_field_is_exported(self):
        company = self.new_partner("Berg & Sons", is_company=True)
        self.new_partner(
            "Dr. Ada van der Berg",
            parent_id=company.id,
            function="Head of Research",
            email="ada@berg.example",
            phone="+49 1512 3456789",
            street="Hauptstraße 1",
            street2="Hinterhaus",
            city="Austin",
            zip="73301",
            state_id=self.env.ref("base.state_us_44").id,
            country_id=self.env.ref("base.us").id,
            website="https://berg.example/ada",
            comment="<p>Likes tea.</p><p>Second line.</p>",
        )
        self.sync()
        item = self.in_mailbox("Dr. Ada van der Berg")
        self.assertIs(item.folder, self.contacts_folder)
        self.assertItem(
            item,
            title="Dr.",
            given="Ada",
            surname="van der Berg",
            file_as="van der Berg, Ada",
            company="Berg & Sons",
            job="Head of Research",
            email="ada@berg.example",
            mobile="+49 1512 3456789",
            business=None,
            street="Hauptstraße 1\r\nHinterhaus",
            city="Austin",
            zip="73301",
            state="Texas",
            country="United States",
            website="https://berg.example/ada",
            note=("Text", "Likes tea.\r\nSecond line."),
        )
        self.assertIdle()

    def test_only_contacts_the_owner_can_access_are_exported(self):
        self.env["ir.rule"].create(
            {
                "name": "no competitors",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('function', '!=', 'Competitor')]",
                "groups": [Command.link(self.env.ref("base.group_user").id)],
            }
        )
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        here = self.owner.company_id
        self.new_partner("Open")
        self.new_partner("Of my company", company_id=here.id)
        self.new_partner("Of another company", company_id=elsewhere.id)
        self.new_partner("Hidden", function="Competitor")
        self.new_partner("Archived", active=False)
        self.sync()
        self.assertEqual(self.names(), {"Open", "Of my company"})
        self.assertIdle()

    def test_contacts_of_all_the_owners_companies_are_exported(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.owner.company_ids = [Command.link(second.id)]
        self.new_partner("Of my second company", company_id=second.id)
        self.sync()
        self.assertEqual(self.names(), {"Of my second company"})

    def test_only_people_are_exported(self):
        company = self.new_partner("A company", is_company=True)
        self.new_partner("A person", parent_id=company.id)
        self.new_partner("The warehouse", parent_id=company.id, type="delivery")
        self.new_partner("An office", parent_id=company.id, type="other")
        self.sync()
        self.assertEqual(self.names(), {"A person"})
        self.assertIdle()

    def test_people_of_an_inaccessible_company_are_exported(self):
        """Odoo shows the company's name beside theirs to all who may read them."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        hidden = self.new_partner("ACME", is_company=True, company_id=elsewhere.id)
        self.env.cr.execute(
            "UPDATE res_partner SET company_id = NULL WHERE id = %s",
            [self.new_partner("Ada", parent_id=hidden.id).id],
        )
        self.env.invalidate_all()
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), company="ACME")
        self.assertIdle()

    def test_number_is_exported_to_the_slot_of_its_kind(self):
        self.env.company.country_id = self.env.ref("base.de")
        self.new_partner("Mobile", phone="+49 1512 3456789")
        self.new_partner("Mobile here", phone="0151 23456789")
        self.new_partner("Landline", phone="+49 30 123456")
        self.new_partner("Neither", phone="extension 12")
        self.sync()
        mobile, landline = "+49 1512 3456789", "+49 30 123456"
        self.assertItem(self.in_mailbox("Mobile"), mobile=mobile, business=None)
        self.assertItem(self.in_mailbox("Mobile here"), mobile="0151 23456789")
        self.assertItem(self.in_mailbox("Landline"), mobile=None, business=landline)
        self.assertItem(self.in_mailbox("Neither"), business="extension 12")
        self.assertIdle()

    def test_only_chosen_kinds_are_exported(self):
        tag = self.env["res.partner.category"].create({"name": "Chess"})
        below = self.env["res.partner.category"].create(
            {"name": "Blitz", "parent_id": tag.id}
        )
        saved = self.env["ir.filters"].create(
            {
                "name": "Mine",
                "model_id": "res.partner",
                "domain": "[('user_id', '=', uid)]",
                "user_ids": [Command.link(self.owner.id)],
            }
        )
        self.new_partner("Tagged", category_id=[Command.link(tag.id)])
        self.new_partner("Tagged below", category_id=[Command.link(below.id)])
        self.new_partner("Found by the filter", user_id=self.owner.id)
        self.new_partner("Neither")
        self.account.write(
            {
                "export_scope": "selected",
                "export_groups": True,
                "export_category_ids": [Command.link(tag.id)],
                "export_filter_ids": [Command.link(saved.id)],
            }
        )
        self.sync()
        chosen = {"Tagged", "Tagged below", "Found by the filter"}
        self.assertEqual(self.names(), chosen)
        self.assertIdle()

    def test_contacts_are_exported_to_the_chosen_folder(self):
        odoo = self.mailbox.create_folder("Odoo")
        self.account.action_refresh_folders()
        folder = self.account.folder_ids.filtered(lambda f: f.name == "Odoo")
        self.account.export_folder_id = folder
        self.new_partner("Ada")
        self.sync()
        self.assertIs(self.in_mailbox("Ada").folder, odoo)
        self.assertIdle()

    def test_export_imports_nothing(self):
        item = self.add(name="Stranger", email="stranger@example.com")
        self.new_partner("Ada")
        self.sync()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Stranger")]))
        self.edit(item, email="other@example.com")
        self.sync()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Stranger")]))

    def test_existing_item_is_linked_without_a_duplicate(self):
        item = self.add(name="Ada Berg", email="Ada@Berg.example", job="Boss")
        self.new_partner("A. Berg", email="ada@berg.example", city="Bonn")
        self.sync()
        self.assertEqual(len(self.mailbox.contacts()), len(self.there_before) + 1)
        self.assertItem(item, city="Bonn", job="Boss")
        self.assertFalse(self.partner("A. Berg").function)
        self.assertIdle()
