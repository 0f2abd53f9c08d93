# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ..core.run import LineAction, Way
from ..use_cases import (
    failure_messages,
    field_labels,
    line_requests,
    match_requests,
    value_messages,
)

_lt = LazyTranslate(__name__)

EXPECTED = {
    "create": _lt("Will be created"),
    "update": _lt("Will be updated"),
    "link": _lt("Will be linked"),
    "archive": _lt("Will be archived"),
    "delete": _lt("Will be deleted"),
    "revive": _lt("Will be restored"),
    "stop": _lt("Will no longer be synchronized"),
    "start": _lt("Will be synchronized again"),
    "skip": _lt("Will be skipped"),
}
"""What a preview says in place of the labels of ``action``."""


class ExchangeSyncLine(models.Model):
    """One event of a run."""

    _name = "exchange.sync.line"
    _inherit = ["exchange.private.names.mixin"]
    _description = "Change of an Exchange Synchronization"
    _order = "run_id desc, sequence, id"

    run_id = fields.Many2one(
        "exchange.sync.run",
        string="Synchronization",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    direction = fields.Selection(
        [(Way.PULL.value, "Exchange → Odoo"), (Way.PUSH.value, "Odoo → Exchange")],
        required=True,
    )
    action = fields.Selection(
        [
            (LineAction.CREATE.value, "Created"),
            (LineAction.UPDATE.value, "Updated"),
            (LineAction.LINK.value, "Linked"),
            (LineAction.ARCHIVE.value, "Archived"),
            (LineAction.DELETE.value, "Deleted"),
            (LineAction.REVIVE.value, "Restored"),
            (LineAction.STOP.value, "No longer synchronized"),
            (LineAction.START.value, "Synchronized again"),
            (LineAction.CONFLICT.value, "Conflict"),
            (LineAction.AMBIGUOUS.value, "To match"),
            (LineAction.SKIP.value, "Skipped"),
            (LineAction.ERROR.value, "Problem"),
        ],
        required=True,
    )
    happened = fields.Char(
        string="Change",
        compute="_compute_happened",
        help="Action on the contact; in a preview, the planned action.",
    )
    name = fields.Char(string="Contact Name")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", index=True, ondelete="set null"
    )
    candidate_ids = fields.Many2many(
        "res.partner",
        relation="exchange_sync_line_candidate_rel",
        string="Possible Contacts",
    )
    remote_id = fields.Char(groups="base.group_system")
    field_name = fields.Selection("_select_field_name", string="Field")
    old_value = fields.Text(string="Before")
    new_value = fields.Text(string="After")
    error_code = fields.Char(
        help="Code of the error; the message is made from it.",
    )
    error_detail = fields.Text(
        string="Details",
        groups="base.group_system",
        help="The server's own error message.",
    )
    error_reason = fields.Text(
        string="Reason",
        help="What Odoo says about the error; part of the message.",
    )
    message = fields.Text(compute="_compute_message")
    link_id = fields.Many2one(
        "exchange.contact.link",
        string="Exchange Link",
        index="btree_not_null",
        ondelete="set null",
    )
    other_chosen = fields.Boolean(
        string="Other Value Chosen",
        readonly=True,
        help="The rejected value was chosen afterwards.",
    )
    accepted = fields.Boolean(
        readonly=True,
        help="The owner left the conflict as it was decided.",
    )
    can_use_other = fields.Boolean(compute="_compute_can_use_other")
    can_accept = fields.Boolean(compute="_compute_can_use_other")
    other_label = fields.Char(compute="_compute_can_use_other")
    odoo_value = fields.Text(string="In Odoo", compute="_compute_values_by_side")
    exchange_value = fields.Text(
        string="In Exchange", compute="_compute_values_by_side"
    )
    to_match = fields.Boolean(
        compute="_compute_can_answer",
        search="_search_to_match",
        help="The contact waits for its owner to say who it is.",
    )
    details = fields.Char(
        string="Company, E-mail, Phone",
        compute="_compute_can_answer",
        help="What the contact of the mailbox is recognized by.",
    )
    can_answer = fields.Boolean(compute="_compute_can_answer")
    can_retry = fields.Boolean(compute="_compute_can_retry")

    @api.model
    def _select_field_name(self):
        """Return the key and label of each field, including those of other addons."""
        return list(field_labels.labels(self.env).items())

    @api.depends(
        *("error_code", "error_reason", "action", "direction", "candidate_ids"),
        *("field_name", "old_value", "new_value"),
    )
    @api.depends_context("lang")
    def _compute_message(self):
        for line in self:
            line.message = line._value_message() or failure_messages.sentence(
                self.env,
                line._message_code(),
                line.direction,
                reason=line.error_reason or "",
            )

    @api.depends("action", "run_id.trigger")
    @api.depends_context("lang")
    def _compute_happened(self):
        labels = dict(self._fields["action"]._description_selection(self.env))
        for line in self:
            expected = line.run_id.trigger == "preview" and EXPECTED.get(line.action)
            line.happened = (
                self.env._(expected) if expected else labels.get(line.action)
            )

    def _value_message(self):
        """Return the sentence about a single value, None if the line is about none."""
        if not self.error_code or not self.field_name:
            return None
        labels = field_labels.labels(self.env)
        return value_messages.sentence(
            self.env,
            self.error_code,
            self.direction,
            (self.field_name, labels.get(self.field_name, self.field_name)),
            (self.old_value or "", self.new_value or ""),
            self.error_reason or "",
        )

    def _message_code(self):
        """Return the code of the sentence that explains the line, or False."""
        if self.action != LineAction.AMBIGUOUS.value or self.error_code:
            return self.error_code
        alone = len(self.sudo().candidate_ids) == 1
        return "ambiguous_one" if alone else "ambiguous"

    @api.depends("action", "other_chosen", "accepted", "old_value", "link_id.state")
    @api.depends_context("lang")
    def _compute_can_use_other(self):
        for line in self:
            line.can_use_other = line_requests.can_use_other(line)
            line.can_accept = line_requests.can_accept(line)
            line.other_label = line_requests.other_label(line)

    @api.depends("action", "direction", "old_value", "new_value")
    def _compute_values_by_side(self):
        for line in self:
            found = line_requests.values_by_side(line)
            line.odoo_value, line.exchange_value = found

    @api.depends("action", "remote_id")
    def _compute_can_answer(self):
        entries = match_requests.waiting(self)
        for line in self:
            entry = entries.get(line_requests.key_of(line))
            line.can_answer = line.run_id.is_mine and bool(entry)
            line.to_match = line.can_answer and entry.answer != "never"
            line.details = entry and match_requests.details(line, entry)

    @api.model
    def _search_to_match(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = match_requests.open_lines(self.env)
        return [("id", "in" if True in value else "not in", found)]

    @api.depends("action", "remote_id", "field_name", "link_id.state")
    def _compute_can_retry(self):
        retryable = line_requests.retryable(self)
        for line in self:
            line.can_retry = line in retryable

    def action_use_other(self):
        """Have the next run give both sides the values that lost."""
        return line_requests.use_other(self)

    def action_accept(self):
        """Accept the decisions the run made about conflicts."""
        line_requests.accept(self)
        return True

    def action_answer(self):
        """Ask the owner who the contact is."""
        return match_requests.ask(self)

    def action_link_to(self, partner):
        """Have the next run link the contact to a partner.

        :param partner: int, id of the partner
        """
        return match_requests.link(self, self.env["res.partner"].browse(partner))

    def action_link_suggested(self):
        """Have the next run link each contact to its only candidate."""
        return match_requests.link_suggested(self)

    def action_create_new(self):
        """Have the next run create the contacts in Odoo."""
        return match_requests.create(self)

    def action_never_import(self):
        """Never import the contacts, and stop asking about them."""
        return match_requests.never(self)

    def action_retry(self):
        """Process the contact again, as soon as possible."""
        return line_requests.retry(self)
