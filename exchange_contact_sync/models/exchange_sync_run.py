# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_datetime

from ..use_cases import failure_messages, history, live, numbers, undo


class ExchangeSyncRun(models.Model):
    """One synchronization, as users see it in the history."""

    _name = "exchange.sync.run"
    _inherit = ["exchange.private.names.mixin"]
    _description = "Exchange Synchronization"
    _order = "started_at desc, id desc"
    _rec_name = "started_at"

    account_id = fields.Many2one(
        "exchange.account",
        string="Exchange Account",
        required=True,
        ondelete="cascade",
    )
    is_mine = fields.Boolean(related="account_id.is_mine")
    trigger = fields.Selection(
        [
            ("manual", "Manually"),
            ("auto", "Automatically"),
            ("preview", "Preview"),
            ("undo", "Undo"),
        ],
        string="Triggered By",
        required=True,
        default="manual",
    )
    state = fields.Selection(
        [
            ("running", "Running"),
            ("done", "Done"),
            ("partial", "Done with problems"),
            ("failed", "Failed"),
        ],
        required=True,
        default="running",
    )
    started_at = fields.Datetime(required=True, default=fields.Datetime.now)
    finished_at = fields.Datetime(string="Ended At")
    phase = fields.Selection(
        [
            ("collect", "Reading changes from Exchange"),
            ("guard", "Checking the deletion limit"),
            ("work", "Synchronizing changes"),
        ],
        string="Current Step",
    )
    in_slice = fields.Boolean(
        groups=fields.NO_ACCESS,
        help="A process is working on it, or was interrupted while it did.",
    )
    progress = fields.Float(string="Progress (%)")
    message_code = fields.Char(
        help="Code of the error; the message is made from it.",
    )
    message_detail = fields.Text(
        string="Details",
        groups="base.group_system",
        help="The server's own error message.",
    )
    message = fields.Text(compute="_compute_message")
    imported_created = fields.Integer(string="Created in Odoo")
    imported_updated = fields.Integer(string="Updated in Odoo")
    imported_archived = fields.Integer(string="Archived in Odoo")
    exported_created = fields.Integer(string="Created in Exchange")
    exported_updated = fields.Integer(string="Updated in Exchange")
    exported_deleted = fields.Integer(string="Deleted in Exchange")
    conflict_count = fields.Integer(string="Conflicts")
    error_count = fields.Integer(string="Problems")
    unchanged_count = fields.Integer(string="Unchanged")
    skipped_count = fields.Integer(string="Skipped")
    waiting_count = fields.Integer(
        string="To Match",
        help="Contacts that could not be matched with an Odoo contact for certain.",
    )
    line_ids = fields.One2many("exchange.sync.line", "run_id", string="Changes")
    summary = fields.Char(compute="_compute_summary")
    unsaved_choices = fields.Boolean(
        readonly=True,
        help="The preview followed choices that were typed and not saved.",
    )
    numbers = fields.Json(
        compute="_compute_summary",
        help="What the summary counts, by kind, each with a label.",
    )
    can_synchronize = fields.Boolean(compute="_compute_can_synchronize")
    undone_by_id = fields.Many2one(
        "exchange.sync.run", string="Undone by", readonly=True, ondelete="set null"
    )
    can_undo = fields.Boolean(compute="_compute_can_undo")

    live = fields.Json(compute="_compute_live")

    _account_started_index = models.Index("(account_id, started_at DESC)")

    @api.depends("account_id.email", "started_at")
    @api.depends_context("tz", "lang")
    def _compute_display_name(self):
        for run in self:
            moment = format_datetime(
                self.env, run.started_at, tz=self.env.context.get("tz")
            )
            run.display_name = f"{run.account_id.email}, {moment}"
        self._hide_names()

    @api.depends("message_code", "account_id.provider_id.kind")
    @api.depends_context("lang")
    def _compute_message(self):
        for run in self:
            code = run.message_code
            run.message = failure_messages.sentence_of(run.account_id, code)

    @api.depends("state", "trigger", *history.SUMMARIZED)
    @api.depends_context("lang")
    def _compute_summary(self):
        for run in self:
            run.summary = history.summary(run)
            run.numbers = numbers.shown(run)

    @api.depends("state", "trigger", "undone_by_id", "line_ids.action")
    def _compute_can_undo(self):
        for run in self:
            run.can_undo = undo.can_undo(run)

    @api.depends("state", "phase", "progress")
    def _compute_live(self):
        for run in self:
            run.live = live.of_run(run)

    @api.depends("trigger", "unsaved_choices", "account_id.state")
    def _compute_can_synchronize(self):
        for run in self:
            run.can_synchronize = (
                run.trigger == "preview"
                and not run.unsaved_choices
                and run.is_mine
                and run.account_id.state == "connected"
            )

    def action_open_kind(self, kind):
        """Open the contacts that one of :attr:`numbers` counts.

        :param kind: str, see ``use_cases/numbers.py``
        :return: action
        """
        return numbers.open_kind(self, kind)

    def action_sync_now(self):
        """Synchronize the previewed account in the background."""
        return self.account_id.action_sync_now()

    def action_undo(self):
        """Start a run that undoes on both sides what this one changed.

        :return: action that opens the new run
        """
        return undo.undo_run(self)

    @api.autovacuum
    def _gc_old_runs(self):
        """Delete old runs with their lines, in batches.

        :return: tuple of int: how many records were deleted, and 1 if there are more
        """
        return history.delete_old(self.env)
