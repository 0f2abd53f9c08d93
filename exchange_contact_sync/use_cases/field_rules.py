# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Label and check the rules that say which way each field travels."""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.exceptions import ValidationError

from ..core.policy import Direction, values_of
from . import extending, field_labels

LABELS = {
    "business_street": lambda env: env._("Business address"),
    "home_street": lambda env: env._("Home address"),
    "other_street": lambda env: env._("Other address"),
    "email2": lambda env: env._("Further e-mails"),
    "im1": lambda env: env._("Instant messengers"),
}
"""Labels of values that several rows belong to."""


def choices(env: Environment, defaults: dict[str, str]) -> list[dict[str, str]]:
    """What there is to choose for.

    :param defaults: directions by key, of those that differ from both ways
    :return: of each value ``key``, ``label`` and ``default``
    """
    labels = field_labels.labels(env)
    both = Direction.BOTH.value
    return [
        {
            "key": value.key,
            "label": _label_of(env, value.key, labels),
            "default": defaults.get(value.key, both),
        }
        for value in values_of(extending.rows(env))
    ]


def _label_of(env: Environment, key: str, labels: dict[str, str]) -> str:
    return LABELS[key](env) if key in LABELS else labels[key]


def check(env: Environment, rules: Any) -> None:
    """Check rules that are to be kept.

    :param rules: anything, over RPC
    :raises ValidationError: a field or a direction is unknown
    """
    known = {value.key for value in values_of(extending.rows(env))}
    directions = {direction.value for direction in Direction}
    rules = rules or {}
    if not isinstance(rules, dict) or not known.issuperset(rules):
        raise ValidationError(env._("There are field rules for unknown fields."))
    if not directions.issuperset(map(str, rules.values())):
        raise ValidationError(
            env._(
                "A field is synchronized both ways, from Exchange only, to Exchange "
                "only, or not at all."
            )
        )
