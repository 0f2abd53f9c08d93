# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which words mean the same country or state, as data handed in from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .text import fold


@dataclass(frozen=True)
class Vocabulary:
    """Names of countries and states in the languages that matter.

    :param countries: Mapping of folded name or code to ISO 3166 code
    :param states: Mapping of (country code, folded name or code) to state code
    """

    countries: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def country(self, text: str) -> str:
        """:param text: str, as written on either side
        :return: str, the ISO code, or "" when the text names no known country
        """
        return self.countries.get(fold(text), "")

    def state(self, text: str, country: str) -> str:
        """:param text: str, as written on either side
        :param country: str, the country's name or code as written beside it
        :return: str, the state's code, or "" when that country has no such state
        """
        return self.states.get((self.country(country), fold(text)), "")
