# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..core.link import ACTIVE_STATES


class ExchangeDisconnect(models.TransientModel):
    """The dialog that explains what happens to contacts and links before an account is
    deleted.
    """

    _name = "exchange.disconnect"
    _inherit = ["exchange.relations.mixin"]
    _description = "Disconnecting an Exchange Account"

    account_id = fields.Many2one(
        "exchange.account", required=True, readonly=True, ondelete="cascade"
    )
    exchange_side = fields.Text(string="In Exchange", compute="_compute_sides")
    links = fields.Text(compute="_compute_sides")
    remove_identities = fields.Boolean(
        string="Also remove the hidden identifiers from the contacts in the mailbox",
        help="Contacts that Odoo created in the mailbox have a hidden identifier, by "
        "which they are recognized when the mailbox is connected again. Odoo has to "
        "reach the mailbox to remove it.",
    )

    @api.depends("account_id.link_ids")
    @api.depends_context("lang")
    def _compute_sides(self):
        for wizard in self:
            links = wizard.account_id.link_ids
            active = links.filtered(lambda link: link.state in ACTIVE_STATES)
            exported = len(active.filtered("created_by_us"))
            wizard.exchange_side = (
                self.env._(
                    "They stay. Created there by Odoo: %s; delete them in Outlook if "
                    "you no longer need them.",
                    exported,
                )
                if exported
                else self.env._("They stay.")
            )
            wizard.links = self.env._(
                "Links that are deleted: %s. A change on one side no longer reaches "
                "the other. If you connect the mailbox again, the contacts are "
                "recognized by what they contain.",
                len(active),
            )

    def action_confirm(self):
        """Delete the account.

        :return: action that has the form of the account make room for the list
        """
        from ..use_cases import disconnect

        self.ensure_one()
        email = self.account_id.email
        refused = disconnect.disconnect(self.account_id, self.remove_identities)
        message = self.env._("%s is disconnected", email)
        if refused:
            message += " " + self.env._(
                "Hidden identifiers that the mailbox refused to remove: %s.", refused
            )
        return {
            "type": "ir.actions.act_window_close",
            "infos": {"disconnected": message},
        }
