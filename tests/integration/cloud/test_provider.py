# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mail provider of Microsoft 365, and the test of its connection."""

from __future__ import annotations

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.storage import secret
from odoo.addons.exchange_contact_sync.use_cases import check_connection, credentials

from contract.sign_in.certificates import Certified
from support import in_the_cloud
from support.cases.cloud_case import CloudCase
from support.cases.sync_case import ADDRESS

OK, WARNING, FAILED = "success", "warning", "danger"


class ProviderCase(CloudCase):
    def report(self, email=""):
        """:returns: kinds and sentences of the report"""
        return check_connection.check(self.provider, email, "", "")

    def assertSteps(self, steps, *expected):
        self.assertEqual([kind for kind, _text in steps], [k for k, _w in expected])
        for (_kind, text), (_also, words) in zip(steps, expected, strict=True):
            self.assertIn(words, text)


class TestProvider(ProviderCase):
    def test_secret_is_bound_to_its_application_and_servers(self):
        token = self.provider.client_secret_encrypted
        self.assertFalse(self.provider.client_secret)
        self.assertNotIn(self.application.secret, token)
        for values in (
            {"tenant": "example.org"},
            {"client_id": "00000000-0000-0000-0000-000000000001"},
            {"login_url": "https://login.example.org"},
            {"graph_url": "https://graph.example.org"},
            {"cloud": "worldwide"},
        ):
            with self.subTest(values), self.env.cr.savepoint() as undone:
                self.provider.write(values)
                with self.assertRaises(secret.SavedForAnother):
                    secret.decrypt(token, credentials.bound_to(self.provider))
                (steps,) = self.report()
                self.assertEqual(steps[0], FAILED)
                self.assertIn("Enter it again", steps[1])
                undone.rollback()

    def test_another_application_erases_sign_ins(self):
        self.assertTrue(self.account.sudo().sign_in_ids)
        self.provider.name = "Renamed"
        self.assertTrue(self.account.sudo().sign_in_ids)
        self.provider.tenant = "example.org"
        self.assertFalse(self.account.sudo().sign_in_ids)
        self.assertFalse(self.account.can_sign_in)

    def test_redirect_address_is_that_of_this_odoo(self):
        self.env["ir.config_parameter"].set_param(
            "web.base.url", "https://odoo.example.com/"
        )
        self.provider.invalidate_recordset()
        self.assertEqual(
            self.provider.redirect_uri,
            "https://odoo.example.com/exchange_contact_sync/microsoft/answer",
        )

    def test_invalid_values_are_refused(self):
        for values in (
            {"client_id": "my application"},
            {"tenant": False},
            {"login_url": "http://login.example.com"},
            {"graph_url": "https://graph.example.com/v1.0"},
            {"graph_url": "https://anna:secret@graph.example.com"},
            {"access": "application", "tenant": "common"},
            {"client_certificate": "none"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.provider.write(values)

    def test_test_says_that_the_first_sign_in_checks_the_rest(self):
        self.assertSteps(
            self.report(),
            (OK, f"the organization {self.exchange.tenant.id}"),
            (WARNING, "first sign-in"),
        )

    def test_redirect_address_without_encryption_causes_a_warning(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", "http://odoo.example.com")
        self.assertSteps(self.report()[:1], (WARNING, "does not begin with https://"))

    def test_provider_for_any_organization_is_tested(self):
        for tenant in ("organizations", "Common"):
            self.provider.write({"tenant": tenant, "client_secret": "secret"})
            self.assertSteps(self.report(), (OK, "answers"), (WARNING, "first sign-in"))

    def test_each_refusal_has_a_plain_message(self):
        client_id, tenant = self.application.client_id, self.exchange.tenant
        cases = (
            ("invalid_client", 7000222, "has expired"),
            ("invalid_client", 7000215, "not its ID"),
            ("unauthorized_client", 700016, "no application with this client ID"),
            ("access_denied", 53003, "Conditional Access policy"),
            ("invalid_grant", 65001, "has no consent"),
            ("invalid_request", 90094, "Grant admin consent"),
        )
        for error, number, words in cases:
            with self.subTest(number):
                tenant.refuse(client_id, error, number)
                self.assertSteps(self.report(), (FAILED, words))
        tenant.admit(client_id)

    def test_an_unknown_organization_is_reported(self):
        self.provider.write({"tenant": "example.org", "client_secret": "secret"})
        self.assertSteps(self.report(), (FAILED, "an organization with this name"))

    def test_a_certificate_can_replace_the_secret(self):
        certified = Certified.made()
        self.application.certificates.append(certified.certificate)
        self.provider.write(
            {
                "client_certificate": certified.certificate,
                "private_key": certified.key,
                "client_secret": "wrong",
            }
        )
        self.assertFalse(self.provider.private_key)
        self.assertNotIn("PRIVATE", self.provider.private_key_encrypted)
        self.assertSteps(self.report()[:1], (OK, "accepts the application"))


class TestApplication(ProviderCase):
    """The application opens all mailboxes."""

    provider_values = {"access": "application"}

    def test_mailbox_that_the_application_may_open_passes_the_test(self):
        self.assertSteps(
            self.report(), (OK, "accepts"), (OK, "Enter an e-mail address")
        )
        self.assertSteps(self.report(ADDRESS), (OK, "accepts"), (OK, ADDRESS))

    def test_missing_mailbox_is_reported(self):
        steps = self.report("nobody@example.com")
        self.assertSteps(steps, (OK, "accepts"), (FAILED, "no mailbox with this"))

    def test_mailbox_that_the_application_may_not_open_is_reported(self):
        limited = in_the_cloud.registered(
            self.env, self.server, mailboxes=["bea@example.com"]
        )
        self.provider.write(
            {"client_id": limited.client_id, "client_secret": limited.secret}
        )
        steps = self.report(ADDRESS)
        self.assertSteps(steps, (OK, "accepts"), (FAILED, "may not open this mailbox"))

    def test_users_connect_only_their_own_mailbox(self):
        bea = new_test_user(self.env, "bea@example.com", "base.group_user")
        with self.assertRaises(ValidationError):
            self.new_account(bea, email=ADDRESS)
        account = self.new_account(bea)
        self.assertTrue(account.uses_service_account)
        self.assertFalse(account.signs_in_with_microsoft)
        bea.login = "beatrice@example.com"
        account.action_authorize()
        self.assertIn("your own mailbox only", account.message)
