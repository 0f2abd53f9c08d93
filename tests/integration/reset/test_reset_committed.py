# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A reset with transactions that see different states."""

from __future__ import annotations

from odoo import api

from odoo.addons.exchange_contact_sync.use_cases import reset

from support.cases.committed_case import CommittedCase


class TestReset(CommittedCase):
    def test_work_of_a_concurrent_run_is_reset(self):
        account = self.authorized("anna@example.com", auto_sync=True)
        self.env.cr.commit()
        mine = account.with_user(self.anna)
        self.assertFalse(mine.link_ids)  # sees no changes from now on
        with self.registry.cursor() as cr:
            other = account.with_env(api.Environment(cr, self.anna.id, {}))
            other.sync()
            self.assertEqual(len(other.link_ids), 6)
        reset.reset_account(mine, False)
        self.env.invalidate_all()
        self.assertFalse(account.link_ids)
        self.assertFalse(account.next_sync or account.last_sync)
        self.assertEqual(account.run_ids.mapped("state"), ["done"])

    def test_reset_account_is_not_synchronized_automatically(self):
        account = self.authorized("anna@example.com", auto_sync=True)
        account.with_user(self.anna).sync()
        account.next_sync = account.last_sync  # it is due
        reset.reset_account(account.with_user(self.anna), False)
        self.run_job()
        self.assertEqual(len(account.run_ids), 1)
        account.with_user(self.anna).action_sync_now()
        self.run_job()
        self.assertEqual(len(account.run_ids), 2)
        self.assertEqual(len(account.link_ids), 6)
