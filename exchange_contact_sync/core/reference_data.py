# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reference data of Odoo, passed in as plain data: rows, countries, states, tags.

Exchange stores countries and states as text, Odoo as records. A text that matches none
of Odoo's records cannot be pulled. The blank that remains in Odoo is no change and must
not be pushed as if the text had been cleared; the text is pulled once Odoo has a record
for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .countries import find, plain
from .fields import FIELDS, Field
from .numbers import canonical_phone
from .text import fold, line

NumberReader = Callable[[str, tuple[str, ...]], str]
"""Parses a number for the first of several countries (ISO codes) in which it is valid;
returns E.164 and the extension, "+4930123456x12"."""


def _as_written(text: str, countries: tuple[str, ...]) -> str:
    """Ignore the countries: they are of no use without a library of numbering plans."""
    return canonical_phone(text)


@dataclass(frozen=True)
class ReferenceData:
    """Names of countries and states in the relevant languages, and tags.

    :param countries: by name or code, folded and plain, the ISO 3166 code
    :param states: by (country code, folded name or code), the state code
    :param further_states: returns, by (country code, plain name or code), the state
        code; the country "" contains names that are unique in the world. Called only
        for a text that ``states`` does not contain.
    :param tags: names of the existing tags, in canonical form (``normalize.member``);
        None if missing tags are created
    :param outsiders: in canonical form, members of sets that are stored in Exchange
        only
    :param tag_names: by the name of a tag in another language, its name in the owner's
        language, both in canonical form
    :param rows: by key, the table of fields: ``fields.FIELDS`` and the additions of
        other addons
    :param home: ISO code of the owner's country, or ""
    """

    countries: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[tuple[str, str], str] = field(default_factory=dict)
    further_states: Callable[[], Mapping[tuple[str, str], str]] = dict
    tags: frozenset[str] | None = None
    outsiders: frozenset[str] = frozenset()
    tag_names: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Field] = field(default_factory=lambda: FIELDS)
    read_number: NumberReader = _as_written
    home: str = ""
    _found: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def country(self, text: str) -> str:
        """Return the ISO code of a country, "" if the text names no known country.

        :param text: as written on either side
        """
        code = self.countries.get(fold(text))
        if code is None and text.strip():
            code = self._found.get(text)
            if code is None:
                found = (find(one, self.countries) for one in (text, fold(line(text))))
                code = self._found[text] = next(filter(None, found), "")
        return code or ""

    def state(self, text: str, country: str) -> str:
        """Return the code of a state, "" if the country has no such state, or if there
        is no country and the text may mean several states.

        :param text: as written on either side
        :param country: the country's name or code as written next to it
        """
        where = self.country(country)
        if country.strip() and not where:
            return ""
        code = self.states.get((where, fold(text)))
        if code is None and text.strip():
            code = self.further_states().get((where, plain(line(text))))
        return code or ""

    def tag(self, name: str) -> str:
        """Return the name of a tag in the owner's language.

        :param name: in canonical form, in any language
        :return: in canonical form
        """
        return self.tag_names.get(name, name)

    def number(self, text: str, country: str = "") -> str:
        """Return the form of a number by which a person is recognized; never written.

        :param text: one number as people enter it
        :param country: name or code of the contact's country; if the number is not
            valid there, the owner's country is used
        :return: E.164 and the extension, or ``numbers.canonical_phone``
        """
        code = self.country(country) if country else ""
        if not code and len(country) == 2 and country.isascii():
            code = country.upper()
        return self.read_number(text, tuple(dict.fromkeys((code, self.home))))

    def has_tag(self, name: str) -> bool:
        """Decide whether Odoo has a tag of this name, or creates it.

        :param name: in canonical form
        """
        return name not in self.outsiders and (self.tags is None or name in self.tags)


COUNTRY_OF = {
    row: country
    for where in ("business", "home", "other")
    for row, country in (
        (f"{where}_country", ""),
        (f"{where}_state", f"{where}_country"),
    )
}
"""The rows that Odoo stores as records, and the row of the country to search in."""


def is_unknown(
    key: str, values: Mapping[str, str], reference_data: ReferenceData
) -> bool:
    """Decide whether a row has a text for which Odoo has no record.

    :param key: a key of ``COUNTRY_OF``
    :param values: by field key
    """
    text = values.get(key) or ""
    if not text.strip():
        return False
    if COUNTRY_OF[key]:
        return not reference_data.state(text, values.get(COUNTRY_OF[key]) or "")
    return not reference_data.country(text)


@dataclass(frozen=True)
class Blanks:
    """The meaning of blanks in Odoo where a text could not be stored last time.

    :param untouched: keys that were not edited: they are not compared
    :param anew: keys to compare as if both sides had agreed on a blank
    """

    untouched: frozenset[str] = frozenset()
    anew: frozenset[str] = frozenset()


def meaning_of_blanks(
    unheld: frozenset[str],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    agreed: Mapping[str, str],
    reference_data: ReferenceData,
) -> Blanks:
    """Find out what the blanks on Odoo's side mean.

    :param unheld: keys of texts that Odoo could not store last time
    :param ours: by field key
    :param theirs: by field key
    :param agreed: by field key
    """
    blank = {key for key in unheld if key in theirs and ours.get(key) == ""}
    untouched = {
        key
        for key in blank
        if line(theirs[key]) == line(agreed.get(key, ""))
        and is_unknown(key, theirs, reference_data)
        and is_unknown(key, {**ours, key: theirs[key]}, reference_data)
    }
    return Blanks(frozenset(untouched), frozenset(blank - untouched))


def not_storable(
    pull: Mapping[str, str], ours: Mapping[str, str], reference_data: ReferenceData
) -> set[str]:
    """Return the keys of pulled texts that will leave a blank in Odoo.

    :param pull: by field key, what is pulled
    :param ours: by field key, what Odoo has now
    """
    found = {key for key in COUNTRY_OF if pull.get(key)}
    if not found:
        return found
    after = {**ours, **pull}
    return {key for key in found if is_unknown(key, after, reference_data)}
