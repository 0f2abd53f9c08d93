# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Refresh tokens are committed at once, even if the transaction around fails."""

from __future__ import annotations

from odoo.addons.exchange_contact_sync.storage import sign_ins

from exchange_server import ExchangeServer, faults
from exchange_server.population import populate
from support import in_the_cloud
from support.cases.committed_case import CommittedCase

ADDRESS = "anna@example.com"


class TestCommitted(CommittedCase):
    """Anna's account in the cloud, where each refresh token can be used once."""

    def setUp(self) -> None:
        super().setUp()
        self.cloud = ExchangeServer(self.exchange, tls=True).start()
        self.addCleanup(self.cloud.stop)
        self.provider.unlink()
        self.provider = in_the_cloud.graph_provider(self.env, self.cloud)
        populate(self.exchange.add_mailbox(ADDRESS, "secret"), contacts=6, seed=3)
        vals = {"provider_id": self.provider.id, "email": ADDRESS, "auto_sync": False}
        accounts = self.env["exchange.account"].with_user(self.anna)
        self.account = accounts.create(vals)
        in_the_cloud.sign_in(self.account, self.cloud)
        self.env.cr.commit()
        self.exchange.tenant.grants.single_use = True
        self.sign_in_again()

    def sign_in_again(self) -> None:
        """Store a refresh token that was not used yet."""
        in_the_cloud.sign_in(self.account, self.cloud)
        self.env.cr.commit()
        token = in_the_cloud.refresh_token(self.cloud, self.provider.client_id, ADDRESS)
        in_the_cloud.keep(self.account, token)
        self.env.cr.commit()

    def sync(self) -> str:
        """Synchronize as another request would, and return the state of the run."""
        with self.registry.cursor() as cr:
            account = self.account.with_env(self.account.env(cr=cr))
            return account.sync().state

    def test_new_token_survives_a_run_that_fails(self):
        self.cloud.faults.add(faults.http_status(500, "ContactsDelta", times=1))
        self.assertEqual(self.sync(), "failed")
        self.assertEqual(self.sync(), "done")
        self.assertEqual(self.sync(), "done")

    def test_new_token_survives_a_preview(self):
        self.account.action_preview()
        self.assertEqual(self.sync(), "done")

    def test_newer_sign_in_is_not_overwritten(self):
        old = sign_ins.token_of(self.account)
        with self.registry.cursor() as cr:
            account = self.account.with_env(self.account.env(cr=cr)).sudo()
            sign_ins.store(account, "newer", "", False)
        sign_ins.replace_token(self.env, self.account.id, old, "older")
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(sign_ins.token_of(self.account), "newer")
