# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One activity reminds the owner that automatic runs need them."""

from __future__ import annotations

from odoo import fields

from odoo.addons.exchange_contact_sync.use_cases import live, schedule

from exchange_server import faults
from support.cases.sync_case import PASSWORD, SyncCase

ACTIVITY = "exchange_contact_sync.mail_activity_type_needs_owner"


class ReminderCase(SyncCase):
    account_values = {"auto_sync": True}

    def automatic(self):
        """Run the account as the scheduled action does once it is due."""
        account = self.account.sudo()
        if account.state == "connected":
            account.write({"next_sync": fields.Datetime.now(), "sync_requested": False})
        accounts = self.env["exchange.account"]
        if account in accounts.search(schedule.due_domain(accounts)):
            schedule.serve(account)
        self.env.invalidate_all()

    def activities(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "exchange.account"), ("res_id", "=", self.account.id)]
        )

    def notifications(self):
        """Return the notifications that were sent about the account."""
        self.env.cr.precommit.run()
        self.env.flush_all()
        self.env.cr.execute("SELECT message FROM bus_bus")
        sent = [row[0] for row in self.env.cr.fetchall()]
        ended = [text for text in sent if live.ENDED in text]
        return [text for text in ended if self.account.email in text]

    def setUp(self):
        super().setUp()
        # Tests that commit leave messages about accounts of the same address.
        self.env["bus.bus"].search([]).unlink()

    def change_password(self):
        self.mailbox.password = "another one"

    def two_adas(self):
        for name in ("Ada One", "Ada Two"):
            self.new_partner(name, email="ada@people.example")
        return self.add(name="Ada", email="ada@people.example")


class TestReminder(ReminderCase):
    def test_expired_password_creates_an_activity(self):
        self.change_password()
        self.automatic()
        activity = self.activities()
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.owner)
        self.assertEqual(activity.activity_type_id, self.env.ref(ACTIVITY))
        self.assertIn(self.account.email, activity.summary)
        self.assertIn("sign in again", activity.note)
        link = f'href="/odoo/exchange.account/{self.account.id}"'
        self.assertIn(link, activity.note)

    def test_activity_sends_no_second_notification(self):
        mails = self.env["mail.mail"].search_count([])
        self.change_password()
        self.automatic()
        self.assertEqual(self.notifications(), [])
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_a_user_who_began_a_run_by_hand_is_notified_at_once(self):
        self.change_password()
        self.account.sync()
        self.assertEqual(len(self.notifications()), 1)
        self.assertFalse(self.activities())

    def test_activity_is_removed_after_signing_in(self):
        self.change_password()
        self.automatic()
        self.mailbox.password = PASSWORD
        self.account.action_authorize()
        self.assertFalse(self.activities())

    def test_activity_is_removed_when_paused(self):
        self.change_password()
        self.automatic()
        self.account.action_pause()
        self.assertFalse(self.activities())

    def test_activity_is_removed_with_the_account(self):
        self.change_password()
        self.automatic()
        self.account.unlink()
        self.assertFalse(self.activities())

    def test_the_same_trouble_later_is_reported_again_once(self):
        for _time in range(2):
            self.change_password()
            self.automatic()
            self.automatic()
            self.assertEqual(len(self.activities()), 1)
            self.mailbox.password = PASSWORD
            self.account.action_authorize()
            self.assertFalse(self.activities())

    def test_temporary_fault_creates_no_activity(self):
        self.server.faults.add(faults.http_status(503))
        self.automatic()
        self.assertTrue(self.account.message)
        self.assertFalse(self.activities())

    def test_deletion_limit_creates_an_activity(self):
        self.account.write({"exchange_deletion": "delete"})
        items = [self.add(name=f"N{number}") for number in range(12)]
        self.automatic()
        for item in items[:8]:
            self.mailbox.delete_contact(item.id)
        self.automatic()
        self.assertTrue(self.account.deletion_limit_reached)
        self.assertEqual(len(self.activities()), 1)
        self.assertIn("8 contacts would be archived in Odoo", self.activities().note)
        self.account.action_confirm_deletions()
        self.assertFalse(self.activities())

    def test_activity_uses_the_owners_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(
            ["exchange_contact_sync"], ["ru_RU"]
        )
        self.owner.lang = "ru_RU"
        self.change_password()
        self.automatic()
        self.assertIn("авторизуйтесь снова", self.activities().note)

    def test_activity_is_hidden_from_other_users(self):
        self.change_password()
        self.automatic()
        colleague = self.env["res.users"].create(
            {"name": "Ben", "login": "ben", "group_ids": self.owner.group_ids.ids}
        )
        theirs = self.env["mail.activity"].with_user(colleague)
        self.assertFalse(theirs.search([("id", "=", self.activities().id)]))


class TestReminderOfDecisions(ReminderCase):
    def test_ambiguous_contact_creates_an_activity(self):
        self.two_adas()
        self.automatic()
        self.assertEqual(len(self.activities()), 1)
        self.assertIn("1 to match", self.activities().note)
        self.automatic()
        self.assertEqual(len(self.activities()), 1, "not one per run")

    def test_activity_is_removed_when_nothing_waits(self):
        item = self.two_adas()
        self.automatic()
        self.mailbox.delete_contact(item.id)
        self.automatic()
        self.assertFalse(self.account.waiting_count)
        self.assertFalse(self.activities())

    def test_a_user_who_marked_it_as_done_is_not_notified_of_the_same_again(self):
        self.two_adas()
        self.automatic()
        self.activities().with_user(self.owner).action_feedback()
        self.automatic()
        self.automatic()
        self.assertTrue(self.account.waiting_count)
        self.assertFalse(self.activities())

    def test_conflict_creates_an_activity(self):
        item = self.add(name="Cleo", email="cleo@people.example")
        self.automatic()
        self.assertFalse(self.activities())
        self.partner("Cleo").email = "odoo@people.example"
        self.edit(item, email="exchange@people.example")
        self.automatic()
        self.assertTrue(self.account.conflict_count)
        self.assertIn("1 conflict", self.activities().note)
        line = self.account.run_ids.line_ids.filtered("can_use_other")
        line.with_user(self.owner).action_use_other()
        self.automatic()
        self.assertFalse(self.account.conflict_count)
        self.assertFalse(self.activities())

    def test_failure_takes_precedence_over_questions(self):
        self.two_adas()
        self.automatic()
        self.change_password()
        self.automatic()
        self.assertEqual(len(self.activities()), 1)
        self.assertIn("sign in again", self.activities().note)
        self.mailbox.password = PASSWORD
        self.account.action_authorize()
        self.assertIn("1 to match", self.activities().note)
