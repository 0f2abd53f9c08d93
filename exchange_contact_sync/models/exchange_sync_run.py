# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..storage import settings
from ..storage.progress import COUNTED
from ..use_cases import failure_messages

KEEP_IDLE_RUNS = timedelta(days=1)
GC_BATCH = 10_000
CAME_IN, WENT_OUT = COUNTED["came_in"], COUNTED["went_out"]
WORTH_KEEPING = (
    *CAME_IN,
    *WENT_OUT,
    "conflict_count",
    "error_count",
    "waiting_count",
)


class ExchangeSyncRun(models.Model):
    """One synchronization, for people to read."""

    _name = "exchange.sync.run"
    _inherit = ["exchange.private.names.mixin", "exchange.sync.run.undo.mixin"]
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

    @api.depends("message_code")
    @api.depends_context("lang")
    def _compute_message(self):
        for run in self:
            run.message = failure_messages.sentence(self.env, run.message_code)

    @api.depends("state", "trigger", *WORTH_KEEPING)
    @api.depends_context("lang")
    def _compute_summary(self):
        for run in self:
            text = ", ".join(run._summary_parts())
            run.summary = text[:1].upper() + text[1:]

    def _summary_parts(self):
        came_in = sum(self[name] for name in CAME_IN)
        went_out = sum(self[name] for name in WENT_OUT)
        parts = [self.env._("running")] if self.state == "running" else []
        preview = self.trigger == "preview"
        if came_in and preview:
            parts.append(self.env._("would come in: %s", came_in))
        elif came_in:
            parts.append(self.env._("came in: %s", came_in))
        if went_out and preview:
            parts.append(self.env._("would go out: %s", went_out))
        elif went_out:
            parts.append(self.env._("went out: %s", went_out))
        if self.conflict_count:
            parts.append(self.env._("conflicts: %s", self.conflict_count))
        if self.waiting_count:
            told = self.env._("waiting for your answer: %s", self.waiting_count)
            parts.append(told)
        if self.error_count:
            parts.append(self.env._("problems: %s", self.error_count))
        if not parts and self.state == "done":
            parts.append(self.env._("nothing to do"))
        return parts

    def _state_label(self):
        """:return: str, "" for no run"""
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels.get(self.state, "")

    @api.autovacuum
    def _gc_old_runs(self):
        """Delete old runs with their lines, in batches: the scheduled action commits
        each. Previews, and automatic runs that found nothing to do, go sooner.

        :return: tuple of int, records deleted and whether there are more
        """
        runs = self.search(self._old_runs(), order="id", limit=GC_BATCH)
        lines = self.env["exchange.sync.line"].search(
            [("run_id", "in", runs.ids)], order="id", limit=GC_BATCH
        )
        lines.unlink()
        if len(lines) == GC_BATCH:
            return len(lines), 1
        runs.unlink()
        return len(lines) + len(runs), int(len(runs) == GC_BATCH)

    @api.model
    def _old_runs(self):
        now = fields.Datetime.now()
        keep = timedelta(days=settings.read(self.env, "keep_days"))
        soon = [("started_at", "<", now - min(KEEP_IDLE_RUNS, keep))]
        idle = [("state", "=", "done"), ("trigger", "=", "auto")]
        nothing_done = [(name, "=", 0) for name in WORTH_KEEPING]
        return Domain.OR(
            [
                [("started_at", "<", now - keep), ("state", "!=", "running")],
                [*soon, *idle, *nothing_done],
                [*soon, ("trigger", "=", "preview")],
            ]
        )
