# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which contacts count as employees and customers, with any apps installed."""

from __future__ import annotations

from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.partner import export_scope as scope

from support.cases.account_case import AccountCase


class TestCustomers(AccountCase):
    """Without the apps that define customers; see also ``tests/robustness/apps``."""

    def setUp(self):
        super().setUp()
        for name in scope.SOLD_TO:
            self.assertNotIn(name, self.env["res.partner"]._fields, "an app brings it")

    def test_choice_is_hidden_without_an_app_that_knows_customers(self):
        self.assertTrue(scope.customers(self.env(user=self.anna)).is_false())
        account = self.new_account(
            self.anna,
            export_contacts=True,
            export_scope="selected",
            export_customers=True,
        )
        self.assertFalse(account.knows_customers)
        self.assertEqual(account.export_count, 0)


class TestEmployees(AccountCase):
    def found(self, partner):
        return bool(partner.filtered_domain(scope.EMPLOYEES))

    def test_contacts_flagged_as_employees_are_employees(self):
        vals = {"name": "Ove", "employee": True}
        self.assertTrue(self.found(self.env["res.partner"].create(vals)))

    def test_only_contacts_of_internal_users_are_employees(self):
        self.assertTrue(self.found(self.anna.partner_id))
        guest = new_test_user(self.env, "guest", "base.group_portal")
        self.assertFalse(self.found(guest.partner_id))
        self.assertFalse(self.found(self.env["res.partner"].create({"name": "Ida"})))
