# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from ..partner.export_scope import may_go_out


class ResPartnerRequests(models.Model):
    """What people ask for contacts they have selected."""

    _inherit = "res.partner"

    def action_export_to_exchange(self):
        """Put contacts into the mailbox; asks which, if there are several.

        :return: action
        """
        self.check_access("read")
        accounts = self._own_accounts()
        if not any(self.filtered_domain(may_go_out(one)) for one in accounts):
            raise UserError(
                self.env._(
                    "Only people go to Exchange: none of these is an active contact "
                    "with a name. Addresses go along with their people, and companies "
                    "if the account exports companies."
                )
            )
        if len(accounts) == 1:
            return self._export_to(accounts)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Export to Exchange"),
            "res_model": "exchange.export",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }

    def _own_accounts(self):
        accounts = self.env["exchange.account"]._own()
        accounts = accounts.filtered(lambda one: one.state in ("connected", "error"))
        if not accounts:
            raise UserError(
                self.env._(
                    "You have no connected mailbox yet. Choose “Synchronize contacts”, "
                    "then “Add account for synchronization…”."
                )
            )
        return accounts

    def _export_to(self, accounts):
        """:param accounts: records of ``exchange.account``
        :return: action that tells what will happen
        """
        people = self.browse()
        for account in accounts:
            chosen = self.filtered_domain(may_go_out(account))
            account._request_export(chosen)
            people |= chosen
        told = self.env._(
            "They will be in %(mailboxes)s after the next synchronization: "
            "%(count)s contacts.",
            mailboxes=", ".join(accounts.mapped("email")),
            count=len(people),
        )
        left = self - people
        if left:
            names = ", ".join(one.display_name or "?" for one in left[:10])
            told += " " + self.env._("Skipped (companies and addresses): %s.", names)
        kind = "warning" if left else "success"
        return accounts._notification(kind, self.env._("Export to Exchange"), told)

    def action_stop_exchange(self):
        """Contacts stay on both sides, and changes no longer travel.

        :return: action that tells how many
        """
        links = self.exchange_link_ids.filtered(lambda link: link.state != "stopped")
        accounts = self.env["exchange.account"]._own()
        stopped = accounts._withdraw_export(self) | links.partner_id
        if not stopped:
            raise UserError(self.env._("None of these contacts is synchronized."))
        links.action_stop()
        return accounts._notification(
            "success",
            self.env._("Stop Synchronizing"),
            self.env._("No longer synchronized: %s.", len(stopped)),
        )
