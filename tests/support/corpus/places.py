# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Postal addresses: business, home and other."""

from __future__ import annotations

from collections.abc import Iterator

from support.corpus.case import Case, called
from support.corpus.rows import PLACES

COUNTRIES = (
    {"country": "Germany"},
    {"country": "DE", "state": "Bavaria"},
    {"country": "deutschland", "state": "BY"},
    {"country": "Германия"},
    {"country": "U.S.A.", "state": "Texas"},
    {"country": "United States", "state": "TX"},
    {"country": "US", "state": "New York"},
    {"country": "United States", "state": "Nowhere"},
    {"country": "Middle-earth", "state": "The Shire"},
    {"country": "Middle-earth"},
    {"country": "United States of America", "state": "texas"},
    {"country": "Türkiye"},
    {"country": "Côte d'Ivoire"},
    {"country": "Cote d’Ivoire"},
    {"country": "Россия", "state": "Москва"},
    {"country": "UK"},
    {"country": "Georgia"},
    {"country": " Germany "},
    {"country": "GERMANY"},
    {"country": ","},
    {"state": "Texas"},
    {"state": "TX"},
    {"country": "India", "state": "Kerala"},
    {"country": "Brazil", "state": "SP"},
    {"country": "Canada", "state": "Québec"},
)
STREETS = (
    "1 Example Street",
    "1 Example Street\nFloor 2",
    "1 Example Street\r\nFloor 2\r\nRoom 3",
    "One\nTwo\nThree\nFour",
    "One\nTwo\nThree\nFour\nFive",
    "One,\n\n Two",
    "One, Two, Three",
    "\nOnly the second line",
    "One\rTwo",
    "One;Two",
    ",",
    ", \n ,",
)


def cases() -> Iterator[Case]:
    """:return: iterator of Case"""
    for number, place in enumerate(COUNTRIES):
        for where in PLACES:
            rows = {f"{where}_{part}": text for part, text in place.items()}
            yield called(f"country {number} {where}", **rows)
    for number, street in enumerate(STREETS):
        yield called(
            f"street {number}",
            business_street=street,
            home_street=street,
            other_street=street,
        )
    for where in PLACES:
        for part in ("street", "city", "zip"):
            yield called(f"only {where} {part}", **{f"{where}_{part}": "4711 X"})
    yield called("three addresses", **_three())
    yield called("the same address three times", **_three("the same"))
    yield called("at a company with an address", company="Settled Ltd.", **_three())
    yield called("at a company, not at its address", company="settled ltd")
    yield called("a company that is there twice", company="Twice Inc.", **_three())
    yield called("an unknown company", company="Unknown, Ltd.; & Co. KG", **_three())


def _three(text: str = "") -> dict[str, str]:
    parts = ("street", "city", "zip")
    found = {
        f"{where}_{part}": text or f"{where} {part}"
        for where in PLACES
        for part in parts
    }
    return {
        **found,
        "business_country": "Germany",
        "business_state": "Bavaria",
        "home_country": "United States",
        "home_state": "Texas",
        "other_country": "Nowhere",
        "other_state": "No State",
    }
