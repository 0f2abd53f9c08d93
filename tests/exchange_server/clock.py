# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The clock; tests can pass another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present as an aware time in UTC."""
    return datetime.now(timezone.utc)
