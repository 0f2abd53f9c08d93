# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.fields import FIELDS, PHOTO
from ..core.undo import Decided
from ..core.user_requests import FieldOverride


class LineChoices(models.AbstractModel):
    """What the owner can still decide about a step of a synchronization."""

    _name = "exchange.sync.line.choices.mixin"
    _description = "Choices about a Step of an Exchange Synchronization"

    link_id = fields.Many2one(
        "exchange.contact.link", index="btree_not_null", ondelete="set null"
    )
    other_chosen = fields.Boolean(
        string="Other Value Chosen",
        readonly=True,
        help="The value that gave way was chosen after all.",
    )
    can_use_other = fields.Boolean(compute="_compute_can_use_other")
    can_answer = fields.Boolean(compute="_compute_can_answer")

    @api.depends("action", "other_chosen", "link_id.state")
    def _compute_can_use_other(self):
        for line in self:
            line.can_use_other = (
                line.action == "conflict"
                and line.field_name != PHOTO.key  # nobody kept the other one
                and not line.other_chosen
                and line.link_id.state in ("synced", "error")
                and line.run_id.is_mine
                and line.run_id.trigger != "preview"
            )

    @api.depends("action", "remote_id")
    def _compute_can_answer(self):
        entries = self._waiting()
        for line in self:
            line.can_answer = line.run_id.is_mine and bool(
                entries.get((line.run_id.account_id.id, line.sudo().remote_id))
            )

    def _waiting(self):
        """Contacts that wait for an answer.

        :return: dict of ``exchange.inbox.entry`` by account and contact
        """
        lines = self.sudo().filtered(
            lambda line: (
                line.action == "ambiguous"
                and line.remote_id
                and line.run_id.trigger != "preview"
            )
        )
        entries = self.env["exchange.inbox.entry"].sudo()
        found = entries.search(
            [
                ("account_id", "in", lines.run_id.account_id.ids),
                ("remote_id", "in", lines.mapped("remote_id")),
                ("deferred", "=", True),
            ]
        )
        return {(entry.account_id.id, entry.remote_id): entry for entry in found}

    def action_use_other(self):
        """Both sides get the value that gave way; the next run does it.

        Parts of one value go together: no address is put together from two houses.
        """
        self.ensure_one()
        self.check_access("read")
        if not self.can_use_other:
            raise UserError(
                self.env._(
                    "The other value can no longer be used: it was chosen already, or "
                    "the contact is not synchronized any more."
                )
            )
        lines = self._whole_value()
        field_overrides = {
            line.field_name: FieldOverride(line.new_value or "", line.old_value or "")
            for line in lines
        }
        self.link_id._decide({self.link_id.id: Decided(None, field_overrides)})
        lines.sudo().other_chosen = True
        return self.run_id.account_id._soon()

    def _whole_value(self):
        """The conflicts of the same contact, in the same run, about the same value."""
        group = _group(self.field_name)
        return self.run_id.line_ids.filtered(
            lambda line: (
                line == self
                or group
                and line.action == "conflict"
                and line.link_id == self.link_id
                and _group(line.field_name) == group
            )
        )

    def action_answer(self):
        """Ask the owner who the contact is."""
        self.ensure_one()
        self.check_access("read")
        if not self.can_answer:
            raise UserError(self.env._("This contact no longer waits for an answer."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Is It?"),
            "res_model": "exchange.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id},
        }

    def _answer(self, partner):
        """Note who a contact is; the next run carries it out.

        :param partner: record of ``res.partner``, empty for somebody new
        """
        self.check_access("read")
        entry = next(iter(self._waiting().values()), None)
        if not entry:
            raise UserError(self.env._("This contact no longer waits for an answer."))
        entry._take_up(
            answer="link" if partner else "create", answered_partner_id=partner.id
        )
        self.invalidate_recordset(["can_answer"])
        return self.run_id.account_id._soon()


def _group(key):
    row = FIELDS.get(key)  # a row of another addon is a value of its own
    return row.group if row else ""
