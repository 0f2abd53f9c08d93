# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Birthdays stay the day they are, whoever wrote them, wherever they were."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.exchange.days import day_of, moment_of

DAYS = st.dates(date(2, 1, 1), date(9998, 12, 31))


@given(DAYS)
def test_what_we_write_is_read_as_the_same_day(day):
    assert day_of(moment_of(str(day))) == str(day)


@given(DAYS, st.integers(-11 * 60, 12 * 60))
def test_what_outlook_writes_at_its_midnight_is_the_day_there(day, minutes):
    there = timezone(timedelta(minutes=minutes))
    midnight = datetime.combine(day, time(), there).astimezone(timezone.utc)
    assert day_of(midnight.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")) == str(day)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("1604-02-29T11:59:00Z", "1604-02-29"),
        ("1900-02-28T23:00:00Z", "1900-03-01"),
        ("1980-03-04T21:00:00Z", "1980-03-05"),
        ("1980-03-05T05:00:00Z", "1980-03-05"),
        ("2000-01-01T00:00:00", "2000-01-01"),
        ("no moment", ""),
        ("", ""),
    ],
)
def test_moments_and_their_days(moment, day):
    assert day_of(moment) == day


@pytest.mark.parametrize("text", ["", "x", "2001-02-29", "0000-00-00"])
def test_what_is_no_day_has_no_moment(text):
    assert moment_of(text) == ""
