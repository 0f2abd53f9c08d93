# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""List all properties that a value of a contact consists of.

A server may answer NoError to DeleteItemField of an e-mail address or a birthday and
keep the value. Deleting the whole group of extended properties that it consists of does
delete it: "How to: Use extended properties to delete a contact's email address using
the EWS Managed API 2.0"
(https://learn.microsoft.com/previous-versions/office/developer/
exchange-server-2010/jj585538(v=exchg.80)). The properties are those of [MS-OXOCNTC]
2.2.1.2 (electronic addresses) and 2.2.1.5 (days); other values are one property.
"""

from __future__ import annotations

from ...core.fields import LOCAL_DAY_ROWS
from ...outlook.properties import ADDRESS, EMAIL_FIRST, Numbered, Tagged, Type
from .properties import LOCAL_DAYS, Extended


def _email(first: int) -> tuple[Extended, ...]:
    """Return the display name, type, address, original name, and entry identifier."""
    found = [Numbered(ADDRESS, first + offset) for offset in (0x0, 0x2, 0x3, 0x4)]
    found.append(Numbered(ADDRESS, first + 0x5, Type.BINARY))
    return tuple(map(Extended, found))


def _day(row: str, tag: int) -> tuple[Extended, ...]:
    """Return the moment, and the day without a time zone."""
    return (Extended(Tagged(tag, Type.TIME)), LOCAL_DAYS[LOCAL_DAY_ROWS[row]])


GROUPS: dict[str, tuple[Extended, ...]] = {
    **{row: _email(first) for row, first in EMAIL_FIRST.items()},
    "birthday": _day("birthday", 0x3A42),
    "anniversary": _day("anniversary", 0x3A41),
}
"""By row, the properties to delete so that the value is really deleted."""
