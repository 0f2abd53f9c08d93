# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A changed choice also applies to contacts decided about before."""

from __future__ import annotations

from support.cases.sync_case import SyncCase


class TestImportLater(SyncCase):
    account_values = {"import_contacts": False}

    def test_deferred_contact_is_imported_when_import_is_switched_on(self):
        self.add(name="Mina Harker", email="mina@example.com")
        self.sync()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Mina Harker")]))
        self.account.import_contacts = True
        self.sync()
        self.assertPartner(self.partner("Mina Harker"), email="mina@example.com")
        self.assertIdle()

    def test_edit_is_pulled_when_import_is_switched_on(self):
        self.new_partner("Lucy Westenra", email="lucy@example.com")
        self.sync()
        self.edit(self.in_mailbox("Lucy Westenra"), job="Heiress")
        self.sync()
        self.assertPartner(self.partner("Lucy Westenra"), function=False)
        self.account.import_contacts = True
        self.sync()
        self.assertPartner(self.partner("Lucy Westenra"), function="Heiress")
        self.assertIdle()


class TestExportLater(SyncCase):
    account_values = {"export_contacts": False}

    def test_edit_is_pushed_when_export_is_switched_on(self):
        item = self.add(name="Jack Seward", job="Doctor", business="+44 20 7946 0002")
        self.sync()
        self.partner("Jack Seward").write({"phone": "+44 20 7946 0003"})
        self.edit(item, job="Physician")
        self.sync()
        self.assertItem(item, business="+44 20 7946 0002")
        self.account.export_contacts = True
        self.sync()
        self.assertItem(item, business="+44 20 7946 0003", job="Physician")
        self.assertIdle()


class TestFolderLater(SyncCase):
    account_values = {"import_scope": "folders"}

    def test_folder_chosen_later_is_imported(self):
        self.add(name="Quincey Morris")
        self.account.import_scope = "folders"
        self.sync()
        self.assertFalse(
            self.env["res.partner"].search([("name", "=", "Quincey Morris")])
        )
        self.account.folder_ids.filtered("is_default").selected = True
        self.sync()
        self.assertEqual(self.partner("Quincey Morris").name, "Quincey Morris")
        self.assertIdle()

    def test_private_contacts_are_imported_once_allowed(self):
        self.account.folder_ids.selected = True
        self.add(name="Renfield", **{"item:Sensitivity": "Private"})
        self.sync()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Renfield")]))
        self.account.skip_private = False
        self.sync()
        self.assertEqual(self.partner("Renfield").name, "Renfield")
