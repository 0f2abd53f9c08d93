# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What of a contact is read and written in one database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..core.fields import FIELDS, Field
from .dates import Days
from .properties import Property


@dataclass(frozen=True)
class Contents:
    """What of a contact is read and written in one database.

    :param rows: Mapping of key to Field, the whole table
    :param further: Mapping of key to Property, where the rows that other addons added
        are kept
    :param photos: it is asked whether a contact has a photo
    :param days: as the owner sees them
    """

    rows: Mapping[str, Field] = field(default_factory=lambda: FIELDS)
    further: Mapping[str, Property] = field(default_factory=dict)
    photos: bool = False
    days: Days = field(default_factory=Days)
