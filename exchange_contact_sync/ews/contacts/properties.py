# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Map the rows of ``core.fields`` to EWS properties.

The names are those of the published schema (types.xsd: ``ContactItemType``,
``UnindexedFieldURIType``, ``DictionaryURIType``). Only this table connects rows of the
core with names of EWS.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from ...core.fields import FIELDS, NAME_EVIDENCE
from ...outlook import properties as outlook


@dataclass(frozen=True)
class Plain:
    """A property that is one element with a text.

    :param element: name in ``ContactItemType``
    """

    element: str

    @property
    def uri(self) -> str:
        """Return the ``FieldURI``."""
        return f"contacts:{self.element}"


@dataclass(frozen=True)
class Day(Plain):
    """A date that EWS stores as a moment (``outlook/dates.py``).

    :param element: name in ``ContactItemType``
    """


@dataclass(frozen=True)
class Entry:
    """A text in one entry of a dictionary.

    :param uri: the ``FieldURI`` of an ``IndexedFieldURI``
    :param container: name of the dictionary in ``ContactItemType``
    :param key: the ``FieldIndex`` and the ``Key`` of the entry
    :param part: the element within the entry; "" if the entry is the text
    """

    uri: str
    container: str
    key: str
    part: str = ""


@dataclass(frozen=True)
class Extended:
    """A property that has no element in EWS."""

    name: outlook.Property

    @property
    def path(self) -> Mapping[str, str]:
        """Return the attributes of its ``ExtendedFieldURI``."""
        return _path(self.name)


@functools.cache
def _path(name: outlook.Property) -> Mapping[str, str]:
    match name:
        case outlook.Tagged(tag=tag):
            which = {"PropertyTag": f"0x{tag:04X}"}
        case outlook.Numbered(property_set=outlook.ADDRESS, number=number):
            distinguished = {"DistinguishedPropertySetId": "Address"}
            which = {**distinguished, "PropertyId": str(number)}
        case outlook.Numbered(property_set=property_set, number=number):
            which = {"PropertySetId": property_set, "PropertyId": str(number)}
        case outlook.Named(property_set=property_set, name=text):
            which = {"PropertySetId": property_set, "PropertyName": text}
    return {**which, "PropertyType": name.type.value}


@dataclass(frozen=True)
class Strings:
    """A property that is a list of texts (``ArrayOfStringsType``).

    :param element: name in ``ItemType``
    """

    element: str

    @property
    def uri(self) -> str:
        """Return the ``FieldURI``."""
        return f"item:{self.element}"


@dataclass(frozen=True)
class Body:
    """The notes, ``item:Body``."""

    uri: str = "item:Body"


Property = Plain | Entry | Extended | Strings | Body


def _phone(key: str) -> Entry:
    return Entry("contacts:PhoneNumber", "PhoneNumbers", key)


def _address(row: str, key: str) -> dict[str, Entry]:
    """Return the parts of one address, by row."""
    return {
        f"{row}_{name}": Entry(
            f"contacts:PhysicalAddress:{part}", "PhysicalAddresses", key, part
        )
        for name, part in ADDRESS_PARTS.items()
    }


def _email(key: str) -> Entry:
    return Entry("contacts:EmailAddress", "EmailAddresses", key)


def _im(key: str) -> Entry:
    return Entry("contacts:ImAddress", "ImAddresses", key)


ADDRESS_PARTS = {
    "street": "Street",
    "city": "City",
    "state": "State",
    "zip": "PostalCode",
    "country": "CountryOrRegion",
}

EMAIL = _email("EmailAddress1")


TITLE = Extended(outlook.TITLE)
"""EWS shows it in CompleteName/Title, which cannot be written (CompleteName is
read-only).
"""

PERSONAL_PAGE = Extended(outlook.PERSONAL_PAGE)
SYNC_KEY = Extended(outlook.SYNC_KEY)
SEARCH_KEY = Extended(outlook.SEARCH_KEY)
HIDDEN_FOLDER = Extended(outlook.HIDDEN_FOLDER)
LOCAL_DAYS = {key: Extended(name) for key, name in outlook.LOCAL_DAYS.items()}
EMAIL_SMTP = {key: Extended(name) for key, name in outlook.EMAIL_SMTP.items()}


