# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

PREVIEW_SECONDS = 60.0


class AccountPreview(models.AbstractModel):
    """Showing what a synchronization would do, without doing it."""

    _name = "exchange.account.preview.mixin"
    _description = "Preview of an Exchange Account's Synchronization"

    def action_preview(self):
        """Show what a synchronization would do now. Neither side is changed, nor what
        is known of the account.

        :return: dict, an action that opens the record of ``exchange.sync.run``
        """
        from ..use_cases import preview

        self._check_may_preview()
        account = self.with_user(self.user_id)
        run = preview.preview(account, seconds=PREVIEW_SECONDS)
        if run is None:
            raise self._is_at_work()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": run._name,
            "res_id": run.id,
            "views": [(False, "form")],
        }

    def _check_may_preview(self):
        """As before a synchronization; a run over the limit can be previewed too."""
        self._check_owner()
        if self.deletion_limit_reached:
            self._check_something_to_do()
        else:
            self._check_ready()
