# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Microsoft Graph calls each row, and which properties are not synchronized.

Together with ``graph/contacts/properties.py`` these are all properties of the published
type ``contact`` (v1.0): none is forgotten.
"""

from __future__ import annotations

from exchange_contact_sync.graph.contacts.properties import (
    PROPERTIES,
    Email,
    Extended,
    Plain,
    Property,
)
from exchange_contact_sync.graph.odata import extended_id

from .not_synchronized import Left


def in_graph(prop: Property) -> str:
    """Return what Graph calls a property."""
    match prop:
        case Plain(name=name):
            return f"`{name}`"
        case Extended(name=name):
            return f"`{extended_id(name)}`"
        case Email():
            return f"`emailAddresses`, `{extended_id(prop.address)}`"
    raise TypeError(prop)


SYNCHRONIZED = frozenset(
    prop.name for prop in PROPERTIES.values() if isinstance(prop, Plain)
) | {"emailAddresses"}
"""The properties that a row of the table is kept in."""

USED_OTHERWISE = (
    Left(("id",), "Names the contact."),
    Left(
        ("parentFolderId",),
        "Tells which folder the contact lies in: only chosen folders take part.",
    ),
    Left(
        ("lastModifiedDateTime",),
        "Decides a conflict when the newest value is to win.",
    ),
    Left(
        ("createdDateTime",),
        "Of several copies of one contact the oldest is taken for the original.",
    ),
    Left(
        ("photo",),
        "Synchronized, if chosen: *Synchronize photos*.",
    ),
    Left(
        ("singleValueExtendedProperties",),
        "What has no property of its own is kept there, and so is this addon's mark;"
        " those of other programs are left alone.",
    ),
    Left(
        ("businessPhones", "homePhones", "mobilePhone"),
        "The numbers are read and written one by one, by their extended properties: a"
        " list has no fixed places.",
    ),
    Left(
        ("businessAddress", "homeAddress", "otherAddress"),
        "The parts are read and written one by one, by their extended properties.",
    ),
    Left(
        ("imAddresses",),
        "Read for messengers that no extended property has.",
    ),
)
"""What is read or written, but not as the property of a row."""

LEFT = (
    Left(("children",), "Private, and Odoo has no field for it."),
    Left(
        ("yomiGivenName", "yomiSurname", "yomiCompanyName"),
        "How a Japanese name sounds; Odoo has no field for it.",
    ),
    Left(
        ("changeKey",),
        "The version of the contact, which also comes as its etag.",
    ),
    Left(
        ("extensions", "multiValueExtendedProperties"),
        "Data of other programs.",
    ),
)
"""What is never written."""
