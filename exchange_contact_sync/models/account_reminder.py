# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import fields, models

from ..core.errors import FolderReadOnly, MailboxFull

ACTIVITY = "exchange_contact_sync.activity_needs_owner"
NOTHING_GOES_OUT = (MailboxFull.code, FolderReadOnly.code)
"""Failures of which only the owner can mend the cause, though runs go on."""


class AccountReminder(models.AbstractModel):
    """One activity tells the owner that automatic synchronizations need them.

    It is there from the first run that needs the owner until nothing does. Whoever
    marks it as done before that is not told of the same again.
    """

    _name = "exchange.account.reminder.mixin"
    _description = "Reminder of an Exchange Account's Owner"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    reminded = fields.Boolean(
        groups=fields.NO_ACCESS,
        copy=False,
        help="The owner was told. Spares a run that has nothing to tell the question.",
    )

    def write(self, vals):
        """A reminder goes with its reason."""
        result = super().write(vals)
        if "state" in vals:
            self._update_reminder()
        return result

    def _remind(self):
        """An automatic run needs the owner: have one activity say what for."""
        for account in self.sudo():
            owner = account.user_id
            account = account.with_context(lang=owner.lang, tz=owner.tz)
            told = account._needed_for()
            if told and not account._tell_again(told):
                # No e-mail on top of it: one thing tells, not two.
                account.with_context(mail_activity_quick_update=True).activity_schedule(
                    ACTIVITY,
                    summary=account.env._("%s needs your attention", account.email),
                    note=account._note(told),
                    user_id=owner.id,
                )
            account.reminded = bool(told)

    def _update_reminder(self):
        """What the owner was told of may be solved, or have become something else."""
        for account in self.sudo().filtered("reminded"):
            account = account.with_context(lang=account.user_id.lang)
            told = account._needed_for()
            if told:
                account._tell_again(told)
            else:
                account._reminders().unlink()
                account.reminded = False

    def _reminders(self):
        kind = self.env.ref(ACTIVITY, raise_if_not_found=False)
        return self.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def _tell_again(self, told):
        """:return: bool, there was an activity to tell it with"""
        reminders, note = self._reminders(), self._note(told)
        for reminder in reminders.filtered(lambda one: one.note != note):
            reminder.note = note
        return bool(reminders)

    def _needed_for(self):
        """:return: str, why the owner is needed, or "" """
        if self.state == "error":
            return self.message or self.env._("Sign in again.")
        if self.state != "connected":
            return ""
        if self.message_code in NOTHING_GOES_OUT:
            return self.message
        self.invalidate_recordset(["conflict_count", "waiting_count"])
        waiting = []
        if self.conflict_count:
            waiting.append(self.env._("conflicts: %s", self.conflict_count))
        if self.waiting_count:
            waiting.append(self.env._("not clear who it is: %s", self.waiting_count))
        if not waiting:
            return ""
        return self.env._("Waits for your decision: %s", ", ".join(waiting))

    def _note(self, told):
        """:return: Markup, the sentence and a link to the account"""
        return Markup('<p>%s</p><p><a href="%s">%s</a></p>') % (
            told,
            f"/odoo/{self._name}/{self.id}",
            self.env._("Open the account"),
        )
