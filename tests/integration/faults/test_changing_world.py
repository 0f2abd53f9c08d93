# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Changes of folders, choices and clocks duplicate, delete or lose no contact."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from support.cases.sync_case import SyncCase


class TestFolders(SyncCase):
    account_values = {"import_scope": "folders", "exchange_deletion": "delete"}

    def setUp(self):
        super().setUp()
        self.friends = self.mailbox.create_folder("Friends")
        self.account.action_refresh_folders()
        self.account.folder_ids.selected = True
        self.charles = self.add(self.friends, name="Charles", email="c@example.com")
        self.add(name="Ada", email="ada@example.com")
        self.sync()

    def assertBothInStep(self) -> None:
        """Edits go both ways."""
        charles = self.partner("Charles")
        charles.function = "Engineer"
        self.edit(self.charles, city="London")
        self.sync()
        self.assertItem(self.charles, job="Engineer", city="London")
        self.assertPartner(charles, function="Engineer", city="London")
        self.assertIdle()

    def test_renamed_folder_stays_in_step(self):
        with self.mailbox.lock:
            self.friends.name = "Old friends"
        self.account.action_refresh_folders()
        folder = self.account.folder_ids.filtered(lambda f: f.name == "Old friends")
        self.assertTrue(folder.selected, "the choice stays with the folder")
        self.assertBothInStep()

    def test_moved_folder_stays_in_step(self):
        with self.mailbox.lock:
            self.friends.parent = self.contacts_folder
        self.account.action_refresh_folders()
        folder = self.account.folder_ids.filtered(lambda f: f.name == "Friends")
        self.assertEqual(folder.complete_name, "Contacts / Friends")
        self.assertBothInStep()

    def test_folder_no_longer_chosen_deletes_no_contact(self):
        """No contact counts as deleted; a folder chosen again is caught up with."""
        folder = self.account.folder_ids.filtered(lambda f: f.name == "Friends")
        folder.selected = False
        self.edit(self.charles, city="London")
        self.sync()
        charles = self.partner("Charles")
        self.assertTrue(charles.active)
        self.assertFalse(charles.city)
        self.assertIdle()
        folder.selected = True
        self.sync()
        self.assertEqual(charles.city, "London")
        self.assertBothInStep()


class TestImportOff(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada", email="ada@example.com", job="Analyst")
        self.sync()
        self.ada = self.partner("Ada")
        self.account.import_contacts = False

    def test_an_edit_in_odoo_never_overwrites_one_made_in_exchange(self):
        self.account.conflict_policy = "exchange"
        self.edit(self.item, job="Mailbox's", city="London")
        self.ada.write({"function": "Odoo's", "zip": "N1"})
        run = self.sync()
        self.assertItem(self.item, job="Mailbox's", city="London", zip="N1")
        self.assertPartner(self.ada, function="Odoo's", city=False)
        conflict = run.line_ids.filtered(lambda line: line.action == "conflict")
        self.assertEqual(conflict.field_name, "job_title")
        self.assertIdle()

    def test_when_odoo_wins_the_other_value_is_reported(self):
        self.account.conflict_policy = "odoo"
        self.edit(self.item, job="Mailbox's")
        self.ada.function = "Odoo's"
        run = self.sync()
        self.assertItem(self.item, job="Odoo's")
        self.assertIn("Mailbox's", run.line_ids.mapped("old_value"))
        self.assertIdle()


class TestExportChoice(SyncCase):
    account_values = {
        "export_scope": "selected",
        "export_groups": True,
        "odoo_deletion": "delete",
    }

    def test_narrowed_choice_deletes_items_and_widened_restores_them(self):
        tags = self.env["res.partner.category"].create([{"name": n} for n in "AB"])
        one, other = (
            self.new_partner(f"Person {tag.name}", category_id=[(4, tag.id)])
            for tag in tags
        )
        self.account.export_category_ids = tags
        self.sync()
        self.sync()
        self.account.export_category_ids = tags[0]
        run = self.sync()
        self.assertEqual(run.exported_deleted, 1)
        self.assertEqual(len(self.mailbox.contacts()), 1)
        self.assertTrue(one.active and other.active)
        self.assertIdle()
        self.account.export_category_ids = tags
        self.sync()
        names = {i.values["contacts:DisplayName"] for i in self.mailbox.contacts()}
        self.assertEqual(names, {"Person A", "Person B"})
        self.sync()
        self.assertIdle()


class TestClocks(SyncCase):
    def test_clock_hours_ahead_loses_no_edit(self):
        """Times only decide between two values of a field, never what changed."""
        item = self.add(name="Ada", email="ada@example.com", job="Analyst")
        self.sync()
        ahead = datetime.now(timezone.utc) + timedelta(hours=5)
        self.mailbox.clock = lambda: ahead
        self.edit(item, city="London")
        ada = self.partner("Ada")
        ada.function = "Countess"
        self.sync()
        self.assertPartner(ada, function="Countess", city="London")
        self.assertItem(item, job="Countess", city="London")
        behind = datetime.now(timezone.utc) - timedelta(days=400)
        self.mailbox.clock = lambda: behind
        self.edit(item, zip="N1")
        ada.email = "ada@new.example"
        self.sync()
        self.assertPartner(ada, zip="N1", email="ada@new.example")
        self.assertItem(item, zip="N1", email="ada@new.example")
        self.assertIdle()
