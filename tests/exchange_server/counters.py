# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Count and log the requests that the server receives."""

from __future__ import annotations

import threading
from collections import Counter
from typing import NamedTuple


class LogEntry(NamedTuple):
    """One authenticated request: operation, address of the caller, bytes it had."""

    operation: str
    user: str
    size: int


class Counters:
    """Requests by operation and user, and how many of them may have written.

    A request counts when its caller is known, also if a fault then spoils it; the
    unauthenticated legs of a handshake do not count. A write counts when it was
    carried out, also if the answer was lost on the way.

    Attributes: ``requests`` (operation → number), ``by_user`` (address → operation →
    number), ``writes``, ``log`` (all requests in the order of their arrival).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Start again from nothing."""
        with self._lock:
            self.requests: Counter[str] = Counter()
            self.by_user: dict[str, Counter[str]] = {}
            self.writes = 0
            self.log: list[LogEntry] = []

    def count_request(self, operation: str, user: str, size: int) -> None:
        with self._lock:
            self.requests[operation] += 1
            self.by_user.setdefault(user, Counter())[operation] += 1
            self.log.append(LogEntry(operation, user, size))

    def count_write(self) -> None:
        with self._lock:
            self.writes += 1

    @property
    def total(self) -> int:
        """The number of all requests."""
        return len(self.log)

    def as_dict(self) -> dict[str, object]:
        """All numbers as plain values, for the control interface."""
        with self._lock:
            return {
                "requests": dict(self.requests),
                "by_user": {user: dict(c) for user, c in self.by_user.items()},
                "writes": self.writes,
                "total": len(self.log),
                "log": [list(entry) for entry in self.log],
            }
