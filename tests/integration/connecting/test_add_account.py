# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dialog that connects a mailbox, and what the gear menu offers."""

from __future__ import annotations

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from exchange_server import faults
from support.cases.sync_case import NEVER_FOUND, OWNER_GROUPS, PASSWORD, SyncCase

ALL_USERS = "base.group_user"
MINE = ("exchange_contact_sync.group_import", "exchange_contact_sync.group_export")


class AddAccountCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.user = new_test_user(self.env, "bea@example.com", OWNER_GROUPS)
        self.bea = self.exchange.add_mailbox("bea@example.com", PASSWORD, "Bea")
        self.accounts = self.env["exchange.account"].with_user(self.user)

    def dialog(self, **values):
        vals = {"email": "bea@example.com", **values}
        return self.env["exchange.add.account"].with_user(self.user).create(vals)

    def own(self):
        return self.accounts.search([("user_id", "=", self.user.id)])

    def assertRefused(self, dialog, sentence, password=PASSWORD):
        """The dialog stays open with the values entered, and there is no account."""
        action = dialog.action_authorize(password)
        self.assertEqual(
            (action["res_model"], action["res_id"]), (dialog._name, dialog.id)
        )
        self.assertRegex(dialog.message, sentence)
        self.assertFalse(self.own())

    def revoke(self):
        """Remove both rights from the user."""
        groups = self.env.ref(ALL_USERS)
        for name in MINE:
            groups.implied_ids -= self.env.ref(name)


class TestAddAccount(AddAccountCase):
    def test_only_provider_is_preselected(self):
        self.assertEqual(self.dialog().provider_id, self.provider)

    def test_mailbox_is_connected(self):
        dialog = self.dialog()
        dialog.action_authorize(PASSWORD)
        account = self.own()
        self.assertEqual(
            (account.state, account.email), ("connected", "bea@example.com")
        )
        self.assertTrue(account.folder_ids)
        account.export_contacts = True
        self.sync(account)

    def test_wrong_password_is_reported_and_input_is_kept(self):
        dialog = self.dialog()
        self.assertRefused(dialog, "does not accept", "wrong")
        self.assertEqual(dialog.email, "bea@example.com")
        dialog.action_authorize(PASSWORD)
        self.assertEqual(self.own().state, "connected")

    def test_unknown_mailbox_is_reported(self):
        self.assertRefused(self.dialog(email="nobody@example.com"), "does not accept")

    def test_server_without_an_answer_is_reported(self):
        self.provider.server_url = "http://127.0.0.1:9/EWS/Exchange.asmx"
        dialog = self.dialog()
        action = dialog.action_authorize(PASSWORD)
        self.assertIn("does not answer", action["params"]["message"])
        self.assertFalse(dialog.message or dialog.account_id)

    def test_unknown_server_is_reported(self):
        self.provider.server_url = f"https://mail{NEVER_FOUND}/EWS/Exchange.asmx"
        self.assertRefused(self.dialog(), "No mail server was found")

    def test_disabled_service_is_reported(self):
        self.server.faults.add(faults.http_status(403, "GetFolder"))
        self.assertRefused(self.dialog(), "switched off")

    def test_invalid_address_is_reported_at_once(self):
        with self.assertRaisesRegex(ValidationError, "not an e-mail address"):
            self.dialog(email="bea")

    def test_address_in_a_private_network_is_refused(self):
        """Without a server address, the mailbox address determines the host."""
        self.provider.server_url = False
        place = self.server.url.partition("//")[2]
        for email in (f"x@{place}?", "x@[::1]", "x@localhost", f"x@{'a' * 300}.com"):
            with (
                self.subTest(email=email),
                self.assertRaisesRegex(ValidationError, "not an e-mail address"),
            ):
                self.dialog(email=email)

    def test_missing_password_is_reported_without_a_request(self):
        self.server.counters.reset()
        with self.assertRaisesRegex(UserError, "Enter the password"):
            self.dialog().action_authorize()
        self.assertEqual(self.server.counters.total, 0)

    def test_connected_mailbox_leads_to_its_settings(self):
        self.dialog().action_authorize(PASSWORD)
        again = self.dialog(email="BEA@example.com")
        again.action_authorize(PASSWORD)
        self.assertEqual(len(self.own()), 1)
        action = again.action_open_existing()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (self.own()._name, self.own().id)
        )

    def test_user_without_rights_is_refused(self):
        dialog = self.dialog()
        self.revoke()
        with self.assertRaisesRegex(AccessError, "Ask your administrator"):
            dialog.action_authorize(PASSWORD)
        with self.assertRaisesRegex(AccessError, "Ask your administrator"):
            self.accounts.create(
                {"provider_id": self.provider.id, "email": "b@example.com"}
            )
        with self.assertRaisesRegex(AccessError, "Ask your administrator"):
            self.account.with_user(self.owner).action_sync_now()


