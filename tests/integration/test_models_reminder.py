# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One activity asks the owner for what automatic synchronizations need."""

from __future__ import annotations

from integration.sync_case import PASSWORD, SyncCase


class TestReminder(SyncCase):
    def automatic(self):
        """A run that nobody asked for."""
        self.account.sudo().sync_requested = False
        self.account._run_slice("auto", 60.0)

    def reminders(self):
        activities = self.env["mail.activity"].sudo()
        mine = [("res_model", "=", self.account._name)]
        return activities.search([*mine, ("res_id", "=", self.account.id)])

    def lock_out(self):
        self.mailbox.password = "changed"
        self.account._forget_connection()

    def test_a_password_that_expired_is_asked_for_once(self):
        self.lock_out()
        self.automatic()
        [reminder] = self.reminders()
        self.assertEqual(reminder.user_id, self.owner)
        self.assertIn("does not accept", reminder.note)
        self.account.sudo().write({"state": "connected"})
        self.automatic()
        self.assertEqual(self.reminders(), reminder, "not one for each run")

    def test_it_is_gone_when_the_owner_has_signed_in(self):
        self.lock_out()
        self.automatic()
        self.mailbox.password = PASSWORD
        self.account.with_user(self.owner).action_authorize()
        self.assertFalse(self.reminders())

    def test_a_run_by_hand_tells_whoever_is_there_instead(self):
        self.lock_out()
        self.account._run_slice("manual", 60.0)
        self.assertEqual(self.account.state, "error")
        self.assertFalse(self.reminders())

    def test_what_waits_for_a_decision_is_told_until_it_is_decided(self):
        for number in (1, 2):
            self.new_partner("Ada Byron", email="ada@example.com", city=str(number))
        self.add(name="Ada Byron", email="ada@example.com")
        self.automatic()
        [reminder] = self.reminders()
        self.assertIn("not clear who it is: 1", reminder.note)
        line = self.account.run_ids.line_ids.filtered("can_answer")
        line.with_user(self.owner)._answer(self.env["res.partner"])
        self.automatic()
        self.assertFalse(self.reminders())

    def test_in_the_owners_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        module = self.env.ref("base.module_exchange_contact_sync")
        module._update_translations(["ru_RU"])
        self.owner.lang = "ru_RU"
        self.lock_out()
        self.automatic()
        self.assertRegex(self.reminders().note, "[а-я]")

    def test_nothing_is_said_when_all_is_well(self):
        self.add(name="Ada Byron")
        self.automatic()
        self.assertFalse(self.reminders())
