# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Limits for all accounts, and their effects."""

from __future__ import annotations

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError

from odoo.addons.exchange_contact_sync.storage import settings
from odoo.addons.exchange_contact_sync.use_cases import settle, wiring
from odoo.addons.exchange_contact_sync.use_cases.synchronize import Outcome

from support.cases.account_case import AccountCase


class TestLimits(AccountCase):
    def keep(self, name, number):
        settings.keep(self.env, name, number)

    def write_by_hand(self, name, text):
        """Write a parameter as in Settings ▸ Technical ▸ System Parameters."""
        self.env["ir.config_parameter"].set_param(settings.PREFIX + name, text)

    def test_each_limit_has_a_default(self):
        for name, limit in settings.LIMITS.items():
            self.assertEqual(settings.read(self.env, name), limit.default, name)

    def test_zero_is_a_valid_limit(self):
        self.keep("deletion_limit", 0)
        self.assertEqual(settings.read(self.env, "deletion_limit"), 0)

    def test_parameter_outside_the_bounds_is_clamped(self):
        for text, number in (("1", 20), ("999999", 500), ("many", 500), ("64", 64)):
            self.write_by_hand("batch_size", text)
            self.assertEqual(settings.read(self.env, "batch_size"), number, text)

    def test_new_accounts_get_the_configured_deletion_limit(self):
        old = self.new_account(self.anna)
        self.keep("deletion_limit", 25)
        self.assertEqual(self.new_account(self.ben).deletion_limit, 25)
        self.assertEqual(old.deletion_limit, 10, "that is its owner's business")

    def test_interval_below_the_minimum_is_refused(self):
        self.keep("shortest_interval", 60)
        account = self.new_account(self.anna)
        self.assertEqual(account.interval_minutes, 60)
        with self.assertRaisesRegex(ValidationError, "at least 60 minutes"):
            account.interval_minutes = 59
        account.interval_minutes = 61

    def test_existing_accounts_wait_for_the_minimum_interval(self):
        account = self.connected(self.anna, interval_minutes=10)
        self.keep("shortest_interval", 60)
        run = self.env["exchange.sync.run"].create({"account_id": account.id})
        settle.settle(account, Outcome(run, False, None, 0.0))
        wait = account.next_sync - account.last_sync
        self.assertEqual(wait, timedelta(minutes=60))
        account.skip_private = False  # other choices can still be changed

    def test_choice_plans_after_the_minimum_interval(self):
        account = self.connected(self.anna, interval_minutes=10)
        self.keep("shortest_interval", 60)
        account.import_scope = "folders"
        soon = fields.Datetime.now() + timedelta(minutes=59)
        self.assertGreater(account.next_sync, soon)

    def test_batches_have_the_configured_size(self):
        self.assertEqual(wiring._sizes(self.env), wiring.SIZES)
        self.keep("batch_size", 250)
        sizes = wiring._sizes(self.env)
        self.assertEqual((sizes.pull, sizes.push), (250, 100))
        self.keep("batch_size", 20)
        sizes = wiring._sizes(self.env)
        self.assertEqual((sizes.pull, sizes.push), (20, 20))
