# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pair a contact of Exchange that has no link with a partner that has none.

The ways to recognise a person are tried in order of certainty; the first that
finds anybody decides. Several people, or one that another contact of the
mailbox already stands for, is an answer of its own: nobody guesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


def _name(text: str) -> str:
    return normalize.fold(canonical_name(text))


def _ways(
    emails: Iterable[str], name: str, company: str, phones: Iterable[str]
) -> tuple[Marks, ...]:
    """How people are recognised, most certain first (an identity on the item comes
    before all of them: the link store knows it).

    The name alone counts only between two that have nothing else to be recognised by.
    Whoever was carried over with nothing but a name is nobody else on the other side,
    and is known again even when the links are lost; but as soon as one of the two has
    more, they may as well be two people of one name.
    """
    addresses = (normalize.email(text) for text in emails if text)
    by_email = frozenset((text,) for text in addresses if "@" in text)
    name, company = _name(name), normalize.company(company)
    by_company = frozenset({(name, company)} if name and company else ())
    by_phone = frozenset((name, canonical_phone(t)) for t in phones if name and t)
    better = by_email or by_company or by_phone
    alone = frozenset({(name,)} if name and not better else ())
    return by_email, by_company, by_phone, alone


def _ways_of_contact(contact: Mapping[str, str]) -> tuple[Marks, ...]:
    return _ways(
        (contact.get(key) or "" for key in EMAIL_KEYS),
        contact.get("name") or "",
        contact.get("company") or "",
        (contact.get(key) or "" for key in PHONE_KEYS),
    )


def _ways_of_candidate(one: Candidate) -> tuple[Marks, ...]:
    return _ways(one.emails, one.name, one.company, one.phones)


class Register:
    """Partners, to be found by each of the ways.

    :param candidates: iterable of Candidate, partners the owner may see
    """

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_mark: dict[tuple[int, tuple[str, ...]], list[Candidate]] = {}
        for one in candidates:
            for way, marks_of_way in enumerate(_ways_of_candidate(one)):
                for mark in marks_of_way:
                    self._by_mark.setdefault((way, mark), []).append(one)

    def match(self, contact: Mapping[str, str]) -> Match:
        """Find the partner a contact of Exchange stands for.

        :param contact: Mapping of field key to text, with ``name`` made whole
        :return: Match
        """
        if not self._by_mark:
            return Match(Found.NOBODY)
        for way, marks_of_way in enumerate(_ways_of_contact(contact)):
            found = {
                one.id: one
                for mark in marks_of_way
                for one in self._by_mark.get((way, mark), ())
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
        (str(way), *mark)
        for way, marks_of_way in enumerate(_ways_of_contact(contact))
        for mark in marks_of_way
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
