# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Single pairs are stopped, started again, and marked as ours, by their owner."""

from __future__ import annotations

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.storage.lease import lease

from support.cases.sync_case import OWNER_GROUPS, SyncCase


class TestStopAndStart(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada Byron", email="ada@example.com")
        self.charles = self.new_partner("Charles", email="charles@example.com")
        self.sync()
        self.sync()
        self.ada = self.partner("Ada Byron")

    def link(self, partner):
        return partner.with_user(self.owner).exchange_link_ids

    def test_a_contact_deleted_in_the_mailbox_is_created_again(self):
        self.mailbox.delete_contact(self.item.id)
        self.sync()
        self.link(self.ada).action_start()
        self.sync()
        self.assertItem(self.in_mailbox("Ada Byron"), email="ada@example.com")
        self.sync()
        self.assertIdle()

    def test_start_that_is_impossible_is_explained(self):
        self.link(self.ada).action_stop()
        self.ada.active = False
        with self.assertRaisesRegex(UserError, "archive"):
            self.link(self.ada.with_context(active_test=False)).action_start()
        self.mailbox.delete_contact(self.in_mailbox("Charles").id)
        self.sync()
        self.account.export_contacts = False
        with self.assertRaisesRegex(UserError, "Charles"):
            self.link(self.charles).action_start()

    def test_stop_during_a_run_is_carried_out_by_the_run(self):
        with lease(self.account) as granted:
            self.assertTrue(granted)
            self.link(self.ada).action_stop()
        self.assertEqual(self.link(self.ada).user_request, "stop")
        self.sync()
        self.assertEqual(self.link(self.ada).state, "stopped")
        self.assertFalse(self.link(self.ada).user_request)
        self.assertIdle()

    def test_only_the_owner_stops_and_starts(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        for action in ("action_stop", "action_start", "action_mark"):
            with self.assertRaises(AccessError):
                getattr(self.link(self.ada).with_user(ben), action)()

    def test_only_contacts_marked_as_ours_are_deleted_in_the_mailbox(self):
        self.account.odoo_deletion = "delete"
        babbage = self.add(name="Babbage", email="babbage@example.com")
        self.sync()
        self.link(self.ada).action_mark()
        self.ada.active = self.partner("Babbage").active = False
        run = self.sync()
        self.assertEqual(run.exported_deleted, 1)
        names = {i.values["contacts:DisplayName"] for i in self.mailbox.contacts()}
        self.assertNotIn("Ada Byron", names)
        self.assertIn("Babbage", names)
        self.assertItem(babbage, email="babbage@example.com")

    def test_links_are_shown_on_the_contact(self):
        self.assertEqual(self.ada.with_user(self.owner).exchange_link_count, 1)
        action = self.ada.with_user(self.owner).action_open_exchange_links()
        self.assertEqual(action["domain"], [("partner_id", "=", self.ada.id)])
