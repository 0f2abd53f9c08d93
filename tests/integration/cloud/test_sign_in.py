# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user signs in with Microsoft, over HTTP on both sides."""

from __future__ import annotations

from exchange_server import faults
from support.cases.cloud_http_case import (
    ADDRESS,
    COLLEAGUE,
    PASSWORD,
    CloudHttpCase,
)

SIGNED_IN = "/odoo/action-exchange_contact_sync.signed_in"


class TestNewAccount(CloudHttpCase):
    def test_user_connects_a_mailbox_by_signing_in(self):
        dialog = self.new_dialog()
        shown = self.come_back(self.accept(self.press(dialog)))
        self.assertEqual(self.shown_path, SIGNED_IN)
        self.assertEqual(shown, {"dialog": str(dialog.id)})
        account = dialog.account_id
        self.assertEqual((account.user_id, account.state), (self.anna, "connected"))
        self.assertEqual(account.email, ADDRESS)
        self.assertTrue(account.folder_ids)
        self.assertFalse(account.opens_shared_mailbox)
        outcome = self.call("exchange.account", "after_sign_in", dialog=dialog.id)
        self.assertEqual(outcome["then"]["tag"], "exchange_contact_sync.account_added")
        self.assertFalse(dialog.message)

    def test_dialog_asks_whether_to_add_a_new_address(self):
        self.anna.partner_id.email = "private@example.org"
        dialog = self.new_dialog()
        self.come_back(self.accept(self.press(dialog)))
        outcome = self.call("exchange.account", "after_sign_in", dialog=dialog.id)
        self.assertEqual(outcome["then"]["res_model"], "exchange.add.account")
        self.assertEqual(outcome["then"]["res_id"], dialog.id)
        self.assertEqual(outcome["below"]["res_model"], "res.partner")

    def test_refused_consent_is_reported_and_can_be_given_later(self):
        dialog = self.new_dialog()
        page = self.microsoft.visit(self.press(dialog)).sign_in(ADDRESS, PASSWORD)
        page.choose("cancel")
        self.come_back(page.sent_back)
        self.assertIn("You canceled", dialog.message)
        self.assertFalse(self.accounts())
        self.come_back(self.accept(self.press(dialog)))
        self.assertFalse(dialog.message)
        self.assertEqual(dialog.account_id.state, "connected")

    def test_missing_consent_of_the_administrator_is_shown_by_microsoft(self):
        self.exchange.tenant.users_may_consent = False
        dialog = self.new_dialog()
        page = self.microsoft.visit(self.press(dialog)).sign_in(ADDRESS, PASSWORD)
        self.assertFalse(page.is_sent_back(), "Microsoft's page says so itself")

    def test_unknown_organization_is_reported(self):
        self.provider.write({"tenant": "example.org", "client_secret": "secret"})
        dialog = self.new_dialog()
        answer = self.call("exchange.add.account", "action_sign_in", dialog.ids)
        self.assertEqual(answer["res_id"], dialog.id)
        self.assertIn("does not know the organization", dialog.message)

    def test_connected_mailbox_is_recognized(self):
        first = self.new_dialog()
        self.come_back(self.accept(self.press(first)))
        dialog = self.new_dialog()
        self.call("exchange.add.account", "action_sign_in", dialog.ids)
        self.assertEqual(dialog.existing_id, first.account_id)

    def test_ids_may_be_entered_in_capitals(self):
        for name in ("client_id", "tenant"):
            self.provider[name] = f" {self.provider[name].upper()} "
        dialog = self.new_dialog()
        self.come_back(self.accept(self.press(dialog)))
        self.assertEqual(dialog.account_id.state, "connected", dialog.message)
        self.assertEqual(dialog.account_id.sync().state, "done")

    def test_further_address_of_the_users_mailbox_is_accepted(self):
        self.mailbox.aliases.append("a.lund@example.com")
        dialog = self.new_dialog(email="A.Lund@example.com")
        self.come_back(self.accept(self.press(dialog)))
        account = dialog.account_id
        self.assertEqual(account.state, "connected", dialog.message)
        self.assertFalse(account.opens_shared_mailbox)
        shown = self.come_back(self.accept(self.press(account, "action_authorize")))
        self.assertEqual(shown, {"account": str(account.id)})
        self.assertEqual(account.sync().state, "done")

    def test_mailbox_connected_by_another_address_is_recognized(self):
        first = self.new_dialog()
        self.come_back(self.accept(self.press(first)))
        self.mailbox.aliases.append("a.lund@example.com")
        dialog = self.new_dialog(email="a.lund@example.com")
        self.come_back(self.accept(self.press(dialog)))
        self.assertEqual(self.accounts(), first.account_id)
        self.assertEqual(dialog.existing_id, first.account_id)

    def test_further_addresses_are_not_required(self):
        self.server.faults.add(faults.http_status(403, "GetUser"))
        dialog = self.new_dialog()
        self.come_back(self.accept(self.press(dialog)))
        self.assertEqual(dialog.account_id.state, "connected")

    def test_mailbox_that_cannot_be_opened_leaves_no_account(self):
        self.mailbox.disable()
        dialog = self.new_dialog()
        self.come_back(self.accept(self.press(dialog)))
        self.assertTrue(dialog.message)
        self.assertFalse(self.accounts())
        self.assertFalse(self.env["exchange.sign.in"].search([]))


