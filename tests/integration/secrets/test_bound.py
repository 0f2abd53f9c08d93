# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A saved password is bound to one record and one server."""

from __future__ import annotations

from odoo.addons.exchange_contact_sync.core import handles
from odoo.addons.exchange_contact_sync.storage import secret
from odoo.addons.exchange_contact_sync.use_cases import check_connection, credentials

from exchange_server import Exchange, ExchangeServer
from support.cases.mailbox_case import PASSWORD, MailboxCase


class TestBound(MailboxCase):
    def setUp(self):
        super().setUp()
        exchange = Exchange()
        for name in (self.anna.login, self.ben.login):
            exchange.add_mailbox(name, PASSWORD)
        self.other = ExchangeServer(exchange).start()
        self.addCleanup(self.other.stop)

    def seen(self):
        """Requests with a login that the other server got."""
        return self.other.counters.total

    def assertSignInAgain(self, account):
        account.action_authorize()
        self.assertEqual(account.state, "error")
        self.assertIn("entered for another mail server or mailbox", account.message)
        self.assertEqual(self.seen(), 0)

    def test_another_address_of_the_provider_gets_no_password(self):
        account = self.authorized()
        self.provider.server_url = self.other.url
        self.assertSignInAgain(account)
        account.password = PASSWORD
        account.action_authorize()
        self.assertEqual(account.state, "connected", account.message)

    def test_password_works_again_at_the_old_address(self):
        account = self.authorized()
        self.provider.server_url = self.other.url
        self.provider.server_url = self.server.url
        account.action_authorize()
        self.assertEqual(account.state, "connected", account.message)

    def test_another_path_is_the_same_server(self):
        account = self.authorized()
        self.provider.server_url = self.server.base_url
        account.action_authorize()
        self.assertEqual(account.state, "connected", account.message)

    def test_another_provider_gets_no_password(self):
        account = self.authorized()
        vals = {"name": "Other", "server_url": self.other.url}
        account.sudo().provider_id = self.env["exchange.provider"].create(vals)
        self.assertSignInAgain(account)

    def test_another_domain_gets_no_password_by_autodiscover(self):
        self.provider.server_url = False
        account = self.new_account(self.anna)
        bound = credentials.bound_to(account.sudo())
        account.email = "anna@attacker.example"
        self.assertNotEqual(credentials.bound_to(account.sudo()), bound)
        with self.assertRaises(secret.SavedForAnother):
            credentials.of_account(account.sudo())

    def test_replaced_address_gets_no_password(self):
        self.provider.server_url = self.server.autodiscover_url
        account = self.authorized()
        account.sudo().connection_url = self.other.url
        account.action_refresh_folders()
        self.assertEqual(account.state, "connected", account.message)
        self.assertEqual(self.seen(), 0)

    def test_the_found_address_is_used_again(self):
        self.provider.server_url = self.server.autodiscover_url
        account = self.authorized()
        self.assertNotIn(self.server.url, account.sudo().connection_url)
        self.assertEqual(credentials.known_address(account.sudo()), self.server.url)

    def test_password_of_another_account_is_unusable(self):
        anna, ben = self.authorized(), self.new_account(self.ben, password="mine")
        ben.sudo().password_encrypted = anna.sudo().password_encrypted
        self.assertSignInAgain(ben)

    def test_a_service_password_stays_with_its_server(self):
        vals = {"service_username": "svc", "service_password": PASSWORD}
        self.provider.write(vals)
        account = self.new_account(self.anna, password=False)
        self.provider.server_url = self.other.url
        account.action_authorize()
        self.assertIn("Ask your administrator to enter it again", account.message)
        report = check_connection.check(self.provider.with_user(self.admin), "", "", "")
        self.assertIn("entered for another server address", report[0][1])
        self.assertEqual(self.seen(), 0)

    def test_address_and_password_may_be_entered_at_once(self):
        vals = {"service_username": "svc", "service_password": PASSWORD}
        self.provider.write({**vals, "server_url": self.other.url})
        self.assertTrue(credentials.service_account(self.provider))


class TestDefaults(MailboxCase):
    def test_no_default_fills_a_secret(self):
        token = self.new_account(self.anna).sudo().password_encrypted
        planted = {
            "exchange.account": ("password", "password_encrypted"),
            "exchange.provider": ("service_password", "service_password_encrypted"),
        }
        for model, names in planted.items():
            for name in names:
                self.env["ir.default"].set(model, name, token)
        context = {f"default_{n}": token for names in planted.values() for n in names}
        made = self.new_account(self.ben, password=False).with_context(**context)
        copy = made.sudo().copy({"email": "second@example.com"})
        provider = self.provider.with_context(**context).create({"name": "Second"})
        self.assertFalse(made.has_password or copy.has_password)
        self.assertFalse(provider.has_service_password)


class TestServerAction(MailboxCase):
    """An administrator's code gets no plain secret from any method of a model."""

    def run_code(self, code, record):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Curious",
                "model_id": self.env["ir.model"]._get_id(record._name),
                "state": "code",
                "code": code,
            }
        )
        action = action.with_user(self.admin).with_context(
            active_model=record._name, active_id=record.id
        )
        with self.assertRaises(Exception) as caught:
            action.run()
        return str(caught.exception)

    def test_settings_of_a_connection_hold_no_plain_password(self):
        self.provider.write({"service_username": "svc", "service_password": "hidden"})
        provider = self.provider.with_user(self.admin)
        settings = check_connection.settings_of(provider, "", "", "")
        held = settings.impersonator_password
        text = f"{settings} {held} {held!r} {bool(held)}{settings.password}"
        self.assertIn("<secret>", text)
        self.assertIn("True", text)
        self.assertNotIn("hidden", text)

    def test_connection_uses_handles(self):
        account = self.new_account(self.anna, password=PASSWORD)
        self.assertHandle(credentials.of_account(account.sudo())["password"])
        self.provider.write({"service_username": "svc", "service_password": PASSWORD})
        found = credentials.of_account(account.sudo())
        self.assertHandle(found["impersonator_password"])

    def assertHandle(self, held):
        self.assertIsInstance(held, handles.SecretHandle)
        self.assertEqual(handles.reveal(held), PASSWORD)

    def test_password_is_not_sent_to_a_server_of_the_code(self):
        self.provider.write({"service_username": "svc", "service_password": "hidden"})
        other = ExchangeServer(Exchange()).start()
        self.addCleanup(other.stop)
        report = self.run_code(
            f"record.sudo().write({{'server_url': '{other.url}'}})\n"
            "test = env['exchange.provider.test'].create({'provider_id': record.id})\n"
            "test.action_test()\n"
            "raise UserError(test.report)",
            self.provider,
        )
        self.assertIn("entered for another server address", report)
        self.assertEqual(other.counters.total, 0)
