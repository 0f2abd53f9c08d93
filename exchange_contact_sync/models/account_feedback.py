# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..use_cases import failure_messages


class AccountFeedback(models.AbstractModel):
    """What people are told when something failed, and when it worked."""

    _name = "exchange.account.feedback.mixin"
    _description = "Feedback of an Exchange Account"

    message_code = fields.Char(
        copy=False,
        readonly=True,
        help="What went wrong last, as a word; the sentence is made from it.",
    )
    message_detail = fields.Text(
        string="Details",
        copy=False,
        readonly=True,
        groups="base.group_system",
        help="What the server said, in its own words.",
    )
    message = fields.Text(compute="_compute_message")

    @api.depends("message_code")
    @api.depends_context("lang")
    def _compute_message(self):
        for account in self:
            account.message = failure_messages.sentence(self.env, account.message_code)

    def _note_failure(self, error, **values):
        """Keep what people are to read about a failure.

        :param error: SyncError
        :param values: further values to write
        """
        self.sudo().write(
            {"message_code": error.code, "message_detail": error.detail, **values}
        )

    def _tell_owner(self):
        """Show the owner, wherever they are in Odoo, that a mailbox needs them."""
        for account in self:
            owner = account.user_id
            account = account.with_context(lang=owner.lang)
            owner._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "title": account.env._("%s needs your attention", account.email),
                    "message": account.message,
                    "sticky": True,
                },
            )

    @api.model
    def _no_failure(self):
        return {
            "message_code": False,
            "message_detail": False,
            "busy_until": False,
            "failure_count": 0,
        }

    def _failure_notification(self):
        return self._notification(
            "danger", self.env._("That did not work"), self.message
        )

    @api.model
    def _notification(self, kind, title, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": title,
                "message": message,
                # Closing reloads the form, so that the new state shows.
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
