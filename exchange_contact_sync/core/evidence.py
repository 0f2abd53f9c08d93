# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The evidence by which a person or a company is recognized, in canonical forms.

Partners and items are converted to the same structure here, so that ``similarity.py``
does not depend on either. The values of a private contact can be replaced by keyed
hashes (``Evidence.blinded``): equal values stay equal, but cannot be read.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from . import shape
from .companies import has_own_name, represents_company
from .emails import addresses, form, is_called_by_address
from .fields import EMAIL_KEYS, IS_COMPANY, MAIN_PHONE, NUMBER_LISTS, PHONE_KEYS
from .numbers import canonical_phone, numbers_in, recognized_numbers
from .person_names import script_of
from .recognized_names import generation, recognized_company, recognized_words
from .reference_data import ReferenceData
from .role_addresses import is_role
from .text import line


class Kind(Enum):
    """What a record represents."""

    PERSON = "person"
    COMPANY = "company"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Evidence:
    """The evidence of a record; each value in canonical form.

    :param name: the words of the name in spoken order
    :param generation: such as "jr"; "" for none
    :param company: the employer, without its legal form
    :param read_phones: returns the phone numbers; they are parsed only when there is a
        record to compare with, which is rare
    :param tails: the ends of the phone numbers, see :func:`_tails`
    :param birthday: year and day of the year; "" for an unknown part
    :param script: the script of the name
    :param roles: those e-mail addresses that several people share
    """

    name: tuple[str, ...] = ()
    generation: str = ""
    company: str = ""
    emails: frozenset[str] = frozenset()
    read_phones: Callable[[], frozenset[str]] = frozenset
    tails: frozenset[str] = frozenset()
    birthday: tuple[str, str] = ("", "")
    kind: Kind = Kind.UNKNOWN
    script: str = ""
    roles: frozenset[str] = frozenset()

    @functools.cached_property
    def phones(self) -> frozenset[str]:
        """The phone numbers."""
        return self.read_phones()

    @property
    def has_more(self) -> bool:
        """Whether there is evidence other than the name."""
        return bool(self.company or self.emails or self.tails)

    def keys(self) -> frozenset[str]:
        """Return the match keys, as selective as ``similarity.Key``: of a hundred
        thousand partners, many share a name, but few of these also share a company.

        :return: two records that may be the same share at least one key
        """
        return self._keys

    @functools.cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset((*(f"e {one}" for one in self.emails), *self._keys_by_name()))

    def _keys_by_name(self) -> Iterator[str]:
        if not self.name:
            return
        # Word order and word boundaries do not make a different name.
        name = "".join(sorted("".join(self.name)))
        if self.kind is not Kind.PERSON:
            yield f"f {name}"
        if self.kind is Kind.COMPANY:
            return
        if self.company:
            yield f"c {name} {self.company}"
        yield from (f"p {name} {tail}" for tail in self.tails)
        if not self.has_more:
            yield f"n {name}"

    def blinded(self, blind: Callable[[str], str]) -> Evidence:
        """Return evidence that only reveals whether values are the same.

        :param blind: makes a keyed hash of a text
        """
        phones = frozenset(blind(f"p {one}") for one in self.phones)
        year, day = (part and blind(f"b {part}") for part in self.birthday)
        return replace(
            self,
            name=tuple(blind(f"w {word}") for word in self.name),
            generation=self.generation and blind(f"g {self.generation}"),
            company=self.company and blind(f"c {self.company}"),
            emails=frozenset(blind(f"e {one}") for one in self.emails),
            read_phones=lambda: phones,
            tails=phones,
            roles=frozenset(blind(f"e {one}") for one in self.roles),
            birthday=(year, day),
        )

    def to_json(self) -> dict[str, object]:
        """Return the evidence in a form that can be stored as JSON, without blanks."""
        data = {
            "name": list(self.name),
            "generation": self.generation,
            "company": self.company,
            "emails": sorted(self.emails),
            "phones": sorted(self.phones),
            "birthday": list(self.birthday) if any(self.birthday) else [],
            "kind": self.kind.value,
            "script": self.script,
            "roles": sorted(self.roles),
        }
        return {key: value for key, value in data.items() if value}

    @classmethod
    def from_json(cls, data: object) -> Evidence:
        """Read stored evidence (``shape.py``)."""
        kept = shape.mapping(data)
        numbers = frozenset(shape.text_list(kept.get("phones")))
        day = shape.text_list(kept.get("birthday"))
        kind = shape.members_of(Kind, kept).get("kind", Kind.UNKNOWN)
        return cls(
            name=shape.text_list(kept.get("name")),
            generation=shape.text(kept.get("generation")),
            company=shape.text(kept.get("company")),
            emails=frozenset(shape.text_list(kept.get("emails"))),
            read_phones=lambda: numbers,
            tails=numbers,
            birthday=day if len(day) == 2 else ("", ""),
            kind=kind,
            script=shape.text(kept.get("script")),
            roles=frozenset(shape.text_list(kept.get("roles"))),
        )