class TestOwnAddress(AddAccountCase):
    def connected(self, **partner):
        self.user.partner_id.write(partner)
        dialog = self.dialog()
        return dialog, dialog.action_authorize(PASSWORD)

    def options(self):
        found = self.user.partner_id.communication_ids
        return [(one.kind, one.value) for one in found]

    def test_another_address_becomes_a_communication_option(self):
        dialog, asked = self.connected(email="other@example.com")
        self.assertEqual(asked["res_id"], dialog.id)
        action = dialog.action_keep_address()
        self.assertEqual(self.options(), [("email", "bea@example.com")])
        self.assertEqual(action["params"]["settings"]["res_id"], self.own().id)

    def test_first_address_becomes_the_email(self):
        dialog, _asked = self.connected(email=False)
        dialog.action_keep_address()
        self.assertEqual(self.user.partner_id.email, "bea@example.com")
        self.assertFalse(self.options())

    def test_declining_changes_nothing(self):
        dialog, _asked = self.connected(email="other@example.com")
        dialog.action_leave_address()
        self.assertFalse(self.options())

    def test_known_address_is_not_asked_about(self):
        _dialog, action = self.connected(email="Bea@Example.com")
        self.assertEqual(action["tag"], "exchange_contact_sync.account_added")


class TestMenu(AddAccountCase):
    def test_menu_lists_own_accounts(self):
        self.assertEqual(self.accounts.contacts_menu(), [])
        self.dialog().action_authorize(PASSWORD)
        [entry] = self.accounts.contacts_menu()
        self.assertEqual(
            (entry["email"], entry["attention"]), ("bea@example.com", False)
        )
        self.own().sudo().state = "error"
        [entry] = self.accounts.contacts_menu()
        self.assertEqual(
            (entry["status"], entry["attention"]), ("Needs attention", True)
        )

    def test_synchronize_now_starts_ready_accounts(self):
        with self.assertRaisesRegex(UserError, "no account yet"):
            self.accounts.action_sync_all()
        self.dialog().action_authorize(PASSWORD)
        action = self.accounts.action_sync_all()
        self.assertIn(
            "bea@example.com: the synchronization starts", action["params"]["message"]
        )
        self.assertTrue(self.own().sync_requested)
        self.own().action_pause()
        action = self.accounts.action_sync_all()
        self.assertIn("it is paused", action["params"]["message"])

    def test_configure_opens_the_settings(self):
        self.assertEqual(
            self.accounts.action_configure()["res_model"], "exchange.add.account"
        )
        self.dialog().action_authorize(PASSWORD)
        self.assertEqual(self.accounts.action_configure()["res_id"], self.own().id)

    def test_user_without_rights_sees_no_menu(self):
        self.revoke()
        with self.assertRaisesRegex(AccessError, "Ask your administrator"):
            self.accounts.contacts_menu()
        menu = self.env.ref("exchange_contact_sync.menu_exchange_accounts")
        shown = self.env["ir.ui.menu"].with_user(self.user)._visible_menu_ids()
        self.assertNotIn(menu.id, shown)
        actions = self.env["ir.actions.actions"].with_user(self.user)
        bound = actions.get_bindings("res.partner").get("action", [])
        names = {action["name"] for action in bound}
        self.assertFalse(
            [name for name in names if "ynchroni" in name or "Exchange" in name]
        )
