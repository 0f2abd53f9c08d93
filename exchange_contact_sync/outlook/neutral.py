# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert the values of an item, as a server sends them, to the neutral form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from ..core.emails import bare
from ..core.fields import EMAIL_LABELS, LOCAL_DAY_ROWS, Field, Kind
from ..core.text import without_invisible
from .dates import Days
from .internal import smtp_address
from .properties import LOCAL_DAYS

FILED = "file_as"
"""The part of a name that may have two lines, one of which is the company."""


@dataclass(frozen=True)
class Kinds:
    """The rows of an item whose values are converted.

    :param dates: rows that are moments
    :param of_lines: rows that may have several lines
    :param labels: by row of an address, the row of its label
    :param days: converts dates for the owner's time zone
    """

    dates: tuple[str, ...]
    of_lines: tuple[str, ...]
    emails: tuple[str, ...]
    numbers: tuple[str, ...]
    labels: Mapping[str, str]
    days: Days


def kinds_of(
    rows: Mapping[str, Field],
    dates: Iterable[str],
    read: Mapping[str, object],
    days: Days,
) -> Kinds:
    """Return which rows are converted.

    :param rows: by key
    :param dates: the rows that are moments
    :param read: the rows that are read, by key
    """

    def of(kind: Kind) -> tuple[str, ...]:
        return tuple(key for key, row in rows.items() if row.kind is kind)

    return Kinds(
        dates=tuple(dates),
        of_lines=(*of(Kind.STREET), FILED),
        emails=of(Kind.EMAIL),
        numbers=of(Kind.PHONE),
        labels={key: label for key, label in EMAIL_LABELS.items() if key in read},
        days=days,
    )


def in_neutral_form(
    values: dict[str, str], auxiliary: dict[str, str], kinds: Kinds
) -> tuple[str, ...]:
    """Convert values, and return the rows that cannot be read.

    :param values: by row, changed in place
    :param auxiliary: values that belong to no row, by name; among them the days
        without a time zone
    """
    unread = _read_days(values, auxiliary, kinds)
    values.update(
        (local_day, auxiliary[local_day])
        for local_day in LOCAL_DAYS
        if auxiliary[local_day]
    )
    for key in kinds.of_lines:
        if values.get(key):
            values[key] = values[key].replace("\r\n", "\n")
    for key in kinds.emails:
        if values.get(key):
            _strip(values, key, kinds.labels.get(key, ""))
    for key in kinds.numbers:
        if key in values:
            values[key] = without_invisible(values[key])
    return unread


def _read_days(
    values: dict[str, str], auxiliary: dict[str, str], kinds: Kinds
) -> tuple[str, ...]:
    """Convert dates.

    A date that cannot be read must not count as cleared.

    :return: rows of such dates
    """
    unread = []
    for key in kinds.dates:
        if values.get(key):
            local_day = LOCAL_DAY_ROWS.get(key, "")
            day = kinds.days.day_of(values[key], auxiliary.get(local_day, ""))
            if day is None:
                unread.append(key)
                del values[key]
                auxiliary[local_day] = ""
            else:
                values[key] = day
    return tuple(unread)


def _strip(values: dict[str, str], key: str, label: str) -> None:
    """Reduce an address to the bare one; without a separate label, the address is its
    own label.
    """
    written = values[key]
    values[key] = bare(written)
    if values.get(label) in ("", written):
        values[label] = values[key]
    if not values.get(label):
        values.pop(label, None)


def smtp_instead(
    values: dict[str, str], key: str, original: str, labels: Mapping[str, str]
) -> None:
    """Replace an internal address by its SMTP address.

    Without an SMTP address, the value is removed from the contact, so that it neither
    clears Odoo's value nor is overwritten. The label is removed in any case and stays
    in Exchange as it is.

    :param original: see ``internal.smtp_address``
    :param labels: by row of an address, the row of its label
    """
    smtp = smtp_address(original)
    if smtp:
        values[key] = smtp
    else:
        del values[key]
    values.pop(labels[key], None)


def moment_of(text: str) -> datetime:
    """Return a moment in UTC; a text that is not a time counts as the earliest time.

    :param text: ``xs:dateTime`` in UTC, or without a time zone
    """
    try:
        return datetime.fromisoformat(text[:19]).replace(tzinfo=timezone.utc)
    except ValueError:
        return datetime.fromtimestamp(0, timezone.utc)
