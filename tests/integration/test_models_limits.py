# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an administrator sets for everybody, and that it has its effect."""

from __future__ import annotations

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError

from exchange_server.population import populate
from integration.sync_case import SyncCase

INTERVAL, BATCH = "shortest_interval", "batch_size"


class TestLimits(SyncCase):
    def set_limits(self, **limits):
        values = {f"exchange_{name}": number for name, number in limits.items()}
        self.env["res.config.settings"].create(values).execute()

    def test_new_accounts_start_with_the_brake_that_is_set(self):
        self.set_limits(brake_percent=25)
        self.assertEqual(self.account.brake_percent, 10, "what was chosen stays")
        vals = {"provider_id": self.provider.id, "email": "new@example.com"}
        new = self.env["exchange.account"].with_user(self.owner).create(vals)
        self.assertEqual(new.brake_percent, 25)

    def test_the_shortest_interval_holds_for_all(self):
        self.account.write({"auto_sync": True, "interval_minutes": 15})
        self.set_limits(shortest_interval=60)
        self.sync()
        wait = self.account.next_sync - fields.Datetime.now()
        self.assertGreater(wait, timedelta(minutes=55))
        with self.assertRaisesRegex(ValidationError, "at least 60 minutes"):
            self.account.interval_minutes = 30

    def test_the_batches_have_the_size_that_is_set(self):
        populate(self.mailbox, contacts=45, seed=3)
        self.account.action_refresh_folders()
        self.account.export_contacts = False
        self.set_limits(batch_size=20)
        self.server.counters.reset()
        self.assertEqual(self.sync().imported_created, 45)
        self.assertEqual(self.server.counters.requests["GetItem"], 3)

    def test_what_is_out_of_bounds_is_refused(self):
        for name, number in ((INTERVAL, 0), (BATCH, 5000), ("brake_percent", 101)):
            with (
                self.subTest(name),
                self.assertRaisesRegex(ValidationError, "is a number from"),
            ):
                self.set_limits(**{name: number})

    def test_what_was_written_by_other_ways_is_bounded(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("exchange_contact_sync.batch_size", "many")
        parameters.set_param("exchange_contact_sync.brake_percent", "-5")
        self.sync()
        vals = {"provider_id": self.provider.id, "email": "new@example.com"}
        new = self.env["exchange.account"].with_user(self.owner).create(vals)
        self.assertEqual(new.brake_percent, 0)
