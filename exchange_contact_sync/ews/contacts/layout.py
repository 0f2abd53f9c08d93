# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Define the rows of a contact that are read and written, and the property of each.

Other addons may add rows, so the mailboxes of different databases may be read
differently. The meaning of tags is computed once for each layout.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...core.fields import FIELDS, Field
from ...outlook.contents import Contents
from ...outlook.dates import Days
from ...outlook.neutral import kinds_of
from ..operations.xml import t
from .properties import (
    EMAIL_SMTP,
    LOCAL_DAYS,
    PROPERTIES,
    SEARCH_KEY,
    SYNC_KEY,
    Day,
    Entry,
    Extended,
    Plain,
    Property,
    Strings,
    of_outlook,
)

SYNC_KEY_TEXT, SEARCH_KEY_TEXT = "sync_key", "search_key"
"""The names of these keys among the auxiliary texts, which belong to no row."""


@dataclass(frozen=True)
class Layout:
    """The values of a contact in one database.

    :param rows: by key
    :param properties: by key of a row or part of the name
    :param photos: ask whether a contact has a photo
    :param days: converts dates for the owner's time zone
    """

    rows: Mapping[str, Field] = field(default_factory=lambda: FIELDS)
    properties: Mapping[str, Property] = field(default_factory=lambda: PROPERTIES)
    photos: bool = False
    days: Days = field(default_factory=Days)

    @functools.cached_property
    def tags(self) -> Tags:
        """Return the tables to read the elements of an answer."""
        return Tags(self)


class Tags:
    """Tables to read the XML of a contact."""

    def __init__(self, layout: Layout) -> None:
        properties = layout.properties
        self.blank = dict.fromkeys(properties, "")
        self.plain = {
            t(prop.element): key
            for key, prop in properties.items()
            if isinstance(prop, Plain)
        }
        days = (key for key, prop in properties.items() if isinstance(prop, Day))
        self.kinds = kinds_of(layout.rows, days, properties, layout.days)
        self.labels = self.kinds.labels
        self.strings = {
            t(prop.element): key
            for key, prop in properties.items()
            if isinstance(prop, Strings)
        }
        self.entries = {
            (t(prop.container), prop.key, t(prop.part) if prop.part else ""): key
            for key, prop in properties.items()
            if isinstance(prop, Entry)
        }
        self.containers = {container for container, _key, _part in self.entries}
        self.auxiliary = {
            SYNC_KEY_TEXT: SYNC_KEY,
            SEARCH_KEY_TEXT: SEARCH_KEY,
            **EMAIL_SMTP,
            **LOCAL_DAYS,
        }
        self.extended = {
            **{
                identifier(prop.path): (key, True)
                for key, prop in self.auxiliary.items()
            },
            **{
                identifier(prop.path): (key, False)
                for key, prop in properties.items()
                if isinstance(prop, Extended)
            },
        }


def identifier(path: Mapping[str, str]) -> tuple[str, object]:
    """Return what distinguishes an extended property from others within one answer.

    :param path: attributes of ``ExtendedFieldURI``
    :return: hashable
    """
    if "PropertyTag" in path:
        return "", int(path["PropertyTag"], 0)
    if "PropertyName" in path:
        return path.get("PropertySetId", "").lower(), path["PropertyName"]
    # The answer has the name or the GUID of the set, whichever was requested.
    return "", int(path["PropertyId"])


def layout_of(contents: Contents) -> Layout:
    """Return the layout for the values to read and write."""
    further = {key: of_outlook(name) for key, name in contents.further.items()}
    properties = {**PROPERTIES, **further}
    return Layout(contents.rows, properties, contents.photos, contents.days)


STANDARD = Layout()
"""The layout of a database without additional rows."""
