# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A disconnected account leaves the contacts of both sides as they are."""

from __future__ import annotations

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import SQL

from odoo.addons.exchange_contact_sync.storage.lease import LEASES

from exchange_server import faults
from support.cases.sync_case import OWNER_GROUPS, SyncCase
from support.cases.sync_mailbox import IDENTITY


class TestDisconnect(SyncCase):
    def setUp(self):
        super().setUp()
        self.add(name="Ida Import", email="ida@example.com")
        self.ada = self.new_partner("Ada Byron", email="ada@example.com")
        self.sync()

    def wizard(self, user=None, **values):
        """The dialog as the form opens it."""
        context = self.account.action_disconnect()["context"]
        wizard = self.env["exchange.disconnect"].with_user(user or self.owner)
        return wizard.with_context(**context).create(values)

    def items(self) -> dict[str, dict]:
        return {item.id: dict(item.values) for item in self.mailbox.contacts()}

    def test_dialog_counts_the_contacts_and_confirming_changes_none(self):
        wizard = self.wizard()
        links = self.account.link_ids
        exported = len(links.filtered("created_by_us"))
        self.assertEqual(exported, len(links) - 1)
        self.assertIn(f"Created there by Odoo: {exported};", wizard.exchange_side)
        self.assertIn(f"deleted: {len(links)}.", wizard.links)
        items, rows = self.items(), self.partner_rows()
        self.server.counters.reset()
        action = wizard.action_confirm()
        self.assertIn("is disconnected", action["infos"]["disconnected"])
        self.assertFalse(self.account.exists())
        self.assertFalse(self.env["exchange.contact.link"].search([]))
        self.assertEqual(self.items(), items)
        self.assertEqual(self.partner_rows(), rows)
        self.assertEqual(self.server.counters.writes, 0)

    def test_contacts_are_relinked_when_connected_again(self):
        before = set(self.items())
        self.wizard().action_confirm()
        account = self.connect(self.owner)
        self.sync(account)
        self.assertEqual(set(self.items()), before)
        self.assertIdle(account)

    def test_sync_keys_are_removed_on_request(self):
        self.wizard(remove_identities=True).action_confirm()
        keys = {key for values in self.items().values() for key in values}
        self.assertFalse([key for key in keys if IDENTITY in key])

    def test_unreachable_mailbox_keeps_the_account(self):
        self.server.faults.add(faults.http_status(503))
        with self.assertRaisesRegex(UserError, "was not disconnected"):
            self.wizard(remove_identities=True).action_confirm()
        self.assertTrue(self.account.exists())
        self.wizard().action_confirm()
        self.assertFalse(self.account.exists())

    def test_disconnecting_during_a_run_is_refused(self):
        take = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LEASES, self.account.id)
        with self.registry.cursor() as cr:
            cr.execute(take)
            with self.assertRaisesRegex(UserError, "being synchronized right now"):
                self.wizard().action_confirm()
        self.assertTrue(self.account.exists())

    def test_only_the_owner_disconnects(self):
        ben = new_test_user(self.env, "ben", f"{OWNER_GROUPS},base.group_system")
        with self.assertRaises(AccessError):
            self.account.with_user(ben).action_disconnect()
        with self.assertRaises(AccessError):
            self.wizard(ben)
