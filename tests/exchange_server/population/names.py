# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names of people, by the customs of their countries."""

from __future__ import annotations

from dataclasses import dataclass

from .dice import Dice
from .words import Country

INITIALS = "ABCDEFGHJKLMNPRSTW"


@dataclass(frozen=True)
class Name:
    """The parts of a name, the full name, and the name in an e-mail address."""

    given: str
    middle: str
    surname: str
    generation: str
    full: str
    given_slug: str
    surname_slug: str

    @property
    def file_as(self) -> str:
        """How Outlook files the name by default: "Surname, Given Middle"."""
        first = " ".join(part for part in (self.given, self.middle) if part)
        return f"{self.surname}, {first}"


def draw_name(dice: Dice, country: Country, crowded: bool = False) -> Name:
    """A name that a person of the country might have.

    :param crowded: many names are taken, so this one gets a second given name, where
        people have such
    """
    given, surname = dice.pick(country.given), dice.pick(country.surnames)
    middle = generation = ""
    family = surname.text
    if country.middle_initials and dice.chance(0.4):
        middle = f"{dice.pick(INITIALS)}."
    if crowded and not country.surname_first:
        middle = dice.pick_other(country.given, given).text
    if country.generations and dice.chance(0.05):
        generation = dice.pick(country.generations)
    if country.two_surnames:  # the father's and the mother's
        family = f"{family} {dice.pick_other(country.surnames, surname).text}"
    parts = [given.text, middle, family, generation]
    if country.surname_first:
        parts = [family, given.text]
    return Name(
        given=given.text,
        middle=middle,
        surname=family,
        generation=generation,
        full=country.separator.join(part for part in parts if part),
        given_slug=given.slug,
        surname_slug=surname.slug,
    )