def of_outlook(name: outlook.Property) -> Property:
    """Return the EWS property: an element, if there is one, or an extended property."""
    return Plain("Mileage") if name == outlook.MILEAGE else Extended(name)


PROPERTIES: dict[str, Property] = {
    "title": TITLE,
    "given_name": Plain("GivenName"),
    "middle_name": Plain("MiddleName"),
    "surname": Plain("Surname"),
    "suffix": Plain("Generation"),
    "display_name": Plain("DisplayName"),
    "file_as": Plain("FileAs"),
    "company": Plain("CompanyName"),
    "job_title": Plain("JobTitle"),
    "email": EMAIL,
    "email2": _email("EmailAddress2"),
    "email3": _email("EmailAddress3"),
    "phone_assistant": _phone("AssistantPhone"),
    "phone_business": _phone("BusinessPhone"),
    "phone_business2": _phone("BusinessPhone2"),
    "phone_business_fax": _phone("BusinessFax"),
    "phone_callback": _phone("Callback"),
    "phone_car": _phone("CarPhone"),
    "phone_company_main": _phone("CompanyMainPhone"),
    "phone_home": _phone("HomePhone"),
    "phone_home2": _phone("HomePhone2"),
    "phone_home_fax": _phone("HomeFax"),
    "phone_isdn": _phone("Isdn"),
    "phone_mobile": _phone("MobilePhone"),
    "phone_other": _phone("OtherTelephone"),
    "phone_other_fax": _phone("OtherFax"),
    "phone_pager": _phone("Pager"),
    "phone_primary": _phone("PrimaryPhone"),
    "phone_radio": _phone("RadioPhone"),
    "phone_telex": _phone("Telex"),
    "phone_tty_tdd": _phone("TtyTddPhone"),
    "im1": _im("ImAddress1"),
    "im2": _im("ImAddress2"),
    "im3": _im("ImAddress3"),
    **_address("business", "Business"),
    **_address("home", "Home"),
    **_address("other", "Other"),
    "website": Plain("BusinessHomePage"),
    "personal_page": PERSONAL_PAGE,
    "nickname": Plain("Nickname"),
    "initials": Plain("Initials"),
    "department": Plain("Department"),
    "office": Plain("OfficeLocation"),
    "profession": Plain("Profession"),
    "manager": Plain("Manager"),
    "assistant": Plain("AssistantName"),
    "spouse": Plain("SpouseName"),
    "birthday": Day("Birthday"),
    "anniversary": Day("WeddingAnniversary"),
    "note": Body(),
    "categories": Strings("Categories"),
}

CARRIED = frozenset(FIELDS.keys() - {"name"}) | frozenset(NAME_EVIDENCE)
"""The rows of an Exchange contact; the core builds ``name`` from its parts."""

if PROPERTIES.keys() != CARRIED:
    raise AssertionError(f"no property for {sorted(PROPERTIES.keys() ^ CARRIED)}")

ELEMENT_ORDER = (
    "Body",
    "Categories",
    "ExtendedProperty",
    "FileAs",
    "DisplayName",
    "GivenName",
    "Initials",
    "MiddleName",
    "Nickname",
    "CompanyName",
    "EmailAddresses",
    "PhysicalAddresses",
    "PhoneNumbers",
    "AssistantName",
    "Birthday",
    "BusinessHomePage",
    "Department",
    "Generation",
    "ImAddresses",
    "JobTitle",
    "Manager",
    "OfficeLocation",
    "Profession",
    "SpouseName",
    "Surname",
    "WeddingAnniversary",
)
"""The order that the schema requires for the elements of a contact that we write."""

ADDRESS_ORDER = ("Street", "City", "State", "CountryOrRegion", "PostalCode")
"""The order of the elements of ``PhysicalAddressDictionaryEntryType``."""
