# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Some time zones of Windows, with the rules that hold at present.

Source: the Windows time zone identifiers in Unicode CLDR (windowsZones) and, for the
rules, the IANA time zone database. The full list of a server has some 140; clients that
ask for another one by name get nothing, as for an unknown name.
"""

from __future__ import annotations

from typing import NamedTuple


class DaylightRule(NamedTuple):
    """When a zone changes its clocks, by local time.

    :param starts: and ends: (month, which Sunday of it with -1 for the last, hour)
    """

    starts: tuple[int, int, int]
    ends: tuple[int, int, int]


class TimeZone(NamedTuple):
    """A time zone.

    :param name: what people choose it by
    :param offset: of its standard time from UTC in minutes, eastward positive
    """

    id: str
    name: str
    offset: int
    daylight: DaylightRule | None = None


_US = DaylightRule((3, 2, 2), (11, 1, 2))
_EU_WEST = DaylightRule((3, -1, 1), (10, -1, 2))
_EU_CENTRAL = DaylightRule((3, -1, 2), (10, -1, 3))
_EU_EAST = DaylightRule((3, -1, 3), (10, -1, 4))
_AUSTRALIA = DaylightRule((10, 1, 2), (4, 1, 3))
_NEW_ZEALAND = DaylightRule((9, -1, 2), (4, 1, 3))

TIME_ZONES: tuple[TimeZone, ...] = (
    TimeZone("Hawaiian Standard Time", "(UTC-10:00) Hawaii", -600),
    TimeZone("Alaskan Standard Time", "(UTC-09:00) Alaska", -540, _US),
    TimeZone(
        "Pacific Standard Time", "(UTC-08:00) Pacific Time (US & Canada)", -480, _US
    ),
    TimeZone(
        "Mountain Standard Time", "(UTC-07:00) Mountain Time (US & Canada)", -420, _US
    ),
    TimeZone(
        "Central Standard Time", "(UTC-06:00) Central Time (US & Canada)", -360, _US
    ),
    TimeZone(
        "Eastern Standard Time", "(UTC-05:00) Eastern Time (US & Canada)", -300, _US
    ),
    TimeZone("E. South America Standard Time", "(UTC-03:00) Brasilia", -180),
    TimeZone("UTC", "(UTC) Coordinated Universal Time", 0),
    TimeZone("GMT Standard Time", "(UTC+00:00) Dublin, Lisbon, London", 0, _EU_WEST),
    TimeZone(
        "W. Europe Standard Time",
        "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
        60,
        _EU_CENTRAL,
    ),
    TimeZone(
        "Romance Standard Time",
        "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris",
        60,
        _EU_CENTRAL,
    ),
    TimeZone(
        "Central Europe Standard Time",
        "(UTC+01:00) Belgrade, Bratislava, Budapest, Ljubljana, Prague",
        60,
        _EU_CENTRAL,
    ),
    TimeZone(
        "Central European Standard Time",
        "(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb",
        60,
        _EU_CENTRAL,
    ),
    TimeZone(
        "FLE Standard Time",
        "(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius",
        120,
        _EU_EAST,
    ),
    TimeZone("GTB Standard Time", "(UTC+02:00) Athens, Bucharest", 120, _EU_EAST),
    TimeZone("South Africa Standard Time", "(UTC+02:00) Harare, Pretoria", 120),
    TimeZone("Turkey Standard Time", "(UTC+03:00) Istanbul", 180),
    TimeZone("Russian Standard Time", "(UTC+03:00) Moscow, St. Petersburg", 180),
    TimeZone("Arabian Standard Time", "(UTC+04:00) Abu Dhabi, Muscat", 240),
    TimeZone(
        "India Standard Time", "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", 330
    ),
    TimeZone("China Standard Time", "(UTC+08:00) Beijing, Hong Kong, Urumqi", 480),
    TimeZone("Singapore Standard Time", "(UTC+08:00) Kuala Lumpur, Singapore", 480),
    TimeZone("Tokyo Standard Time", "(UTC+09:00) Osaka, Sapporo, Tokyo", 540),
    TimeZone(
        "AUS Eastern Standard Time",
        "(UTC+10:00) Canberra, Melbourne, Sydney",
        600,
        _AUSTRALIA,
    ),
    TimeZone(
        "New Zealand Standard Time",
        "(UTC+12:00) Auckland, Wellington",
        720,
        _NEW_ZEALAND,
    ),
)
