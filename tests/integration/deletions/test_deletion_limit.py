# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run that would delete too many contacts stops before that, and asks the owner."""

from __future__ import annotations

import json

from odoo.exceptions import UserError

from odoo.addons.exchange_contact_sync.use_cases import live

from support.cases.sync_case import SyncCase


class TestDeletionLimit(SyncCase):
    account_values = {"exchange_deletion": "delete", "odoo_deletion": "delete"}

    def setUp(self):
        super().setUp()
        for number in range(20):
            self.add(name=f"Outlook {number}", email=f"outlook{number}@example.com")
            self.new_partner(f"Odoo {number}", email=f"odoo{number}@example.com")
        self.sync()
        self.sync()  # the second run records the versions of the created items
        self.server.counters.reset()

    def people(self, name: str):
        return self.env["res.partner"].search([("name", "=like", f"{name} %")])

    def assertStopped(self, sentence: str) -> None:
        before, items = self.partner_rows(), len(self.mailbox.contacts())
        run = self.sync(state="failed")
        self.assertIn(sentence, run.message)
        self.assertIn("Nothing was deleted", self.account.message)
        self.assertEqual(self.account.state, "error")
        self.assertTrue(self.account.deletion_limit_reached)
        self.assertEqual(self.partner_rows(), before)
        self.assertEqual(len(self.mailbox.contacts()), items)
        self.assertEqual(self.server.counters.writes, 0)

    def assertPassed(self):
        """The owner confirms the deletions, and the next run carries them out."""
        self.account.action_confirm_deletions()
        run = self.sync()
        self.assertFalse(self.account.deletion_limit_passed)
        self.assertIdle()
        return run

    def delete_in_mailbox(self, number: int) -> None:
        for item in self.mailbox.contacts()[:number]:
            self.mailbox.delete_contact(item.id)

    def test_many_deletions_in_the_mailbox_stop_the_run(self):
        self.delete_in_mailbox(6)
        self.assertStopped("unusually many contacts")
        self.assertEqual(self.assertPassed().imported_archived, 6)

    def test_contacts_are_named_and_can_be_kept(self):
        self.delete_in_mailbox(6)
        self.sync(state="failed")
        self.assertIn("6 contacts would be archived in Odoo", self.account.message)
        self.assertEqual(self.account.over_limit_label, "Archive 6 contacts")
        action = self.account.action_show_over_limit()
        links = self.account.link_ids.search(action["domain"])
        self.assertEqual(len(links), 6)
        self.assertIn(links[0].partner_id.name, self.account.over_limit_names)
        self.account.action_keep_contacts()
        self.assertEqual(self.account.state, "connected")
        self.assertTrue(self.account.sync_requested)
        run = self.sync()
        self.assertEqual(run.imported_archived, 0)
        self.assertTrue(all(links.partner_id.mapped("active")))
        self.assertEqual(set(links.mapped("state")), {"stopped"})
        self.assertIdle()

    def test_single_contact_can_be_kept(self):
        self.people("Odoo")[:6].write({"active": False})
        self.sync(state="failed")
        self.assertEqual(self.account.over_limit_label, "Delete 6 contacts in Exchange")
        links = self.account.link_ids.filtered("over_limit")
        links[:1].action_keep()
        self.assertTrue(self.account.deletion_limit_reached, "five are left")
        self.account.action_confirm_deletions()
        self.assertEqual(self.sync().exported_deleted, 5)
        self.assertFalse(self.account.link_ids.filtered("over_limit"))
        self.assertIdle()

    def test_restored_contacts_need_no_decision(self):
        self.people("Odoo")[:6].write({"active": False})
        self.sync(state="failed")
        partners = self.account.link_ids.filtered("over_limit").partner_id
        partners.write({"active": True})
        self.account.action_try_again()
        self.assertEqual(self.sync().exported_deleted, 0)
        self.assertIdle()

    def test_kept_contact_is_synchronized_again_once_unarchived(self):
        partners = self.people("Odoo")[:6]
        partners.write({"active": False})
        self.sync(state="failed")
        self.account.action_keep_contacts()
        self.sync()
        partners.write({"active": True})
        self.sync()
        self.assertEqual(set(partners.exchange_link_ids.mapped("state")), {"synced"})

    def test_owner_is_notified(self):
        self.owner.lang = self.env["res.lang"]._activate_lang("ru_RU").code
        addon = self.env.ref("base.module_exchange_contact_sync")
        addon._update_translations(["ru_RU"])
        self.delete_in_mailbox(6)
        self.sync(state="failed")
        self.env.cr.precommit.run()
        channel = f'"res.partner",{self.owner.partner_id.id}]'
        sent = self.env["bus.bus"].search([("channel", "like", channel)])
        notes = [json.loads(message.message) for message in sent]
        *_first, note = [n["payload"] for n in notes if n["type"] == live.ENDED]
        self.assertIn(self.account.email, note["title"])
        self.assertIn("Ничего не удалено", note["message"])
        self.assertFalse(note["sticky"])
        self.assertEqual(note["run"], self.account.run_ids[0].id, "it leads there")

    def test_deletions_within_the_share_are_allowed(self):
        self.account.deletion_limit = 30
        self.delete_in_mailbox(10)
        self.assertEqual(self.sync().imported_archived, 10)

    def test_account_stays_stopped_until_the_owner_decides(self):
        self.delete_in_mailbox(6)
        self.assertStopped("unusually many contacts")
        self.assertFalse(self.account.next_sync)
        with self.assertRaisesRegex(UserError, "unusually many contacts"):
            self.account.sync()

    def test_moved_contacts_do_not_count_as_deleted(self):
        friends = self.mailbox.create_folder("Friends")
        self.account.action_refresh_folders()
        for item in self.mailbox.contacts():
            self.mailbox.move_contact(item.id, friends)
        before = self.partner_rows()
        self.sync()
        self.assertEqual(self.partner_rows(), before)
        self.assertIdle()
