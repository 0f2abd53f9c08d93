# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses of people and of their companies stay separate.

Odoo gives the people of a company one address. In a mailbox each person has an
address, so an imported address must stay as it is and change no other contact.
"""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase

PARTS = ("street", "street2", "city", "zip", "state_id", "country_id")


class TestAddresses(SyncCase):
    def setUp(self):
        super().setUp()
        self.at_home = {"street": "1 High Street", "city": "London", "zip": "N1"}
        self.company = self.new_partner("ACME", is_company=True)

    def settle_company(self) -> None:
        """The company and two of its people have an address."""
        self.company.write(
            {
                "street": "99 Main Street",
                "city": "Springfield",
                "country_id": self.env.ref("base.us").id,
                "child_ids": [
                    Command.create({"name": "Bob", "email": "bob@example.com"}),
                    Command.create({"name": "Eve", "email": "eve@example.com"}),
                ],
            }
        )

    def addresses(self) -> dict[str, list[object]]:
        """Of the company and all its people but Ada."""
        family = self.company | self.company.child_ids
        family.invalidate_recordset()
        others = family.filtered(lambda partner: partner.name != "Ada")
        return {one.name: [one[part] for part in PARTS] for one in others}

    def import_ada(self, **address):
        item = self.add(name="Ada", company="ACME", email="ada@acme.example", **address)
        self.sync()
        return item, self.partner("Ada")

    def assertAt(self, partner, **address: object) -> None:
        blank = dict.fromkeys(("street", "city", "zip"), False)
        self.assertPartner(partner, **{**blank, **address})

    def test_company_address_is_kept_on_import(self):
        self.settle_company()
        before = self.addresses()
        _item, ada = self.import_ada(**self.at_home)
        self.assertEqual(ada.parent_id, self.company)
        self.assertAt(ada, **self.at_home)
        self.assertEqual(self.addresses(), before)
        self.assertIdle()

    def test_company_without_an_address_gets_none(self):
        _item, ada = self.import_ada(**self.at_home)
        self.assertAt(ada, **self.at_home)
        self.assertAt(self.company)
        self.assertIdle()

    def test_contact_without_an_address_gets_none(self):
        self.settle_company()
        item, ada = self.import_ada()
        self.assertEqual(ada.parent_id, self.company)
        self.assertAt(ada)
        self.assertItem(item, street=None, city=None)
        self.assertIdle()

    def test_only_the_own_row_is_written(self):
        self.settle_company()
        rows = self.partner_rows()
        _item, ada = self.import_ada(**self.at_home)
        self.assertEqual(self.changed_partners(rows) & (ada | self.company), ada)

    def test_changed_address_moves_only_the_contact(self):
        self.settle_company()
        item, ada = self.import_ada(**self.at_home)
        before = self.addresses()
        self.edit(item, street="2 Low Street", city="Leeds")
        self.sync()
        self.assertAt(ada, street="2 Low Street", city="Leeds", zip="N1")
        self.assertEqual(self.addresses(), before)
        self.assertIdle()

    def test_changed_company_moves_only_the_contact(self):
        self.settle_company()
        item, ada = self.import_ada(**self.at_home)
        other = self.new_partner("Engines", is_company=True, city="Oxford", street="3")
        before = self.addresses()
        self.edit(item, company="Engines")
        self.sync()
        self.assertEqual(ada.parent_id, other)
        self.assertAt(ada, **self.at_home)
        self.assertAt(other, street="3", city="Oxford")
        self.assertEqual(self.addresses(), before)
        self.assertIdle()

    def test_new_name_changes_no_address(self):
        self.settle_company()
        item, ada = self.import_ada(**self.at_home)
        before = self.addresses()
        self.edit(item, name="Ada", job="Boss")
        self.sync()
        ada.name = "Ada King"
        self.sync()
        self.assertAt(ada, **self.at_home)
        ada.name = "Ada"
        self.assertEqual(self.addresses(), before)

    def test_commercial_fields_stay_those_of_the_company(self):
        """Commercial fields are still copied from the company."""
        self.company.vat = "GB123456789"
        _item, ada = self.import_ada(**self.at_home)
        self.assertEqual(ada.vat, "GB123456789")
        self.assertEqual(ada.commercial_partner_id, self.company)

    def test_company_moved_in_odoo_moves_its_contacts(self):
        """This is Odoo's rule, and counts as an edit in Odoo."""
        self.settle_company()
        self.sync()
        self.company.street = "1 Side Street"
        self.sync()
        self.assertItem(self.in_mailbox("Bob"), street="1 Side Street")
        self.assertIdle()


AT_HOME = {"City": "Ockham", "Street": "7 Home Street"}
ELSEWHERE = {"City": "Austin", "CountryOrRegion": "United States"}


class TestWithFurtherAddresses(TestAddresses):
    """The same tests for a person with a home address and another address."""

    def import_ada(self, **address):
        further = {
            f"contacts:PhysicalAddress:{place}:{part}": text
            for place, parts in {"Home": AT_HOME, "Other": ELSEWHERE}.items()
            for part, text in parts.items()
        }
        found = super().import_ada(**address, **further)
        self.addCleanup(self.check_further, *found, further)
        return found

    def check_further(self, item, ada, further):
        """The home address did not change."""
        self.assertItem(item, **further)
        children = ada.child_ids.grouped("exchange_address")
        self.assertPartner(children["home"], city="Ockham", street="7 Home Street")
        self.assertFalse(children["home"].country_id)
        self.assertPartner(
            children["other"], city="Austin", country_id=self.env.ref("base.us")
        )
        self.assertEqual(len(ada.child_ids), 2)
