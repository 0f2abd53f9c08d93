# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..use_cases import limits


class ResConfigSettings(models.TransientModel):
    """Limits for all accounts, and who may import and export.

    The limits are not ``config_parameter`` fields, because those do not store a zero.
    """

    _inherit = "res.config.settings"

    exchange_deletion_limit = fields.Integer("Deletion Limit (%)")
    exchange_shortest_interval = fields.Integer("Minimum Interval")
    exchange_batch_size = fields.Integer("Batch Size")
    exchange_keep_days = fields.Integer("Keep Synchronizations")
    group_exchange_import = fields.Boolean(
        string="Import from Exchange",
        implied_group="exchange_contact_sync.group_import",
        group="base.group_user",
    )
    group_exchange_export = fields.Boolean(
        string="Export to Exchange",
        implied_group="exchange_contact_sync.group_export",
        group="base.group_user",
    )

    @api.model
    def get_values(self):
        """Return the limits in effect."""
        values = {
            f"exchange_{name}": limits.read(self.env, name) for name in limits.LIMITS
        }
        return {**super().get_values(), **values}

    def set_values(self):
        """Store what an administrator entered if it is valid."""
        for name, limit in limits.LIMITS.items():
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
        result = super().set_values()
        for name in limits.LIMITS:
            limits.keep(self.env, name, self[f"exchange_{name}"])
        return result
