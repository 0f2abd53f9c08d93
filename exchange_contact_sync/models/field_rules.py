# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core.policy import Direction, values_of
from ..use_cases import extending

LABELS = {
    "business_street": lambda env: env._("Business address"),
    "home_street": lambda env: env._("Home address"),
    "other_street": lambda env: env._("Other address"),
    "email2": lambda env: env._("Further e-mails"),
    "im1": lambda env: env._("Instant messengers"),
}
"""What values are called that several rows belong to."""


class FieldRules(models.AbstractModel):
    """Which way each value of a contact travels; kept are those that differ."""

    _name = "exchange.field.rules.mixin"
    _description = "Rules for the Fields of Contacts"

    field_rules = fields.Json(
        default=dict,
        copy=True,
        help="Which way the changes of each field travel, where it is not both ways.",
    )
    field_rule_choices = fields.Json(compute="_compute_field_rule_choices")

    @api.depends_context("lang")
    def _compute_field_rule_choices(self):
        """What there is to choose for, with what holds if nothing is chosen."""
        labels = dict(
            self.env["exchange.sync.line"]
            ._fields["field_name"]
            ._description_selection(self.env)
        )
        values = values_of(extending.rows(self.env))
        for record in self:
            defaults = record._default_rules()
            record.field_rule_choices = [
                {
                    "key": value.key,
                    "label": self._label_of(value.key, labels),
                    "default": defaults.get(value.key, Direction.BOTH.value),
                }
                for value in values
            ]

    def _label_of(self, key, labels):
        return LABELS[key](self.env) if key in LABELS else labels[key]

    def _default_rules(self):
        """:return: dict of direction by key, what holds where nothing is chosen"""
        return {}

    @api.constrains("field_rules")
    def _check_field_rules(self):
        known = {value.key for value in values_of(extending.rows(self.env))}
        directions = {direction.value for direction in Direction}
        for record in self:
            rules = record.field_rules or {}
            if not isinstance(rules, dict) or not known.issuperset(rules):
                raise ValidationError(
                    self.env._("There are field rules for unknown fields.")
                )
            if not directions.issuperset(map(str, rules.values())):
                raise ValidationError(
                    self.env._(
                        "A field travels both ways, from Exchange only, to Exchange "
                        "only, or not at all."
                    )
                )

    def action_reset_field_rules(self):
        """What the administrator set for all holds again."""
        self.write({"field_rules": {}})