def evidence_of(contact: Mapping[str, str], reference_data: ReferenceData) -> Evidence:
    """Return the evidence of a contact of either side.

    :param contact: by field key, with the full ``name``; the lists and the number of
        Odoo's side by their own keys (``fields.LISTS``, ``MAIN_PHONE``)
    :param reference_data: for parsing phone numbers
    """
    name, company = line(contact.get("name") or ""), contact.get("company") or ""
    emails = frozenset(map(form, _emails(contact)))
    roles = frozenset(filter(is_role, emails))
    phones = functools.partial(_read_phones, contact, reference_data)
    tails = _tails(contact)
    kind = kind_of(contact)
    if kind is Kind.COMPANY or name and name.casefold() == line(company).casefold():
        # A person named like the company may represent the company.
        kind = kind if kind is Kind.COMPANY else Kind.UNKNOWN
        own = tuple(recognized_company(name).split())
        script = script_of(own)
        return Evidence(
            own,
            emails=emails,
            read_phones=phones,
            tails=tails,
            kind=kind,
            script=script,
        )
    if is_called_by_address(name, emails):
        name = ""
    own = recognized_words(name)
    return Evidence(
        own,
        generation(name),
        recognized_company(company) if company else "",
        emails,
        phones,
        tails,
        _birthday(contact.get("birthday") or ""),
        kind,
        script_of(own),
        roles,
    )


def _read_phones(
    contact: Mapping[str, str], reference_data: ReferenceData
) -> frozenset[str]:
    country = contact.get("business_country") or ""
    return frozenset(
        number
        for text in _numbers(contact)
        for number in recognized_numbers(text, country, reference_data)
    )


DISTINCT_END = 4
"""Number of digits. No country has shorter numbers, and the digits that a country adds
or removes come before them: two texts that are the same number end alike."""


def _tails(contact: Mapping[str, str]) -> frozenset[str]:
    """Return the ends of a contact's phone numbers. Unlike the full numbers, they do
    not depend on the owner's country, and they are cheap to compute.
    """
    return frozenset(
        canonical_phone(number).partition("x")[0][-DISTINCT_END:]
        for text in _numbers(contact)
        for number in numbers_in(text)
    )


PRIVATE = "private"
"""The key for the stored evidence of a private contact, blinded."""


def evidence_kept(
    facts: Mapping[str, object], reference_data: ReferenceData
) -> Evidence:
    """Return the evidence stored for a contact.

    :param facts: the stored values: texts by field key (``matching.facts``), or
        ``PRIVATE``
    :return: for a private contact, blinded
    """
    if PRIVATE in facts:
        return Evidence.from_json(facts[PRIVATE])
    return evidence_of(shape.texts(facts), reference_data)


def facts_of(data: object) -> dict[str, object]:
    """Read a stored column of facts (``shape.py``), see :func:`evidence_kept`."""
    hidden = {k: kept for k, kept in shape.mapping(data).items() if k == PRIVATE}
    return {**shape.texts(data), **hidden}


def keys_kept(facts: Mapping[str, object]) -> frozenset[str]:
    """Return the match keys (``Evidence.keys``) of a contact's stored evidence.

    :param facts: see :func:`evidence_kept`
    """
    return evidence_kept(facts, ReferenceData()).keys()


def partner_keys(partner: Mapping[str, str]) -> frozenset[str]:
    """Return the match keys (``Evidence.keys``) of a partner, the same for each owner.

    :param partner: by field key, as for :func:`evidence_of`
    """
    return evidence_of(partner, ReferenceData()).keys()


def kind_of(contact: Mapping[str, str]) -> Kind:
    """Return what a contact represents. Only partners have a field for this.

    :param contact: by field key
    :return: UNKNOWN for an item that has only a display name
    """
    if IS_COMPANY in contact:
        return Kind.COMPANY if contact[IS_COMPANY] else Kind.PERSON
    if has_own_name(contact):
        return Kind.PERSON
    return Kind.COMPANY if represents_company(contact) else Kind.UNKNOWN


UNKNOWN_YEAR = "1604"
"""The year that Outlook writes in a birthday without year ([MS-OXOCNTC] 2.2.1.5)."""


def _birthday(text: str) -> tuple[str, str]:
    year, _, day = text.partition("-")
    return ("" if year == UNKNOWN_YEAR else year), day


def _emails(contact: Mapping[str, str]) -> Iterator[str]:
    for key in (*EMAIL_KEYS, "emails"):
        text = contact.get(key)
        if text:
            for part in text.split("\n"):
                yield from addresses(part)


_HOLD_NUMBERS = (MAIN_PHONE, *PHONE_KEYS, *NUMBER_LISTS)


def _numbers(contact: Mapping[str, str]) -> Iterable[str]:
    for key in _HOLD_NUMBERS:
        text = contact.get(key)
        if text:
            yield from text.split("\n")
