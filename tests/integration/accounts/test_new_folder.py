# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users create a folder for exported contacts from within Odoo."""

from __future__ import annotations

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from exchange_server import faults
from support.cases.sync_case import OWNER_GROUPS, SyncCase


class TestNewFolder(SyncCase):
    def created(self, **values):
        """The folder that the dialog creates and has the form choose."""
        action = self.wizard(**values).action_create()
        chosen = action["infos"]["typed"]["export_folder_id"]
        folder = self.env["exchange.folder"].browse(chosen["id"])
        self.assertEqual(chosen["display_name"], folder.display_name)
        return folder

    def wizard(self, user=None, **values):
        """The dialog as the form opens it."""
        context = self.account.action_new_folder()["context"]
        wizard = self.env["exchange.new.folder"].with_user(user or self.owner)
        return wizard.with_context(**context).create(values)

    def names(self) -> list[str]:
        return [folder.name for folder in self.mailbox.root.descendants()]

    def test_folder_is_created_and_chosen_on_the_form(self):
        chosen = self.created(name=" From Odoo ")
        made = self.mailbox.folder("From Odoo")
        self.assertEqual(made.parent, self.contacts_folder)
        self.assertEqual(made.folder_class, "IPF.Contact")
        self.assertFalse(self.account.export_folder_id, "nothing is saved")
        self.assertEqual(chosen.sudo().remote_id, made.id)
        self.assertEqual(chosen.parent_id.is_default, True)
        self.assertEqual(self.account.state, "connected")

    def test_new_contacts_are_exported_to_the_new_folder(self):
        self.account.export_folder_id = self.created(name="From Odoo")
        self.new_partner("Kim", email="kim@example.com")
        self.sync()
        self.assertEqual(self.in_mailbox("Kim").folder.name, "From Odoo")
        self.assertIdle()

    def test_folder_can_be_created_at_the_top_of_the_mailbox(self):
        folder = self.created(name="At the top", parent_id=False)
        made = self.mailbox.folder("At the top")
        self.assertEqual(made.parent, self.mailbox.folder("msgfolderroot"))
        self.assertFalse(folder.parent_id)

    def refused(self, said: str, **values):
        before, account = self.names(), self.account
        with self.assertRaisesRegex(UserError, said):
            self.wizard(**values).action_create()
        self.assertEqual(self.names(), before)
        self.assertFalse(account.export_folder_id)
        self.assertEqual(account.state, "connected", "the account goes on")
        self.assertFalse(account.message)

    def test_existing_name_is_refused(self):
        self.mailbox.create_folder("Taken")
        self.refused("folder with this name already", name="Taken")

    def test_missing_permission_is_reported(self):
        self.contacts_folder.locked = True
        self.refused("may not create folders there", name="Forbidden")

    def test_deleted_parent_is_reported(self):
        below = self.mailbox.create_folder("Below")
        self.account.action_refresh_folders()
        folder = self.account.folder_ids.filtered(lambda one: one.name == "Below")
        self.mailbox.remove_folder(below)
        self.refused("no longer exists", name="New", parent_id=folder.id)

    def test_empty_name_is_refused(self):
        self.refused("Enter a name for the folder", name="   ")

    def test_unreachable_server_is_reported(self):
        self.server.faults.add(faults.drop_before("CreateFolder"))
        before = self.names()
        self.assertUnknown(self.wizard(name="New").action_create())
        self.assertEqual(self.names(), before)

    def assertUnknown(self, answer: dict) -> None:
        """The dialog says what is not known, and can try again."""
        self.assertEqual(answer["tag"], "exchange_contact_sync.no_answer")
        self.assertIn("not known whether", answer["params"]["message"])

    def test_lost_answer_is_reported_and_folder_is_listed(self):
        """The message leaves open whether the folder exists, and it can be chosen."""
        without_id = faults.replaced(' Id="[^"]*"', "", "CreateFolder")
        for number, fault in enumerate((faults.drop_after("CreateFolder"), without_id)):
            name = f"Lost {number}"
            self.server.faults.add(fault)
            if number:
                with self.assertRaisesRegex(UserError, "not known whether"):
                    self.wizard(name=name).action_create()
            else:
                self.assertUnknown(self.wizard(name=name).action_create())
            with self.assertRaisesRegex(UserError, "folder with this name already"):
                self.wizard(name=name).action_create()
            self.account.action_refresh_folders()
            self.assertIn(name, self.account.folder_ids.mapped("name"))
            self.assertEqual(self.names().count(name), 1)

    def test_folder_is_chosen_even_if_listing_fails(self):
        for number, operation in enumerate(("FindFolder", "GetFolder")):
            self.server.faults.add(faults.http_status(500, operation))
            name = f"From Odoo {number}"
            chosen = self.created(name=name)
            made = self.mailbox.folder(name)
            self.assertEqual(chosen.sudo().remote_id, made.id)
            self.assertEqual(chosen.name, name)
            self.assertTrue(chosen.parent_id.is_default)
        self.server.faults.clear()
        self.account.export_folder_id = chosen
        self.new_partner("Kim", email="kim@example.com")
        self.sync()
        self.assertEqual(self.in_mailbox("Kim").folder, made)
        self.assertEqual(len(self.account.folder_ids), 3)
        self.assertTrue(self.account.folders_refreshed)
        self.assertIdle()

    def test_parent_of_another_mailbox_is_refused(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        self.exchange.add_mailbox("ben@example.com", "correct horse")
        foreign = self.connect(ben).folder_ids[:1]
        wizard = self.wizard(name="New")
        wizard.sudo().parent_id = foreign
        with self.assertRaises(UserError):
            wizard.action_create()
        self.assertNotIn("New", self.names())

    def test_only_the_owner_creates_folders(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        with self.assertRaises(AccessError):
            self.account.with_user(ben).action_new_folder()
        with self.assertRaises(AccessError):
            self.wizard(ben, name="New").action_create()
        self.assertNotIn("New", self.names())
