# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An automatic run that exports or deletes something new is announced first."""

from __future__ import annotations

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.use_cases import announce

from support.cases.sync_case import OWNER_GROUPS, SyncCase


class TestAnnouncement(SyncCase):
    account_values = {"export_contacts": False, "auto_sync": True}

    def setUp(self):
        super().setUp()
        self.add(name="Ida Import", email="ida@example.com")
        self.new_partner("Ada Byron", email="ada@example.com")
        self.start = fields.Datetime.now().replace(microsecond=0)

    def assertAnnouncedInTime(self):
        self.assertGreaterEqual(
            self.account.next_sync, self.start + announce.NOTICE - timedelta(seconds=1)
        )

    def test_first_export_is_announced(self):
        self.account.write({"export_contacts": True})
        people = len(self.exported_before())
        self.assertIn(f"{people} contacts will be created", self.account.announcement)
        self.assertAnnouncedInTime()
        self.sync()
        self.assertFalse(self.account.announcement)
        self.assertLess(self.account.next_sync, self.start + announce.NOTICE)

    def test_import_is_not_announced(self):
        self.account.write({"import_scope": "all", "interval_minutes": 20})
        self.assertTrue(self.account.next_sync)
        self.assertFalse(self.account.announcement)

    def test_larger_export_choice_is_announced(self):
        self.account.write(
            {
                "export_contacts": True,
                "export_scope": "selected",
                "export_employees": True,
            }
        )
        self.sync()
        self.assertFalse(self.account.announcement)
        self.account.export_scope = "all"
        self.assertIn("will be created in Exchange", self.account.announcement)
        self.assertAnnouncedInTime()
        self.account.export_scope = "selected"
        self.assertFalse(self.account.announcement)

    def test_deletions_are_announced(self):
        self.account.export_contacts = True
        self.sync()
        self.partner("Ada Byron").active = False
        self.account.write({"exchange_deletion": "delete", "odoo_deletion": "delete"})
        said = self.account.announcement
        self.assertIn("will be archived in Odoo, 0 at the moment", said)
        self.assertIn("will be deleted in Exchange, 1 at the moment", said)
        self.assertAnnouncedInTime()

    def test_choices_without_automatic_runs_are_not_announced(self):
        self.account.write({"auto_sync": False, "export_contacts": True})
        self.assertFalse(self.account.announcement)
        self.assertFalse(self.account.next_sync)

    def test_account_without_recorded_effects_has_no_announcement(self):
        self.account.export_contacts = True
        self.sync()
        self.account.sudo().known_effects = False
        self.assertFalse(self.account.announcement)

    def test_only_the_owner_reads_the_announcement(self):
        self.account.export_contacts = True
        other = new_test_user(self.env, "carl", f"{OWNER_GROUPS},base.group_system")
        self.assertFalse(self.account.with_user(other).announcement)
