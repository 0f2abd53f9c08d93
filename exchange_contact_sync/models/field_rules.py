# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..use_cases import field_rules


class FieldRules(models.AbstractModel):
    """The direction of each field; only differences from the default are stored."""

    _name = "exchange.field.rules.mixin"
    _description = "Rules for the Fields of Contacts"

    field_rules = fields.Json(
        default=dict,
        copy=True,
        help="Direction in which each field is synchronized, where it is not both "
        "ways.",
    )
    field_rule_choices = fields.Json(compute="_compute_field_rule_choices")

    @api.depends_context("lang")
    def _compute_field_rule_choices(self):
        """Compute the fields a user can choose a direction for, with their defaults."""
        for record in self:
            defaults = record._default_rules()
            record.field_rule_choices = field_rules.choices(self.env, defaults)

    def _default_rules(self):
        """Return the default direction of each field, by the field's key."""
        return {}

    @api.constrains("field_rules")
    def _check_field_rules(self):
        for record in self:
            field_rules.check(self.env, record.field_rules)

    def action_reset_field_rules(self):
        """Return to the directions the administrator set for all accounts."""
        self.write({"field_rules": {}})
