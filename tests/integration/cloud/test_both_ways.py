# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An account in the cloud synchronizes both ways."""

from __future__ import annotations

from odoo.addons.exchange_contact_sync.storage import secret
from odoo.addons.exchange_contact_sync.use_cases import credentials

from support import in_the_cloud
from support.cases.cloud_case import CloudCase
from support.cases.sync_case import ADDRESS


class TestBothWays(CloudCase):
    """The account of Anna, who signed in."""

    def test_contacts_are_imported_and_exported(self):
        ada = self.add(name="Ada Lovelace", business="+44 20 7946 0000")
        self.new_partner("Charles Babbage", user_id=self.owner.id)
        run = self.sync()
        self.assertEqual(run.error_count, 0, run.line_ids.mapped("message"))
        self.assertPartner(self.partner("Ada Lovelace"), phone="+44 20 7946 0000")
        self.in_mailbox("Charles Babbage")
        self.assertIdle()
        self.partner("Ada Lovelace").write({"function": "Mathematician"})
        self.edit(self.in_mailbox("Charles Babbage"), job="Engineer")
        self.sync()
        self.assertItem(ada, job="Mathematician")
        self.assertPartner(self.partner("Charles Babbage"), function="Engineer")
        self.assertIdle()

    def test_an_idle_run_needs_a_request_for_each_folder_and_a_sign_in(self):
        self.sync()
        self.sync()
        self.server.counters.reset()
        self.sync()
        operations = [operation for operation, *_rest in self.server.counters.log]
        self.assertEqual(
            sorted(operations), ["ContactsDelta", "OpenIdConfiguration", "Token"]
        )

    def test_new_refresh_token_is_stored(self):
        before = self.token()
        self.sync()
        self.assertNotEqual(self.token(), before)
        self.assertEqual(
            self.exchange.tenant.grants.refresh(
                self.token(), self.application.client_id
            ).address,
            ADDRESS,
        )

    def test_single_use_refresh_tokens_are_sufficient(self):
        self.exchange.tenant.grants.single_use = True
        for _run in range(3):
            self.sync()

    def test_revoked_sign_in_needs_the_owner(self):
        self.sync()
        self.exchange.tenant.revoke(ADDRESS)
        run = self.sync(state="failed")
        self.assertIn("Sign in again", run.message)
        self.assertEqual(self.account.state, "error")
        in_the_cloud.sign_in(self.account, self.server)
        self.assertEqual(self.account.state, "connected")
        self.sync()

    def test_limit_of_four_requests_at_once_is_respected(self):
        self.server.graph_switches.set(beyond_four="throttled")
        for number in range(10):
            self.add(name=f"Outlook {number}")
            self.new_partner(f"Odoo {number}", user_id=self.owner.id)
        self.sync()
        for number in range(10):
            self.partner(f"Outlook {number}")
            self.in_mailbox(f"Odoo {number}")
        self.assertIdle()

    def token(self) -> str:
        account = self.account.sudo()
        sign_in = account.sign_in_ids
        sign_in.invalidate_recordset()
        bound = credentials.bound_to(account)
        return secret.decrypt(sign_in.refresh_token_encrypted, bound)


class TestApplication(CloudCase):
    """The application opens all mailboxes; users do not sign in."""

    provider_values = {"access": "application"}

    def test_contacts_are_imported_and_exported(self):
        self.add(name="Ada Lovelace")
        self.new_partner("Charles Babbage", user_id=self.owner.id)
        self.sync()
        self.partner("Ada Lovelace")
        self.in_mailbox("Charles Babbage")
        self.assertFalse(self.account.sudo().sign_in_ids)
        self.assertIdle()
