# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decide when an account is synchronized again, and when its owner is needed instead.

Pure functions, without the ORM.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..core.errors import NeedsTheUser, SyncError, WritingRefused

SHORTEST_BACK_OFF = timedelta(minutes=1)
FIRST_DELAY = timedelta(minutes=5)
LONGEST_DELAY = timedelta(hours=6)
LONGEST_WITHOUT_WRITING = timedelta(hours=1)
"""A mailbox that stores nothing new can still be read, so the import does not wait
longer.
"""
RETRIES_OF_PASSING_FAULTS = 8
FAULTS_PASS_WITHIN = timedelta(hours=24)
"""How many times a run is repeated, and for how long after the last success, before the
owner is needed for a fault that may be temporary. Without this, all users of a mail
server would have to sign in again after a night of maintenance. Because the delays
increase, eight attempts take 17 hours; the owner can press a button at any time.
"""


@dataclass(frozen=True)
class PastFailures:
    """The failures of an account before this run.

    :param code: of the last failure, "" for none
    :param count: runs that failed in a row
    :param last_success: naive UTC, None if there never was one
    """

    code: str
    count: int
    last_success: datetime | None


def interval(minutes: int, shortest: int) -> timedelta:
    """Return the time from one run to the next.

    :param minutes: as the owner chose
    :param shortest: the administrator's minimum, perhaps set after the owner's choice
    """
    return timedelta(minutes=max(minutes, shortest))


def back_off(seconds: float) -> timedelta:
    """Return how long to wait before the next request to a busy server.

    :param seconds: for which the server asked
    """
    asked_for = max(timedelta(seconds=seconds), SHORTEST_BACK_OFF)
    return min(asked_for, LONGEST_DELAY)


def retry_delay(error: SyncError, past: PastFailures) -> timedelta:
    """Return how long to wait after a failure; doubles with each failure in a row."""
    refused = isinstance(error, WritingRefused)
    longest = LONGEST_WITHOUT_WRITING if refused else LONGEST_DELAY
    doublings = min(failures_before(error, past), 10)
    return min(FIRST_DELAY * 2**doublings, longest)


def failures_before(error: SyncError, past: PastFailures) -> int:
    """Count the runs that failed in a row before this one.

    For a failure that the user may have to correct, only runs with the same failure
    count.
    """
    needs_user = isinstance(error, NeedsTheUser)
    return past.count if past.code == error.code or not needs_user else 0


def needs_owner(error: SyncError, past: PastFailures, now: datetime) -> bool:
    """Return whether only the owner can correct the failure of a connected mailbox."""
    if not isinstance(error, NeedsTheUser):
        return False
    if not error.may_pass:
        return True
    last = past.last_success
    recently = last is not None and now - last < FAULTS_PASS_WITHIN
    tried = failures_before(error, past) >= RETRIES_OF_PASSING_FAULTS
    return tried and not recently
