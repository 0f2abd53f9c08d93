# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""GetServerTimeZones, in both forms; the rules against Python's time zone database."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from exchange_server.ews.time_zones import TIME_ZONES
from support.rows import for_each_row


def get_zones(full, *ids):
    wanted = "".join(f"<t:Id>{each}</t:Id>" for each in ids)
    wanted = f"<m:Ids>{wanted}</m:Ids>" if ids else ""
    return (
        f'<m:GetServerTimeZones ReturnFullTimeZoneData="{full}">{wanted}'
        "</m:GetServerTimeZones>"
    )


def found(reply):
    return [each.get("Id") for each in reply.all(".//t:TimeZoneDefinition")]


def test_names_only(post):
    reply = post(get_zones("false", "UTC", "Eastern Standard Time"))

    assert reply.codes == ["NoError"]
    assert found(reply) == ["Eastern Standard Time", "UTC"]
    assert reply.all(".//t:Periods") == []


def test_all_zones(post):
    assert found(post(get_zones("false"))) == [each.id for each in TIME_ZONES]


def test_unknown_zone_is_left_out(post):
    assert found(post(get_zones("true", "Moon Standard Time", "UTC"))) == ["UTC"]


def test_zone_with_daylight_saving(post):
    reply = post(get_zones("true", "W. Europe Standard Time"))

    periods = [dict(each.attrib) for each in reply.all(".//t:Period")]
    assert [(each["Name"], each["Bias"]) for each in periods] == [
        ("Standard", "-PT1H"),
        ("Daylight", "-PT2H"),
    ]
    assert reply.texts(".//t:RecurringDayTransition/t:Month") == ["3", "10"]
    assert reply.texts(".//t:RecurringDayTransition/t:Occurrence") == ["-1", "-1"]


def test_zone_of_half_an_hour(post):
    reply = post(get_zones("true", "India Standard Time"))

    assert [each.get("Bias") for each in reply.all(".//t:Period")] == ["-PT5H30M"]


@for_each_row(
    ("windows", "iana"),
    [
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("Eastern Standard Time", "America/New_York"),
        ("GMT Standard Time", "Europe/London"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("FLE Standard Time", "Europe/Helsinki"),
        ("India Standard Time", "Asia/Kolkata"),
        ("Tokyo Standard Time", "Asia/Tokyo"),
        ("AUS Eastern Standard Time", "Australia/Sydney"),
        ("New Zealand Standard Time", "Pacific/Auckland"),
    ],
)
def test_rules_are_those_that_hold(windows, iana):
    zone = next(each for each in TIME_ZONES if each.id == windows)
    real = ZoneInfo(iana)

    for month in range(1, 13):
        noon = datetime(2024, month, 15, 12, tzinfo=real)
        saves = zone.daylight is not None and is_saving(zone.daylight, month)
        expected = timedelta(minutes=zone.offset + (60 if saves else 0))
        assert noon.utcoffset() == expected, month


def is_saving(rule, month):
    """Whether daylight saving holds in the middle of a month.

    Changes happen in the first or last days of the month, the second Sunday included.
    """
    begins = rule.starts[0] + (1 if rule.starts[1] == -1 else 0)
    ends = rule.ends[0] - (0 if rule.ends[1] == -1 else 1)
    if begins <= ends:
        return begins <= month <= ends
    return month >= begins or month <= ends
