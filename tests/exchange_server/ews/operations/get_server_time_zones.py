# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""GetServerTimeZones: time zones and their rules.

Source: the EWS page "GetServerTimeZones operation", whose examples show both forms.
"""

from __future__ import annotations

from ..call import Call
from ..messages import response, success
from ..time_zones import TIME_ZONES, TimeZone
from ..xmltext import M, T, attribute


def answer(call: Call) -> str:
    """The answer to a call: always one message."""
    ids = call.request.find(f"{M}Ids")
    wanted = None if ids is None else {each.text for each in ids.findall(f"{T}Id")}
    is_full = call.request.get("ReturnFullTimeZoneData", "true") in ("true", "1")
    write = _write_full if is_full else _write_name
    zones = "".join(
        write(zone) for zone in TIME_ZONES if wanted is None or zone.id in wanted
    )
    content = f"<m:TimeZoneDefinitions>{zones}</m:TimeZoneDefinitions>"
    return response([success("GetServerTimeZones", content)])


def _attributes(zone: TimeZone) -> str:
    return f'Id="{attribute(zone.id)}" Name="{attribute(zone.name)}"'


def _write_name(zone: TimeZone) -> str:
    return f"<t:TimeZoneDefinition {_attributes(zone)}/>"


def _write_full(zone: TimeZone) -> str:
    rule = f"trule:Microsoft/Registry/{zone.id.replace(' ', '')}/1"
    periods = _period(-zone.offset, "Standard", f"{rule}-Standard")
    groups = _transition(f"{rule}-Standard", "Period")
    if zone.daylight is not None:
        periods += _period(-zone.offset - 60, "Daylight", f"{rule}-Daylight")
        groups = _recurring(f"{rule}-Daylight", zone.daylight.starts)
        groups += _recurring(f"{rule}-Standard", zone.daylight.ends)
    return (
        f"<t:TimeZoneDefinition {_attributes(zone)}><t:Periods>{periods}</t:Periods>"
        f'<t:TransitionsGroups><t:TransitionsGroup Id="0">{groups}'
        f"</t:TransitionsGroup></t:TransitionsGroups><t:Transitions>"
        f"{_transition('0', 'Group')}</t:Transitions></t:TimeZoneDefinition>"
    )


def _period(bias: int, name: str, period_id: str) -> str:
    sign = "-" if bias < 0 else ""
    hours, minutes = divmod(abs(bias), 60)
    duration = f"{sign}PT{hours}H" + (f"{minutes}M" if minutes else "")
    return f'<t:Period Bias="{duration}" Name="{name}" Id="{period_id}"/>'


def _transition(target: str, kind: str) -> str:
    return f'<t:Transition><t:To Kind="{kind}">{target}</t:To></t:Transition>'


def _recurring(target: str, when: tuple[int, int, int]) -> str:
    month, sunday, hour = when
    return (
        f'<t:RecurringDayTransition><t:To Kind="Period">{target}</t:To>'
        f"<t:TimeOffset>PT{hour}H</t:TimeOffset><t:Month>{month}</t:Month>"
        f"<t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>{sunday}</t:Occurrence>"
        "</t:RecurringDayTransition>"
    )
