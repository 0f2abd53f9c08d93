# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

from ..core.hosts import domain_of


class Credentials(models.AbstractModel):
    """What somebody enters to get into a mailbox.

    Whatever inherits it has the fields ``provider_id`` and ``email``. Nothing of the
    password is kept: a dialog hands it over together with the button that is pressed,
    and ``exchange.account`` adds where it is stored.
    """

    _name = "exchange.credentials.mixin"
    _inherit = ["exchange.secret.fields.mixin"]
    _description = "Credentials of an Exchange Mailbox"

    password = fields.Char(
        compute="_compute_password",
        inverse="_inverse_password",
        copy=False,
    )
    uses_service_account = fields.Boolean(
        compute="_compute_uses_service_account", compute_sudo=True
    )

    def _compute_password(self):
        self.password = False

    def _inverse_password(self):
        # What was typed must not be read back from the cache.
        self.invalidate_recordset(["password"], flush=False)

    @api.depends("provider_id.service_username")
    def _compute_uses_service_account(self):
        for one in self:
            one.uses_service_account = bool(one.provider_id.service_username)

    @api.constrains("email")
    def _check_email(self):
        for one in self.filtered("email"):
            if not (email_normalize(one.email) and domain_of(one.email)):
                raise ValidationError(
                    self.env._("“%s” is not an e-mail address.", one.email)
                )
