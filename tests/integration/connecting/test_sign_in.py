# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Signing in to a mailbox: what the account's form shows afterwards."""

from __future__ import annotations

from odoo import fields
from odoo.exceptions import UserError

from exchange_server import faults
from support.cases.mailbox_case import PASSWORD, MailboxCase


class TestAuthorize(MailboxCase):
    def test_success_connects_and_lists_the_folders(self):
        account = self.new_account(self.anna, password=PASSWORD)
        action = account.action_authorize()
        self.assertEqual(action["params"]["type"], "success")
        self.assertEqual(account.state, "connected")
        self.assertTrue(account.connected_since)
        self.assertFalse(account.message)
        self.assertEqual(account.folder_ids[0].name, "Contacts")
        self.assertTrue(account.folder_ids[0].is_default)
        self.assertEqual(sum(account.folder_ids.mapped("item_count")), 6)

    def test_first_sign_in_plans_no_run(self):
        self.assertFalse(self.authorized().next_sync)

    def test_signing_in_again_resumes_automatic_runs(self):
        account = self.authorized()
        account.sudo().write({"last_sync": fields.Datetime.now(), "state": "error"})
        account.action_authorize()
        self.assertEqual(account.state, "connected")
        self.assertTrue(account.next_sync)

    def test_wrong_password_is_reported_and_settings_are_kept(self):
        account = self.new_account(self.anna, password="wrong")
        action = account.action_authorize()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertIn("does not accept the e-mail address or the", account.message)
        self.assertEqual(account.state, "error")
        self.assertTrue(account.has_password)
        self.assertEqual(account.email, self.anna.login)
        account.password = PASSWORD
        account.action_authorize()
        self.assertEqual(account.state, "connected")
        self.assertFalse(account.message)

    def test_missing_password_is_reported(self):
        account = self.new_account(self.anna, password=False)
        with self.assertRaisesRegex(UserError, "Enter the password first"):
            account.action_authorize()

    def test_a_paused_account_may_sign_in_again(self):
        account = self.authorized()
        account.action_pause()
        account.action_authorize()
        self.assertEqual(account.state, "connected")

    def test_a_service_account_needs_no_password(self):
        service = self.server.exchange.add_mailbox("service@example.com", PASSWORD)
        service.may_impersonate = True
        self.provider.write(
            {
                "service_username": "service@example.com",
                "service_password": PASSWORD,
            }
        )
        account = self.new_account(self.anna, password=False)
        account.action_authorize()
        self.assertEqual(account.state, "connected", account.message)


class TestRefreshFolders(MailboxCase):
    def test_new_folder_is_listed_below_its_parent(self):
        account = self.authorized()
        self.mailbox.create_folder("A new one")
        action = account.action_refresh_folders()
        self.assertEqual(action["params"]["type"], "success")
        account.invalidate_recordset()
        self.assertIn("A new one", account.folder_ids.mapped("name"))

    def test_a_server_that_is_busy_leaves_the_account_connected(self):
        account = self.authorized()
        self.server.faults.add(faults.busy(times=None))
        action = account.action_refresh_folders()
        self.assertEqual(action["tag"], "exchange_contact_sync.no_answer")
        self.assertIn("busy", action["params"]["message"])
        self.assertEqual((account.state, account.message), ("connected", False))

    def test_a_password_that_no_longer_works_needs_attention(self):
        account = self.authorized()
        self.mailbox.password = "changed"
        account.action_refresh_folders()
        self.assertEqual(account.state, "error")
