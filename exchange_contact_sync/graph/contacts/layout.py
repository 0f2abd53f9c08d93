# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Define the rows of a contact that are read and written, and the property of each."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ...core.fields import FIELDS, Field
from ...outlook import properties as outlook
from ...outlook.contents import Contents
from ...outlook.dates import Days
from ...outlook.neutral import Kinds, kinds_of
from ..odata import expand, query
from .properties import IM_LIST, PROPERTIES, Day, Email, Extended, Plain, Property

KEYS = (outlook.SYNC_KEY, outlook.SEARCH_KEY)
"""The extended properties of a reference."""

HEAD = ("id", "changeKey", "parentFolderId", "lastModifiedDateTime")
"""Properties that are read of each item besides its values."""

PRIVATE = (outlook.SENSITIVITY, outlook.PRIVATE)


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
    def kinds(self) -> Kinds:
        """Return which rows are converted to the neutral form."""
        dates = (key for key, prop in self.properties.items() if is_day(prop))
        return kinds_of(self.rows, dates, self.properties, self.days)

    @functools.cached_property
    def plain(self) -> Mapping[str, Plain]:
        """Return the rows that are properties of ``contact``."""
        return {k: p for k, p in self.properties.items() if isinstance(p, Plain)}

    @functools.cached_property
    def extended(self) -> Mapping[str, outlook.Property]:
        """Return the rows that are one extended property."""
        found = self.properties.items()
        return {key: prop.name for key, prop in found if isinstance(prop, Extended)}

    @functools.cached_property
    def emails(self) -> Mapping[str, Email]:
        """Return the rows that are e-mail addresses."""
        return {k: p for k, p in self.properties.items() if isinstance(p, Email)}

    def query(self, *, listed: bool = False, top: int = 0, skip: int = 0) -> str:
        """Return the query for whole contacts.

        :param listed: for a page of a list, in which notes may be cut; the body is also
            read as an extended property, for comparison (``parse.is_note_whole``)
        """
        names = (*HEAD, IM_LIST, *(prop.name for prop in self.plain.values()))
        wanted = [*KEYS, *PRIVATE, *self.extended.values()]
        wanted += outlook.LOCAL_DAYS.values()
        for email in self.emails.values():
            wanted += (email.label, email.type, email.address, email.original)
        wanted += [outlook.HAS_PICTURE] if self.photos else []
        wanted += [outlook.BODY] if listed else []
        return query_for(names, wanted, top, skip)

    def only(self, rows: Collection[str]) -> Layout:
        """Return the layout that reads fewer rows."""
        kept = {key: prop for key, prop in self.properties.items() if key in rows}
        return Layout(self.rows, kept, False, self.days)


def query_for(
    names: Collection[str],
    wanted: Collection[outlook.Property] = (),
    top: int = 0,
    skip: int = 0,
    where: str = "",
) -> str:
    """Return the query that requests properties.

    :param names: of properties
    :param wanted: extended properties
    :param top: the size of a page; 0 for a single item
    :param where: a $filter
    """
    options = {"$select": ",".join(names)}
    if wanted:
        options["$expand"] = expand(wanted)
    if where:
        options["$filter"] = where
    if top:
        options["$top"] = str(top)
    if skip:
        options["$skip"] = str(skip)
    return query(options)


def is_day(prop: Property) -> bool:
    """Return whether a property is a date that is stored as a moment."""
    return isinstance(prop, Day) or isinstance(prop, Extended) and prop.is_day


def layout_of(contents: Contents) -> Layout:
    """Return the layout for the values to read and write."""
    further = {key: Extended(name) for key, name in contents.further.items()}
    properties = {**PROPERTIES, **further}
    return Layout(contents.rows, properties, contents.photos, contents.days)


STANDARD = Layout()
"""The layout of a database without additional rows."""
