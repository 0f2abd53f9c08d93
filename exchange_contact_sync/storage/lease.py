# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Allow one run of an account at a time, on any host.

How the lease works:

1. A run asks PostgreSQL for an advisory lock with the account's number.
2. If another run holds the lock, this run ends at once.
3. The lock is held by a separate cursor, because all locks of the run's cursor
   end at its next commit (``odoo/addons/mail/models/fetchmail.py`` does the same).
4. When the slice ends, that cursor closes and the lock is free.
5. When the process is killed, PostgreSQL closes the connection and the lock is free.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from odoo.tools import SQL

if TYPE_CHECKING:
    from odoo.models import BaseModel

LEASES = 0x45786353
"""Distinguishes our locks from those of other addons, which use other numbers."""


@contextmanager
def lease(account: BaseModel) -> Iterator[bool]:
    """Try to be the only run of an account.

    :param account: record of ``exchange.account``
    :return: context manager that returns whether the lease was obtained
    """
    with account.env.registry.cursor() as cr:
        cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LEASES, account.id))
        yield cr.fetchone()[0]
