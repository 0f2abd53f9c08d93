# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .account_rights import EXPORT, IMPORT

ATTENTION = ("draft", "error")


class AccountMenu(models.AbstractModel):
    """What the menu “Synchronize contacts” of the Contacts app offers."""

    _name = "exchange.account.menu.mixin"
    _description = "Menu of Exchange Accounts"

    @api.model
    def _may_use(self):
        """:return: bool, whether the user may import or export at all"""
        return any(self.env.user.has_group(group) for group in (IMPORT, EXPORT))

    @api.model
    def _check_may_use(self):
        if not self.env.su and not self._may_use():
            raise AccessError(
                self.env._(
                    "You may neither import contacts from Exchange nor export contacts "
                    "to it. Ask your administrator."
                )
            )

    @api.model
    def _own(self):
        return self.search([("user_id", "=", self.env.uid)])

    @api.model
    def contacts_menu(self):
        """The current user's accounts.

        :return: list of dict: ``id``, ``email``, ``state`` and its name ``status``,
            ``attention``, whether the account needs its owner
        """
        self._check_may_use()
        names = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "id": account.id,
                "email": account.email,
                "state": account.state,
                "status": names[account.state],
                "attention": account.state in ATTENTION,
            }
            for account in self._own()
        ]

    @api.model
    def action_add(self):
        """:return: action, the dialog that connects a mailbox"""
        self._check_may_use()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add Account for Synchronization"),
            "res_model": "exchange.add.account",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def action_configure(self):
        """:return: action, the settings of the only account, or the list of them"""
        self._check_may_use()
        own = self._own()
        if not own:
            return self.action_add()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "exchange_contact_sync.exchange_account_action"
        )
        return own._settings_action() if len(own) == 1 else action

    def _settings_action(self):
        """:return: action, the account's form"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.email,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.model
    def action_sync_all(self):
        """Synchronize all of the user's accounts that can be, in the background.

        :return: action that tells which, and what the others need
        """
        self._check_may_use()
        own = self._own()
        ready = own.filtered(
            lambda account: (
                account.state == "connected" and account._has_something_to_do()
            )
        )
        if not own:
            raise UserError(
                self.env._(
                    "You have no account yet. Choose “Add account for "
                    "synchronization…” first."
                )
            )
        if ready:
            ready.action_sync_now()
        told = [self.env._("%s: the synchronization starts.", a.email) for a in ready]
        told += [account._why_not_now() for account in own - ready]
        return self._notification(
            "info" if ready == own else "warning",
            self.env._("Synchronize Contacts"),
            " ".join(told),
        )

    def _why_not_now(self):
        if self.state == "connected":
            why = self._why_nothing_to_do()
        elif self.state == "paused":
            why = self.env._("it is paused.")
        else:
            why = self.message or self.env._("sign in first.")
        return f"{self.email}: {why}"
