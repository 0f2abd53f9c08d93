# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import ValidationError

from ..partner.limits import LIMITS, PREFIX


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    exchange_brake_percent = fields.Integer(
        string="Brake (%)",
        config_parameter=PREFIX + "brake_percent",
        default=LIMITS["brake_percent"].default,
        help="New accounts start with this share of contacts that one synchronization "
        "may archive or delete without asking.",
    )
    exchange_shortest_interval = fields.Integer(
        string="Shortest Interval",
        config_parameter=PREFIX + "shortest_interval",
        default=LIMITS["shortest_interval"].default,
        help="Minutes that lie at least between two automatic synchronizations.",
    )
    exchange_batch_size = fields.Integer(
        string="Batch Size",
        config_parameter=PREFIX + "batch_size",
        default=LIMITS["batch_size"].default,
        help="Contacts that are written in one transaction. Fewer lock less and take "
        "longer.",
    )
    group_exchange_import = fields.Boolean(
        string="All internal users may import contacts from Exchange",
        implied_group="exchange_contact_sync.group_import",
        group="base.group_user",
    )
    group_exchange_export = fields.Boolean(
        string="All internal users may export contacts to Exchange",
        implied_group="exchange_contact_sync.group_export",
        group="base.group_user",
    )

    def set_values(self):
        for name, limit in LIMITS.items():
            field = self._fields[f"exchange_{name}"]
            if not limit.least <= self[field.name] <= limit.most:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is a number from %(least)s to %(most)s.",
                        name=field._description_string(self.env),
                        least=limit.least,
                        most=limit.most,
                    )
                )
        return super().set_values()
