# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..core.fields import FIELDS, Kind
from ..partner import more


def _of(key):
    """A field of the form for something of ``core.fields.MORE``.

    :param key: str
    :return: Field, not stored
    """
    row = FIELDS[key]

    @api.depends(lambda self: (more.place(self, key),))
    def compute(self):
        for partner in self:
            partner[f"exchange_{key}"] = more.read(partner, key) or False

    def inverse(self):
        for partner in self:
            value = partner[f"exchange_{key}"]
            partner.write(more.vals(partner, {key: str(value or "").strip()}))

    kind = fields.Date if row.kind is Kind.DATE else fields.Char
    return kind(
        string=row.label, compute=compute, inverse=inverse, groups="base.group_user"
    )


class ResPartnerMore(models.Model):
    """What Exchange knows of people and Odoo has no field for."""

    _inherit = "res.partner"

    more_from_exchange = fields.Json(
        groups="base.group_user",
        help="What Exchange knows and Odoo has no field for, by its name.",
    )
    exchange_nickname = _of("nickname")
    exchange_initials = _of("initials")
    exchange_department = _of("department")
    exchange_office = _of("office")
    exchange_profession = _of("profession")
    exchange_manager = _of("manager")
    exchange_assistant = _of("assistant")
    exchange_spouse = _of("spouse")
    exchange_birthday = _of("birthday")
    exchange_anniversary = _of("anniversary")
