# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Access over HTTP, as by the web client and scripts."""

from __future__ import annotations

import logging

from odoo.tests import JsonRpcException, new_test_user
from odoo.tools import mute_logger

from support.cases.account_case import USER_GROUPS
from support.cases.odoo_case import OdooHttpCase

ACCESS_ERROR = "odoo.exceptions.AccessError"


class TestRemoteCalls(OdooHttpCase):
    def setUp(self):
        super().setUp()
        anna = new_test_user(self.env, "anna@example.com", USER_GROUPS)
        new_test_user(self.env, "ben@example.com", USER_GROUPS)
        new_test_user(self.env, "carl@example.com", f"{USER_GROUPS},base.group_system")
        provider = self.env["exchange.provider"].create({"name": "Company mail"})
        self.vals = {"provider_id": provider.id, "email": "anna@example.com"}
        accounts = self.env["exchange.account"].with_user(anna)
        self.account = accounts.create({**self.vals, "password": "correct horse"})

    def call(self, login, method, *args, **kwargs):
        self.authenticate(login, login)
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/exchange.account/{method}",
            {
                "model": "exchange.account",
                "method": method,
                "args": list(args),
                "kwargs": kwargs,
            },
        )

    def assert_refused(self, error, login, method, *args, **kwargs):
        with (
            self.subTest(login=login, method=method),
            mute_logger("odoo.http", "odoo.sql_db"),
            self.assertRaises(JsonRpcException) as caught,
        ):
            self.call(login, method, *args, **kwargs)
        self.assertEqual(str(caught.exception), f"{error}")

    def test_the_owner_reads_the_account_but_not_the_password(self):
        values = self.call(
            "anna@example.com", "read", [self.account.id], ["email", "password"]
        )
        self.assertEqual(values[0]["email"], "anna@example.com")
        self.assertFalse(values[0]["password"])

    def test_saving_answers_without_the_password(self):
        answer = self.call(
            "anna@example.com",
            "web_save",
            [self.account.id],
            {"password": "battery staple"},
            specification={"password": {}, "has_password": {}},
        )
        self.assertFalse(answer[0]["password"])

    def test_arguments_of_the_call_are_not_logged(self):
        typed = {"password": "battery staple"}
        with self.assertLogs("odoo.service.model", logging.DEBUG) as logs:
            self.call("anna@example.com", "write", [self.account.id], typed)
        self.assertIn("exchange.account", logs.output[-1])
        self.assertNotIn("battery staple", "".join(logs.output))

    def test_encrypted_password_is_not_readable(self):
        for login in ("anna@example.com", "carl@example.com"):
            self.assert_refused(
                ACCESS_ERROR, login, "read", [self.account.id], ["password_encrypted"]
            )

    def test_colleagues_are_refused(self):
        account = [self.account.id]
        ben = "ben@example.com"
        self.assertEqual(self.call(ben, "search_read", [], ["email"]), [])
        self.assert_refused(ACCESS_ERROR, ben, "read", account, ["email"])
        self.assert_refused(ACCESS_ERROR, ben, "write", account, {"username": "ben"})
        for method in ("sync", "action_sync_now", "action_authorize", "action_pause"):
            self.assert_refused(ACCESS_ERROR, ben, method, account)

    def test_internal_methods_cannot_be_called(self):
        for method in ("_cron_sync", "_gc_old_keys", "_imports"):
            self.assert_refused(ACCESS_ERROR, "anna@example.com", method, [])

    def test_same_mailbox_twice_is_reported(self):
        self.assert_refused(
            "odoo.exceptions.ValidationError", "anna@example.com", "create", self.vals
        )
