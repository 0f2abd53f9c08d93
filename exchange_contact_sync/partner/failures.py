# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Distinguish failures of a single record from failures of the whole run."""

from __future__ import annotations

import psycopg2
from psycopg2 import errors

OF_THE_RUN = (psycopg2.OperationalError, psycopg2.InterfaceError)
"""The database cannot be reached, or the same rows were written by another transaction
at the same time: the whole batch is repeated, or the whole run. Serialization failures,
deadlocks and unavailable locks are kinds of ``OperationalError``.
"""

OF_ONE_STATEMENT = (errors.QueryCanceled, errors.ProgramLimitExceeded)
"""Kinds of ``OperationalError`` that a statement causes itself: it took too long, or it
is more than PostgreSQL can handle.
"""


OUT_OF_CPU_TIME = "CPU time limit exceeded"
"""The text of the exception that Odoo raises at any point in a worker that has used up
its CPU time (``odoo/service/server.py``, ``signal_time_expired_handler``).
"""


def was_interrupted(error: BaseException) -> bool:
    """Return whether Odoo stopped the worker; the mailbox is not the cause."""
    return type(error) is Exception and OUT_OF_CPU_TIME in str(error)


def is_of_the_run(error: BaseException) -> bool:
    """Return whether a failure does not concern the record that was read or written."""
    if isinstance(error, OF_ONE_STATEMENT):
        return False
    return isinstance(error, OF_THE_RUN) or was_interrupted(error)
