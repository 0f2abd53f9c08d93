# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an administrator set for all accounts, and the owner for one."""

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
    """A number an administrator may set."""

    default: int
    least: int
    most: int


LIMITS = {
    "deletion_limit": Limit(10, 0, 100),
    "shortest_interval": Limit(5, 1, 1440),
    "batch_size": Limit(500, 20, 500),
    "keep_days": Limit(30, 1, 3650),
}
"""Percent of the synchronized contacts, minutes, contacts in a transaction, and days
that the history is kept."""


def read(env: Environment, name: str) -> int:
    """A limit as it is set. What was written there by other ways than the settings is
    bounded all the same.

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
    """Set a limit.

    :param env: of an administrator
    :param name: of ``LIMITS``
    """
    env["ir.config_parameter"].set_param(PREFIX + name, str(number))


def policy_of(account: BaseModel, rows: Mapping[str, Field]) -> Policy:
    """What is set for an account.

    :param account: record of ``exchange.account``
    :param rows: the table of the database, by key
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
    )


def _lines(names: str | None) -> str:
    """Names as people write them in one line of Outlook, one a line."""
    return (names or "").replace(";", "\n")
