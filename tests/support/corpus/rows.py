# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rows of a contact and their names in EWS.

They are written again by hand, since the addon's own tables are under test.
"""

from __future__ import annotations

PLACES = ("business", "home", "other")
ADDRESS = {
    "street": "Street",
    "city": "City",
    "zip": "PostalCode",
    "state": "State",
    "country": "CountryOrRegion",
}
PHONES = {
    "phone_assistant": "AssistantPhone",
    "phone_business": "BusinessPhone",
    "phone_business2": "BusinessPhone2",
    "phone_business_fax": "BusinessFax",
    "phone_callback": "Callback",
    "phone_car": "CarPhone",
    "phone_company_main": "CompanyMainPhone",
    "phone_home": "HomePhone",
    "phone_home2": "HomePhone2",
    "phone_home_fax": "HomeFax",
    "phone_isdn": "Isdn",
    "phone_mobile": "MobilePhone",
    "phone_other": "OtherTelephone",
    "phone_other_fax": "OtherFax",
    "phone_pager": "Pager",
    "phone_primary": "PrimaryPhone",
    "phone_radio": "RadioPhone",
    "phone_telex": "Telex",
    "phone_tty_tdd": "TtyTddPhone",
}
MORE = {
    "nickname": "Nickname",
    "initials": "Initials",
    "department": "Department",
    "office": "OfficeLocation",
    "profession": "Profession",
    "manager": "Manager",
    "assistant": "AssistantName",
    "spouse": "SpouseName",
}
DAYS = {"birthday": "contacts:Birthday", "anniversary": "contacts:WeddingAnniversary"}
