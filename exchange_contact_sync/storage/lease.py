# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One run of an account at a time, whoever starts it and on whatever host.

The story of a lease:

1. A run asks PostgreSQL for an advisory lock that bears the account's number.
2. Whoever does not get it leaves at once: somebody else is at work.
3. The lock is held by a cursor of its own, because all locks of the run's cursor
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
"""Tells our locks from those of other addons, which have numbers of their own."""


@contextmanager
def lease(account: BaseModel) -> Iterator[bool]:
    """Be the only run of an account.

    :param account: record of ``exchange.account``
    :return: context manager giving bool, whether the lease was to be had
    """
    with account.env.registry.cursor() as cr:
        cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LEASES, account.id))
        yield cr.fetchone()[0]
