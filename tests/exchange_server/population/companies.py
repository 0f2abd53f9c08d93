# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Companies, each with one address and a telephone exchange."""

from __future__ import annotations

from dataclasses import dataclass

from .dice import Dice
from .words import Country, Place, Word, countries

STAFF = 6  # people a company on average, while there are names for more companies


@dataclass(frozen=True)
class Address:
    """A postal address."""

    street: str
    city: str
    state: str
    postal_code: str
    country: str


@dataclass(frozen=True)
class Company:
    """A company; ``phone`` is its own number, ``place`` has those of its people."""

    name: str
    domain: str
    country: Country
    place: Place
    address: Address
    phone: str

    @property
    def website(self) -> str:
        return f"https://www.{self.domain}/"


def draw_companies(dice: Dice, people: int) -> list[Company]:
    """Companies for so many people, no two with the same name."""
    taken: set[str] = set()
    companies = []
    for country in _spread(dice, max(3, people // STAFF)):
        company = _draw_company(dice, country)
        if company.name not in taken and company.domain not in taken:
            taken |= {company.name, company.domain}
            companies.append(company)
    return companies


def draw_address(dice: Dice, country: Country, place: Place) -> Address:
    """An address in a town."""
    street = dice.pick(country.streets).format(
        number=dice.number(1, 180), unit=dice.number(1, 12)
    )
    postal_code = dice.fill(place.postal)
    return Address(street, place.city, place.state, postal_code, country.name)


def weighted_countries() -> list[Country]:
    """Each country as often as its weight says, to pick from."""
    return [country for country in countries() for _ in range(country.weight)]


def _spread(dice: Dice, count: int) -> list[Country]:
    choices = weighted_countries()
    return [dice.pick(choices) for _ in range(count)]


def _draw_company(dice: Dice, country: Country) -> Company:
    brand, trade = _draw_brand(dice, country), dice.pick(country.trades)
    name = country.company.format(
        stem=brand.text, trade=trade.text, form=dice.pick(country.forms)
    )
    place = dice.pick(country.places)
    return Company(
        name=name,
        domain=f"{brand.slug}-{trade.slug}.example",
        country=country,
        place=place,
        address=draw_address(dice, country, place),
        phone=dice.fill(dice.pick(place.phones)),
    )


def _draw_brand(dice: Dice, country: Country) -> Word:
    """A fantasy word, or the name of its owner or two owners."""
    if dice.chance(0.5):
        return dice.pick(country.stems)
    first = dice.pick(country.surnames)
    if dice.chance(0.3):
        return first
    second = dice.pick_other(country.surnames, first)
    text = f"{first.text}{country.joiner}{second.text}"
    return Word(text, f"{first.slug}-{second.slug}")
