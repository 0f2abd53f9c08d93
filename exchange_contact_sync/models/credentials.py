# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

from ..core.hosts import domain_of


class Credentials(models.AbstractModel):
    """The fields in which a user enters how to sign in to a mailbox.

    Inheriting models define the fields ``provider_id`` and ``email``. The password is
    not stored here: a dialog passes it as an argument of its button, and
    ``exchange.account`` adds the encrypted field.
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
    signs_in_with_microsoft = fields.Boolean(
        compute="_compute_signs_in_with_microsoft", compute_sudo=True
    )

    def _compute_password(self):
        self.password = False

    def _inverse_password(self):
        # The cache must not return the password that was entered.
        self.invalidate_recordset(["password"], flush=False)

    @api.depends(
        "provider_id.kind", "provider_id.service_username", "provider_id.access"
    )
    def _compute_uses_service_account(self):
        for one in self:
            one.uses_service_account = one.provider_id._opens_all_mailboxes()

    @api.depends("provider_id.kind", "provider_id.access")
    def _compute_signs_in_with_microsoft(self):
        for one in self:
            provider = one.provider_id
            one.signs_in_with_microsoft = (
                provider.kind == "graph" and not provider._opens_all_mailboxes()
            )

    @api.constrains("email")
    def _check_email(self):
        for one in self.filtered("email"):
            if not (email_normalize(one.email) and domain_of(one.email)):
                raise ValidationError(
                    self.env._("“%s” is not an e-mail address.", one.email)
                )
