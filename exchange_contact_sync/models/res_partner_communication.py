# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..core.fields import PHONE_SLOTS
from ..core.normalize import line
from ..use_cases import communication_options, contact_search

EMAIL = "email"
KINDS = [
    (EMAIL, "E-mail"),
    *((f"phone_{slot}", label) for slot, label in PHONE_SLOTS),
    ("im", "Instant messenger"),
    ("page", "Website"),
]


class ResPartnerCommunication(models.Model):
    """A communication option: a phone number or e-mail address beyond those Odoo has.

    A user who may read or change the contact may read or change it.
    """

    _name = "res.partner.communication"
    _inherit = ["exchange.relations.mixin"]
    _description = "Communication Option"
    _order = "sequence, id"
    _rec_name = "value"

    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, string="Type", required=True, default=EMAIL)
    value = fields.Char(required=True, index="trigram")
    sequence = fields.Integer(default=10)

    _digits_index = models.Index(contact_search.digits_index("value"))

    @property
    def is_email(self):
        """Whether the value is an e-mail address."""
        return self.kind == EMAIL

    @api.constrains("value")
    def _check_value(self):
        if any(not line(option.value or "") for option in self):
            raise ValidationError(
                self.env._("A communication option needs a number or an address.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_tidied(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(_tidied(vals))

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            partners = self.env["res.partner"].with_context(active_test=False)
            domain = Domain(domain) & Domain("partner_id", "in", partners._search([]))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        denied = super()._check_access(operation)
        if denied or self.env.su:
            return denied
        return communication_options.refused(self, operation)


def _tidied(vals):
    return {**vals, "value": line(vals["value"] or "")} if "value" in vals else vals
