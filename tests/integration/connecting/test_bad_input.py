# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each kind of wrong input is reported clearly, and the input is kept."""

from __future__ import annotations

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user

from exchange_server import Exchange, ExchangeServer
from support.cases.odoo_case import OdooHttpCase
from support.cases.sync_case import ADDRESS, OWNER_GROUPS, PASSWORD, SyncCase


class TestSignIn(SyncCase):
    def attempt(self, provider=None, **values):
        """Try to connect an account."""
        user = new_test_user(self.env, "new@example.com", OWNER_GROUPS)
        vals = {
            "provider_id": (provider or self.provider).id,
            "email": ADDRESS,
            "password": PASSWORD,
            **values,
        }
        account = self.env["exchange.account"].with_user(user).create(vals)
        answer = account.action_authorize()
        if account.state == "error":
            self.assertEqual(answer["params"]["message"], account.message)
        return account

    def provider_at(self, url: str, **values):
        return self.env["exchange.provider"].create(
            {"name": "Another", "server_url": url, **values}
        )

    def assertRefused(self, account, sentence: str) -> None:
        self.assertEqual(account.state, "error")
        self.assertIn(sentence, account.message)
        self.assertFalse(account.folder_ids)

    def test_wrong_password_is_reported(self):
        account = self.attempt(password="wrong")
        self.assertRefused(account, "does not accept the e-mail address or the pass")
        account.password = PASSWORD
        account.action_authorize()
        self.assertEqual(account.state, "connected")

    def test_missing_mailbox_is_reported(self):
        account = self.attempt(email="nobody@example.com", username=ADDRESS)
        self.assertRefused(account, "knows no mailbox with this e-mail address")

    def test_unknown_host_is_reported(self):
        provider = self.provider_at("https://mail.nowhere.invalid/EWS/Exchange.asmx")
        account = self.attempt(provider)
        self.assertRefused(account, "No mail server was found")

    def test_closed_port_is_reported(self):
        server = ExchangeServer(Exchange())
        server.stop()
        account = self.attempt(self.provider_at(server.url))
        self.assertEqual((account.state, account.message), ("draft", False))
        answer = account.action_authorize()
        self.assertIn("does not answer", answer["params"]["message"])

    def test_untrusted_certificate_is_reported(self):
        server = self.serve(self.exchange, tls=True)
        account = self.attempt(self.provider_at(server.url))
        self.assertRefused(account, "certificate is not trusted")
        self.assertEqual(server.counters.total, 0)

    def test_certificate_of_the_provider_is_trusted(self):
        server = self.serve(self.exchange, tls=True)
        authority = server.ca_pem.decode()
        provider = self.provider_at(server.url, ca_certificate=authority)
        account = self.attempt(provider)
        self.assertEqual(account.state, "connected", account.message)
        self.add(name="Ada")
        self.sync(account)
        self.partner("Ada")

    def test_server_without_encryption_is_reported(self):
        url = self.server.url.replace("http:", "https:")
        account = self.attempt(self.provider_at(url))
        self.assertRefused(account, "it is not Exchange")

    def test_mailbox_without_a_contact_folder_is_reported(self):
        for folder in list(self.mailbox.folders.values()):
            if folder.folder_class.startswith("IPF.Contact"):
                folder.folder_class = "IPF.Note"
        account = self.attempt()
        self.assertRefused(account, "has no contact folder")


class TestOtherServer(OdooHttpCase):
    def test_server_that_is_not_exchange_is_reported(self):
        """Odoo itself serves as a web server that is not Exchange."""
        user = new_test_user(self.env, "anna", OWNER_GROUPS)
        provider = self.env["exchange.provider"].create(
            {"name": "Not a mail server", "server_url": f"{self.base_url()}/ews"}
        )
        account = (
            self.env["exchange.account"]
            .with_user(user)
            .create(
                {"provider_id": provider.id, "email": ADDRESS, "password": PASSWORD}
            )
        )
        account.action_authorize()
        self.assertEqual(account.state, "error")
        self.assertIn("it is not Exchange", account.message)


class TestLater(SyncCase):
    """Failures that begin after the account was connected."""

    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada", email="ada@example.com", job="Analyst")
        self.sync()
        self.ada = self.partner("Ada")

    def assertStopped(self, sentence: str) -> None:
        links = self.account.link_ids
        before = self.partner_rows()
        run = self.sync(state="failed")
        self.assertIn(sentence, run.message)
        self.assertIn(sentence, self.account.message)
        self.assertEqual(self.partner_rows(), before)
        self.assertEqual(self.account.link_ids, links)

    def assertContinues(self) -> None:
        self.edit(self.item, job="Countess")
        self.sync()
        self.assertEqual(self.ada.function, "Countess")
        self.assertIdle()

    def test_changed_password_is_reported(self):
        self.mailbox.password = "battery staple"
        self.assertStopped("does not accept the e-mail address or the password")
        self.assertEqual(self.account.state, "error")
        self.account.password = "battery staple"
        self.account.action_authorize()
        self.assertContinues()

    def test_deleted_mailbox_is_reported(self):
        self.account.write({"exchange_deletion": "delete"})
        self.mailbox.disable()
        self.assertStopped("knows no mailbox with this e-mail address")
        self.mailbox.enable()
        self.account.action_authorize()
        self.assertContinues()

    def test_deleted_folder_is_reported(self):
        friends = self.mailbox.create_folder("Friends")
        self.account.action_refresh_folders()
        self.add(friends, name="Charles", email="charles@example.com")
        self.account.write({"exchange_deletion": "delete"})
        self.sync()
        with self.mailbox.lock:
            self.mailbox.remove_folder(friends)
        run = self.sync(state="partial")
        self.assertIn("no longer exists", run.line_ids.message)
        self.assertTrue(self.partner("Charles").active)
        self.account.action_refresh_folders()
        self.sync()
        self.assertTrue(self.partner("Charles").active)
        self.assertContinues()

    def test_account_without_a_choice_is_reported(self):
        self.account.write({"import_contacts": False, "export_contacts": False})
        with self.assertRaisesRegex(UserError, "Choose first"):
            self.account.sync()

    def test_owner_without_access_to_contacts_is_reported(self):
        group = self.env.ref("base.group_partner_manager")
        self.owner.group_ids = [Command.unlink(group.id)]
        self.edit(self.item, job="Countess")
        run = self.sync(state="partial")
        self.assertEqual(self.ada.function, "Analyst")
        line = run.line_ids
        self.assertEqual((line.action, line.name), ("error", False))
        self.assertIn("You may not change contacts in Odoo", line.message)
        self.assertIdle()
        self.owner.group_ids = [Command.link(group.id)]
        self.sync()
        self.assertEqual(self.ada.function, "Countess")
        self.assertIdle()
