# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What something costs: time, requests, SQL queries."""

from __future__ import annotations

import os
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from odoo import sql_db

from .mail_server import Control

if TYPE_CHECKING:
    from odoo.sql_db import Cursor

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """The cost of some work on contacts.

    :ivar name: what was done
    :ivar contacts: how many contacts it was done to
    :ivar seconds: on the wall
    :ivar cpu: seconds of Odoo and of PostgreSQL, which do not grow when the machine
        has other things to do
    :ivar requests: that the mail server answered, by operation
    :ivar queries: SQL statements
    """

    name: str
    contacts: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    requests: Counter[str] = field(default_factory=Counter)
    queries: int = 0


@contextmanager
def measured(name: str, control: Control, cr: Cursor) -> Iterator[Cost]:
    """Measure what is done within the context.

    :param name: of the work
    :param control: of the mail server
    :param cr: cursor that the work is done with
    :returns: context manager of the Cost, complete after the context but for the
        number of contacts
    """
    cost = Cost(name)
    requests, queries = control.requests(), sql_db.sql_counter
    started, cpu = time.monotonic(), _cpu(cr)
    yield cost
    cost.seconds = time.monotonic() - started
    cost.cpu = _cpu(cr) - cpu
    cost.queries = sql_db.sql_counter - queries
    cost.requests = control.requests() - requests


def _cpu(cr: Cursor) -> float:
    """Seconds of this process and of PostgreSQL's process behind the cursor."""
    stat = Path(f"/proc/{cr.connection.get_backend_pid()}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / TICKS


def peak_memory() -> float:
    """:returns: most memory this process has had so far, in MB"""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
