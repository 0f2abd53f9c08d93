# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import html2plaintext

ACTIVITY = "exchange_contact_sync.activity_needs_owner"


class AccountReminder(models.AbstractModel):
    """One activity tells the owner that automatic synchronizations need them."""

    _name = "exchange.account.reminder.mixin"
    _description = "Reminder of an Exchange Account's Owner"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    reminded = fields.Boolean(groups=fields.NO_ACCESS, copy=False)

    def _remind_or_not(self):
        """Have one activity say what the owner is needed for, or none."""
        for account in self.sudo():
            told = account.with_context(lang=account.user_id.lang)._needed_for()
            if told or account.reminded:
                account._set_reminder(told)

    def _needed_for(self):
        """:return: str, why the owner is needed, or ""."""
        if self.state == "error":
            return self.message or self.env._("Sign in again.")
        waiting = []
        if self.conflict_count:
            waiting.append(self.env._("conflicts: %s", self.conflict_count))
        if self.waiting_count:
            waiting.append(self.env._("not clear who it is: %s", self.waiting_count))
        if not waiting:
            return ""
        return self.env._("Waits for your decision: %s", ", ".join(waiting))

    def _set_reminder(self, told):
        mine = self.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref(ACTIVITY)
        )
        if not told:
            mine.unlink()
        elif mine:
            if html2plaintext(mine[0].note or "") != told:
                mine[0].note = told
        else:
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                ACTIVITY, note=told, user_id=self.user_id.id
            )
        self.reminded = bool(told)
