# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What something costs: time, requests, SQL queries."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from odoo import sql_db

from .mail_server import Control


@dataclass
class Cost:
    """The cost of some work on contacts.

    :ivar name: what was done
    :ivar contacts: how many contacts it was done to
    :ivar seconds: on the wall
    :ivar cpu: seconds of this process; PostgreSQL and the mail server not counted
    :ivar requests: that the mail server answered
    :ivar queries: SQL statements
    """

    name: str
    contacts: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    requests: int = 0
    queries: int = 0


@contextmanager
def measured(name: str, control: Control) -> Iterator[Cost]:
    """Measure what is done within the context.

    :param name: of the work
    :param control: of the mail server
    :returns: context manager of the Cost, complete after the context but for the
        number of contacts
    """
    cost = Cost(name)
    requests, queries = control.requests(), sql_db.sql_counter
    started, cpu = time.monotonic(), time.process_time()
    yield cost
    cost.seconds = time.monotonic() - started
    cost.cpu = time.process_time() - cpu
    cost.queries = sql_db.sql_counter - queries
    cost.requests = control.requests() - requests


def peak_memory() -> float:
    """:returns: most memory this process has had so far, in MB"""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
