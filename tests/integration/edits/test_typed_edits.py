# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A changed text is synchronized even if the change is small."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase

FAX = "contacts:PhoneNumber:HomeFax"
BEFORE = {
    "business": "1-800-EXAMPLE",
    FAX: "100",
    "website": "http://ada.example.com",
    "job": "head of sales",
    "email": "ada@example.com",
    "company": "Acme Co Ltd",
}
AFTER = {
    "business": "1-800-SAMPLES",
    FAX: "*100#",
    "website": "https://ada.example.com",
    "job": "Head of Sales",
    "email": "Ada@Example.com",
    "company": "ACME Co., Ltd.",
}


class TestTypedEdits(SyncCase):
    def in_odoo(self, partner) -> dict[str, str]:
        """The same values in Odoo."""
        [fax] = partner.communication_ids
        return {
            "business": partner.phone,
            FAX: fax.value,
            "website": partner.website,
            "job": partner.function,
            "email": partner.email,
            "company": partner.parent_id.name or partner.company_name,
        }

    def test_edit_is_pulled_and_pushed_back(self):
        item = self.add(name="Ada", **BEFORE)
        self.sync()
        ada = self.partner("Ada")
        self.assertEqual(self.in_odoo(ada), BEFORE)
        self.edit(item, **AFTER)
        self.sync()
        self.assertEqual(self.in_odoo(ada), AFTER)
        self.assertIdle()
        ada.write({"phone": "1-800-EXAMPLE", "website": "http://ada.example.com"})
        ada.write({"company_name": "Acme Co Ltd", "email": "ada@example.com"})
        ada.write({"function": "head of sales"})
        ada.communication_ids.value = "100"
        self.sync()
        self.assertItem(item, **BEFORE)
        self.assertIdle()

    def test_exported_contact_edited_before_the_next_run(self):
        values = {"phone": "1-800-EXAMPLE", "company_name": "Acme", "function": "boss"}
        ada = self.new_partner("Ada", website="ada.example.com", **values)
        self.sync()
        item = self.in_mailbox("Ada")
        changed = {"business": "1-800-SAMPLES", "company": "ACME", "job": "Boss"}
        self.edit(item, website="https://ada.example.com", **changed)
        self.sync()
        self.assertPartner(
            ada,
            phone="1-800-SAMPLES",
            company_name="ACME",
            function="Boss",
            website="https://ada.example.com",
        )
        self.assertIdle()

    def test_changed_case_renames_the_company_for_all_contacts(self):
        acme = self.new_partner("Acme Co Ltd", is_company=True)
        item = self.add(name="Ada", company="acme co., ltd.")
        charles = self.new_partner("Charles", parent_id=acme.id)
        self.sync()
        ada = self.partner("Ada")
        self.assertEqual((ada.parent_id, acme.name), (acme, "Acme Co Ltd"))
        self.assertItem(item, company="acme co., ltd.")
        self.edit(item, company="ACME Co., Ltd.")
        self.sync()
        self.assertEqual((ada.parent_id, acme.name), (acme, "ACME Co., Ltd."))
        self.assertEqual(charles.parent_id, acme)
        self.sync()
        self.assertItem(self.in_mailbox("Charles"), company="ACME Co., Ltd.")
        self.assertIdle()
        acme.name = "Acme"
        self.sync()
        self.assertItem(item, company="Acme")
        self.assertIdle()

    def test_changed_case_renames_the_tag_without_a_duplicate(self):
        tags = self.env["res.partner.category"]
        parent = tags.create({"name": "Clients"})
        vip = tags.create({"name": "vip", "parent_id": parent.id})
        red = tags.create({"name": "RED"})
        ada = self.new_partner("Ada", category_id=[Command.set([vip.id, red.id])])
        item = self.add(name="Ada", categories=["Clients / vip", "Red", "New"])
        self.sync()
        self.assertEqual(red.name, "RED", "each side keeps its own")
        self.assertItem(item, categories=["Clients / vip", "Red", "New"])
        before = tags.search_count([])
        self.edit(item, categories=["clients / VIP", "Red", "New"])
        self.sync()
        self.assertEqual((parent.name, vip.name, red.name), ("clients", "VIP", "RED"))
        self.assertEqual(len(ada.category_id), 3)
        self.assertIdle()
        red.name = "red"
        self.sync()
        self.assertItem(item, categories=["clients / VIP", "red", "New"])
        self.assertEqual(tags.search_count([]), before)
        self.assertIdle()
