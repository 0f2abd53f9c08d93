# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read the settings of the administrator and of an account's owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.fields import Field
from ..core.normalize import members
from ..core.policy import Admission, ConflictPolicy, DeletionPolicy, Policy, spread
from ..core.text import line

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

PREFIX = "exchange_contact_sync."


@dataclass(frozen=True)
class Limit:
    """A number that an administrator can set."""

    default: int
    least: int
    most: int


LIMITS = {
    "deletion_limit": Limit(10, 0, 100),
    "shortest_interval": Limit(5, 1, 1440),
    "batch_size": Limit(500, 20, 500),
    "keep_days": Limit(30, 1, 3650),
}
"""Percent of the synchronized contacts, minutes, contacts per transaction, and days
that the history is kept.
"""


def read(env: Environment, name: str) -> int:
    """Return a setting, limited to its range even if it was not written by the settings
    form.

    :param name: of ``LIMITS``
    """
    limit = LIMITS[name]
    text = env["ir.config_parameter"].sudo().get_param(PREFIX + name, "")
    try:
        number = int(text)
    except ValueError:
        return limit.default
    return min(max(number, limit.least), limit.most)


def keep(env: Environment, name: str, number: int) -> None:
    """Store a setting.

    :param env: of an administrator
    :param name: of ``LIMITS``
    """
    env["ir.config_parameter"].set_param(PREFIX + name, str(number))


def policy_of(account: BaseModel, rows: Mapping[str, Field]) -> Policy:
    """Return the policy of an account.

    :param account: record of ``exchange.account``
    :param rows: the synchronized fields of this database, by key
    """
    return Policy(
        pull=account._imports(),
        push=account._exports(),
        conflict=ConflictPolicy(account.conflict_policy),
        exchange_deletion=DeletionPolicy(account.exchange_deletion),
        odoo_deletion=DeletionPolicy(account.odoo_deletion),
        skip_private=account.skip_private,
        deletion_limit=account.deletion_limit / 100,
        rules=spread(account.sudo()._rules(), rows),
        admission=Admission(account.import_filter),
        categories=frozenset(members(_lines(account.import_category_names))),
        export_category=line(account.export_category_name or ""),
        push_requested=account._exports_requested(),
    )


def _lines(names: str | None) -> str:
    """Return one name per line; Outlook users separate names by semicolons."""
    return (names or "").replace(";", "\n")
