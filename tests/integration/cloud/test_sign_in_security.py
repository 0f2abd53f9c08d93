# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Attacks on the redirect address, to which Microsoft's page leads back."""

from __future__ import annotations

import logging
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError
from odoo.tests.common import JsonRpcException

from odoo.addons.exchange_contact_sync.use_cases import microsoft
from odoo.addons.exchange_contact_sync.use_cases.registration import ANSWER

from support.cases.cloud_http_case import (
    ADDRESS,
    COLLEAGUE,
    CloudHttpCase,
)

BROWSER = "DEBUG:urllib3.connectionpool:"
FOREIGN = {"problem": "foreign_answer"}


class TestState(CloudHttpCase):
    def assertNothingConnected(self):
        self.assertFalse(self.accounts())
        self.assertFalse(self.env["exchange.sign.in"].search([]))

    def test_foreign_state_is_refused_and_ends_no_sign_in(self):
        dialog = self.new_dialog()
        answer = self.accept(self.press(dialog))
        for state in ("", "another", answer["state"][:-1], answer["state"] + "x"):
            with self.subTest(state):
                self.assertEqual(self.come_back({**answer, "state": state}), FOREIGN)
                self.assertNothingConnected()
        self.come_back(answer)
        self.assertTrue(dialog.account_id)

    def test_answer_without_a_sign_in_is_refused(self):
        self.assertEqual(self.come_back({"code": "1", "state": "2"}), FOREIGN)
        self.assertEqual(self.come_back({}), FOREIGN)

    def test_state_can_be_used_once(self):
        dialog = self.new_dialog()
        answer = self.accept(self.press(dialog))
        self.come_back(answer)
        self.assertEqual(self.come_back(answer), FOREIGN)
        self.assertEqual(len(self.accounts()), 1)

    def test_state_expires(self):
        with patch.object(microsoft, "SECONDS", -1.0):
            answer = self.accept(self.press(self.new_dialog()))
        self.assertEqual(self.come_back(answer), FOREIGN)
        self.assertNothingConnected()

    def test_session_of_another_user_connects_nothing(self):
        answer = self.accept(self.press(self.new_dialog()))
        self.authenticate(COLLEAGUE, COLLEAGUE)
        self.assertEqual(self.come_back(answer), FOREIGN)
        self.assertNothingConnected()

    def test_session_without_a_user_is_redirected_to_the_login_without_the_code(self):
        answer = self.accept(self.press(self.new_dialog()))
        self.authenticate(None, None)
        self.assertEqual(self.come_back(answer), {})
        self.assertEqual(self.shown_path, "/web/login")
        self.assertNothingConnected()

    def test_code_of_another_sign_in_is_refused(self):
        """An attacker's code would connect the attacker's mailbox to the victim."""
        stolen = self.accept(self.press(self.new_dialog()))
        dialog = self.new_dialog()
        (state,) = parse_qs(urlsplit(self.press(dialog)).query)["state"]
        self.come_back({"code": stolen["code"], "state": state})
        self.assertTrue(dialog.message)
        self.assertNothingConnected()

    def test_no_open_redirect(self):
        dialog = self.new_dialog()
        answer = self.accept(self.press(dialog))
        further = dict.fromkeys(
            ("redirect", "redirect_uri", "next", "url", "return_to"),
            "https://evil.example",
        )
        self.come_back({**answer, **further})
        self.assertEqual(
            self.shown_path, "/odoo/action-exchange_contact_sync.signed_in"
        )

    def test_only_get_is_answered(self):
        answered = self.url_open(ANSWER, data={"code": "1", "state": "2"})
        self.assertEqual(answered.status_code, 405)

    def test_dialog_of_another_user_is_not_used(self):
        dialog = self.new_dialog(self.bea, COLLEAGUE)
        refused = self.assertRaisesRegex(JsonRpcException, "AccessError")
        with self.assertLogs("odoo.http", logging.WARNING), refused:
            self.press(dialog)

    def test_account_of_another_user_is_not_signed_in_to(self):
        vals = {"provider_id": self.provider.id, "email": COLLEAGUE}
        account = self.env["exchange.account"].with_user(self.bea).create(vals)
        with self.assertRaises(AccessError):
            account.with_user(self.anna).action_authorize()

    def test_provider_changed_meanwhile_gets_no_code(self):
        dialog = self.new_dialog()
        answer = self.accept(self.press(dialog))
        self.provider.write({"login_url": "https://login.example.org"})
        self.assertEqual(self.come_back(answer), FOREIGN)


class TestSecrets(CloudHttpCase):
    def test_no_secret_is_logged_or_answered_or_stored_readably(self):
        shown = []
        call = self.call
        self.call = lambda *args, **named: (
            shown.append(call(*args, **named)) or shown[-1]
        )
        requests = self.assertLogs("werkzeug", logging.DEBUG)
        with self.assertLogs(level=logging.DEBUG) as logs, requests as further:
            dialog = self.new_dialog()
            answer = self.accept(self.press(dialog))
            self.come_back(answer)
            dialog.account_id.sync()
            self.call("exchange.account", "read", dialog.account_id.ids)
            self.call(
                "exchange.account", "web_search_read", domain=[], specification={}
            )
            self.call("exchange.account", "after_sign_in", dialog=dialog.id)
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM exchange_sign_in")
        rows = str(self.env.cr.fetchall())
        secrets = {
            "code": answer["code"],
            "secret": self.application.secret,
            **self.tokens(),
        }
        # The browser of this test logs where it goes.
        own = [one for one in logs.output if not one.startswith(BROWSER)]
        log = "\n".join([*own, *further.output])
        self.assertIn(f"{ANSWER} HTTP", log, "requests are logged")
        for name, text in secrets.items():
            for place, content in {"log": log, "rows": rows, "RPC": str(shown)}.items():
                at = content.find(text)
                self.assertEqual(at, -1, (name, place, content[at - 200 : at]))

    def tokens(self):
        """Return all tokens that the simulator issued."""
        grants, access = self.exchange.tenant.grants, self.exchange.tenant.access
        found = [*grants._refresh, *access._grants]
        self.assertGreater(len(found), 2)
        return {f"token {number}": token for number, token in enumerate(found)}

    def test_no_user_can_read_a_sign_in(self):
        dialog = self.new_dialog()
        self.come_back(self.accept(self.press(dialog)))
        sign_in = dialog.account_id.sudo().sign_in_ids
        admin = self.env.ref("base.user_admin")
        for user in (self.anna, self.bea, admin):
            with self.subTest(user.login):
                own = sign_in.with_user(user)
                with self.assertRaises(AccessError):
                    own.read(["refresh_token_encrypted"])
                with self.assertRaises(AccessError):
                    own.search([])
                with self.assertRaises(AccessError):
                    dialog.account_id.with_user(user).read(["sign_in_ids"])
        self.assertEqual(dialog.account_id.email, ADDRESS)
