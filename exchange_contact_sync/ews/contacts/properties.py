# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which property of EWS holds which row of ``core.fields``.

The names are those of the published schema (types.xsd: ``ContactItemType``,
``UnindexedFieldURIType``, ``DictionaryURIType``). This table is the only place
where a row of the core meets a word of EWS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...core.fields import DAY_TWINS, FIELDS, NAME_EVIDENCE


@dataclass(frozen=True)
class Plain:
    """A property that is one element with a text.

    :param element: str, name in ``ContactItemType``
    """

    element: str

    @property
    def uri(self) -> str:
        """The ``FieldURI``."""
        return f"contacts:{self.element}"


@dataclass(frozen=True)
class Day(Plain):
    """A day that EWS keeps as a moment (``days.py``).

    :param element: str, name in ``ContactItemType``
    """


@dataclass(frozen=True)
class Entry:
    """A text in one entry of a dictionary.

    :param uri: str, the ``FieldURI`` of an ``IndexedFieldURI``
    :param container: str, name of the dictionary in ``ContactItemType``
    :param key: str, the ``FieldIndex`` and the ``Key`` of the entry
    :param part: str, the element within the entry; "" when the entry is the text
    """

    uri: str
    container: str
    key: str
    part: str = ""


@dataclass(frozen=True)
class Extended:
    """A property that EWS has no element for.

    :param path: Mapping, attributes of ``ExtendedFieldURI``
    """

    path: Mapping[str, str]


@dataclass(frozen=True)
class Strings:
    """A property that is a list of texts (``ArrayOfStringsType``).

    :param element: str, name in ``ItemType``
    """

    element: str

    @property
    def uri(self) -> str:
        """The ``FieldURI``."""
        return f"item:{self.element}"


@dataclass(frozen=True)
class Body:
    """The notes, ``item:Body``."""

    uri: str = "item:Body"


Property = Plain | Entry | Extended | Strings | Body


def _phone(key: str) -> Entry:
    return Entry("contacts:PhoneNumber", "PhoneNumbers", key)


def _address(row: str, key: str) -> dict[str, Entry]:
    """The parts of one address, by our rows."""
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

TITLE = Extended({"PropertyTag": "0x3A45", "PropertyType": "String"})
"""PidTagDisplayNamePrefix ([MS-OXPROPS]), "Dr.". EWS shows it in CompleteName/Title,
which cannot be written (CompleteName is read-only)."""

PERSONAL_PAGE = Extended({"PropertyTag": "0x3A50", "PropertyType": "String"})
"""PidTagPersonalHomePage ([MS-OXPROPS])."""

SYNC_KEY = Extended(
    {
        "PropertySetId": "f407b534-755b-4644-8a3a-a59961e7d1cf",
        "PropertyName": "OdooContactSync",
        "PropertyType": "String",
    }
)
"""Our identity of a contact. The property set is this addon's own, its GUID made
once at random; changing it would make every contact a stranger. Outlook copies
named properties along with an item, so a copy carries the same identity."""


SEARCH_KEY = Extended({"PropertyTag": "0x300B", "PropertyType": "Binary"})
"""PidTagSearchKey ([MS-OXCPRPT] 2.2.1.9): stays the same when an item is edited or
moved, while its id becomes another one; a copy has the same too."""


def of_addresses(identifier: int, kind: str = "String") -> Extended:
    """A property of the set PSETID_Address ([MS-OXPROPS] 1.3.2)."""
    return Extended(
        {
            "DistinguishedPropertySetId": "Address",
            "PropertyId": str(identifier),
            "PropertyType": kind,
        }
    )


LOCAL_DAYS = {
    DAY_TWINS["birthday"]: of_addresses(0x80DE, "SystemTime"),
    DAY_TWINS["anniversary"]: of_addresses(0x80DF, "SystemTime"),
}
"""PidLidBirthdayLocal and PidLidWeddingAnniversaryLocal: the day without a time zone
([MS-OXOCNTC] 2.2.1.5.2 and 2.2.1.5.4), kept beside the moment (``days.py``)."""

EMAIL_SMTP = {
    "email": of_addresses(0x8084),
    "email2": of_addresses(0x8094),
    "email3": of_addresses(0x80A4),
}
"""PidLidEmail1OriginalDisplayName and its sisters: the SMTP address that corresponds to
an e-mail address when that is one inside Exchange ([MS-OXOCNTC] 2.2.1.2.4)."""

HIDDEN_FOLDER = Extended({"PropertyTag": "0x10F4", "PropertyType": "Boolean"})
"""PidTagAttributeHidden ([MS-OXPROPS]): a folder that clients do not show."""

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
"""The rows a contact of Exchange carries; ``name`` is made of its parts by the core."""

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
"""The order in which the schema wants the elements of a contact that we write."""

ADDRESS_ORDER = ("Street", "City", "State", "CountryOrRegion", "PostalCode")
"""The order of the elements of ``PhysicalAddressDictionaryEntryType``."""
