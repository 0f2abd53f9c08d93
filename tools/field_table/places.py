# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The names of each row in Odoo and Exchange, for the documentation.

Fields of Odoo have a label and a name. A test compares the labels with Odoo's.
"""

from __future__ import annotations

from exchange_contact_sync.core.fields import (
    FIELDS,
    LISTS,
    MAIN_PHONE,
    NAME_EVIDENCE,
    VOICE_SLOTS,
)
from exchange_contact_sync.ews.contacts.properties import (
    Body,
    Entry,
    Extended,
    Plain,
    Property,
    Strings,
)
from exchange_contact_sync.outlook.properties import Tagged
from exchange_contact_sync.partner import extra_fields, mapping, tags
from exchange_contact_sync.partner.communication_options import KIND_OF

LABELS = {
    "name": "Name",
    "parent_id": "Related Company",
    "company_name": "Company Name",
    "function": "Job Position",
    "email": "Email",
    "phone": "Phone",
    "street": "Street",
    "street2": "Street2",
    "city": "City",
    "state_id": "State",
    "zip": "Zip",
    "country_id": "Country",
    "website": "Website Link",
    "comment": "Notes",
    tags.FIELD: "Tags",
}
"""What Odoo calls fields of ``res.partner``."""

SEVERAL = {
    "company": ("parent_id", "company_name"),
    "business_street": ("street", "street2"),
    "business_city": ("city",),
    "business_zip": ("zip",),
    "business_state": ("state_id",),
    "business_country": ("country_id",),
    mapping.TAGS: (tags.FIELD,),
}
"""Rows that are not one field with a text; a new row of this kind needs an entry."""

KINDS = {
    "email": "E-mail",
    "im": "Instant messenger",
    "page": "Website",
    **{row: FIELDS[row].label for row in KIND_OF.values() if row in FIELDS},
}
"""What a contact's communication options are called."""

FURTHER = ("home", "other")
"""Groups that are an address of their own in Odoo."""

NAME_LABELS = {
    "title": "Title",
    "given_name": "First name",
    "middle_name": "Middle name",
    "surname": "Last name",
    "suffix": "Suffix",
    "display_name": "Full name",
    "file_as": "File as",
}
"""What Outlook calls the parts of a name."""


PHOTO = (
    "`Attachments`: the one with IsContactPhoto",
    "`photo`",
    "Image (`image_1920`)",
    "both ways, if chosen: *Synchronize photos*",
)
"""Where the photo is, which is no row of texts, and which way it goes."""


def label(key: str) -> str:
    """:return: what people call a row"""
    return NAME_LABELS.get(key) or FIELDS[key].label


def in_odoo(key: str) -> str:
    """:param key: str, key of a row
    :return: str, where Odoo keeps it
    :raises KeyError: the row has no entry in this module
    """
    if key in NAME_EVIDENCE:
        return f"{_fields('name')}, made of all parts"
    group, _, part = key.partition("_")
    if group in FURTHER and FIELDS[key].group == group:
        place = in_odoo(f"business_{part}")
        return f"{place} of a further address (child contact of type Other)"
    if key in extra_fields.KEYS:
        return _more(key)
    if key in _options():
        option = f"communication option *{KINDS[_options()[key]]}*"
        return f"{_fields(MAIN_PHONE)} or {option}" if key in VOICE_SLOTS else option
    return _fields(*SEVERAL.get(key) or (mapping.PLAIN[key],))


def _options() -> dict[str, str]:
    """Kind of communication option by row."""
    return {row: KIND_OF[key] for key, rows in LISTS.items() for row in rows}


def _more(key: str) -> str:
    place = f"{label(key)} (`exchange_{key}`)"
    known = extra_fields.KNOWN_FIELDS.get(key)
    return f"{place}, or `{known}` where there is one" if known else place


def _fields(*names: str) -> str:
    return ", ".join(f"{LABELS[name]} (`{name}`)" for name in names)


def in_exchange(prop: Property) -> str:
    """:return: str, what the published schema calls it
    :raises TypeError: this module does not know the kind of property
    """
    match prop:
        case Plain(element=name) | Strings(element=name):
            return f"`{name}`"
        case Entry(container=name, key=key, part=part):
            return f"`{name}`: {key}" + (f", {part}" if part else "")
        case Extended(name=Tagged(tag=tag)):
            return f"`ExtendedProperty`: tag 0x{tag:04X}"
        case Body():
            return "`Body`"
    raise TypeError(f"what is {prop} called?")


def direction(key: str) -> str:
    """:return: str, which way it goes, and if that can be chosen, where"""
    if key == mapping.TAGS:
        return "both ways, if chosen: *Synchronize categories with tags*"
    if key in FIELDS and FIELDS[key].group in FURTHER:
        return "both ways, if chosen: *Synchronize home and other addresses*"
    return "both ways"
