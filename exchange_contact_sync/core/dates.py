# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days, and the days that stand for none.

Outlook keeps "no date" as 1 January 4501, programs that count time from the beginning
of Windows' calendar as 1 January 1601, and those of .NET as 1 January of the year 1.
What was a midnight in one time zone may be read as the day before or after.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .fields import DAY_TWINS
from .text import line

NO_DATES = (date(4501, 1, 1), date(1601, 1, 1), date(1, 1, 1))
"""Outlook's constant for "None" (Outlook VBA page "ContactItem.Birthday"); zero as a
FILETIME ([MS-DTYP] 2.3.3); ``DateTime.MinValue``."""


def is_no_date(day: date) -> bool:
    """:param day: date, in whatever time zone
    :return: bool, whether it stands for no date
    """
    return any(abs((day - none).days) <= 1 for none in NO_DATES)


def day(text: str) -> str:
    """:param text: str, as ISO 8601 writes a day
    :return: str, the form in which days are compared, "" for one that stands for none
    """
    text = line(text)
    try:
        return "" if is_no_date(date.fromisoformat(text)) else text
    except ValueError:
        return text


def twins_of(theirs: Mapping[str, str]) -> dict[str, str]:
    """:param theirs: Mapping of field key to text, of Exchange
    :return: dict, to be remembered: which days it has without a time zone, too
    """
    return {twin: "yes" for twin in DAY_TWINS.values() if theirs.get(twin)}


def along(changes: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """:param changes: Mapping of field key to text, what Exchange is sent
    :param known: Mapping, see :func:`twins_of`
    :return: dict of the twins to be sent along
    """
    return {
        twin: changes[key]
        for key, twin in DAY_TWINS.items()
        if key in changes and known.get(twin)
    }
