# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When an account is synchronized again, and when its owner is needed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from exchange_contact_sync.core import errors
from exchange_contact_sync.use_cases.due_times import (
    FAULTS_PASS_WITHIN,
    FIRST_DELAY,
    LONGEST_DELAY,
    LONGEST_WITHOUT_WRITING,
    RETRIES_OF_PASSING_FAULTS,
    SHORTEST_BACK_OFF,
    PastFailures,
    back_off,
    failures_before,
    interval,
    needs_owner,
    retry_delay,
)

NOON = datetime(2026, 3, 2, 12)
LONG_AGO = NOON - FAULTS_PASS_WITHIN
FRESH = PastFailures("", 0, None)


def after(error: errors.SyncError, count: int, success: datetime | None) -> bool:
    """Whether the owner is needed after a number of failures of the same kind."""
    return needs_owner(error, PastFailures(error.code, count, success), NOON)


def test_the_shortest_interval_also_applies_to_earlier_choices():
    assert interval(15, 5) == timedelta(minutes=15)
    assert interval(5, 30) == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.0, SHORTEST_BACK_OFF),
        (300.0, timedelta(minutes=5)),
        (1e7, LONGEST_DELAY),
    ],
)
def test_the_delay_of_a_busy_server_has_bounds(
    seconds: float, expected: timedelta
) -> None:
    assert back_off(seconds) == expected


def test_delays_double_up_to_the_longest():
    error = errors.Unreachable()
    delays = [
        retry_delay(error, PastFailures(error.code, count, None)) for count in range(12)
    ]
    assert delays[:3] == [FIRST_DELAY, 2 * FIRST_DELAY, 4 * FIRST_DELAY]
    assert delays[-1] == LONGEST_DELAY
    assert delays == sorted(delays)


@pytest.mark.parametrize("kind", [errors.MailboxFull, errors.FolderReadOnly])
def test_a_mailbox_that_refuses_writes_is_read_within_the_hour(
    kind: type[errors.SyncError],
) -> None:
    assert retry_delay(kind(), FRESH) == FIRST_DELAY
    many = PastFailures(kind.code, 9, None)
    assert retry_delay(kind(), many) == LONGEST_WITHOUT_WRITING


def test_temporary_faults_of_one_kind_are_counted():
    past = PastFailures(errors.Unreachable.code, 5, None)
    assert failures_before(errors.NotAMailServer(), past) == 0
    assert failures_before(errors.Unreachable(), past) == 5
    assert failures_before(errors.MailboxFull(), past) == 5


def test_a_temporary_fault_needs_the_owner_after_all_retries():
    error = errors.NotAMailServer()
    assert not after(error, RETRIES_OF_PASSING_FAULTS - 1, LONG_AGO)
    assert after(error, RETRIES_OF_PASSING_FAULTS, LONG_AGO)
    assert after(error, RETRIES_OF_PASSING_FAULTS, None)


def test_a_temporary_fault_may_last_a_day_after_a_success():
    error = errors.NotAMailServer()
    recent = LONG_AGO + timedelta(seconds=1)
    assert not after(error, 3 * RETRIES_OF_PASSING_FAULTS, recent)


@pytest.mark.parametrize(
    "kind", [errors.AuthenticationFailed, errors.MailboxNotFound, errors.AccessDenied]
)
def test_a_permanent_fault_needs_the_owner_at_once(
    kind: type[errors.SyncError],
) -> None:
    assert needs_owner(kind(), FRESH, NOON)


@pytest.mark.parametrize("kind", [errors.Unreachable, errors.MailboxFull])
def test_a_temporary_failure_never_needs_the_owner(
    kind: type[errors.SyncError],
) -> None:
    assert not after(kind(), 99, None)
