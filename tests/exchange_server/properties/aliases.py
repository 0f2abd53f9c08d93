# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended properties that are another name of a property with a field URI.

A client that writes ``contacts:GivenName`` and reads the tag 0x3A06 gets what it wrote:
there is one value. Source: [MS-OXPROPS] for tags and identifiers, [MS-OXWSCONT] for
which of them each field URI stands for. Only text properties are listed here.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    0x0037: "item:Subject",
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

ALIASES: Mapping[str, str] = {
    **{f"extended:{hex(tag)}:String": key for tag, key in _TAGS.items()},
    **{
        f"extended:{ADDRESS_SET}:#{number}:String": key
        for number, key in _ADDRESS_SET_IDS.items()
    },
}
