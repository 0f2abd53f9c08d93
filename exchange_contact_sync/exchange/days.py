# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days that EWS keeps as moments: birthdays and anniversaries.

Outlook writes the midnight at which the day begins where the person at the keyboard
is, in UTC; services and telephones write 11:59 UTC, "so that synchronizing between
different time zones does not change the date" ([MS-ASCNTC] 2.2.2.6). The midnight
nearest to the moment is right for both, from 12 hours west of Greenwich to 12 hours
east of it. Whoever entered the day at +13:00 is not told apart from the telephones.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

HALF_A_DAY = timedelta(hours=12)
SAFE_TIME = "T11:59:00Z"


def day_of(moment: str) -> str:
    """:param moment: str, ``xs:dateTime`` in UTC
    :return: str, the day that is meant, as ISO 8601 writes it; "" for what is none
    """
    try:
        return (datetime.fromisoformat(moment[:19]) + HALF_A_DAY).date().isoformat()
    except (ValueError, OverflowError):
        return ""


def moment_of(day: str) -> str:
    """:param day: str, as ISO 8601 writes a day
    :return: str, ``xs:dateTime`` that means this day everywhere; "" for what is none
    """
    try:
        return date.fromisoformat(day).isoformat() + SAFE_TIME
    except ValueError:
        return ""
