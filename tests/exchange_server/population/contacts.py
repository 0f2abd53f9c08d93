# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts as plain EWS values: one person after the other out of the dice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from .companies import Address, Company, draw_address, weighted_countries
from .dice import Dice
from .names import Name, draw_name
from .words import Country, common

Values = dict[str, object]
ATTEMPTS = 8  # to draw a name that nobody else has where this one works


class Contacts:
    """Draws contacts; no two share an e-mail address.

    :param companies: where they work; the first ones employ more people
    """

    def __init__(self, dice: Dice, companies: Sequence[Company]) -> None:
        self._dice = dice
        self._companies = companies
        self._countries = weighted_countries()
        self._names: set[tuple[str, str]] = set()
        self._addresses: set[str] = set()

    def draw(self, business: float) -> Values:
        """One contact.

        :param business: the probability of a person in a company, from 0 to 1
        """
        if self._companies and self._dice.chance(business):
            return self._business(self._dice.pick_early(self._companies))
        return self._private(self._dice.pick(self._countries))

    def _business(self, company: Company) -> Values:
        dice, country = self._dice, company.country
        name = self._name(country, company.name)
        values = _name_values(name)
        values["contacts:CompanyName"] = company.name
        values["contacts:JobTitle"] = dice.pick(country.titles or common().titles)
        if dice.chance(0.6):
            values["contacts:Department"] = dice.pick(common().departments)
        if dice.chance(0.95):
            self._email(values, "EmailAddress1", name, company.domain)
        if dice.chance(0.12):
            domain = dice.pick(common().mail_domains)
            self._email(values, "EmailAddress2", name, domain)
        self._business_phones(values, company)
        _address_values(values, "Business", company.address)
        if dice.chance(0.8):
            values["contacts:BusinessHomePage"] = company.website
        self._extras(values, common().categories, country.notes + common().notes)
        return values

    def _business_phones(self, values: Values, company: Company) -> None:
        dice, patterns = self._dice, company.place.phones
        if dice.chance(0.9):
            phone = dice.fill(dice.pick(patterns))
            values["contacts:PhoneNumber:BusinessPhone"] = phone
        if dice.chance(0.2):
            values["contacts:PhoneNumber:CompanyMainPhone"] = company.phone
        if dice.chance(0.06):
            fax = dice.fill(dice.pick(patterns))
            values["contacts:PhoneNumber:BusinessFax"] = fax
        self._mobile(values, company.country, 0.5)

    def _private(self, country: Country) -> Values:
        dice = self._dice
        name = self._name(country, "")
        values = _name_values(name)
        place = dice.pick(country.places)
        if dice.chance(0.85):
            domain = dice.pick(common().mail_domains)
            self._email(values, "EmailAddress1", name, domain)
        if dice.chance(0.6):
            phone = dice.fill(dice.pick(place.phones))
            values["contacts:PhoneNumber:HomePhone"] = phone
        self._mobile(values, country, 0.8)
        if dice.chance(0.7):
            _address_values(values, "Home", draw_address(dice, country, place))
        if dice.chance(0.5):
            values["contacts:Birthday"] = _birthday(dice)
        if dice.chance(0.15):
            values["contacts:SpouseName"] = dice.pick(country.given).text
        self._extras(values, common().private_categories, common().private_notes)
        return values

    def _name(self, country: Country, company: str) -> Name:
        """A name, new where somebody works unless that is hard to find."""
        for attempt in range(ATTEMPTS):
            name = draw_name(self._dice, country, crowded=attempt > 2)
            if (name.full, company) not in self._names:
                break
        self._names.add((name.full, company))
        return name

    def _email(self, values: Values, key: str, name: Name, domain: str) -> None:
        given, surname = name.given_slug, name.surname_slug
        local = f"{given}.{surname}"
        if self._dice.chance(0.15):
            local = f"{given[0]}{surname}"
        address, number = f"{local}@{domain}", 1
        while address in self._addresses:
            number += 1
            address = f"{local}{number}@{domain}"
        self._addresses.add(address)
        values[f"contacts:EmailAddress:{key}"] = address

    def _mobile(self, values: Values, country: Country, probability: float) -> None:
        if country.mobiles and self._dice.chance(probability):
            number = self._dice.fill(self._dice.pick(country.mobiles))
            values["contacts:PhoneNumber:MobilePhone"] = number

    def _extras(
        self, values: Values, categories: Sequence[str], notes: Sequence[str]
    ) -> None:
        dice = self._dice
        if dice.chance(0.25):
            values["item:Body"] = dice.pick(notes)
        if dice.chance(0.2):
            values["item:Categories"] = [dice.pick(categories)]


def _name_values(name: Name) -> Values:
    values: Values = {
        "contacts:FileAs": name.file_as,
        "contacts:DisplayName": name.full,
        "contacts:GivenName": name.given,
        "contacts:Surname": name.surname,
        "item:Subject": name.full,
    }
    if name.middle:
        values["contacts:MiddleName"] = name.middle
    if name.generation:
        values["contacts:Generation"] = name.generation
    return values


def _address_values(values: Values, kind: str, address: Address) -> None:
    parts = {
        "Street": address.street,
        "City": address.city,
        "State": address.state,
        "CountryOrRegion": address.country,
        "PostalCode": address.postal_code,
    }
    for part, text in parts.items():
        if text:
            values[f"contacts:PhysicalAddress:{kind}:{part}"] = text


def _birthday(dice: Dice) -> datetime:
    """A day, as Outlook stores it: 11:59 UTC, so that it is the same day (almost)
    everywhere."""
    first = datetime(1945, 1, 1, 11, 59, tzinfo=timezone.utc)
    return first + timedelta(days=dice.number(0, 60 * 365))
