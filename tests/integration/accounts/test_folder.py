# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Folders are shown as a tree."""

from __future__ import annotations

import psycopg2

from odoo.tools import mute_logger

from odoo.addons.exchange_contact_sync.storage.folders import arrange

from support.cases.account_case import AccountCase


class TestFolderTree(AccountCase):
    def setUp(self):
        super().setUp()
        self.account = self.connected(self.anna)

    def test_default_folder_is_first_and_subfolders_follow_parents(self):
        friends = self.new_folder(self.account, "Amigos")
        self.new_folder(self.account, "berlin", parent=friends)
        self.new_folder(self.account, "Athens", parent=friends)
        main = self.new_folder(self.account, "Contacts", is_default=True)
        self.new_folder(self.account, "Suppliers", parent=main)
        arrange(self.account.sudo().folder_ids)
        self.account.invalidate_recordset()
        self.assertEqual(
            self.account.folder_ids.mapped("complete_name"),
            [
                "Contacts",
                "Contacts / Suppliers",
                "Amigos",
                "Amigos / Athens",
                "Amigos / berlin",
            ],
        )

    def test_arranging_again_writes_nothing(self):
        self.new_folder(self.account, "A")
        self.new_folder(self.account, "B")
        folders = self.account.sudo().folder_ids
        arrange(folders)
        self.env.flush_all()
        with self.assertQueryCount(0):
            arrange(folders)
            self.env.flush_all()

    def test_folder_name_is_its_path(self):
        main = self.new_folder(self.account, "Contacts")
        folder = self.new_folder(self.account, "Abroad", parent=main)
        self.assertEqual(folder.display_name, "Contacts / Abroad")

    def test_folder_is_unique_in_its_account(self):
        self.new_folder(self.account, "Contacts")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
        ):
            self.new_folder(self.account, "Contacts")
