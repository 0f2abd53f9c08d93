# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core.fields import FIELDS, Kind
from ..partner import extra_fields


def _of(key):
    """A field of the form for something of ``core.fields.MORE``.

    :param key: str
    :return: Field, not stored
    """
    row = FIELDS[key]

    @api.depends(lambda self: (extra_fields.place(self, key),))
    def compute(self):
        for partner in self:
            partner[f"exchange_{key}"] = extra_fields.read(partner, key) or False

    def inverse(self):
        for partner in self:
            value = partner[f"exchange_{key}"]
            partner.write(extra_fields.vals(partner, {key: str(value or "").strip()}))

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

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._exchange_more_tidied(one) for one in vals_list])

    def write(self, vals):
        return super().write(self._exchange_more_tidied(vals))

    @api.model
    def _exchange_more_tidied(self, vals):
        if extra_fields.BLOCK not in vals:
            return vals
        self._exchange_check_more(vals[extra_fields.BLOCK])
        return {
            **vals,
            extra_fields.BLOCK: extra_fields.tidied(vals[extra_fields.BLOCK]),
        }

    @api.constrains("more_from_exchange")
    def _check_more_from_exchange(self):
        """Defaults get here, too."""
        for partner in self:
            self._exchange_check_more(partner.more_from_exchange)

    @api.model
    def _exchange_check_more(self, block):
        key = extra_fields.wrong(block)
        if key is None:
            return
        if not key:
            raise ValidationError(
                self.env._(
                    "“more_from_exchange” holds a text for each detail, such as "
                    '{"nickname": "Ada"}.'
                )
            )
        if key not in extra_fields.KEYS:
            raise ValidationError(
                self.env._(
                    "“%(key)s” is not a detail of a contact. There are: %(known)s.",
                    key=key[:50],
                    known=", ".join(extra_fields.KEYS),
                )
            )
        raise ValidationError(
            self.env._(
                "“%(label)s” cannot be saved. Enter a text of at most %(limit)s "
                "characters, or for a day a date such as 1980-03-05.",
                label=FIELDS[key].label,
                limit=extra_fields.LONGEST,
            )
        )
