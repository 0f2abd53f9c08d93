# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the owner of an account chose, in the words of the core."""

from ..core.normalize import line, members
from ..core.policy import Admission, ConflictPolicy, DeletionPolicy, Policy
from ..core.rules import spread


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
        brake_share=account.brake_percent / 100,
        rules=spread(account.sudo()._rules(), rows),
        admission=Admission(account.import_filter),
        categories=frozenset(members(_lines(account.import_category_names))),
        export_category=line(account.export_category_name or ""),
    )


def _lines(names):
    """Names as people write them in one line of Outlook, one a line."""
    return (names or "").replace(";", "\n")
