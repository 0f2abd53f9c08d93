# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tests that commit their work, as Odoo does outside of tests.

The scheduled action commits, several cursors work at the same time, and locks end at
commits. The single transaction of Odoo's test cases would hide that. The records of a
test are deleted when it ends.
"""

from __future__ import annotations

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged

from exchange_server import Exchange, ExchangeServer
from exchange_server.population import populate

USER_GROUPS = "base.group_user,base.group_partner_manager"
PASSWORD = "correct horse"


@tagged("standard", "post_install")
class CommittedCase(BaseCase):
    """Anna, her mailbox with six contacts, and the scheduled action."""

    def setUp(self) -> None:
        super().setUp()
        self.registry = Registry(get_db_name())
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        self.env = api.Environment(cr, SUPERUSER_ID, {})
        self.exchange = Exchange()
        server = ExchangeServer(self.exchange).start()
        self.addCleanup(lambda: self.assertEqual(server.errors, []))
        self.addCleanup(server.stop)
        self.addCleanup(self.delete_all)
        self.anna = new_test_user(self.env, "anna@example.com", USER_GROUPS)
        self.provider = self.env["exchange.provider"].create(
            {"name": "Company mail", "server_url": server.url}
        )
        self.job = self.env.ref("exchange_contact_sync.ir_cron_sync")
        self.env.cr.commit()

    def delete_all(self) -> None:
        """Delete everything that the test may have committed."""
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.env["exchange.account"].with_context(active_test=False).search([]).unlink()
        self.provider.unlink()
        person = self.anna.partner_id
        made = [("create_uid", "=", self.anna.id)]
        self.env["res.partner"].search(made).unlink()
        self.env["res.partner.category"].search(made).unlink()
        self.anna.unlink()
        person.unlink()
        self.env["ir.cron.trigger"].search([("cron_id", "=", self.job.id)]).unlink()
        self.env.cr.commit()

    def authorized(self, address: str, **values: object):
        """Create a mailbox with six contacts, and Anna's authorized account."""
        mailbox = self.exchange.add_mailbox(address, PASSWORD)
        populate(mailbox, contacts=6, seed=3)
        vals = {
            "provider_id": self.provider.id,
            "email": address,
            "password": PASSWORD,
            **values,
        }
        account = self.env["exchange.account"].with_user(self.anna).create(vals)
        account.action_authorize()
        self.assertEqual(account.state, "connected", account.message)
        return account.sudo()

    def run_job(self) -> None:
        """Run the scheduled action in this thread, as Odoo does when it is due."""
        self.env.cr.commit()
        self.job.method_direct_trigger()
        self.env.cr.commit()
        self.env.invalidate_all()
