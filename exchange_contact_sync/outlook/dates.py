# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days that EWS keeps as moments: birthdays and anniversaries.

Outlook writes the midnight at which the day begins where the person at the keyboard
is, in UTC (PidTagBirthday, [MS-OXOCNTC] 2.2.1.5.1), and beside it the same day without
any time zone (PidLidBirthdayLocal, 2.2.1.5.2: "saved without any time zone
conversions"). Services and telephones write 11:59 UTC, "so that synchronizing between
different time zones does not change the date" ([MS-ASCNTC] 2.2.2.6). What a moment
means is found out by this evidence, the best first:

1. The day without a time zone, if the moment is its midnight in some time zone. One of
   which that is not true was left behind by a program that does not know it.
2. The owner's time zone, if the moment is a midnight there: by the rules of this year,
   which Windows applies to every year, or by those of the time.
3. The midnight nearest to the moment. That is right for 11:59 UTC and for all midnights
   from 12 hours west of Greenwich to 12 hours east of it.

So a midnight at +13:00 or +14:00 is told from a telephone's 11:59 UTC by either of the
first two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from ..core.dates import is_no_date

HALF_A_DAY = timedelta(hours=12)
WEST, EAST = -timedelta(hours=12), timedelta(hours=14)
"""Of all time zones there are, the first and the last (tz database)."""

QUARTER = timedelta(minutes=15)
"""What the offsets of all time zones in use are multiples of."""

AROUND = timedelta(days=10)
"""How close to a change of the clocks it is not certain on which side a day lies."""

SAFE_TIME = time(11, 59)
LAST_MINUTE = timedelta(hours=23, minutes=59)


@dataclass(frozen=True)
class Days:
    """Days as they are seen in one time zone.

    :param zone: tzinfo of the mailbox's owner, or None if it is not known
    :param this_year: whose rules of daylight saving time Windows applies
    """

    zone: tzinfo | None = None
    this_year: int = 2000

    def day_of(self, moment: str, local: str = "") -> str | None:
        """Which day a moment means.

        :param moment: ``xs:dateTime`` in UTC
        :param local: ``xs:dateTime``, the same day at midnight without a time zone, if
            the item has that
        :return: as ISO 8601 writes a day; "" for what means no date, None for what
            cannot be read
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
        except (ValueError, OverflowError):  # the first or the last day of all
            return ""
        return "" if is_no_date(found) else found.isoformat()

    def moment_of(self, day: str) -> str:
        """The moment that means a day: 11:59 UTC; where that is the next day already,
        the last minute of the day there, which means the same to whoever takes the
        nearest midnight.

        :param day: as ISO 8601 writes a day
        :return: ``xs:dateTime`` in UTC; "" for what is no date
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
        """Of the zone at a time: by the rules of this year, and by those of the time;
        none if the zone is not known. Close to a change of the clocks both count, since
        it is on another day each year.
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
    """Days as they are in a zone.

    :param zone: name in the tz database; "" if it is not known
    """
    try:
        return Days(ZoneInfo(zone) if zone else None, this_year)
    except (KeyError, OSError, ValueError):  # a name the database does not have
        return Days()


def midnight_of(day: str) -> str:
    """``xs:dateTime``, the day without a time zone; "" for what is no date.

    :param day: as ISO 8601 writes a day
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
