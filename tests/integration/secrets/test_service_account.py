# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A service account opens to each user their own mailbox only, on every use."""

from __future__ import annotations

from odoo import fields
from odoo.exceptions import UserError

from exchange_server.population import populate
from support.cases.mailbox_case import PASSWORD, MailboxCase

SERVICE = "service@example.com"


class TestServiceAccount(MailboxCase):
    """Ben's account is for Anna's address; it was made when passwords were needed."""

    def setUp(self):
        super().setUp()
        exchange = self.server.exchange
        exchange.add_mailbox(SERVICE, PASSWORD).may_impersonate = True
        populate(exchange.add_mailbox(self.ben.login, PASSWORD), contacts=2, seed=5)
        self.account = self.new_account(self.ben, email=self.anna.login)
        self.provider.write({"service_username": SERVICE, "service_password": PASSWORD})
        self.server.counters.reset()

    def connect(self):
        """Connect the account as if passwords had been required then."""
        values = {"state": "connected", "connected_since": fields.Datetime.now()}
        self.account.sudo().write({**values, "import_contacts": True})

    def assertKeptOut(self):
        self.assertFalse(self.account.folder_ids)
        self.assertEqual(self.server.counters.total, 0)

    def test_mailbox_of_another_user_is_not_opened(self):
        self.account.action_authorize()
        self.assertEqual(self.account.state, "error")
        self.assertIn("your own mailbox only", self.account.message)
        self.assertKeptOut()

    def test_folders_of_another_user_are_not_listed(self):
        self.account.action_refresh_folders()
        self.assertIn("your own mailbox only", self.account.message)
        self.assertKeptOut()

    def test_folder_for_another_user_is_not_created(self):
        dialog = self.env["exchange.new.folder"].with_user(self.ben)
        dialog = dialog.create({"account_id": self.account.id, "name": "Mine"})
        with self.assertRaisesRegex(UserError, "your own mailbox only"):
            dialog.action_create()
        self.assertKeptOut()

    def test_mailbox_of_another_user_is_not_reset(self):
        dialog = self.env["exchange.reset"].with_user(self.ben)
        dialog = dialog.create(
            {"account_id": self.account.id, "remove_identities": True}
        )
        with self.assertRaisesRegex(UserError, "your own mailbox only"):
            dialog.action_confirm()
        self.assertKeptOut()

    def test_mailbox_of_another_user_is_not_synchronized(self):
        self.connect()
        run = self.account.sync()
        self.assertEqual(run.state, "failed")
        self.assertIn("your own mailbox only", run.message)
        self.assertEqual(self.account.state, "error")
        self.assertKeptOut()

    def test_mailbox_of_another_user_is_not_previewed(self):
        self.connect()
        self.account.action_preview()
        run = self.account.run_ids[:1]
        self.assertIn("your own mailbox only", run.message)
        self.assertKeptOut()

    def test_changed_login_ends_access(self):
        own = self.new_account(self.anna, password=False)
        own.action_authorize()
        self.assertEqual(own.state, "connected", own.message)
        self.anna.login = "ann@example.com"
        own.action_refresh_folders()
        self.assertEqual(own.state, "error")
        self.assertIn("your own mailbox only", own.message)

    def test_superuser_cannot_open_it(self):
        self.account.sudo().action_refresh_folders()
        self.assertKeptOut()
