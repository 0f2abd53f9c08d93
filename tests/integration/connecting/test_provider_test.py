# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The button “Test Connection” of a mail provider."""

from __future__ import annotations

import socket

from odoo.exceptions import AccessError, ValidationError

from odoo.addons.exchange_contact_sync.use_cases import check_connection

from exchange_server import Exchange, ExchangeServer, faults
from exchange_server.tls import CertificateAuthority
from support.cases.account_case import AccountCase
from support.cases.sync_case import schemas

PASSWORD = "correct horse"
SERVICE = "service@example.com"
OK, WARNING, FAILED = "success", "warning", "danger"


class ProviderTestCase(AccountCase):
    def setUp(self):
        super().setUp()
        self.exchange = Exchange(schemas=schemas())
        self.exchange.add_mailbox(self.anna.login, PASSWORD, "Anna")
        self.service = self.exchange.add_mailbox(SERVICE, PASSWORD, "Service")
        self.provider = self.provider.with_user(self.admin)

    def serve(self, **options):
        server = ExchangeServer(self.exchange, **options).start()
        self.addCleanup(lambda: self.assertEqual(server.errors, []))
        self.addCleanup(server.stop)
        self.provider.server_url = server.url
        return server

    def report(self, email="", username="", password=""):
        """:returns: kinds and sentences of the report"""
        return check_connection.check(self.provider, email, username, password)

    def assertSteps(self, steps, *expected):
        """The report has these kinds and words, in this order."""
        self.assertEqual([kind for kind, _text in steps], [k for k, _w in expected])
        for (_kind, text), (_also, words) in zip(steps, expected, strict=True):
            self.assertIn(words, text)