class TestOtherMailbox(CloudHttpCase):
    """Anna signs in as herself, but entered Bea's mailbox."""

    def setUp(self):
        super().setUp()
        self.dialog = self.new_dialog(email=COLLEAGUE)
        self.come_back(self.accept(self.press(self.dialog)))

    def test_no_mailbox_is_connected_before_the_user_chooses_one(self):
        self.assertFalse(self.accounts())
        self.assertFalse(self.env["exchange.sign.in"].search([]))
        self.assertEqual(self.dialog.signed_in_as, ADDRESS)

    def test_user_chooses_the_own_mailbox(self):
        url = self.press(self.dialog, "action_connect_signed_in")
        self.come_back(self.accept(url))
        self.assertEqual(self.dialog.account_id.email, ADDRESS)

    def test_user_chooses_the_shared_mailbox(self):
        self.other_mailbox.share_with(ADDRESS)
        url = self.press(self.dialog, "action_connect_shared")
        self.come_back(self.accept(url))
        account = self.dialog.account_id
        self.assertEqual((account.email, account.state), (COLLEAGUE, "connected"))
        self.assertTrue(account.opens_shared_mailbox)
        self.assertEqual(account.sync().state, "done")

    def test_mailbox_that_is_not_shared_is_refused(self):
        url = self.press(self.dialog, "action_connect_shared")
        self.come_back(self.accept(url))
        self.assertFalse(self.accounts())
        self.assertTrue(self.dialog.message)

    def test_user_signs_in_as_another_user(self):
        url = self.press(self.dialog, "action_sign_in_as_other")
        self.assertIn("prompt=select_account", url)
        browser = self.new_browser()
        self.come_back(self.accept(url, COLLEAGUE, browser))
        self.assertEqual(self.dialog.account_id.email, COLLEAGUE)
        self.assertFalse(self.dialog.account_id.opens_shared_mailbox)

    def test_user_returns_to_the_entered_values(self):
        action = self.dialog.action_enter_again()
        self.assertEqual(action["res_id"], self.dialog.id)
        self.assertFalse(self.dialog.signed_in_as)
        self.assertEqual(self.dialog.email, COLLEAGUE)
        self.assertFalse(self.accounts())


class TestSignInAgain(CloudHttpCase):
    """Anna signs in again to a connected mailbox."""

    def setUp(self):
        super().setUp()
        dialog = self.new_dialog()
        self.come_back(self.accept(self.press(dialog)))
        self.account = dialog.account_id
        self.account.write({"auto_sync": False})

    def token(self):
        self.env.invalidate_all()
        return self.account.sudo().sign_in_ids.refresh_token_encrypted

    def test_revoked_sign_in_is_renewed(self):
        self.exchange.tenant.revoke(ADDRESS)
        self.assertEqual(self.account.sync().state, "failed")
        self.assertEqual(self.account.state, "error")
        self.assertIn("Sign in again", self.account.message)
        shown = self.come_back(
            self.accept(self.press(self.account, "action_authorize"))
        )
        self.assertEqual(shown, {"account": str(self.account.id)})
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.account.message)
        self.assertEqual(self.account.sync().state, "done")
        outcome = self.call(
            "exchange.account", "after_sign_in", account=self.account.id
        )
        self.assertEqual(outcome["below"]["res_id"], self.account.id)
        self.assertEqual(outcome["then"]["params"]["type"], "success")

    def test_sign_in_as_another_user_changes_nothing(self):
        before = self.token()
        url = self.press(self.account, "action_authorize")
        shown = self.come_back(self.accept(url, COLLEAGUE, self.new_browser()))
        self.assertEqual(shown["problem"], "other_mailbox")
        self.assertEqual(self.account.state, "connected")
        self.assertEqual(self.token(), before)

    def test_refused_consent_changes_nothing(self):
        before = self.token()
        self.exchange.tenant.withdraw_consent(ADDRESS)
        page = self.microsoft.visit(self.press(self.account, "action_authorize"))
        if not page.is_sent_back():
            page.choose("cancel")
        shown = self.come_back(page.sent_back)
        self.assertEqual(shown["problem"], "consent_declined")
        self.assertEqual(self.token(), before)

    def test_withdrawn_consent_needs_the_owner(self):
        self.exchange.tenant.withdraw_consent(ADDRESS)
        self.assertEqual(self.account.sync().state, "failed")
        self.assertEqual(self.account.state, "error")

    def test_second_factor_needs_the_owner(self):
        self.exchange.tenant.refuse(ADDRESS, "interaction_required", 50076)
        self.assertEqual(self.account.sync().state, "failed")
        self.assertIn("another proof", self.account.message)
        self.assertEqual(self.account.state, "error")

    def test_disconnecting_erases_the_sign_in(self):
        self.assertTrue(self.env["exchange.sign.in"].search([]))
        dialog = self.env["exchange.disconnect"].with_user(self.anna)
        dialog.create({"account_id": self.account.id}).action_confirm()
        self.assertFalse(self.env["exchange.sign.in"].search([]))

    def test_mailbox_of_the_application_needs_no_sign_in(self):
        self.provider.access = "application"
        self.assertFalse(self.account.sudo().sign_in_ids)
        self.env.invalidate_all()
        self.assertEqual(self.account.sync().state, "done")
