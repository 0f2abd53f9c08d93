# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Label and check the rules for the direction of each field."""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.exceptions import ValidationError

from ..core.fields import PHONE_KEYS
from ..core.policy import Direction, values_of
from . import extending, field_labels

LABELS = {
    "business_street": lambda env: env._("Business address"),
    "home_street": lambda env: env._("Home address"),
    "other_street": lambda env: env._("Other address"),
    "email2": lambda env: env._("Further e-mails"),
    "im1": lambda env: env._("Instant messengers"),
}
"""Labels of values that consist of several rows."""


GROUPS = {
    "name": lambda env: env._("Name"),
    "work": lambda env: env._("Company and work"),
    "email": lambda env: env._("E-mails and messengers"),
    "numbers": lambda env: env._("Phone numbers"),
    "addresses": lambda env: env._("Addresses"),
    "personal": lambda env: env._("Personal"),
    "more": lambda env: env._("More"),
}
"""Labels of the groups in which the values are shown, in their order."""

GROUP_OF = {
    **dict.fromkeys(("name", "nickname", "initials"), "name"),
    **dict.fromkeys(("company", "job_title", "department", "office"), "work"),
    **dict.fromkeys(("profession", "manager", "assistant"), "work"),
    **dict.fromkeys(("email", "email2", "im1"), "email"),
    **dict.fromkeys(PHONE_KEYS, "numbers"),
    **dict.fromkeys(("business_street", "home_street", "other_street"), "addresses"),
    **dict.fromkeys(("spouse", "birthday", "anniversary"), "personal"),
}
"""The group of a value by its key; any other value is in the last one."""


def choices(env: Environment, defaults: dict[str, str]) -> list[dict[str, str]]:
    """List the fields a user can choose a direction for.

    :param defaults: directions by key, of those that differ from both ways
    :return: for each value ``key``, ``label``, ``default``, and the key and label of
        its group; sorted by group
    """
    labels = field_labels.labels(env)
    both = Direction.BOTH.value
    found = [
        {
            "key": value.key,
            "label": _label_of(env, value.key, labels),
            "default": defaults.get(value.key, both),
            "group": GROUP_OF.get(value.key, "more"),
        }
        for value in values_of(extending.rows(env))
    ]
    order = list(GROUPS)
    found.sort(key=lambda value: order.index(value["group"]))
    return [{**value, "group_label": GROUPS[value["group"]](env)} for value in found]


def _label_of(env: Environment, key: str, labels: dict[str, str]) -> str:
    return LABELS[key](env) if key in LABELS else labels[key]


def check(env: Environment, rules: Any) -> None:
    """Check rules before they are stored.

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
