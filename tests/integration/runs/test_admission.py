# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Categories decide which contacts are imported; exported ones get a category."""

from __future__ import annotations

from odoo.exceptions import ValidationError

from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import updates

NAMES = ("Cora", "Dora", "Nora")


class AdmissionCase(SyncCase):
    def setUp(self):
        super().setUp()
        for name, categories in zip(
            NAMES, (["Customer"], ["Private"], None), strict=True
        ):
            email = f"{name.lower()}@example.com"
            self.add(name=name, email=email, categories=categories)

    def imported(self) -> list[str]:
        """Names of the imported contacts."""
        found = self.env["res.partner"].search([("name", "in", NAMES)], order="name")
        return found.mapped("name")


class TestAdmission(AdmissionCase):
    def choose(self, rule: str, names: str) -> None:
        self.account.write({"import_filter": rule, "import_category_names": names})

    def test_only_contacts_with_a_category_are_imported(self):
        self.choose("with", "customer; Partner")
        self.sync()
        self.assertEqual(self.imported(), ["Cora"])
        self.assertIdle()

    def test_only_contacts_without_a_category_are_imported(self):
        self.choose("without", "Private")
        self.sync()
        self.assertEqual(self.imported(), ["Cora", "Nora"])
        self.assertIdle()

    def test_changed_choice_imports_deferred_contacts(self):
        self.choose("with", "Customer")
        self.sync()
        self.choose("all", "")
        self.sync()
        self.assertEqual(self.imported(), list(NAMES))

    def test_category_added_later_imports_the_contact(self):
        self.choose("with", "Customer")
        self.sync()
        self.edit(self.in_mailbox("Nora"), categories=["Customer"])
        self.sync()
        self.assertEqual(self.imported(), ["Cora", "Nora"])

    def test_synchronized_contact_stays_synchronized(self):
        self.choose("with", "Customer")
        self.sync()
        self.edit(self.in_mailbox("Cora"), categories=None, job="Boss")
        self.sync()
        self.assertPartner(self.partner("Cora"), function="Boss", active=True)

    def test_deferred_contact_gets_no_duplicate(self):
        """A partner with the same address exists: both become a pair."""
        self.choose("with", "Customer")
        self.sync()
        self.new_partner("Dora", email="dora@example.com", function="Chief")
        self.sync()
        self.assertItem(self.in_mailbox("Dora"), job="Chief")
        self.assertIdle()

    def test_choice_without_a_category_is_refused(self):
        for names in (False, " ; "):
            with self.assertRaisesRegex(ValidationError, "Enter the categories"):
                self.choose("with", names)


class TestExportCategory(SyncCase):
    account_values = {"export_category_name": "From Odoo"}

    def test_exported_item_has_the_category_but_no_tag(self):
        tag = self.env["res.partner.category"].create({"name": "VIP"})
        self.new_partner("Ola", category_id=[(4, tag.id)])
        self.new_partner("Ole")
        self.sync()
        self.assertItem(self.in_mailbox("Ola"), categories=["VIP", "From Odoo"])
        self.assertItem(self.in_mailbox("Ole"), categories=["From Odoo"])
        self.assertIdle()
        self.edit(
            self.in_mailbox("Ola"), job="Boss", categories=["VIP", "From Odoo", "X"]
        )
        self.sync()
        tags = self.partner("Ola").category_id.mapped("name")
        self.assertEqual(sorted(tags), ["VIP", "X"])
        self.assertIdle()

    def test_edit_of_tags_keeps_the_category(self):
        ola = self.new_partner("Ola")
        self.sync()
        ola.category_id = [(0, 0, {"name": "VIP"})]
        with self.server.recorder as recorder:
            self.sync()
        self.assertEqual(updates(recorder), [["set item:Categories"]])
        found = self.in_mailbox("Ola").values["item:Categories"]
        self.assertEqual(sorted(found), ["From Odoo", "VIP"])
        self.assertIdle()

    def test_category_is_added_without_tags(self):
        self.account.sync_categories = False
        self.new_partner("Ola")
        self.sync()
        self.assertItem(self.in_mailbox("Ola"), categories=["From Odoo"])
        self.assertIdle()

    def test_category_equal_to_a_tag_is_added_once(self):
        tag = self.env["res.partner.category"].create({"name": "from odoo"})
        self.new_partner("Ola", category_id=[(4, tag.id)])
        self.sync()
        self.assertItem(self.in_mailbox("Ola"), categories=["from odoo"])
        self.assertIdle()

    def test_existing_item_does_not_get_the_category(self):
        self.add(name="Ida", email="ida@example.com")
        self.new_partner("Ida", email="ida@example.com")
        self.sync()
        self.assertItem(self.in_mailbox("Ida"), categories=None)
