# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days, and the days that mean "no date".

Outlook stores "no date" as 1 January 4501, programs that count from the beginning of
the Windows calendar as 1 January 1601, and .NET programs as 1 January of the year 1.
A midnight in one time zone may be read as the day before or after.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .fields import LOCAL_DAY_ROWS
from .text import line

NO_DATES = (date(4501, 1, 1), date(1601, 1, 1), date(1, 1, 1))
"""Outlook's constant for "None" (Outlook VBA page "ContactItem.Birthday"); zero as a
FILETIME ([MS-DTYP] 2.3.3); ``DateTime.MinValue``."""


def is_no_date(day: date) -> bool:
    """Decide whether a day means "no date", in any time zone."""
    return any(abs((day - none).days) <= 1 for none in NO_DATES)


def day(text: str) -> str:
    """Return the form in which days are compared, "" for a day that means "no date".

    :param text: a day in ISO 8601
    """
    text = line(text)
    try:
        return "" if is_no_date(date.fromisoformat(text)) else text
    except ValueError:
        return text


def local_days_of(theirs: Mapping[str, str]) -> dict[str, str]:
    """Return which days Exchange also has without a time zone, to be remembered.

    :param theirs: by field key, the item
    """
    return {
        local_day: "yes"
        for local_day in LOCAL_DAY_ROWS.values()
        if theirs.get(local_day)
    }


def local_days_to_send(
    changes: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, str]:
    """Return the days without a time zone that are sent together with some changes.

    :param changes: by field key, what Exchange is sent
    :param known: see :func:`local_days_of`
    """
    return {
        local_day: changes[key]
        for key, local_day in LOCAL_DAY_ROWS.items()
        if key in changes and known.get(local_day)
    }
