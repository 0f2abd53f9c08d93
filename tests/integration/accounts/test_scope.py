# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who counts as an employee and as a customer, whatever apps are installed."""

from __future__ import annotations

from odoo import fields
from odoo.fields import Domain
from odoo.orm.model_classes import add_field, pop_field
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.partner import export_scope as scope

from support.cases.account_case import AccountCase

SOLD = {"opportunity_ids": "opportunity_ids", "sale_order_ids": "sale_order_ids.state"}


class TestCustomers(AccountCase):
    """The apps themselves are not installed here, only the fields they bring."""

    def setUp(self):
        super().setUp()
        self.partners = self.registry["res.partner"]
        for name in ("customer_rank", *SOLD):
            if name in self.partners._fields:
                self.skipTest(f"an app that brings {name} is installed")

    def bring(self, name, field):
        setattr(self.partners, name, field)  # add_field takes no other names
        add_field(self.partners, name, field)
        field.setup(self.env["res.partner"])
        self.addCleanup(pop_field, self.partners, name)

    def bring_sales(self, *names, model="exchange.sync.run"):
        """Fields that lead to records, which everybody or hardly anybody may read."""
        for name in names:
            self.bring(name, fields.One2many(model, "account_id"))

    def customers(self, user):
        return scope.customers(self.env(user=user))

    def paths(self, user):
        """What is asked for, to tell who is a customer."""
        return [leaf.field_expr for leaf in self.customers(user).iter_conditions()]

    def test_without_an_app_nobody_is_and_the_choice_is_hidden(self):
        self.assertTrue(self.customers(self.anna).is_false())
        self.assertFalse(self.new_account(self.anna).knows_customers)

    def test_accounting_knows_best(self):
        self.bring("customer_rank", fields.Integer())
        self.bring_sales(*SOLD)
        self.assertEqual(self.customers(self.anna), Domain("customer_rank", ">", 0))

    def test_else_opportunities_and_sales_do(self):
        self.bring_sales("opportunity_ids")
        self.assertEqual(self.paths(self.anna), ["opportunity_ids"])
        self.bring_sales("sale_order_ids")
        self.assertEqual(self.paths(self.anna), list(SOLD.values()))
        self.assertTrue(self.new_account(self.anna).knows_customers)

    def test_a_user_who_may_not_read_them_has_no_customers(self):
        self.bring_sales("opportunity_ids", model="exchange.inbox.entry")
        self.assertTrue(self.customers(self.anna).is_false())
        self.assertEqual(self.paths(self.admin), ["opportunity_ids"])
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

    def test_contacts_flagged_as_employees(self):
        vals = {"name": "Ove", "employee": True}
        self.assertTrue(self.found(self.env["res.partner"].create(vals)))

    def test_contacts_of_internal_users_only(self):
        self.assertTrue(self.found(self.anna.partner_id))
        guest = new_test_user(self.env, "guest", "base.group_portal")
        self.assertFalse(self.found(guest.partner_id))
        self.assertFalse(self.found(self.env["res.partner"].create({"name": "Ida"})))
