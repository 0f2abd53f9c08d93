# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..use_cases import failure_messages, history, undo


class ExchangeSyncRun(models.Model):
    """One synchronization, for people to read."""

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
            ("manual", "By hand"),
            ("auto", "Automatic"),
            ("preview", "Preview"),
            ("undo", "Undo"),
        ],
        string="Started",
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
    started_at = fields.Datetime(
        string="Start", required=True, default=fields.Datetime.now
    )
    finished_at = fields.Datetime(string="End")
    phase = fields.Selection(
        [
            ("collect", "Looking for changes in Exchange"),
            ("guard", "Checking for mass deletions"),
            ("work", "Carrying changes over"),
        ],
        string="Current Step",
    )
    in_slice = fields.Boolean(
        groups=fields.NO_ACCESS,
        help="A process is at work on it, or was killed while it was.",
    )
    progress = fields.Float(string="Progress (%)")
    message_code = fields.Char(
        help="What went wrong, as a word; the sentence is made from it.",
    )
    message_detail = fields.Text(
        string="Details",
        groups="base.group_system",
        help="What the server said, in its own words.",
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
    skipped_count = fields.Integer(string="Left Out")
    waiting_count = fields.Integer(
        string="Waiting for an Answer",
        help="Contacts of which it is not clear who they are in Odoo.",
    )
    line_ids = fields.One2many("exchange.sync.line", "run_id", string="What Happened")
    summary = fields.Char(compute="_compute_summary")
    undone_by_id = fields.Many2one(
        "exchange.sync.run", string="Undone by", readonly=True, ondelete="set null"
    )
    can_undo = fields.Boolean(compute="_compute_can_undo")

    _account_started_index = models.Index("(account_id, started_at DESC)")

    @api.depends("account_id.email", "started_at")
    @api.depends_context("tz", "lang")
    def _compute_display_name(self):
        for run in self:
            moment = fields.Datetime.to_string(
                fields.Datetime.context_timestamp(run, run.started_at)
            )
            run.display_name = f"{run.account_id.email}, {moment}"
        self._hide_names()

    @api.depends("message_code", "account_id.provider_id.kind")
    @api.depends_context("lang")
    def _compute_message(self):
        for run in self:
            code = run.message_code
            run.message = failure_messages.sentence_of(run.account_id, code)

    @api.depends("state", "trigger", *history.SUMMED_UP)
    @api.depends_context("lang")
    def _compute_summary(self):
        for run in self:
            run.summary = history.summary(run)

    @api.depends("state", "trigger", "undone_by_id", "line_ids.action")
    def _compute_can_undo(self):
        for run in self:
            run.can_undo = undo.can_undo(run)

    def action_undo(self):
        """Have a run of its own take back, on both sides, what this one did.

        :return: action that opens the new run
        """
        return undo.undo_run(self)

    @api.autovacuum
    def _gc_old_runs(self):
        """Delete old runs with their lines, in batches.

        :return: tuple of int, records deleted and whether there are more
        """
        return history.delete_old(self.env)
