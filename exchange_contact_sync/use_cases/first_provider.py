# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Help users as long as there is no mail provider."""

from __future__ import annotations

from odoo.api import Environment

ADMINISTRATORS = "base.group_system"
NAMED = 5
"""The number of administrators to name, so that one of them can be reached."""


def may_create(env: Environment) -> bool:
    """Return whether the current user may create a provider."""
    return env["exchange.provider"].has_access("create")


def names_of_administrators(env: Environment) -> str:
    """Return names of users who may create a provider, without Odoo's bot."""
    group = env.ref(ADMINISTRATORS).sudo()
    found = group.all_user_ids.filtered(lambda user: user.active and not user.share)
    return ", ".join(found.sorted("id")[:NAMED].mapped("name"))
