# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The scheduled action: which accounts are due."""

from __future__ import annotations

from datetime import timedelta

from odoo import fields

from odoo.addons.exchange_contact_sync.use_cases import schedule

from support.cases.account_case import AccountCase


class TestDue(AccountCase):
    def setUp(self):
        super().setUp()
        self.account = self.connected(self.anna)
        self.past = fields.Datetime.now() - timedelta(minutes=1)
        self.future = fields.Datetime.now() + timedelta(minutes=1)
        self.account.sudo().next_sync = self.past

    def due(self):
        accounts = self.env["exchange.account"]
        return accounts.search(schedule.due_domain(accounts))

    def test_account_is_due_at_its_planned_time(self):
        self.assertEqual(self.due(), self.account)

    def test_account_is_not_due_in_other_states(self):
        for name, value in (
            ("next_sync", self.future),
            ("next_sync", False),
            ("busy_until", self.future),
            ("state", "paused"),
            ("state", "error"),
            ("active", False),
        ):
            before = self.account[name]
            with self.subTest(field=name, value=value):
                self.account.sudo()[name] = value
                self.assertFalse(self.due())
            self.account.sudo()[name] = before
        self.assertEqual(self.due(), self.account)

    def test_account_of_an_archived_owner_is_not_due(self):
        self.anna.active = False
        self.assertFalse(self.due())
