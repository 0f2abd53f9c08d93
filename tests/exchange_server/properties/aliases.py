# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended properties that are another name of a property with a field URI.

A client that writes ``contacts:GivenName`` and reads the tag 0x3A06 gets what it wrote:
there is one value. Source: [MS-OXPROPS] for tags and identifiers, [MS-OXWSCONT] and
[MS-OXWSCORE] for which of them each field URI stands for, [MS-OXOCNTC] 2.2.1.1.12 for
the numbers of FileAsMapping.
"""

from __future__ import annotations

from collections.abc import Mapping

from .forms import (
    BOOLEAN,
    HTML_BODY,
    INTEGER,
    MOMENT,
    SAME,
    TEXT_BODY,
    Alias,
    Form,
    choice,
)

_PHONES: Mapping[int, str] = {
    0x3A02: "Callback",
    0x3A08: "BusinessPhone",
    0x3A09: "HomePhone",
    0x3A1A: "PrimaryPhone",
    0x3A1B: "BusinessPhone2",
    0x3A1C: "MobilePhone",
    0x3A1D: "RadioPhone",
    0x3A1E: "CarPhone",
    0x3A1F: "OtherTelephone",
    0x3A21: "Pager",
    0x3A23: "OtherFax",
    0x3A24: "BusinessFax",
    0x3A25: "HomeFax",
    0x3A2C: "Telex",
    0x3A2D: "Isdn",
    0x3A2E: "AssistantPhone",
    0x3A2F: "HomePhone2",
    0x3A4B: "TtyTddPhone",
    0x3A57: "CompanyMainPhone",
}
_ADDRESSES: Mapping[int, str] = {
    0x3A59: "Home:City",
    0x3A5A: "Home:CountryOrRegion",
    0x3A5B: "Home:PostalCode",
    0x3A5C: "Home:State",
    0x3A5D: "Home:Street",
    0x3A5F: "Other:City",
    0x3A60: "Other:CountryOrRegion",
    0x3A61: "Other:PostalCode",
    0x3A62: "Other:State",
    0x3A63: "Other:Street",
}
_TAGS: Mapping[int, str] = {
    0x001A: "item:ItemClass",
    0x0037: "item:Subject",
    0x0E1D: "item:Subject",
    0x3001: "contacts:DisplayName",
    0x3A05: "contacts:Generation",
    0x3A06: "contacts:GivenName",
    0x3A0A: "contacts:Initials",
    0x3A11: "contacts:Surname",
    0x3A16: "contacts:CompanyName",
    0x3A17: "contacts:JobTitle",
    0x3A18: "contacts:Department",
    0x3A19: "contacts:OfficeLocation",
    0x3A30: "contacts:AssistantName",
    0x3A44: "contacts:MiddleName",
    0x3A46: "contacts:Profession",
    0x3A48: "contacts:SpouseName",
    0x3A4E: "contacts:Manager",
    0x3A4F: "contacts:Nickname",
    0x3A51: "contacts:BusinessHomePage",
    **{tag: f"contacts:PhoneNumber:{name}" for tag, name in _PHONES.items()},
    **{tag: f"contacts:PhysicalAddress:{name}" for tag, name in _ADDRESSES.items()},
}
_COMMON_SET = "00062008-0000-0000-c000-000000000046"
_PUBLIC_STRINGS = "00020329-0000-0000-c000-000000000046"
_AIR_SYNC_SET = "71035549-0739-4dcb-9163-00f0580dbbdf"
ADDRESS_SET = "00062004-0000-0000-c000-000000000046"
_ADDRESS_SET_IDS: Mapping[int, str] = {
    0x8005: "contacts:FileAs",
    0x8045: "contacts:PhysicalAddress:Business:Street",
    0x8046: "contacts:PhysicalAddress:Business:City",
    0x8047: "contacts:PhysicalAddress:Business:State",
    0x8048: "contacts:PhysicalAddress:Business:PostalCode",
    0x8049: "contacts:PhysicalAddress:Business:CountryOrRegion",
    0x8062: "contacts:ImAddress:ImAddress1",
    **{
        first + 0x10 * slot: f"contacts:EmailAddress:EmailAddress{slot + 1}{part}"
        for slot in range(3)
        for first, part in ((0x8080, ":Name"), (0x8082, ":RoutingType"), (0x8083, ""))
    },
}

_FILE_AS_NUMBERS = {
    0x0000: "Empty",
    0x3001: "DisplayName",
    0x3A06: "FirstName",
    0x3A11: "LastName",
    0x3A16: "Company",
    0x8017: "LastCommaFirst",
    0x8018: "CompanyLastCommaFirst",
    0x8019: "LastCommaFirstCompany",
    0x8030: "LastFirst",
    0x8031: "LastSpaceFirst",
    0x8032: "CompanyLastFirst",
    0x8033: "CompanyLastSpaceFirst",
    0x8034: "LastFirstCompany",
    0x8035: "LastSpaceFirstCompany",
    0x8036: "LastFirstSuffix",
    0x8037: "FirstSpaceLast",
    0x8038: "LastFirstMiddleSuffix",
    -1: "None",
}
_SENSITIVITY = choice(
    dict(enumerate(("Normal", "Personal", "Private", "Confidential")))
)
_IMPORTANCE = choice(dict(enumerate(("Low", "Normal", "High"))))
_ADDRESS_INDEX = choice(dict(enumerate(("None", "Home", "Business", "Other"))))

_OTHERS: Mapping[str, tuple[str, Form]] = {
    "0x17:Integer": ("item:Importance", _IMPORTANCE),
    "0x36:Integer": ("item:Sensitivity", _SENSITIVITY),
    "0x1000:String": ("item:Body", TEXT_BODY),
    "0x1013:Binary": ("item:Body", HTML_BODY),
    "0x3a41:SystemTime": ("contacts:WeddingAnniversary", MOMENT),
    "0x3a42:SystemTime": ("contacts:Birthday", MOMENT),
    "0x3a58:StringArray": ("contacts:Children", SAME),
    f"{_PUBLIC_STRINGS}:Keywords:StringArray": ("item:Categories", SAME),
    f"{ADDRESS_SET}:#{0x8006}:Integer": (
        "contacts:FileAsMapping",
        choice(_FILE_AS_NUMBERS),
    ),
    f"{ADDRESS_SET}:#{0x8015}:Boolean": ("contacts:HasPicture", BOOLEAN),
    f"{ADDRESS_SET}:#{0x8022}:Integer": (
        "contacts:PostalAddressIndex",
        _ADDRESS_INDEX,
    ),
    f"{_COMMON_SET}:#{0x8501}:Integer": ("item:ReminderMinutesBeforeStart", INTEGER),
    f"{_COMMON_SET}:#{0x8502}:SystemTime": ("item:ReminderDueBy", MOMENT),
    f"{_COMMON_SET}:#{0x8503}:Boolean": ("item:ReminderIsSet", BOOLEAN),
    f"{_COMMON_SET}:#{0x8534}:String": ("contacts:Mileage", SAME),
    f"{_COMMON_SET}:#{0x8539}:StringArray": ("contacts:Companies", SAME),
    f"{_AIR_SYNC_SET}:AirSync:IMAddress2:String": (
        "contacts:ImAddress:ImAddress2",
        SAME,
    ),
    f"{_AIR_SYNC_SET}:AirSync:IMAddress3:String": (
        "contacts:ImAddress:ImAddress3",
        SAME,
    ),
}

ALIASES: Mapping[str, Alias] = {
    **{f"extended:{hex(tag)}:String": Alias(key, SAME) for tag, key in _TAGS.items()},
    **{
        f"extended:{ADDRESS_SET}:#{number}:String": Alias(key, SAME)
        for number, key in _ADDRESS_SET_IDS.items()
    },
    **{f"extended:{name}": Alias(*alias) for name, alias in _OTHERS.items()},
}
"""By the name of an extended property: the value that it is another name of."""
