# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Settings of a mail provider by administrators."""

from __future__ import annotations

import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from exchange_server.tls import CertificateAuthority
from support.cases.account_case import AccountCase


class TestProvider(AccountCase):
    def test_a_host_name_becomes_the_usual_address(self):
        self.provider.server_url = " mail.example.com "
        self.assertEqual(
            self.provider.server_url, "https://mail.example.com/EWS/Exchange.asmx"
        )

    def test_a_host_name_with_a_path_keeps_it(self):
        self.provider.server_url = "mail.example.com/other"
        self.assertEqual(self.provider.server_url, "https://mail.example.com/other")

    def test_a_complete_address_is_left_alone(self):
        for url in ("https://mail.example.com:8443/", "http://127.0.0.1:8080/"):
            self.provider.server_url = url
            self.assertEqual(self.provider.server_url, url)

    def test_other_addresses_are_refused(self):
        for url in ("ftp://mail.example.com", "https://", "javascript://"):
            with (
                self.subTest(url=url),
                self.assertRaisesRegex(ValidationError, "is not an address"),
            ):
                self.provider.server_url = url

    def test_an_address_without_encryption_is_refused(self):
        for url in ("http://mail.example.com/", "http://10.0.0.5:8080/"):
            with (
                self.subTest(url=url),
                self.assertRaisesRegex(ValidationError, "is not encrypted"),
            ):
                self.provider.server_url = url

    def test_allowed_hosts_must_be_host_names(self):
        self.provider.allowed_hosts = "mail.example.com\n*.example.net\n10.0.0.5\n"
        for line in ("https://mail.example.com/", "mail.example.com:25", "a b"):
            with (
                self.subTest(line=line),
                self.assertRaisesRegex(ValidationError, "name of a host"),
            ):
                self.provider.allowed_hosts = f"mail.example.com\n{line}"

    def test_only_administrators_set_allowed_hosts(self):
        with self.assertRaises(AccessError):
            self.provider.with_user(self.anna).read(["allowed_hosts"])
        with self.assertRaises(AccessError):
            self.provider.with_user(self.anna).write({"allowed_hosts": "a.example"})

    def test_password_in_the_address_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "must not contain a user name"):
            self.provider.server_url = "https://anna:secret@mail.example.com/"

    def test_oauth_is_refused_with_a_message(self):
        with self.assertRaisesRegex(ValidationError, "Microsoft 365"):
            self.provider.auth_type = "oauth"

    def test_invalid_certificate_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be read"):
            self.provider.ca_certificate = "my certificate"
        self.provider.ca_certificate = CertificateAuthority().pem.decode()
        self.assertIn("BEGIN CERTIFICATE", self.provider.ca_certificate)

    def test_changed_address_clears_the_connection_of_accounts(self):
        account = self.connected(self.anna)
        account.sudo().write({"connection_url": "x", "connection_auth": "y"})
        self.provider.name = "Another name"
        self.assertEqual(account.sudo().connection_url, "x")
        self.provider.server_url = "https://new.example.com/ews"
        self.assertFalse(account.sudo().connection_url)
        self.assertFalse(account.sudo().connection_auth)
        account.sudo().connection_url = "x"
        self.provider.allowed_hosts = "other.example.com"
        self.assertFalse(account.sudo().connection_url)

    def test_accounts_are_counted(self):
        self.new_account(self.anna)
        self.new_account(self.ben)
        provider = self.provider.with_user(self.admin)
        self.assertEqual(provider.account_count, 2)
        action = provider.action_open_accounts()
        self.assertEqual(action["domain"], [("provider_id", "=", provider.id)])

    def test_a_provider_in_use_is_not_deleted(self):
        self.new_account(self.anna)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.ForeignKeyViolation),
        ):
            self.provider.unlink()


class TestServiceAccount(AccountCase):
    def setUp(self):
        super().setUp()
        self.provider.write(
            {"service_username": "svc", "service_password": "for all users"}
        )

    def test_users_need_no_password(self):
        account = self.new_account(self.anna, password=False)
        self.assertTrue(account.uses_service_account)
        self.assertFalse(account.has_password)

    def test_service_account_opens_only_the_users_own_mailbox(self):
        with self.assertRaisesRegex(ValidationError, "your own mailbox only: anna@"):
            self.new_account(self.anna, email="ben@example.com", password=False)
        account = self.new_account(self.anna, password=False)
        with self.assertRaisesRegex(ValidationError, "your own mailbox only"):
            account.email = "ben@example.com"
