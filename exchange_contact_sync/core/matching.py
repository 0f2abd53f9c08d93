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
from .fields import PHONE_KEYS
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

Marks = frozenset[tuple[str, ...]]


def _contact_emails(contact: Mapping[str, str]) -> Marks:
    found = (normalize.email(contact.get(key) or "") for key in EMAIL_KEYS)
    return frozenset((text,) for text in found if "@" in text)


def _candidate_emails(candidate: Candidate) -> Marks:
    found = (normalize.email(text) for text in candidate.emails)
    return frozenset((text,) for text in found if "@" in text)


def _name(text: str) -> str:
    return normalize.fold(normalize.line(text))


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


WAYS: tuple[
    tuple[Callable[[Mapping[str, str]], Marks], Callable[[Candidate], Marks]], ...
] = (
    (_contact_emails, _candidate_emails),
    (_contact_name_company, _candidate_name_company),
    (_contact_name_phone, _candidate_name_phone),
)
"""How people are recognised, most certain first (an identity on the item comes
before all of them: the link store knows it)."""


def match(contact: Mapping[str, str], candidates: Iterable[Candidate]) -> Match:
    """Find the partner a contact of Exchange stands for.

    :param contact: Mapping of field key to text, with ``name`` made whole
    :param candidates: iterable of Candidate, partners the owner may see
    :return: Match
    """
    people = list(candidates)
    for of_contact, of_candidate in WAYS:
        marks = of_contact(contact)
        found = [one for one in people if marks & of_candidate(one)] if marks else []
        if found:
            return _judge(found)
    return Match(Found.NOBODY)


def _judge(found: list[Candidate]) -> Match:
    ids = tuple(sorted(one.id for one in found))
    if len(found) > 1:
        return Match(Found.SEVERAL, ids)
    return Match(Found.TAKEN if found[0].taken else Found.ONE, ids)
