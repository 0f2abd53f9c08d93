# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..use_cases import failure_messages, value_messages
from .row_selection import RowSelection


class ExchangeSyncLine(models.Model):
    """One thing that happened in a synchronization."""

    _name = "exchange.sync.line"
    _inherit = [
        "exchange.private.names.mixin",
        "exchange.sync.line.choices.mixin",
        "exchange.sync.line.retry.mixin",
    ]
    _description = "Step of an Exchange Synchronization"
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
        [("pull", "Exchange → Odoo"), ("push", "Odoo → Exchange")], required=True
    )
    action = fields.Selection(
        [
            ("create", "Created"),
            ("update", "Updated"),
            ("link", "Linked"),
            ("archive", "Archived"),
            ("delete", "Deleted"),
            ("revive", "Brought back"),
            ("stop", "No longer synchronized"),
            ("start", "Synchronized again"),
            ("conflict", "Conflict"),
            ("ambiguous", "Not clear who it is"),
            ("skip", "Left out"),
            ("error", "Problem"),
        ],
        required=True,
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
    field_name = RowSelection(string="Field")
    old_value = fields.Text(string="Before")
    new_value = fields.Text(string="After")
    error_code = fields.Char(
        help="What went wrong, as a word; the sentence is made from it.",
    )
    error_detail = fields.Text(
        string="Details",
        groups="base.group_system",
        help="What the server said, in its own words.",
    )
    message = fields.Text(compute="_compute_message")

    @api.depends(
        *("error_code", "action", "direction", "candidate_ids"),
        *("field_name", "old_value", "new_value"),
    )
    @api.depends_context("lang")
    def _compute_message(self):
        for line in self:
            line.message = line._value_message() or failure_messages.sentence(
                self.env, line._message_code(), line.direction
            )

    def _value_message(self):
        """:return: str or None, the sentence about one value, with the value"""
        if not self.error_code or not self.field_name:
            return None
        labels = dict(self._fields["field_name"]._description_selection(self.env))
        return value_messages.sentence(
            self.env,
            self.error_code,
            self.direction,
            (self.field_name, labels.get(self.field_name, self.field_name)),
            (self.old_value or "", self.new_value or ""),
        )

    def _message_code(self):
        """:return: str, which sentence explains the line, or False"""
        if self.action != "ambiguous" or self.error_code:
            return self.error_code
        alone = len(self.sudo().candidate_ids) == 1
        return "ambiguous_one" if alone else "ambiguous"
