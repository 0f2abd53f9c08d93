# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountSteering(models.AbstractModel):
    """What the list of accounts does with several at once.

    An administrator steers accounts of others without seeing what is in them: it is
    asked for a run in the background, which works as the owner.
    """

    _name = "exchange.account.steering.mixin"
    _description = "Steering of Several Exchange Accounts"

    def action_pause_selected(self):
        """Pause those that can be.

        :return: action that tells what became of each kind
        """
        ready = self.filtered(lambda account: account.state in ("connected", "error"))
        ready.action_pause()
        return self._told(self.env._("Paused: %s.", len(ready)), self - ready, ready)

    def action_resume_selected(self):
        """Resume those that are paused and can be signed in to.

        :return: action that tells what became of each kind
        """
        self._check_may_steer()
        ready = self.filtered(
            lambda account: (
                account.state == "paused"
                and (account.has_password or account.uses_service_account)
            )
        )
        ready.action_resume()
        return self._told(self.env._("Resumed: %s.", len(ready)), self - ready, ready)

    def action_sync_selected(self):
        """Have those that can be synchronized in the background.

        :return: action that tells what became of each kind
        """
        self._check_may_steer()
        ready = self.filtered(
            lambda account: (
                account.state == "connected" and account.sudo()._has_something_to_do()
            )
        )
        ready._request_sync()
        ready._wake_cron()
        return self._told(
            self.env._("In the background are synchronized: %s.", len(ready)),
            self - ready,
            ready,
        )

    def _told(self, done, others, ready):
        told = [done] if ready else []
        if others:
            names = ", ".join(others.mapped("email"))
            told.append(self.env._("Left as they are: %s.", names))
        action = self._notification(
            "warning" if others else "success",
            self.env._("Exchange Accounts"),
            " ".join(told),
        )
        action["params"]["next"] = {"type": "ir.actions.client", "tag": "soft_reload"}
        return action
