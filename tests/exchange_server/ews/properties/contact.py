# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The properties of a contact, in the order of the schema (ContactItemType).

Those at the end (Notes, Photo, Manager's mailbox …) are in the schema for entries of
the directory; an item of a mailbox has none of them, and writing one is refused. What
the server computes is in :mod:`.names`.
"""

from __future__ import annotations

from ...properties.made import MADE
from ...properties.names import (
    FILE_AS_MAPPINGS,
    display_name,
    file_as,
    file_as_mapping,
)
from .complete_name import complete_name
from .dictionaries import (
    EMAIL_ADDRESSES,
    IM_ADDRESSES,
    PHONE_NUMBERS,
    PHYSICAL_ADDRESSES,
)
from .item import READ_ONLY
from .kinds import BOOLEAN, DATE_TIME, MARKUP, STRINGS, Choice
from .property import Property

# exchangelib's items/contact.py records that writing Notes or Photo is answered with
# this code; we assume the same for the other properties of the directory.
_DIRECTORY_ONLY = "ErrorInvalidPropertyRequest"


def _texts(*names: str) -> tuple[Property, ...]:
    return tuple(Property(f"contacts:{name}", name) for name in names)


def _directory(name: str) -> Property:
    return Property(
        f"contacts:{name}", name, MARKUP, _DIRECTORY_ONLY, get=lambda item: None
    )


CONTACT_PROPERTIES = (
    Property("contacts:FileAs", "FileAs", in_default=True, get=file_as),
    Property(
        "contacts:FileAsMapping",
        "FileAsMapping",
        Choice(*FILE_AS_MAPPINGS),
        get=file_as_mapping,
    ),
    Property("contacts:DisplayName", "DisplayName", get=display_name),
    *_texts("GivenName", "Initials", "MiddleName", "Nickname"),
    Property(
        "contacts:CompleteName",
        "CompleteName",
        MARKUP,
        READ_ONLY,
        in_default=True,
        get=complete_name,
    ),
    Property("contacts:CompanyName", "CompanyName", in_default=True),
    EMAIL_ADDRESSES,
    PHYSICAL_ADDRESSES,
    PHONE_NUMBERS,
    *_texts("AssistantName"),
    Property("contacts:Birthday", "Birthday", DATE_TIME),
    *_texts("BusinessHomePage"),
    Property("contacts:Children", "Children", STRINGS),
    Property("contacts:Companies", "Companies", STRINGS),
    Property(
        "contacts:ContactSource",
        "ContactSource",
        refusal=READ_ONLY,
        get=lambda item: None,
    ),
    *_texts("Department", "Generation"),
    IM_ADDRESSES,
    Property("contacts:JobTitle", "JobTitle", in_default=True),
    *_texts("Manager", "Mileage", "OfficeLocation"),
    Property(
        "contacts:PostalAddressIndex",
        "PostalAddressIndex",
        Choice("None", "Business", "Home", "Other"),
        get=MADE["contacts:PostalAddressIndex"],
    ),
    *_texts("Profession", "SpouseName", "Surname"),
    Property("contacts:WeddingAnniversary", "WeddingAnniversary", DATE_TIME),
    Property(
        "contacts:HasPicture",
        "HasPicture",
        BOOLEAN,
        READ_ONLY,
        get=MADE["contacts:HasPicture"],
    ),
    *(
        _directory(name)
        for name in (
            "PhoneticFullName",
            "PhoneticFirstName",
            "PhoneticLastName",
            "Alias",
            "Notes",
            "Photo",
            "UserSMIMECertificate",
            "MSExchangeCertificate",
            "DirectoryId",
            "ManagerMailbox",
            "DirectReports",
        )
    ),
)
