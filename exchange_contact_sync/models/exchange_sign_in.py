# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..use_cases import passwords


class ExchangeSignIn(models.Model):
    """A sign-in with Microsoft: the encrypted refresh token of an account.

    No group has access; the addon itself reads and writes it.
    """

    _name = "exchange.sign.in"
    _description = "Sign-in with Microsoft"
    _rec_name = "account_id"

    account_id = fields.Many2one("exchange.account", required=True, ondelete="cascade")
    refresh_token_encrypted = fields.Char(
        groups=fields.NO_ACCESS, copy=False, prefetch=False
    )
    person = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        help="Who signed in: ids of the organization and of the user.",
    )
    shared = fields.Boolean(
        help="The mailbox is not that of the user who signed in, but shared with them.",
    )

    _account_unique = models.Constraint(
        "UNIQUE(account_id)", "An account has one sign-in."
    )

    @api.autovacuum
    def _gc_old_keys(self):
        """Encrypt tokens with the server's new key after the key was changed."""
        column = "refresh_token_encrypted"
        passwords.renew(self.search([(column, "!=", False)]), column)
