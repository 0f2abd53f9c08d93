# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Moments as text, in the form in which the protocols and the store write them."""

from __future__ import annotations

from datetime import datetime, timezone


def parse_date_time(text: str) -> datetime:
    """An xs:dateTime as an aware time in UTC; without a zone it is taken as UTC.

    >>> parse_date_time("1980-02-29T23:30:00-01:00").isoformat()
    '1980-03-01T00:30:00+00:00'
    """
    text = text.strip()
    if text.endswith("Z"):
        text = text[:-1] + "+00:00"
    if "." in text:
        whole, _, rest = text.partition(".")
        digits = len(rest) - len(rest.lstrip("0123456789"))
        text = f"{whole}.{rest[:digits][:6].ljust(6, '0')}{rest[digits:]}"
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def format_date_time(moment: datetime) -> str:
    """A UTC time as EWS writes it.

    >>> format_date_time(datetime(2024, 5, 17, 8, 0, 1, 999, tzinfo=timezone.utc))
    '2024-05-17T08:00:01Z'
    """
    return (
        f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
        f"T{moment.hour:02}:{moment.minute:02}:{moment.second:02}Z"
    )
