# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What texts name in Odoo: rows, countries, states, tags, as data from outside.

Exchange keeps countries and states as text, Odoo as records. A text that names none of
Odoo's records cannot come in. The blank it leaves in Odoo is no change, and must not go
out as if the text had been cleared; the text comes in once Odoo has a record for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .countries import find, plain
from .fields import FIELDS, Field
from .numbers import canonical_phone
from .text import fold, line

NumberReader = Callable[[str, tuple[str, ...]], str]
"""Reads a number in the first of several countries (ISO codes) where it is one; gives
E.164 and the extension, "+4930123456x12"."""


def _as_written(text: str, countries: tuple[str, ...]) -> str:
    """Without a library of numbering plans no country helps."""
    return canonical_phone(text)


@dataclass(frozen=True)
class ReferenceData:
    """Names of countries and states in the languages that matter, and tags.

    :param countries: Mapping of name or code, folded and plain, to ISO 3166 code
    :param states: Mapping of (country code, folded name or code) to state code
    :param further_states: callable that gives a Mapping of (country code, plain name or
        code) to state code; "" in the place of the country for what names one state of
        the world. It is called once somebody writes a state otherwise than Odoo.
    :param tags: frozenset of str, names of the tags there are, in canonical form
        (``normalize.member``); None: one that is missing is made
    :param outsiders: frozenset of str, in canonical form: members of sets that have
        their place in Exchange only
    :param tag_names: Mapping of what tags are called in other languages to what they
        are called in the owner's, both in canonical form
    :param rows: Mapping of key to Field, the table: ``fields.FIELDS`` and what other
        addons added to it
    :param read_number: NumberReader
    :param home: str, ISO code of the owner's country, or ""
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
        """:param text: str, as written on either side
        :return: str, the ISO code, or "" when the text names no known country
        """
        code = self.countries.get(fold(text))
        if code is None and text.strip():
            code = self._found.get(text)
            if code is None:
                found = (find(one, self.countries) for one in (text, fold(line(text))))
                code = self._found[text] = next(filter(None, found), "")
        return code or ""

    def state(self, text: str, country: str) -> str:
        """:param text: str, as written on either side
        :param country: str, the country's name or code as written beside it
        :return: str, the state's code, or "" when that country has no such state, or
            when there is no country and more than one state may be meant
        """
        where = self.country(country)
        if country.strip() and not where:
            return ""
        code = self.states.get((where, fold(text)))
        if code is None and text.strip():
            code = self.further_states().get((where, plain(line(text))))
        return code or ""

    def tag(self, name: str) -> str:
        """:param name: str, in canonical form, in any language
        :return: str, likewise, in the owner's language
        """
        return self.tag_names.get(name, name)

    def number(self, text: str, country: str = "") -> str:
        """The form of a number in which a person is recognised; it is never written.

        :param text: str, one number as people type it
        :param country: str, name or code of the contact's country; where a number is
            none there, the owner's counts
        :return: str, E.164 and the extension, or ``numbers.canonical_phone``
        """
        code = self.country(country) if country else ""
        if not code and len(country) == 2 and country.isascii():
            code = country.upper()
        return self.read_number(text, tuple(dict.fromkeys((code, self.home))))

    def has_tag(self, name: str) -> bool:
        """:param name: str, in canonical form
        :return: bool, whether Odoo has such a tag, or makes it
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
"""What Odoo keeps as a record, and the row that says where it is looked for."""


def is_unknown(key: str, values: Mapping[str, str], words: ReferenceData) -> bool:
    """:param key: str, a key of ``COUNTRY_OF``
    :param values: Mapping of field key to text
    :param words: ReferenceData
    :return: bool, whether there is a text and Odoo has no record for it
    """
    text = values.get(key) or ""
    if not text.strip():
        return False
    if COUNTRY_OF[key]:
        return not words.state(text, values.get(COUNTRY_OF[key]) or "")
    return not words.country(text)


@dataclass(frozen=True)
class Blanks:
    """What Odoo's blanks stand for, where a text could not be held last time.

    :param untouched: frozenset of str, keys nobody has touched: nothing to compare
    :param afresh: frozenset of str, keys to compare as if Odoo had agreed to a blank
    """

    untouched: frozenset[str] = frozenset()
    afresh: frozenset[str] = frozenset()


def look_at(
    unheld: frozenset[str],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    agreed: Mapping[str, str],
    words: ReferenceData,
) -> Blanks:
    """Find out what the blanks on Odoo's side stand for.

    :param unheld: frozenset of str, keys of texts that Odoo could not hold last time
    :param ours: Mapping of field key to text
    :param theirs: Mapping of field key to text
    :param agreed: Mapping of field key to text
    :param words: ReferenceData
    :return: Blanks
    """
    blank = {key for key in unheld if key in theirs and ours.get(key) == ""}
    untouched = {
        key
        for key in blank
        if line(theirs[key]) == line(agreed.get(key, ""))
        and is_unknown(key, theirs, words)
        and is_unknown(key, {**ours, key: theirs[key]}, words)
    }
    return Blanks(frozenset(untouched), frozenset(blank - untouched))


def cannot_hold(
    pull: Mapping[str, str], ours: Mapping[str, str], words: ReferenceData
) -> set[str]:
    """Which texts that come in will leave a blank in Odoo.

    :param pull: Mapping of field key to text, what comes in
    :param ours: Mapping of field key to text, what Odoo has now
    :param words: ReferenceData
    :return: set of str, keys
    """
    found = {key for key in COUNTRY_OF if pull.get(key)}
    if not found:
        return found
    after = {**ours, **pull}
    return {key for key in found if is_unknown(key, after, words)}
