# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..use_cases import field_rules


class FieldRules(models.AbstractModel):
    """Which way each value of a contact travels; kept are those that differ."""

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
        """What there is to choose for, with what holds if nothing is chosen."""
        for record in self:
            defaults = record._default_rules()
            record.field_rule_choices = field_rules.choices(self.env, defaults)

    def _default_rules(self):
        """:return: dict of direction by key, what holds where nothing is chosen"""
        return {}

    @api.constrains("field_rules")
    def _check_field_rules(self):
        for record in self:
            field_rules.check(self.env, record.field_rules)

    def action_reset_field_rules(self):
        """Follow what the administrator set for all."""
        self.write({"field_rules": {}})
