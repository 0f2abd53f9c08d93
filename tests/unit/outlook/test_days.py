# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Birthdays keep their day in each time zone, whichever program wrote them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.dates import NO_DATES, is_no_date
from exchange_contact_sync.core.dates import day as canonical_day
from exchange_contact_sync.outlook.dates import Days, days_of, midnight_of
from support.rows import for_each_row

YEAR = 2026
DAYS = st.dates(date(2, 1, 3), date(9998, 12, 31)).filter(lambda d: not is_no_date(d))
IN_USE = st.dates(date(1900, 1, 1), date(2100, 12, 31))
FAR_EAST = {
    "Pacific/Auckland": 13,
    "Pacific/Tongatapu": 13,
    "Pacific/Apia": 13,
    "Pacific/Fakaofo": 13,
    "Pacific/Chatham": 13.75,
    "Pacific/Kiritimati": 14,
}
"""Zones beyond UTC+12, and their offset in January."""
ELSEWHERE = ("", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Etc/GMT+11")


def at(day: date, offset: timedelta) -> str:
    """Return the midnight of a day at an offset, as EWS writes it."""
    moment = datetime.combine(day, time()) - offset
    return moment.isoformat() + "Z"


def in_zone(moment: str, zone: str) -> date:
    """Return the day that a program shows after converting to the zone's time."""
    when = datetime.fromisoformat(moment[:19]).replace(tzinfo=timezone.utc)
    return when.astimezone(ZoneInfo(zone)).date()


@given(DAYS, st.sampled_from([*ELSEWHERE, *FAR_EAST]))
def test_a_written_day_is_read_as_the_same_day(day, zone):
    """The reader may not know the zone, and may have the local day."""
    moment = days_of(zone, YEAR).moment_of(str(day))
    for reader in (days_of(zone, YEAR), Days()):
        assert reader.day_of(moment) == str(day)
        assert reader.day_of(moment, midnight_of(str(day))) == str(day)


@given(DAYS, st.integers(-11 * 60, 12 * 60))
def test_a_midnight_that_outlook_wrote_is_its_day(day, minutes):
    assert Days().day_of(at(day, timedelta(minutes=minutes))) == str(day)


@given(IN_USE, st.sampled_from(sorted(FAR_EAST)))
def test_a_midnight_that_outlook_wrote_beyond_utc_12_is_its_day(day, zone):
    """Windows applies the rules of this year, other programs those of the day. Before a
    zone was moved across the date line, its midnights were those of another day. A day
    whose first hour was skipped has no midnight."""
    for rule in (day.replace(year=YEAR, day=min(day.day, 28)), day):
        midnight = datetime.combine(rule, time(), ZoneInfo(zone))
        if midnight.utcoffset() > timedelta(0) and _exists(midnight):
            moment = at(day, midnight.utcoffset())
            assert days_of(zone, YEAR).day_of(moment) == str(day)


def _exists(moment: datetime) -> bool:
    return moment.astimezone(timezone.utc).astimezone(moment.tzinfo) == moment


@given(IN_USE, st.sampled_from(sorted(FAR_EAST)))
def test_programs_show_the_written_day_in_each_zone(day, zone):
    this_year = day.replace(year=YEAR, day=min(day.day, 28))
    moment = days_of(zone, YEAR).moment_of(str(this_year))
    assert in_zone(moment, zone) == this_year


JANUARY = date(1990, 1, 15)
EVIDENCE = [
    # zone, moment, day without a zone, expected
    *(
        (zone, at(JANUARY, timedelta(hours=hours)), "", "1990-01-15")
        for zone, hours in FAR_EAST.items()
    ),
    *((zone, "1990-01-15T11:59:00Z", "", "1990-01-15") for zone in FAR_EAST),
    *((zone, "1990-01-15T11:59:00Z", "", "1990-01-15") for zone in ELSEWHERE),
    *(
        (
            zone,
            at(JANUARY, timedelta(hours=hours)),
            f"{JANUARY}T00:00:00Z",
            f"{JANUARY}",
        )
        for hours in (13, 13.75, 14, 12, 5.5, 0, -8, -12)
        for zone in ("", "Europe/Berlin", "Pacific/Auckland")
    ),
    ("", at(JANUARY, timedelta(hours=13)), "", "1990-01-14"),
    ("Europe/Berlin", "1990-01-14T11:00:00Z", "", "1990-01-14"),
    ("Pacific/Auckland", "1990-07-14T12:00:00Z", "", "1990-07-15"),
    ("Pacific/Chatham", "1990-07-14T11:15:00Z", "", "1990-07-15"),
    ("no/such zone", "1990-01-15T11:59:00Z", "", "1990-01-15"),
    # The day without a zone was left behind by a program that does not know it.
    ("", "1990-03-04T11:59:00Z", "1990-03-05T00:00:00Z", "1990-03-04"),
    ("Europe/Berlin", "1990-03-05T23:00:00Z", "1990-03-05T00:00:00Z", "1990-03-06"),
    ("Europe/Berlin", "1990-03-03T23:00:00Z", "1990-03-05T00:00:00Z", "1990-03-04"),
    ("", "1985-03-03T23:00:00Z", "1990-03-05T00:00:00Z", "1985-03-04"),
    ("", "1990-03-04T23:00:00Z", "1990-03-05T07:30:00Z", "1990-03-05"),
    ("", "1990-03-04T23:00:00Z", "nonsense", "1990-03-05"),
    ("", "1990-03-04T23:00:00Z", "4501-01-01T00:00:00Z", "1990-03-05"),
    ("Pacific/Auckland", "1990-01-14T10:59:00Z", "1990-01-14T00:00:00Z", "1990-01-14"),
]


@for_each_row(("zone", "moment", "local", "day"), EVIDENCE)
def test_a_moment_and_its_local_day_determine_the_day(zone, moment, local, day):
    assert days_of(zone, YEAR).day_of(moment, local) == day


WRITTEN = [
    ("", "1990-01-15", "1990-01-15T11:59:00Z"),
    ("Europe/Berlin", "1990-01-15", "1990-01-15T11:59:00Z"),
    ("Pacific/Honolulu", "1990-01-15", "1990-01-15T11:59:00Z"),
    ("Pacific/Auckland", "1990-01-15", "1990-01-15T10:59:00Z"),
    ("Pacific/Auckland", "1990-07-15", "1990-07-15T11:59:00Z"),
    ("Pacific/Tongatapu", "1990-07-15", "1990-07-15T10:59:00Z"),
    ("Pacific/Chatham", "1990-01-15", "1990-01-15T10:14:00Z"),
    ("Pacific/Kiritimati", "2000-01-15", "2000-01-15T09:59:00Z"),
]


@for_each_row(("zone", "day", "moment"), WRITTEN)
def test_a_day_is_written_as_a_moment_in_the_zone(zone, day, moment):
    assert days_of(zone, YEAR).moment_of(day) == moment


@for_each_row(
    ("moment", "day"),
    [
        ("1604-02-29T11:59:00Z", "1604-02-29"),
        ("1900-02-28T23:00:00Z", "1900-03-01"),
        ("1980-03-04T21:00:00Z", "1980-03-05"),
        ("1980-03-05T05:00:00Z", "1980-03-05"),
        ("2000-01-01T00:00:00", "2000-01-01"),
        ("9999-12-31T23:00:00Z", ""),
        ("no moment", None),
        ("99999-01-01T00:00:00Z", None),
        ("", ""),
    ],
)
def test_moments_without_a_zone_have_a_day_or_none(moment, day):
    assert Days().day_of(moment) == day


@for_each_row("text", ["", "x", "2001-02-29", "0000-00-00"])
def test_an_invalid_day_has_no_moment(text):
    assert Days().moment_of(text) == midnight_of(text) == ""


@for_each_row("none", NO_DATES[:2])
def test_no_date_is_blank_at_any_time_in_any_zone(none):
    for hours in range(-14, 25):
        moment = (datetime.combine(none, time()) + timedelta(hours=hours)).isoformat()
        for zone in ("", *FAR_EAST, "America/Los_Angeles"):
            assert days_of(zone, YEAR).day_of(f"{moment}Z") == ""
        assert days_of("", YEAR).day_of(f"{moment}Z", f"{none}T00:00:00Z") == ""
    assert Days().moment_of(str(none)) == midnight_of(str(none)) == ""


@for_each_row("moment", ["0001-01-01T00:00:00Z", "0001-01-01T23:59:59Z"])
def test_the_first_day_of_the_calendar_is_blank(moment):
    assert [days_of(zone, YEAR).day_of(moment) for zone in ELSEWHERE] == [""] * 5


def test_no_date_is_compared_as_blank_and_other_days_are_kept():
    assert {canonical_day(str(none)) for none in NO_DATES} == {""}
    assert canonical_day(" 1980-03-05 ") == "1980-03-05"
    assert canonical_day("someday") == "someday"
