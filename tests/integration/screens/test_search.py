# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts are found by each of their numbers and addresses, in any spelling."""

from __future__ import annotations

from lxml import etree

from odoo import Command
from odoo.fields import Domain
from odoo.tests import new_test_user
from odoo.tools.safe_eval import safe_eval

from support.cases.account_case import AccountCase

WRITTEN = ("+49 30 7654321", "0049 30/7654321", "030 765 43 21", "+49 (0)30 7654321")


class SearchCase(AccountCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.de")
        cls.partners = cls.env["res.partner"].with_user(cls.anna)

    def person(self, name="Ida Lund", phone=False, **options):
        rows = [
            Command.create({"kind": kind, "value": value})
            for kind, value in options.items()
        ]
        return self.partners.create(
            {"name": name, "phone": phone, "communication_ids": rows}
        )

    def offered(self, text, user=None):
        """The contacts that a many2one field offers while the user types."""
        partners = self.partners.with_user(user or self.anna)
        return [found for found, _name in partners.name_search(text, limit=None)]

    def listed(self, text):
        """The contacts that the list's search box finds without a chosen field."""
        arch = self.partners.get_view(view_type="search")["arch"]
        field = etree.fromstring(arch).find(".//field")
        domain = safe_eval(field.get("filter_domain"), {"self": text})
        return self.partners.search(Domain(domain)).ids


class TestFound(SearchCase):
    def test_further_number_is_found_in_any_spelling(self):
        ida = self.person(phone_home="+49 30 7654321")
        for text in WRITTEN:
            with self.subTest(text=text):
                self.assertEqual(self.offered(text), ida.ids)
                self.assertEqual(self.listed(text), ida.ids)

    def test_number_without_country_is_found_by_one_with(self):
        ida = self.person(phone_mobile="030/7654321", phone_car="030 11 22 33 44")
        for text in WRITTEN:
            with self.subTest(text=text):
                self.assertEqual(self.offered(text), ida.ids)

    def test_main_number_is_found_in_any_spelling(self):
        ida = self.person(phone="+49 (30) 765-4321")
        for text in WRITTEN:
            with self.subTest(text=text):
                self.assertEqual(self.offered(text), ida.ids)
                self.assertEqual(self.listed(text), ida.ids)

    def test_national_prefix_other_than_zero_is_recognized(self):
        self.env.company.country_id = self.env.ref("base.ru")
        ida = self.person(phone_home="8 (495) 123-45-67")
        self.assertEqual(self.offered("+7 495 1234567"), ida.ids)
        self.person("Olga Berg", phone_home="+7 495 765-43-21")
        self.assertEqual(len(self.offered("84957654321")), 1)

    def test_field_of_phone_validation_finds_further_numbers(self):
        ida = self.person(phone_home="+49 30 7654321")
        for text in WRITTEN:
            with self.subTest(text=text):
                domain = [("phone_mobile_search", "ilike", text)]
                self.assertEqual(self.partners.search(domain).ids, ida.ids)

    def test_part_of_a_number_is_found(self):
        ida = self.person(phone_home="+49 30 7654321")
        self.assertEqual(self.offered("654321"), ida.ids)

    def test_address_messenger_and_page_are_found(self):
        ida = self.person(email="second@example.com", im="sip:ida.l", page="x.example")
        for text in ("SECOND@example", "sip:ida", "x.example"):
            with self.subTest(text=text):
                self.assertEqual(self.offered(text), ida.ids)
                self.assertEqual(self.listed(text), ida.ids)

    def test_name_is_found_as_before(self):
        ida = self.person(email="second@example.com")
        self.assertEqual(self.offered("Ida L"), ida.ids)
        self.assertEqual(self.listed("Ida L"), ida.ids)


class TestNotFound(SearchCase):
    def test_number_of_another_country_is_not_found(self):
        self.person(phone_home="+33 30 7654321")
        self.assertEqual(self.offered("+49 30 7654321"), [])

    def test_few_digits_are_not_searched_as_a_number(self):
        self.person(phone_home="+49 30 7654321")
        self.assertEqual(self.offered("7 6 5"), [])

    def test_unreadable_contact_is_not_found(self):
        ida = self.person(email="second@example.com", phone_home="+49 30 7654321")
        self.env["ir.rule"].create(
            {
                "name": "not this one",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", ida.id)],
            }
        )
        self.env.invalidate_all()
        self.assertEqual(self.offered("second@example"), [])
        self.assertEqual(self.offered("+49 30 7654321"), [])

    def test_portal_user_finds_nothing_more(self):
        ida = self.person(email="second@example.com")
        visitor = new_test_user(self.env, "visitor", "base.group_portal")
        ida.sudo().parent_id = visitor.partner_id.commercial_partner_id
        self.assertEqual(self.offered("second@example", visitor), [])

    def test_negative_search_excludes_as_before(self):
        ida = self.person(email="second@example.com")
        found = self.partners.search([("display_name", "not ilike", "second@example")])
        self.assertIn(ida, found)


class TestCost(SearchCase):
    def test_search_needs_one_more_query(self):
        self.person(phone_home="+49 30 7654321")
        self.offered("warm up")
        with self.assertQueryCount(1):
            self.partners.search([("display_name", "ilike", "030 7654321")])

    def test_indexes_serve_the_search(self):
        self.env.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'"
            " AND tablename IN ('res_partner', 'res_partner_communication')"
        )
        names = {name for (name,) in self.env.cr.fetchall()}
        self.assertLessEqual(
            {
                "res_partner_exchange_phone_digits_index",
                "res_partner_communication__value_index",
                "res_partner_communication_digits_index",
            },
            names,
        )
