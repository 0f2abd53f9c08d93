# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Settings ▸ Contacts ▸ Exchange."""

from __future__ import annotations

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form

from odoo.addons.exchange_contact_sync.storage import settings

from support.cases.account_case import AccountCase
from support.cases.sync_case import SyncCase


class TestSettings(AccountCase):
    def form(self):
        return Form(self.env["res.config.settings"].with_user(self.admin))

    def save(self, **values):
        with self.form() as form:
            for name, value in values.items():
                form[name] = value
        form.record.execute()

    def test_settings_show_the_values_in_effect(self):
        settings.keep(self.env, "shortest_interval", 30)
        form = self.form()
        self.assertEqual(form.exchange_shortest_interval, 30)
        self.assertEqual(form.exchange_deletion_limit, 10)
        self.assertEqual(form.exchange_batch_size, 500)
        self.assertTrue(form.group_exchange_import)
        self.assertTrue(form.group_exchange_export)

    def test_limits_are_saved(self):
        self.save(
            exchange_deletion_limit=0,
            exchange_shortest_interval=45,
            exchange_batch_size=50,
            exchange_keep_days=7,
        )
        found = [settings.read(self.env, name) for name in settings.LIMITS]
        self.assertEqual(found, [0, 45, 50, 7])
        self.assertEqual(self.form().exchange_deletion_limit, 0)

    def test_limits_have_bounds(self):
        for name, value, bounds in (
            ("exchange_deletion_limit", 101, "from 0 to 100"),
            ("exchange_shortest_interval", 0, "from 1 to 1440"),
            ("exchange_batch_size", 19, "from 20 to 500"),
            ("exchange_batch_size", 501, "from 20 to 500"),
            ("exchange_keep_days", 0, "from 1 to 3650"),
        ):
            with (
                self.subTest(name=name, value=value),
                self.assertRaisesRegex(ValidationError, bounds),
            ):
                self.save(**{name: value})

    def test_rights_are_removed_from_all_users_and_restored(self):
        self.save(group_exchange_export=False)
        right = "exchange_contact_sync.group_export"
        self.assertFalse(self.anna.has_group(right))
        self.assertTrue(self.anna.has_group("exchange_contact_sync.group_import"))
        self.save(group_exchange_export=True)
        self.assertTrue(self.anna.has_group(right))

    def test_only_administrators_change_settings(self):
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(self.anna).create({}).execute()


class TestBatchSize(SyncCase):
    account_values = {"export_contacts": False}

    def test_smaller_batches_reach_the_same_result(self):
        people = [{"contacts:GivenName": f"N{number}"} for number in range(45)]
        self.mailbox.bulk_add_contacts(self.contacts_folder, people)
        settings.keep(self.env, "batch_size", 20)
        run = self.sync()
        self.assertEqual(run.imported_created, 45)
        self.assertEqual(self.server.counters.requests["GetItem"], 3)
        self.assertIdle()
