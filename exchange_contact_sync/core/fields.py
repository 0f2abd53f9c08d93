# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of fields: one row for each value of a contact.

A row does not define where a side stores the value: ``ews/contacts/properties.py`` and
``partner/mapping.py`` do so for their side, by key. ``kind`` selects the canonical form
(``normalize.py``) in which two values are compared. ``group`` joins the parts of one
value: if one part is in conflict, the whole group follows the winner, so that parts of
two addresses are never mixed. A set is a text with one member per line; it is merged
member by member (``multi_value.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SECOND, THIRD = "19.0.1.1.0", "19.0.1.2.0"
"""Versions of the addon that added many rows."""


class Kind(Enum):
    """How a value is compared (see ``normalize.py``)."""

    LINE = "line"
    NAME = "name"
    COMPANY = "company"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    STREET = "street"
    STATE = "state"
    COUNTRY = "country"
    NOTE = "note"
    SET = "set"
    DATE = "date"


@dataclass(frozen=True)
class Field:
    """One row of the table.

    :param key: the name used everywhere in this addon
    :param label: the text for people (English, translated where it is shown)
    :param group: the value that this is a part of; "" for a value of its own
    :param since: the version of the addon that first synchronized it
    """

    key: str
    label: str
    kind: Kind = Kind.LINE
    group: str = ""
    since: str = "19.0.1.0.0"


PHONE_SLOTS = (
    ("business", "Business phone"),
    ("mobile", "Mobile phone"),
    ("home", "Home phone"),
    ("business2", "Business phone 2"),
    ("home2", "Home phone 2"),
    ("company_main", "Company main phone"),
    ("assistant", "Assistant's phone"),
    ("car", "Car phone"),
    ("other", "Other phone"),
    ("primary", "Primary phone"),
    ("callback", "Callback phone"),
    ("radio", "Radio phone"),
    ("isdn", "ISDN"),
    ("telex", "Telex"),
    ("tty_tdd", "TTY/TDD phone"),
    ("pager", "Pager"),
    ("business_fax", "Business fax"),
    ("home_fax", "Home fax"),
    ("other_fax", "Other fax"),
)
"""All nineteen phone slots, in the order in which the first filled one becomes the
number of a new partner: numbers that people would call first, machines last."""

EMAIL_KEYS = ("email", "email2", "email3")

PHONE_KEYS = tuple(f"phone_{slot}" for slot, _label in PHONE_SLOTS)

MACHINE_SLOTS = frozenset(
    f"phone_{slot}"
    for slot in (
        *("business_fax", "home_fax", "other_fax"),
        *("telex", "tty_tdd", "pager", "isdn"),
    )
)
"""Slots for numbers that a machine calls or answers ([MS-OXOCNTC] 2.2.1.3 and 2.2.1.9):
a person who clicks *Call* next to such a number hears a tone. They never become the
main number of a partner."""

VOICE_SLOTS = tuple(key for key in PHONE_KEYS if key not in MACHINE_SLOTS)
"""Slots that a partner's main number may belong to."""

NAME_PARTS = ("title", "given_name", "middle_name", "surname", "suffix")
"""The parts of a name in spoken order. Only Exchange has them."""

NAME_EVIDENCE = (*NAME_PARTS, "display_name", "file_as")
"""All fields of a name in Exchange, from which ``names.py`` derives ``name``."""

EMAIL_LABELS = {key: f"{key}_label" for key in EMAIL_KEYS}
"""The label that a mail program shows for an address, by the row of the address
(``labels.py``). Only Exchange has them."""

LOCAL_DAY_ROWS = {"birthday": "birthday_local", "anniversary": "anniversary_local"}
"""The same day without a time zone, by the row of the day. Only Exchange has it, and
not for each contact; if it has one, both are written together."""

WRITTEN_WITH = {
    beside: key
    for pairs in (EMAIL_LABELS, LOCAL_DAY_ROWS)
    for key, beside in pairs.items()
}
"""Values that are never written alone, each with the row that they accompany."""

IS_COMPANY = "is_company"
"""The key with "yes" in the contact of a partner that is a company. It is not a row of
the table."""

EXTRA_ROWS = (
    Field("nickname", "Nickname", since=SECOND),
    Field("initials", "Initials", since=SECOND),
    Field("department", "Department", since=SECOND),
    Field("office", "Office", since=SECOND),
    Field("profession", "Profession", since=SECOND),
    Field("manager", "Manager", since=SECOND),
    Field("assistant", "Assistant", since=SECOND),
    Field("spouse", "Spouse or partner", since=SECOND),
    Field("birthday", "Birthday", Kind.DATE, since=SECOND),
    Field("anniversary", "Wedding anniversary", Kind.DATE, since=SECOND),
)
"""Rows for which Odoo's contacts have no field. A date is stored in ISO 8601; the year
1604 means an unknown year, as in Outlook ([MS-OXOCNTC] 2.2.1.5)."""

PHOTO = Field("photo", "Photo", since=THIRD)
"""The only value of a contact that is not a text; ``engine/photos.py`` synchronizes
it."""

FURTHER_ADDRESSES = ("home", "other")
"""Groups of rows that Odoo stores as contacts of their own, if the owner chose so."""

MAIN_PHONE = "phone"
"""A partner's main number, before its slot is known."""

LISTS: dict[str, tuple[str, ...]] = {
    "emails": ("email2", "email3"),
    "ims": ("im1", "im2", "im3"),
    "pages": ("personal_page",),
    **{f"numbers_{slot}": (f"phone_{slot}",) for slot, _label in PHONE_SLOTS},
}
"""The slots of each list, in order. Odoo stores any number of values in a list (a text
with one per line, in the order in which people entered them), Exchange one per slot."""

NUMBER_LISTS = tuple(key for key, rows in LISTS.items() if rows[0] in PHONE_KEYS)
"""The lists of phone numbers, one for each slot."""

FIELDS: dict[str, Field] = {
    row.key: row
    for row in (
        Field("name", "Name", Kind.NAME),
        Field("company", "Company", Kind.COMPANY),
        Field("job_title", "Job title"),
        Field("email", "E-mail", Kind.EMAIL),
        Field("email2", "E-mail 2", Kind.EMAIL, since=SECOND),
        Field("email3", "E-mail 3", Kind.EMAIL, since=SECOND),
        *(Field(f"phone_{slot}", label, Kind.PHONE) for slot, label in PHONE_SLOTS),
        Field("im1", "Instant messenger", since=SECOND),
        Field("im2", "Instant messenger 2", since=SECOND),
        Field("im3", "Instant messenger 3", since=SECOND),
        Field("business_street", "Street", Kind.STREET, "business"),
        Field("business_city", "City", group="business"),
        Field("business_state", "State or province", Kind.STATE, "business"),
        Field("business_zip", "Postal code", group="business"),
        Field("business_country", "Country", Kind.COUNTRY, "business"),
        Field("home_street", "Home street", Kind.STREET, "home", since=THIRD),
        Field("home_city", "Home city", group="home", since=THIRD),
        Field("home_state", "Home state or province", Kind.STATE, "home", since=THIRD),
        Field("home_zip", "Home postal code", group="home", since=THIRD),
        Field("home_country", "Home country", Kind.COUNTRY, "home", since=THIRD),
        Field("other_street", "Other street", Kind.STREET, "other", since=THIRD),
        Field("other_city", "Other city", group="other", since=THIRD),
        Field(
            "other_state", "Other state or province", Kind.STATE, "other", since=THIRD
        ),
        Field("other_zip", "Other postal code", group="other", since=THIRD),
        Field("other_country", "Other country", Kind.COUNTRY, "other", since=THIRD),
        Field("website", "Website", Kind.URL),
        Field("personal_page", "Personal website", Kind.URL, since=SECOND),
        *EXTRA_ROWS,
        Field("note", "Notes", Kind.NOTE),
        Field("categories", "Categories", Kind.SET),
    )
}

SETS = frozenset(key for key, row in FIELDS.items() if row.kind is Kind.SET)
"""Rows whose members are added and removed one by one."""

ADDRESS_ROWS = frozenset(
    key for key, row in FIELDS.items() if row.group in FURTHER_ADDRESSES
)
"""The rows of the home address and the other address."""

FROM_THE_BEGINNING = (
    FIELDS.keys() - SETS - ADDRESS_ROWS - {row.key for row in EXTRA_ROWS}
) | {*LISTS, MAIN_PHONE}
"""The keys that every partner and every base has had since the first version."""
