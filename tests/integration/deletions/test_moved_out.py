# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts that are edited in Odoo and moved to a folder that is not synchronized."""

from __future__ import annotations

from support.cases.cloud_case import CloudCase
from support.cases.sync_case import SyncCase


class MovedOutTests:
    account_values = {"import_scope": "folders", "exchange_deletion": "delete"}

    def setUp(self):
        super().setUp()
        self.elsewhere = self.mailbox.create_folder("Elsewhere")
        self.account.action_refresh_folders()
        self.account.folder_ids.filtered("is_default").selected = True
        self.theirs = self.add(name="Ada Lund", email="ada@example.com")
        self.new_partner("Bea Berg", email="bea@example.com", user_id=self.owner.id)
        for _run in ("imports and exports", "reads what was stored"):
            self.sync()

    def move_and_edit(self, name: str):
        moved = self.mailbox.move_contact(self.in_mailbox(name).id, self.elsewhere)
        self.partner(name).function = "Expert"
        self.sync()
        return moved

    def assertStopped(self, name: str) -> None:
        self.in_mailbox(name)
        self.assertPartner(self.partner(name), active=True, function="Expert")
        [link] = self.partner(name).exchange_link_ids
        self.assertEqual((link.state, link.stop_reason), ("stopped", "gone"))
        self.assertIdle()

    def test_imported_contact_is_not_created_again(self):
        self.move_and_edit("Ada Lund")
        self.assertStopped("Ada Lund")

    def test_exported_contact_is_not_created_again(self):
        self.move_and_edit("Bea Berg")
        self.assertStopped("Bea Berg")

    def test_contact_that_is_moved_back_gets_the_edit(self):
        for name in ("Ada Lund", "Bea Berg"):
            moved = self.move_and_edit(name)
            self.mailbox.move_contact(moved.id, self.contacts_folder)
            self.sync()
            self.assertItem(self.in_mailbox(name), job="Expert")
        self.assertIdle()

    def test_deleted_contact_is_created_again(self):
        self.mailbox.delete_contact(self.theirs.id)
        self.partner("Ada Lund").function = "Expert"
        self.sync()
        self.assertItem(self.in_mailbox("Ada Lund"), job="Expert")
        self.assertIdle()


class TestMovedOut(MovedOutTests, SyncCase):
    """Over Exchange Web Services."""


class TestMovedOutOfTheCloud(MovedOutTests, CloudCase):
    """Over Microsoft Graph."""
