# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields, models
from odoo.exceptions import UserError

from .account_rights import EXPORT


class AccountRequests(models.AbstractModel):
    """Contacts the owner wants in the mailbox, whatever the export choice is."""

    _name = "exchange.account.requests.mixin"
    _description = "Contacts Asked for in an Exchange Account"

    requested_ids = fields.Many2many(
        "res.partner",
        relation="exchange_account_requested_rel",
        column1="account_id",
        column2="partner_id",
        string="Contacts Asked For",
        groups=fields.NO_ACCESS,
        copy=False,
        help="Contacts to be created in the mailbox whatever the export choice is.",
    )

    def _request_export(self, partners):
        """Have contacts in the mailbox from the next run on.

        :param partners: records of ``res.partner`` that the owner may read
        """
        for account in self:
            account._check_owner()
            if not account.may_export:
                raise UserError(account._refusal(EXPORT))
            if not account.export_contacts:
                raise UserError(
                    self.env._(
                        "Nothing is exported to %s. Switch on “Export contacts” in "
                        "the settings of the account first.",
                        account.email,
                    )
                )
            links = partners.exchange_link_ids.filtered(
                lambda link, own=account: link.account_id == own
            )
            links.sudo().pinned = True
            resting = links.filtered(lambda link: link.state == "stopped")
            if resting:
                resting.action_start()
            new = partners - links.partner_id
            account.sudo().requested_ids = [Command.link(i) for i in new.ids]
            account._soon()

    def _withdraw_export(self, partners):
        """:param partners: records of ``res.partner`` that are no longer asked for
        :return: those of them that were
        """
        withdrawn = partners.browse()
        for account in self.sudo():
            gone = account.requested_ids & partners
            account.requested_ids = [Command.unlink(i) for i in gone.ids]
            withdrawn |= gone.with_env(partners.env)
        return withdrawn
