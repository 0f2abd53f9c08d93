# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import models
from odoo.exceptions import UserError

from ..core.errors import SyncError
from ..use_cases import failure_messages

_logger = logging.getLogger(__name__)


class AccountReset(models.AbstractModel):
    """Forgetting what was synchronized, to begin from the beginning."""

    _name = "exchange.account.reset.mixin"
    _description = "Reset of an Exchange Account's Synchronization"

    def action_reset(self):
        """Explain what a reset means, and ask."""
        self._check_owner()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reset Synchronization"),
            "res_model": "exchange.reset",
            "view_mode": "form",
            "target": "new",
            "context": {"default_account_id": self.id},
        }

    def _reset(self, remove_identities):
        """Forget the links, what waits to be worked off, and how far the folders were
        read.

        :param remove_identities: bool, also take our marks off the contacts
        :return: int, how many contacts kept their mark because the mailbox refused
        :raises UserError: it cannot be done now; nothing was forgotten
        """
        self._check_owner()
        refused = self._try_to_reset(remove_identities)
        if refused is None:
            raise UserError(
                self.env._(
                    "%s is being synchronized right now, so nothing was reset. Try "
                    "again in a moment, or pause the account first.",
                    self.email,
                )
            )
        self.env.invalidate_all()
        return refused

    def _try_to_reset(self, remove_identities):
        from ..use_cases import reset

        try:
            return reset.reset(self, remove_identities=remove_identities)
        except SyncError as error:
            code = error.code
        except psycopg2.Error:
            raise
        except Exception:
            _logger.exception("Exchange account %s: unexpected failure", self.id)
            code = SyncError.code
        sentence = failure_messages.sentence(self.env, code)
        raise UserError(self.env._("Nothing was reset. %s", sentence))
