# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Look up countries and states in this database."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Literal

from babel.core import get_global

from odoo.tools.misc import babel_locale_parse

from ..core.countries import plain
from ..core.reference_data import ReferenceData
from ..core.text import fold, line
from .numbers import read_number

if TYPE_CHECKING:
    from odoo.api import Environment

ANYWHERE = ""
"""The key in place of a country for a state that is named without one."""


class Places:
    """Countries and states by code, and by name in every installed language.

    A mailbox holds country names in the language of the person who typed them, so the
    owner's language alone is not enough.

    :param env: of the account's owner
    """

    def __init__(self, env: Environment) -> None:
        self._country_ids: dict[str, int] = {}
        self._state_ids: dict[tuple[str, str], int] = {}
        self._states: list[tuple[str, str, str]] = []
        countries: dict[str, str] = {}
        states: dict[tuple[str, str], str] = {}
        for lang in languages(env):
            translated = env(context={**env.context, "lang": lang})
            self._read_countries(translated, countries)
        self._read_codes(countries)
        self._read_states(env, states)
        home = env.company.country_id.code or ""
        self.reference_data = ReferenceData(
            countries,
            states,
            lambda: self._further_codes,
            read_number=read_number,
            home=home,
        )

    def _read_countries(self, env: Environment, found: dict[str, str]) -> None:
        """Add Odoo's names first, then other common names of the countries.

        For example, Odoo's "Russian Federation" is usually "Russia" in a mailbox.
        """
        countries = env["res.country"].search_fetch([], ["code", "name"])
        for country in countries:
            if not country.code:
                continue
            self._country_ids[country.code] = country.id
            for text in (country.code, country.name):
                _note(found, text or country.code, country.code)
        usual = babel_locale_parse(env.lang).territories
        for code, text in usual.items():
            if code in self._country_ids:
                _note(found, text, code)

    def _read_codes(self, found: dict[str, str]) -> None:
        """Add codes with three letters, and codes of countries that were renamed."""
        for text, codes in get_global("territory_aliases").items():
            if len(codes) == 1 and codes[0] in self._country_ids and text.isalpha():
                _note(found, text, codes[0])

    def _read_states(self, env: Environment, found: dict[tuple[str, str], str]) -> None:
        countries = {number: code for code, number in self._country_ids.items()}
        for number, country_id, code, name in _rows_of_states(env):
            country = countries.get(country_id, "")
            self._states.append((country, code, name))
            self._state_ids[country, code] = number
            for text in (code, name):
                found.setdefault((country, _folded(text)), code)

    @functools.cached_property
    def _further(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Return states by other forms of their codes and names.

        ISO 3166-2 puts the country in front of a code; some of Odoo's codes include it,
        others do not. Names that belong to only one state worldwide are included
        without their country.

        :return: (country, code) by (country or ``ANYWHERE``, plain text)
        """
        found: dict[tuple[str, str], tuple[str, str]] = {}
        alone: dict[str, set[tuple[str, str]]] = {}
        for country, code, name in self._states:
            short = code.removeprefix(f"{country}-")
            texts = {plain(one) for one in (f"{country}-{short}", *_names(name))}
            for text in (plain(short), *texts):
                found.setdefault((country, text), (country, code))
            for text in texts:
                alone.setdefault(text, set()).add((country, code))
        for text, places in alone.items():
            if len(places) == 1:
                (found[ANYWHERE, text],) = places
        return found

    @functools.cached_property
    def _further_codes(self) -> dict[tuple[str, str], str]:
        return {key: code for key, (_country, code) in self._further.items()}

    def country_id(self, text: str) -> int | Literal[False]:
        """Return the id of the ``res.country`` that a text names."""
        return self._country_ids.get(self.reference_data.country(text), False)

    def state_id(self, text: str, country: str) -> int | Literal[False]:
        """Return the id of the ``res.country.state`` that a text names."""
        if not country.strip():
            found = self._further.get((ANYWHERE, plain(line(text))))
            return self._state_ids.get(found, False) if found else False
        code = self.reference_data.state(text, country)
        return self._state_ids.get((self.reference_data.country(country), code), False)


def _rows_of_states(env: Environment) -> list[tuple[int, int, str, str]]:
    """Return id, id of the country, code and name of all states.

    There are about two thousand, and each run that reads a contact needs them. Reading
    them as records took 40 ms, a sixth of a small run.
    """
    states = env["res.country.state"]
    query = states._search([], order=states._order)
    columns = (
        states._field_to_sql(states._table, name, query)
        for name in ("id", "country_id", "code", "name")
    )
    rows: list[tuple[int, int, str, str]] = env.execute_query(query.select(*columns))
    return rows


@functools.lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    return fold(text)


def languages(env: Environment) -> list[str]:
    """Return the codes of the installed languages, English first."""
    codes = [code for code, _name in env["res.lang"].get_installed()]
    return sorted({"en_US", *codes}, key=lambda code: code != "en_US")


def _note(found: dict[str, str], text: str, code: str) -> None:
    for form in (_folded(text), plain(text)):
        if form:
            found.setdefault(form, code)


def _names(text: str) -> list[str]:
    """Return the names in a text, such as both of "A Coruña (La Coruña)" or
    "Araba/Álava".
    """
    return [text, *(part for part in re.split(r"[()/]", text) if part.strip())]
