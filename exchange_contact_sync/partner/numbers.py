# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Normalize phone numbers by the numbering plans of countries, to recognize people.

The library is Google's (https://github.com/google/libphonenumber), which Odoo uses too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import phonenumbers

from ..core.numbers import SHORTEST, canonical_phone

CACHED = 16384
"""Size of the cache; the same numbers are looked up repeatedly during a search."""


@functools.lru_cache(maxsize=CACHED)
def read_number(text: str, countries: tuple[str, ...]) -> str:
    """Return a number in canonical form, see ``core.reference_data.NumberReader``.

    A number that belongs to no numbering plan, such as a short internal one, is
    returned as it is written.

    :param text: one number as people type it
    :param countries: ISO codes, the preferred ones first
    """
    plain = canonical_phone(text)
    number, mark, extension = plain.partition("x")
    if len(number) < SHORTEST or not number.lstrip("+").isdigit():
        return plain
    parsed = _in_one_of(number, countries)
    if parsed is None:
        return plain
    form = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"{form}{mark}{extension}"


def _in_one_of(number: str, countries: Iterable[str]) -> Any:
    """Return the number parsed for the first country in which it is assigned, or else
    in which it is possible.
    """
    regions = (None,) if number.startswith("+") else filter(None, countries)
    found = [one for region in regions if (one := _parsed(number, region))]
    for check in (phonenumbers.is_valid_number, phonenumbers.is_possible_number):
        for one in found:
            if check(one):
                return one
    return None


def _parsed(number: str, region: str | None) -> Any:
    try:
        return phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None


def split_country_code(number: str, country: str) -> tuple[str, str]:
    """Split a number into its country code and the rest.

    :param number: in canonical form
    :param country: ISO code, for a number without country code
    :return: two texts of digits, empty if no numbering plan has such a number
    """
    parsed = _in_one_of(number, (country,))
    if parsed is None:
        return "", ""
    return str(parsed.country_code), phonenumbers.national_significant_number(parsed)
