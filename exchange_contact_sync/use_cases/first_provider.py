# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lead users to a mail provider while there is none."""

from __future__ import annotations

from odoo.api import Environment
from odoo.exceptions import AccessError

from . import feedback

ADMINISTRATORS = "base.group_system"
NAMED = 5
"""Administrators to name: enough that one can be reached."""


def may_create(env: Environment) -> bool:
    """Whether the current user may create a provider."""
    return env["exchange.provider"].has_access("create")


def names_of_administrators(env: Environment) -> str:
    """Name users who may create a provider, the bot of Odoo apart."""
    group = env.ref(ADMINISTRATORS).sudo()
    found = group.all_user_ids.filtered(lambda user: user.active and not user.share)
    return ", ".join(found.sorted("id")[:NAMED].mapped("name"))


def form(env: Environment) -> feedback.Action:
    """The form of a new provider.

    :raises AccessError: the user may create none
    """
    if not may_create(env):
        raise AccessError(env._("Only administrators create mail providers."))
    return {
        "type": "ir.actions.act_window",
        "name": env._("New Mail Provider"),
        "res_model": "exchange.provider",
        "view_mode": "form",
        "views": [(False, "form")],
        "context": {"default_name": env._("Microsoft Exchange")},
    }
