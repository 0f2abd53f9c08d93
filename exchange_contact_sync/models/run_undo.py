# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import undo
from ..core.run import Line

CHANGES = ("create", "update", "link", "archive", "delete", "revive", "start")
"""Steps that change a contact: what can be undone, and what stands in its way."""


class RunUndo(models.AbstractModel):
    """Take back what a synchronization did."""

    _name = "exchange.sync.run.undo.mixin"
    _description = "Undo of an Exchange Synchronization"

    undone_by_id = fields.Many2one(
        "exchange.sync.run", string="Undone by", readonly=True, ondelete="set null"
    )
    can_undo = fields.Boolean(compute="_compute_can_undo")

    @api.depends("state", "trigger", "undone_by_id", "line_ids.action")
    def _compute_can_undo(self):
        for run in self:
            run.can_undo = (
                run.state != "running"
                and run.trigger in ("manual", "auto")
                and not run.undone_by_id
                and run.is_mine
                and any(line.action in CHANGES for line in run.line_ids)
            )

    def action_undo(self):
        """Have a run of its own take back, on both sides, what this one did.

        What somebody changed since is left alone, and listed.

        :return: action that opens the new run
        """
        self.ensure_one()
        account = self.account_id
        account._check_ready()
        if not self.can_undo:
            raise UserError(
                self.env._("There is nothing in this synchronization to undo.")
            )
        undoing = self.sudo().create({"account_id": account.id, "trigger": "undo"})
        self.sudo().undone_by_id = undoing
        decided, untouched = self._decisions()
        self.env["exchange.contact.link"]._decide(decided)
        undoing._tell_left_alone(untouched)
        account._soon()
        return {
            "type": "ir.actions.act_window",
            "res_model": "exchange.sync.run",
            "res_id": undoing.id,
            "view_mode": "form",
        }

    def _decisions(self):
        """What to ask for, pair by pair.

        :return: dict of ``core.undo.Decided`` by id of the link, and the lines of
            pairs that are left alone
        """
        mine = self.line_ids.filtered(lambda line: line.action in CHANGES)
        changed_since = self._changed_since(mine.link_id)
        decided = {}
        untouched = mine.filtered(lambda line: not line.link_id)
        for link, lines in mine.filtered("link_id").grouped("link_id").items():
            lines = lines.sorted("id")
            decision = undo.undo([_as_line(line) for line in lines])
            whole = decision is not None and decision.user_request
            if decision is None or whole and link in changed_since:
                untouched |= lines[:1]
            else:
                decided[link.id] = decision
                untouched |= lines.filtered_domain(
                    [("field_name", "in", decision.left)]
                )
        return decided, untouched

    def _changed_since(self, links):
        """Links that a later run did something to."""
        later = self.env["exchange.sync.line"].search(
            [
                ("link_id", "in", links.ids),
                ("action", "in", CHANGES),
                ("run_id", "!=", self.id),
                ("run_id.trigger", "!=", "preview"),
                ("run_id.started_at", ">=", self.started_at),
                ("id", ">", max(self.line_ids.ids)),
            ]
        )
        return later.link_id

    def _tell_left_alone(self, lines):
        self.env["exchange.sync.line"].sudo().create(
            [
                {
                    "run_id": self.id,
                    "direction": line.direction,
                    "action": "skip",
                    "name": line.name,
                    "partner_id": line.partner_id.id,
                    "link_id": line.link_id.id,
                    "field_name": line.field_name,
                    "error_code": "left_alone",
                }
                for line in lines
            ]
        )
        self.sudo().skipped_count = len(lines)


def _as_line(line):
    return Line(
        line.direction,
        line.action,
        field=line.field_name or "",
        old=line.old_value or "",
        new=line.new_value or "",
    )
