# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pair a contact of Exchange that has no link with a partner that has none.

The ways to recognise a person are tried in order of certainty; the first that
finds anybody decides. Several people, or one that another contact of the
mailbox already stands for, is an answer of its own: nobody guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from . import normalize
from .fields import NAME_EVIDENCE, PHONE_KEYS
from .names import canonical_name
from .phones import canonical_phone


class Found(Enum):
    """What matching came to."""

    NOBODY = "nobody"
    ONE = "one"
    SEVERAL = "several"
    TAKEN = "taken"


@dataclass(frozen=True)
class Candidate:
    """A partner that might be the person.

    :param id: int
    :param emails: tuple of str, as kept in Odoo
    :param name: str
    :param company: str
    :param phones: tuple of str
    :param taken: bool, another contact of this mailbox is linked to it
    """

    id: int
    emails: tuple[str, ...] = ()
    name: str = ""
    company: str = ""
    phones: tuple[str, ...] = ()
    taken: bool = False


@dataclass(frozen=True)
class Match:
    """The answer.

    :param found: Found
    :param ids: tuple of int, the partners concerned
    """

    found: Found
    ids: tuple[int, ...] = ()


EMAIL_KEYS = ("email", "email2", "email3")

RECOGNISED_BY = (*NAME_EVIDENCE, "company", *EMAIL_KEYS, *PHONE_KEYS)
"""All of a contact of Exchange that is looked at here, or that its name is made of."""

Marks = frozenset[tuple[str, ...]]


def _contact_emails(contact: Mapping[str, str]) -> Marks:
    found = (normalize.email(contact.get(key) or "") for key in EMAIL_KEYS)
    return frozenset((text,) for text in found if "@" in text)


def _candidate_emails(candidate: Candidate) -> Marks:
    found = (normalize.email(text) for text in candidate.emails)
    return frozenset((text,) for text in found if "@" in text)


def _name(text: str) -> str:
    return normalize.fold(canonical_name(text))


def _contact_name_company(contact: Mapping[str, str]) -> Marks:
    name = _name(contact.get("name") or "")
    company = normalize.company(contact.get("company") or "")
    return frozenset({(name, company)} if name and company else ())


def _candidate_name_company(candidate: Candidate) -> Marks:
    name, company = _name(candidate.name), normalize.company(candidate.company)
    return frozenset({(name, company)} if name and company else ())


def _contact_name_phone(contact: Mapping[str, str]) -> Marks:
    name = _name(contact.get("name") or "")
    phones = (contact.get(key) or "" for key in PHONE_KEYS)
    return frozenset((name, canonical_phone(text)) for text in phones if name and text)


def _candidate_name_phone(candidate: Candidate) -> Marks:
    name = _name(candidate.name)
    return frozenset(
        (name, canonical_phone(text)) for text in candidate.phones if name and text
    )


def _contact_name_alone(contact: Mapping[str, str]) -> Marks:
    name = _name(contact.get("name") or "")
    better = (_contact_emails, _contact_name_company, _contact_name_phone)
    return frozenset(
        {(name,)} if name and not any(way(contact) for way in better) else ()
    )


def _candidate_name_alone(candidate: Candidate) -> Marks:
    name = _name(candidate.name)
    better = (_candidate_emails, _candidate_name_company, _candidate_name_phone)
    return frozenset(
        {(name,)} if name and not any(way(candidate) for way in better) else ()
    )


WAYS: tuple[
    tuple[Callable[[Mapping[str, str]], Marks], Callable[[Candidate], Marks]], ...
] = (
    (_contact_emails, _candidate_emails),
    (_contact_name_company, _candidate_name_company),
    (_contact_name_phone, _candidate_name_phone),
    (_contact_name_alone, _candidate_name_alone),
)
"""How people are recognised, most certain first (an identity on the item comes
before all of them: the link store knows it).

The name alone counts only between two that have nothing else to be recognised by.
Whoever was carried over with nothing but a name is nobody else on the other side, and
is known again even when the links are lost; but as soon as one of the two has more,
they may as well be two people of one name."""


class Register:
    """Partners, to be found by each of the ways.

    :param candidates: iterable of Candidate, partners the owner may see
    """

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_mark: list[dict[tuple[str, ...], list[Candidate]]] = []
        people = list(candidates)
        for _of_contact, of_candidate in WAYS:
            index: dict[tuple[str, ...], list[Candidate]] = {}
            for one in people:
                for mark in of_candidate(one):
                    index.setdefault(mark, []).append(one)
            self._by_mark.append(index)

    def match(self, contact: Mapping[str, str]) -> Match:
        """Find the partner a contact of Exchange stands for.

        :param contact: Mapping of field key to text, with ``name`` made whole
        :return: Match
        """
        for (of_contact, _of_candidate), index in zip(WAYS, self._by_mark, strict=True):
            found = {
                one.id: one
                for mark in of_contact(contact)
                for one in index.get(mark, ())
            }
            if found:
                return _judge(list(found.values()))
        return Match(Found.NOBODY)


def marks(contact: Mapping[str, str]) -> frozenset[tuple[str, ...]]:
    """By what a contact of Exchange can be recognised.

    :param contact: Mapping of field key to text, with ``name`` made whole
    :return: frozenset; two contacts that share a mark may be one person
    """
    return frozenset(
        (str(number), *mark)
        for number, (of_contact, _of_candidate) in enumerate(WAYS)
        for mark in of_contact(contact)
    )


def facts(contact: Mapping[str, str]) -> dict[str, str]:
    """:return: dict, as much of a contact as is needed to recognise it later"""
    keys = ("name", "company", *EMAIL_KEYS, *PHONE_KEYS)
    return {key: contact[key] for key in keys if contact.get(key)}


def _judge(found: list[Candidate]) -> Match:
    ids = tuple(sorted(one.id for one in found))
    if len(found) > 1:
        return Match(Found.SEVERAL, ids)
    return Match(Found.TAKEN if found[0].taken else Found.ONE, ids)
