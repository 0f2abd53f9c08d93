# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert dates that Exchange stores as moments: birthdays and anniversaries.

Outlook writes the midnight at which the day begins in the time zone of the computer, in
UTC (PidTagBirthday, [MS-OXOCNTC] 2.2.1.5.1), and beside it the same day without a time
zone (PidLidBirthdayLocal, 2.2.1.5.2: "saved without any time zone conversions").
Services and phones write 11:59 UTC, "so that synchronizing between different time zones
does not change the date" ([MS-ASCNTC] 2.2.2.6). The day that a moment means is
determined by this evidence, the best first:

1. The day without a time zone, if the moment is its midnight in some time zone.
   Otherwise a program that does not know this property left an old value there.
2. The owner's time zone, if the moment is a midnight there: by the rules of this year,
   which Windows applies to every year, or by those of the time.
3. The midnight nearest to the moment. That is right for 11:59 UTC and for all midnights
   from 12 hours west of Greenwich to 12 hours east of it.

So either of the first two distinguishes a midnight at +13:00 or +14:00 from a phone's
11:59 UTC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from ..core.dates import is_no_date

HALF_A_DAY = timedelta(hours=12)
WEST, EAST = -timedelta(hours=12), timedelta(hours=14)
"""The first and the last of all time zones (tz database)."""

QUARTER = timedelta(minutes=15)
"""The offsets of all time zones in use are multiples of this."""

AROUND = timedelta(days=10)
"""Around a change of the clocks, it is uncertain which offset applies to a day."""

SAFE_TIME = time(11, 59)
LAST_MINUTE = timedelta(hours=23, minutes=59)


@dataclass(frozen=True)
class Days:
    """Converts dates for one time zone.

    :param zone: of the mailbox's owner; None if it is unknown
    :param this_year: the year whose rules of daylight saving time Windows applies
    """

    zone: tzinfo | None = None
    this_year: int = 2000

    def day_of(self, moment: str, local: str = "") -> str | None:
        """Return the day that a moment means.

        :param moment: ``xs:dateTime`` in UTC
        :param local: ``xs:dateTime``, the same day at midnight without a time zone, if
            the item has it
        :return: ISO 8601 date; "" for a moment that means no date, None if it cannot be
            read
        """
        try:
            when = _read(moment)
        except ValueError:
            return None if moment else ""
        try:
            found = (
                _by_local(when, local)
                or self._by_zone(when)
                or (when + HALF_A_DAY).date()
            )
        except (ValueError, OverflowError):  # outside of the range of dates
            return ""
        return "" if is_no_date(found) else found.isoformat()

    def moment_of(self, day: str) -> str:
        """Return the moment that means a day.

        This is 11:59 UTC. Where that is already the next day, it is the last minute of
        the day there, which means the same day to programs that use the nearest
        midnight.

        :param day: ISO 8601 date
        :return: ``xs:dateTime`` in UTC; "" if it is not a date
        """
        try:
            found = date.fromisoformat(day)
            safe = datetime.combine(found, SAFE_TIME)
            latest = datetime.combine(found, time()) + LAST_MINUTE
            moment = min([safe, *(latest - one for one in self._offsets(safe))])
        except (ValueError, OverflowError):
            return ""
        return "" if is_no_date(found) else f"{moment.isoformat()}Z"

    def _by_zone(self, when: datetime) -> date | None:
        there = (when + offset for offset in self._offsets(when))
        return next((one.date() for one in there if one.time() == time()), None)

    def _offsets(self, when: datetime) -> list[timedelta]:
        """Return the zone's offsets at a time: by the rules of this year, and by those
        of the time.

        The list is empty if the zone is unknown. Around a change of the clocks both
        offsets are included, because the change is on another day each year.
        """
        if self.zone is None:
            return []
        now = when.replace(year=self.this_year, day=min(when.day, 28))
        times = (now, now - AROUND, now + AROUND, when)
        found = (_in(self.zone, one).utcoffset() for one in times)
        return [offset for offset in found if offset is not None]


def _in(zone: tzinfo, when: datetime) -> datetime:
    return when.replace(tzinfo=timezone.utc).astimezone(zone)


def days_of(zone: str, this_year: int) -> Days:
    """Return the converter for a time zone.

    :param zone: name in the tz database; "" if it is unknown
    """
    try:
        return Days(ZoneInfo(zone) if zone else None, this_year)
    except (KeyError, OSError, ValueError):  # the name is not in the database
        return Days()


_OFFSET = re.compile(r"T.*([+-]\d\d:\d\d)$")


def in_utc(moment: str) -> str:
    """Return a moment in UTC; a text that has no time zone, or is no time, as it is.

    :param moment: ISO 8601
    """
    found = _OFFSET.search(moment)
    if found is None:
        return moment
    try:
        local = datetime.fromisoformat(moment[:19] + found[1])
        return f"{local.astimezone(timezone.utc).replace(tzinfo=None).isoformat()}Z"
    except (ValueError, OverflowError):
        return moment


def midnight_of(day: str) -> str:
    """Return the day without a time zone as ``xs:dateTime``; "" if it is not a date.

    :param day: ISO 8601 date
    """
    return f"{day}T00:00:00Z" if Days().moment_of(day) else ""


def _by_local(when: datetime, local: str) -> date | None:
    try:
        midnight = _read(local)
    except ValueError:
        return None
    offset = midnight - when
    if midnight.time() == time() and WEST <= offset <= EAST and not offset % QUARTER:
        return midnight.date()
    return None


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment[:19])
