# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an administrator set for all accounts, and the owner for one."""

from dataclasses import dataclass

from ..core.normalize import line, members
from ..core.policy import Admission, ConflictPolicy, DeletionPolicy, Policy, spread

PREFIX = "exchange_contact_sync."


@dataclass(frozen=True)
class Limit:
    """A number an administrator may set.

    :param default: int
    :param least: int
    :param most: int
    """

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


def read(env, name):
    """A limit as it is set. What was written there by other ways than the settings is
    bounded all the same.

    :param env: Environment
    :param name: str, of ``LIMITS``
    :return: int
    """
    limit = LIMITS[name]
    text = env["ir.config_parameter"].sudo().get_param(PREFIX + name, "")
    try:
        number = int(text)
    except ValueError:
        return limit.default
    return min(max(number, limit.least), limit.most)


def keep(env, name, number):
    """Set a limit.

    :param env: Environment of an administrator
    :param name: str, of ``LIMITS``
    :param number: int
    """
    env["ir.config_parameter"].set_param(PREFIX + name, str(number))


def policy_of(account, rows):
    """:param account: record of ``exchange.account``
    :param rows: Mapping of key to Field, the table of the database
    :return: Policy
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


def _lines(names):
    """Names as people write them in one line of Outlook, one a line."""
    return (names or "").replace(";", "\n")
