# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The types of extended properties: which texts are values, and how they are kept.

Source: the EWS page "ExtendedFieldURI"; Microsoft Graph has the same types
("singleValueLegacyExtendedProperty resource type"). A value travels as text in both.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping

from .moments import format_date_time, parse_date_time

_DATE_TIME = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)


def _integer(bits: int) -> Callable[[str], str]:
    def canonical(text: str) -> str:
        number = int(text)
        if not -(2 ** (bits - 1)) <= number < 2**bits:
            raise ValueError(text)
        return str(number)

    return canonical


def _boolean(text: str) -> str:
    return {"true": "true", "1": "true", "false": "false", "0": "false"}[
        _one_of(text.strip().lower(), ("true", "1", "false", "0"))
    ]


def _one_of(text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise ValueError(text)
    return text


def _real(text: str) -> str:
    float(text)
    return text.strip()


def _binary(text: str) -> str:
    return base64.b64encode(base64.b64decode(text, validate=True)).decode("ascii")


def _date_time(text: str) -> str:
    """A time as answers write it: whatever its form, it is stored as a moment."""
    if not _DATE_TIME.match(text.strip()):
        raise ValueError(text)
    try:
        return format_date_time(parse_date_time(text))
    except OverflowError as error:
        raise ValueError(text) from error


def _class_id(text: str) -> str:
    if not _GUID.match(text.strip()):
        raise ValueError(text)
    return text.strip()


CANONICAL: Mapping[str, Callable[[str], str]] = {
    "ApplicationTime": _real,
    "Binary": _binary,
    "Boolean": _boolean,
    "CLSID": _class_id,
    "Currency": _integer(64),
    "Double": _real,
    "Float": _real,
    "Integer": _integer(32),
    "Long": _integer(64),
    "Short": _integer(16),
    "String": str,
    "SystemTime": _date_time,
}
"""By type without "Array": the function that gives a text the form in which it is kept.
They raise ValueError for a text that is no value of the type."""
