# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The word lists, one file a country, and what is made of their texts.

A word may be written "Київ|kyiv": what people read, and how it stands in addresses of
the web. Without the second part it is derived from the first.

Telephone numbers: for the United States, the United Kingdom, Germany, France, Sweden
and Australia from the ranges that the regulators keep free for film and fiction
(555-01xx; Ofcom "numbers for drama use"; Bundesnetzagentur, Mitteilung 148/2021; ARCEP
decision 2012-0856; PTS; ACMA). The other countries keep none that we know of: there
the local part begins with a 1 as in libphonenumber's example numbers, which their
plans do not give to subscribers (for Spain it is the example number itself), and
nobody has a mobile phone.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DIRECTORY = Path(__file__).with_name("words")


@dataclass(frozen=True)
class Word:
    """What people read, and the same in letters and hyphens for addresses."""

    text: str
    slug: str


@dataclass(frozen=True)
class Place:
    """A town with the patterns of its postal codes and telephone numbers."""

    city: str
    state: str
    postal: str
    phones: tuple[str, ...]


@dataclass(frozen=True)
class Country:
    """All words for the people of one country.

    :param weight: how many of them there are, in proportion to other countries
    :param surname_first: whether full names begin with the surname
    :param separator: the separator between the parts of a full name
    :param company: how a company's name is put together
    :param joiner: the text between the names of two owners
    """

    name: str
    weight: int
    surname_first: bool
    separator: str
    company: str
    joiner: str
    two_surnames: bool
    middle_initials: bool
    generations: tuple[str, ...]
    given: tuple[Word, ...]
    surnames: tuple[Word, ...]
    places: tuple[Place, ...]
    mobiles: tuple[str, ...]
    streets: tuple[str, ...]
    stems: tuple[Word, ...]
    trades: tuple[Word, ...]
    forms: tuple[str, ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Common:
    """Words that are used in all countries."""

    titles: tuple[str, ...]
    departments: tuple[str, ...]
    categories: tuple[str, ...]
    private_categories: tuple[str, ...]
    notes: tuple[str, ...]
    private_notes: tuple[str, ...]
    mail_domains: tuple[str, ...]


def slug(text: str) -> str:
    """A text in lower-case unaccented letters, digits and hyphens.

    >>> slug("Belle-Étoile d'Or")
    'belle-etoiledor'
    """
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in letters if c.isascii() and (c.isalnum() or c == "-"))


@cache
def countries() -> tuple[Country, ...]:
    """All countries, in the order of their files' names."""
    paths = sorted(path for path in DIRECTORY.glob("??.json"))
    return tuple(_country(_read(path)) for path in paths)


@cache
def common() -> Common:
    """The words that are used in all countries."""
    data = _read(DIRECTORY / "common.json")
    return Common(**{name: tuple(words) for name, words in data.items()})


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _country(data: dict[str, Any]) -> Country:
    texts = ("generations", "mobiles", "streets", "forms", "titles", "notes")
    words = ("given", "surnames", "stems", "trades")
    return Country(
        name=data["country"],
        weight=data["weight"],
        surname_first=data["order"] == "surname first",
        separator=data.get("separator", " "),
        company=data.get("company", "{stem} {trade} {form}"),
        joiner=data.get("joiner", " & "),
        two_surnames=data.get("two_surnames", False),
        middle_initials=data["middle_initials"],
        places=tuple(_place(place) for place in data["places"]),
        **{name: tuple(data[name]) for name in texts},
        **{name: tuple(map(_word, data[name])) for name in words},
    )


def _place(data: dict[str, Any]) -> Place:
    city = _word(data["city"]).text
    return Place(city, data["state"], data["postal"], tuple(data["phones"]))


def _word(text: str) -> Word:
    shown, bar, latin = text.partition("|")
    return Word(shown, latin if bar else slug(shown))
