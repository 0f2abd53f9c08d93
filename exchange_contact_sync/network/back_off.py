# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read how long a server asks its clients to wait."""

from __future__ import annotations

from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

DEFAULT_BACK_OFF = 60.0
"""Seconds to wait before the next request if a busy server does not say how long."""


def retry_after(value: str) -> float | None:
    """Return the seconds of Retry-After, a number or a date (RFC 9110, 10.2.3).

    :param value: of the header; "" if there is none
    :return: None if it does not name a time in the future
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value) or None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    left = (moment - datetime.now(timezone.utc)).total_seconds()
    return left if left > 0 else None
