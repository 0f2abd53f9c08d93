# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Define which values of a contact are read and written in one database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..core.fields import FIELDS, Field
from .dates import Days
from .properties import Property


@dataclass(frozen=True)
class Contents:
    """The values of a contact that are read and written in one database.

    :param rows: all rows, by key
    :param further: by key, the properties that hold the rows of other addons
    :param photos: whether to request if a contact has a photo
    :param days: converts dates for the owner's time zone
    """

    rows: Mapping[str, Field] = field(default_factory=lambda: FIELDS)
    further: Mapping[str, Property] = field(default_factory=dict)
    photos: bool = False
    days: Days = field(default_factory=Days)
