# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person or a company is recognised by, in the forms in which it is compared.

Contacts of Exchange and of Odoo become the same thing here, so that ``likeness.py``
needs to know neither. Of a contact that is kept secret the values can be replaced by
keyed hashes (``Evidence.blinded``): equal values stay equal, and nothing can be read.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from . import shape
from .emails import addresses, form, is_called_by_address
from .fields import EMAIL_KEYS, IS_COMPANY, MAIN_PHONE, NUMBER_LISTS, PHONE_KEYS
from .firms import has_own_name, is_firm
from .numbers import canonical_phone, numbers_in, recognised_numbers
from .person_names import script_of
from .recognised_names import generation, recognised_company, recognised_words
from .reference_data import ReferenceData
from .role_addresses import is_role
from .text import line


class Kind(Enum):
    """What a record stands for."""

    PERSON = "person"
    COMPANY = "company"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Evidence:
    """What a record is recognised by; each value in canonical form.

    :param name: tuple of str, the words of the name as they are spoken
    :param generation: str, such as "jr"; "" for none
    :param company: str, the company somebody works for, without its legal form
    :param emails: frozenset of str
    :param read_phones: callable that gives the numbers, frozenset of str: they are read
        when somebody is found with whom to compare, which is seldom
    :param tails: frozenset of str, how the numbers end, see :func:`_tails`
    :param birthday: tuple of str, year and day of the year; "" for what is not known
    :param kind: Kind
    :param script: str, the one the name is written in
    :param roles: frozenset of str, those of the e-mail addresses that stand for more
        than one person
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
        """The numbers."""
        return self.read_phones()

    @property
    def has_more(self) -> bool:
        """Whether there is more than the name."""
        return bool(self.company or self.emails or self.tails)

    def keys(self) -> frozenset[str]:
        """Match keys, as selective as ``likeness.Key``: of a hundred thousand partners
        many have one name, and few of them work at one company.

        :return: frozenset of str, such that two records that may be one share one
        """
        return frozenset((*(f"e {one}" for one in self.emails), *self._keys_by_name()))

    def _keys_by_name(self) -> Iterator[str]:
        if not self.name:
            return
        # Neither the order of the words nor where one ends makes another name.
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
        """:param blind: callable that makes a keyed hash of a text
        :return: Evidence that tells nothing but whether values are the same
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
        """:return: dict, ready for a JSON column; what is blank is left out"""
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
        """:param data: what is kept (``shape.py``)
        :return: Evidence
        """
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


def evidence_of(contact: Mapping[str, str], words: ReferenceData) -> Evidence:
    """What a contact of either side is recognised by.

    :param contact: Mapping of field key to text, with ``name`` made whole; lists and
        the number of Odoo's side by their own keys (``fields.LISTS``, ``MAIN_PHONE``)
    :param words: ReferenceData, to recognise numbers by
    :return: Evidence
    """
    name, company = line(contact.get("name") or ""), contact.get("company") or ""
    emails = frozenset(map(form, _emails(contact)))
    roles = frozenset(filter(is_role, emails))
    phones, tails = functools.partial(_read_phones, contact, words), _tails(contact)
    kind = kind_of(contact)
    if kind is Kind.COMPANY or name and name.casefold() == line(company).casefold():
        # A person called by the company may stand for the firm.
        kind = kind if kind is Kind.COMPANY else Kind.UNKNOWN
        own = tuple(recognised_company(name).split())
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
    own = recognised_words(name)
    return Evidence(
        own,
        generation(name),
        recognised_company(company) if company else "",
        emails,
        phones,
        tails,
        _birthday(contact.get("birthday") or ""),
        kind,
        script_of(own),
        roles,
    )


def _read_phones(contact: Mapping[str, str], words: ReferenceData) -> frozenset[str]:
    country = contact.get("business_country") or ""
    return frozenset(
        number
        for text in _numbers(contact)
        for number in recognised_numbers(text, country, words)
    )


DISTINCT_END = 4
"""Digits. No country has shorter numbers, and what a country adds or takes away stands
before them: however two texts are read as one number, they end alike."""


def _tails(contact: Mapping[str, str]) -> frozenset[str]:
    """How the numbers of a contact end. Unlike the numbers, it does not depend on who
    reads them, and it costs little.
    """
    return frozenset(
        canonical_phone(number).partition("x")[0][-DISTINCT_END:]
        for text in _numbers(contact)
        for number in numbers_in(text)
    )


PRIVATE = "private"
"""What is kept of a private contact is under this key: its evidence, blinded."""


def evidence_kept(facts: Mapping[str, object], words: ReferenceData) -> Evidence:
    """:param facts: Mapping, what was kept of a contact to recognise it by: texts by
        field key (``matching.facts``), or ``PRIVATE``
    :param words: ReferenceData
    :return: Evidence, that of a private contact blinded
    """
    if PRIVATE in facts:
        return Evidence.from_json(facts[PRIVATE])
    return evidence_of(shape.texts(facts), words)


def facts_of(data: object) -> dict[str, object]:
    """:param data: what a JSON column of facts holds (``shape.py``)
    :return: dict, see :func:`evidence_kept`
    """
    hidden = {k: kept for k, kept in shape.mapping(data).items() if k == PRIVATE}
    return {**shape.texts(data), **hidden}


def keys_kept(facts: Mapping[str, object]) -> frozenset[str]:
    """:param facts: Mapping, see :func:`evidence_kept`
    :return: frozenset of str, see ``Evidence.keys``
    """
    return evidence_kept(facts, ReferenceData()).keys()


def partner_keys(partner: Mapping[str, str]) -> frozenset[str]:
    """Match keys of a partner, the same for each owner.

    :param partner: Mapping of field key to text, as for :func:`evidence_of`
    :return: frozenset of str, see ``Evidence.keys``
    """
    return evidence_of(partner, ReferenceData()).keys()


def kind_of(contact: Mapping[str, str]) -> Kind:
    """What a contact stands for. A partner says so itself.

    :param contact: Mapping of field key to text
    :return: Kind; UNKNOWN for a contact of Exchange that has only a display name
    """
    if IS_COMPANY in contact:
        return Kind.COMPANY if contact[IS_COMPANY] else Kind.PERSON
    if has_own_name(contact):
        return Kind.PERSON
    return Kind.COMPANY if is_firm(contact) else Kind.UNKNOWN


UNKNOWN_YEAR = "1604"
"""As Outlook writes the year of a birthday that is not known ([MS-OXOCNTC] 2.2.1.5)."""


def _birthday(text: str) -> tuple[str, str]:
    year, _, day = text.partition("-")
    return ("" if year == UNKNOWN_YEAR else year), day


def _emails(contact: Mapping[str, str]) -> Iterator[str]:
    for key in (*EMAIL_KEYS, "emails"):
        text = contact.get(key)
        if text:
            for part in text.split("\n"):
                yield from addresses(part)


def _numbers(contact: Mapping[str, str]) -> Iterable[str]:
    for key in (MAIN_PHONE, *PHONE_KEYS, *NUMBER_LISTS):
        text = contact.get(key)
        if text:
            yield from text.split("\n")