class TestProviderTest(ProviderTestCase):
    def test_test_without_a_password_does_not_sign_in(self):
        server = self.serve()
        self.assertSteps(
            self.report(),
            (OK, server.url),
            (WARNING, "not encrypted"),
            (OK, "basic, ntlm"),
        )
        self.assertEqual(server.counters.total, 0, "no request got in")

    def test_test_with_a_password_signs_in(self):
        self.serve()
        steps = self.report(self.anna.login, "", PASSWORD)
        self.assertSteps(steps[3:], (OK, f"Sign-in succeeded: {self.anna.login}"))

    def test_wrong_password_is_reported(self):
        self.serve(auth=("basic",))
        steps = self.report(self.anna.login, "", "wrong")
        sentence = f"does not accept the user name or the password of {self.anna.login}"
        self.assertSteps(steps[3:], (FAILED, sentence))
        self.assertNotIn("wrong", str(steps))

    def test_certificate_of_the_provider_is_trusted(self):
        server = self.serve(tls=True)
        self.provider.ca_certificate = server.ca_pem.decode()
        steps = self.report(self.anna.login, "", PASSWORD)
        self.assertSteps(
            steps,
            (OK, server.url),
            (OK, "certificate is trusted"),
            (OK, "basic, ntlm"),
            (OK, "Sign-in succeeded"),
        )

    def test_certificate_of_another_host_is_reported(self):
        server = self.serve(tls=True)
        self.provider.ca_certificate = CertificateAuthority().pem.decode()
        steps = self.report(self.anna.login, "", PASSWORD)
        self.assertSteps(steps, (OK, server.url), (FAILED, "Trusted Certificate"))

    def test_unreachable_server_is_reported(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound, but no program listens
            port = taken.getsockname()[1]
            self.provider.server_url = f"http://127.0.0.1:{port}/EWS/Exchange.asmx"
            self.assertSteps(self.report(), (FAILED, "No server answers"))

    def test_server_that_is_not_exchange_is_reported(self):
        server = self.serve()
        self.provider.server_url = f"{server.base_url}/other.asmx"
        self.assertSteps(self.report(), (FAILED, "is not Exchange"))

    def test_unsupported_authentication_is_reported(self):
        self.serve(auth=("ntlm",))
        self.provider.auth_type = "basic"
        steps = self.report(self.anna.login, "", PASSWORD)
        self.assertSteps(
            steps[2:], (FAILED, "another one. Supported authentication: ntlm")
        )

    def test_disabled_service_is_reported(self):
        server = self.serve()
        server.faults.add(faults.http_status(403, times=None))
        steps = self.report(self.anna.login, "", PASSWORD)
        self.assertSteps(steps[-1:], (FAILED, "refuses Exchange Web Services"))

    def test_only_administrators_test_the_connection(self):
        self.serve()
        with self.assertRaises(AccessError):
            self.provider.with_user(self.anna).action_test()
        with self.assertRaises(AccessError):
            check_connection.check(self.provider.with_user(self.anna), "", "", "")
        with self.assertRaises(AccessError):
            self.env["exchange.provider.test"].with_user(self.anna).create(
                {"provider_id": self.provider.id}
            )


class TestServiceAccount(ProviderTestCase):
    def setUp(self):
        super().setUp()
        self.serve(auth=("basic",))
        self.provider.write({"service_username": SERVICE, "service_password": PASSWORD})

    def test_service_account_signs_in(self):
        self.assertSteps(self.report()[3:], (OK, "Enter an e-mail address to see"))

    def test_service_account_may_impersonate_a_user(self):
        self.service.may_impersonate = True
        steps = self.report(self.anna.login)
        self.assertSteps(steps[3:], (OK, f"may act for {self.anna.login}"))

    def test_service_account_without_impersonation_is_reported(self):
        self.assertSteps(
            self.report(self.anna.login)[3:], (FAILED, "right to impersonate")
        )

    def test_wrong_service_password_is_reported(self):
        self.service.password = "changed"
        for email in ("", self.anna.login):
            steps = self.report(email)
            self.assertSteps(steps[3:], (FAILED, "does not accept the user name"))


class TestAutodiscover(ProviderTestCase):
    def setUp(self):
        super().setUp()
        self.server = self.serve()
        self.provider.server_url = self.server.autodiscover_url

    def test_autodiscover_with_a_password_finds_the_service(self):
        steps = self.report(self.anna.login, "", PASSWORD)
        self.assertSteps(
            steps,
            (OK, f"found {self.server.url}"),
            (OK, self.server.url),
            (WARNING, "not encrypted"),
            (OK, "basic, ntlm"),
            (OK, "Sign-in succeeded"),
        )

    def test_autodiscover_without_a_password_is_tried(self):
        steps = self.report(self.anna.login)
        self.assertSteps(
            steps[:1], (WARNING, "it also returns the server of the mailbox")
        )

    def test_wrong_password_is_reported(self):
        steps = self.report(self.anna.login, "", "wrong")
        self.assertSteps(steps, (FAILED, "Autodiscover does not accept"))

    def test_missing_server_is_reported(self):
        self.server.directory.redirect(self.anna.login, "anna@no-such-name.invalid")
        self.provider.allowed_hosts = (
            "no-such-name.invalid\nautodiscover.no-such-name.invalid"
        )
        steps = self.report(self.anna.login, "", PASSWORD)
        self.assertSteps(steps, (FAILED, "Autodiscover finds no server"))

    def test_host_that_is_not_allowed_is_reported(self):
        self.server.directory.ews_url = "https://mail.elsewhere.example/EWS/a.asmx"
        steps = self.report(self.anna.login, "", PASSWORD)
        self.assertSteps(
            steps, (FAILED, "leads to mail.elsewhere.example, which is not")
        )


class TestDialog(ProviderTestCase):
    def dialog(self, action):
        return (
            self.env[action["res_model"]].with_user(self.admin).browse(action["res_id"])
        )

    def test_test_starts_at_once_if_no_address_is_needed(self):
        server = self.serve()
        dialog = self.dialog(self.provider.action_test())
        self.assertIn(server.url, dialog.report)
        self.assertFalse(dialog.needs_address)

    def test_address_is_requested_for_autodiscover(self):
        server = self.serve()
        self.provider.server_url = server.autodiscover_url
        dialog = self.dialog(self.provider.action_test())
        self.assertFalse(dialog.report)
        self.assertTrue(dialog.needs_address)
        with self.assertRaisesRegex(ValidationError, "Enter an e-mail address"):
            dialog.action_test()
        dialog.email = self.anna.login
        dialog.action_test()
        self.assertIn("Autodiscover answers", dialog.report)

    def test_button_passes_the_password(self):
        self.serve()
        dialog = self.dialog(self.provider.action_test())
        dialog.email = self.anna.login
        with self.assertNoLogs("odoo", "WARNING"):
            dialog.action_test(PASSWORD)
        self.assertIn("Sign-in succeeded", dialog.report)

    def test_server_text_is_escaped(self):
        self.serve()
        dialog = self.dialog(self.provider.action_test())
        self.assertIn("&lt;b&gt;", dialog._rendered([("danger", "<b>")]))

    def test_invalid_address_is_refused(self):
        self.serve()
        dialog = self.dialog(self.provider.action_test())
        with self.assertRaisesRegex(ValidationError, "is not an e-mail address"):
            dialog.email = "anna"
