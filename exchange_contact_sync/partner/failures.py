# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whose problem a failure is: that of what was being read or written, or the run's."""

from __future__ import annotations

import psycopg2
from psycopg2 import errors

OF_THE_RUN = (psycopg2.OperationalError, psycopg2.InterfaceError)
"""The database is out of reach, or somebody else wrote the same rows at the same time:
the whole batch is done again, or the whole run is. Serialization failures, deadlocks
and locks that are not available are kinds of ``OperationalError``."""

OF_ONE_STATEMENT = (errors.QueryCanceled, errors.ProgramLimitExceeded)
"""Kinds of ``OperationalError`` that a statement brings upon itself: it took longer
than it may, or is more than PostgreSQL can handle."""


OUT_OF_CPU_TIME = "CPU time limit exceeded"
"""What Odoo raises in the middle of whatever a worker does when it has used up its time
(``odoo/service/server.py``, ``signal_time_expired_handler``)."""


def was_interrupted(error: BaseException) -> bool:
    """Whether the machine stopped a run, which says nothing of the mailbox."""
    return type(error) is Exception and OUT_OF_CPU_TIME in str(error)


def is_of_the_run(error: BaseException) -> bool:
    """Whether a failure says nothing of the record that was read or written."""
    if isinstance(error, OF_ONE_STATEMENT):
        return False
    return isinstance(error, OF_THE_RUN) or was_interrupted(error)
