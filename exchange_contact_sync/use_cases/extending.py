# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Define the API by which another addon adds its own fields to the synchronization.

The other addon inherits ``res.partner`` and extends ``_exchange_further_fields``; see
``docs/EXTEND.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..core.fields import FIELDS, LISTS, MAIN_PHONE, NAME_EVIDENCE, Field, Kind
from ..outlook.contents import Contents
from ..outlook.dates import days_of
from ..outlook.properties import MILEAGE, OWN_PROPERTIES, Named, Property, Tagged

if TYPE_CHECKING:
    from odoo.api import Environment

KINDS = frozenset({Kind.LINE, Kind.EMAIL, Kind.URL, Kind.DATE, Kind.PHONE})
"""Kinds of values that one field stores completely."""

TYPES = frozenset({"char", "text", "date", "selection"})
"""Types of fields whose value is a text, or can be written as a text."""

_TAKEN = {*FIELDS, *LISTS, *NAME_EVIDENCE, MAIN_PHONE}


@dataclass(frozen=True)
class FurtherField:
    """A field of ``res.partner`` and where it is kept in Exchange.

    :param name: of the field
    :param label: what people read in the history and among the field rules
    :param property: the result of one of the functions below
    :param kind: how two values are compared
    """

    name: str
    label: str
    property: Property
    kind: Kind = Kind.LINE

    def row(self) -> Field:
        """Return the row of the table."""
        return Field(self.name, self.label, self.kind)


def named_property(property_set: str, name: str) -> Named:
    """Define a property of your own; Exchange stores it but does not show it.

    :param property_set: a GUID made once for your addon, never changed
    """
    return Named(property_set, name)


def tagged_property(tag: int) -> Tagged:
    """Define a property of Outlook for which the protocols have no element.

    :param tag: the property id, such as 0x3A4A ("Customer ID"); see [MS-OXPROPS]
    """
    return Tagged(tag)


def mileage() -> Property:
    """Return the property of the field *Mileage*, which no other row uses."""
    return MILEAGE


def declared(env: Environment) -> list[FurtherField]:
    """Return the fields that other addons added to one database, unchecked."""
    found: list[FurtherField] = env["res.partner"]._exchange_further_fields()
    return found


def checked(env: Environment) -> list[FurtherField]:
    """Return the fields that other addons added to one database.

    :raises ValueError: a field cannot be synchronized; the text says why
    """
    seen: list[FurtherField] = []
    for one in declared(env):
        field = env["res.partner"]._fields.get(one.name)
        if field is None or field.type not in TYPES:
            raise ValueError(f"{one.name} is not a field of contacts that holds a text")
        if one.kind not in KINDS:
            raise ValueError(
                f"{one.name}: one field cannot store a value of {one.kind}"
            )
        if one.name in _TAKEN or one.name in {other.name for other in seen}:
            raise ValueError(f"{one.name} is synchronized already")
        if one.property in {*OWN_PROPERTIES, *(other.property for other in seen)}:
            raise ValueError(f"{one.name}: the property in Exchange is already used")
        seen.append(one)
    return seen


def further_rows(env: Environment) -> dict[str, Field]:
    """Return what other addons added to the table, by key."""
    return {one.name: one.row() for one in checked(env)}


def rows(env: Environment) -> dict[str, Field]:
    """Return the whole table of one database, by key."""
    return {**FIELDS, **further_rows(env)}


def contents(env: Environment, *, photos: bool) -> Contents:
    """Return the fields of a contact that are read and written in one database.

    :param env: of the account's owner
    :param photos: whether to request which contacts have a photo
    """
    further = {one.name: one.property for one in checked(env)}
    zone = env.user.tz or env.company.partner_id.tz or ""
    return Contents(rows(env), further, photos, days_of(zone, date.today().year))
