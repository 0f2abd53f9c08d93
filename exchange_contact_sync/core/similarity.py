# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decide whether two records are the same person, by evidence for and against it.

The strongest shared key (``Key``) proposes a pair; ``VERDICTS`` decides by that key and
by how the two names compare, and :func:`_verdict` corrects the decision where other
values contradict it. An open verdict asks a person. The module does not depend on the
side of a record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, IntEnum

from .evidence import Evidence, Kind
from .person_names import Names, compare_names


class Key(IntEnum):
    """What two records share, the strongest first."""

    EMAIL = 1
    COMPANY_NAME = 2
    """Both are companies with the same name."""
    NAME_COMPANY = 3
    NAME_PHONE = 4
    NAME = 5
    """Only the name, and neither record has any other evidence."""


class Values(Enum):
    """The result of comparing the values of one kind."""

    UNKNOWN = "one of the two has none"
    SHARED = "they have one in common"
    APART = "both have some, and none in common"


class Verdict(IntEnum):
    """Whether two records are the same person or company."""

    DIFFERENT = 0
    OPEN = 1
    """A person has to decide."""
    SAME = 2


S, ASK, D = Verdict.SAME, Verdict.OPEN, Verdict.DIFFERENT

VERDICTS: dict[tuple[Key, Names], Verdict] = {
    (Key.EMAIL, Names.SAME): S,
    (Key.EMAIL, Names.SIMILAR): S,
    (Key.EMAIL, Names.UNKNOWN): S,
    # A person who married, or two colleagues who share an address.
    (Key.EMAIL, Names.SURNAME): S,
    # Two members of a family, or a person who uses another given name.
    (Key.EMAIL, Names.FAMILY): ASK,
    # Colleagues who share an address.
    (Key.EMAIL, Names.OTHER): D,
    (Key.COMPANY_NAME, Names.SAME): S,
    (Key.NAME_COMPANY, Names.SAME): S,
    (Key.NAME_PHONE, Names.SAME): S,
    (Key.NAME, Names.SAME): S,
}
"""The verdict for a key. Keys that include the name are only found where the names are
the same."""


CAUTIOUS = (Names.UNKNOWN, Names.SURNAME)
"""Results of comparing names that require an address of one person: colleagues with the
same given name may share an office's address, and a record without a name may be the
office itself."""


@dataclass(frozen=True)
class Similarity:
    """The result of comparing two records.

    :param key: the strongest that both share
    :param generations: "Jr." and "Sr."
    :param personal: they share an address of one person
    """

    key: Key | None
    names: Names
    emails: Values = Values.UNKNOWN
    phones: Values = Values.UNKNOWN
    companies: Values = Values.UNKNOWN
    birthdays: Values = Values.UNKNOWN
    generations: Values = Values.UNKNOWN
    personal: bool = False
    verdict: Verdict = Verdict.DIFFERENT

    @property
    def rank(self) -> tuple[int, ...]:
        """The order among similarities: the greater, the more alike."""
        return (
            self.verdict,
            -(self.key or 0),
            _NAME_RANKS[self.names],
            *(_VALUE_RANKS[one] for one in self._further),
        )

    @property
    def _further(self) -> tuple[Values, ...]:
        return (
            self.generations,
            self.emails,
            self.phones,
            self.companies,
            self.birthdays,
        )


_NAME_RANKS = {
    Names.SAME: 3,
    Names.SIMILAR: 2,
    Names.UNKNOWN: 1,
    Names.SURNAME: 1,
    Names.FAMILY: 0,
    Names.OTHER: 0,
}
_VALUE_RANKS = {Values.SHARED: 2, Values.UNKNOWN: 1, Values.APART: 0}


def compare(one: Evidence, other: Evidence) -> Similarity:
    """Compare the evidence of two records."""
    names = Names.UNKNOWN
    if one.script == other.script:
        names = compare_names(one.name, other.name, one.script)
    seen = Similarity(
        None,
        names,
        emails=_values(one.emails, other.emails),
        phones=_values(one.phones, other.phones),
        companies=_values(_some(one.company), _some(other.company)),
        birthdays=_birthdays(one.birthday, other.birthday),
        generations=_values(_some(one.generation), _some(other.generation)),
        personal=bool(one.emails & other.emails - one.roles),
    )
    if Kind.UNKNOWN not in (one.kind, other.kind) and one.kind is not other.kind:
        return seen
    key = _key(one, other, seen)
    return replace(seen, key=key, verdict=_verdict(key, seen)) if key else seen


def _key(one: Evidence, other: Evidence, seen: Similarity) -> Key | None:
    if seen.emails is Values.SHARED:
        return Key.EMAIL
    if seen.names is not Names.SAME:
        return None
    if Kind.COMPANY in (one.kind, other.kind):
        return Key.COMPANY_NAME
    if seen.companies is Values.SHARED:
        return Key.NAME_COMPANY
    if seen.phones is Values.SHARED:
        return Key.NAME_PHONE
    return None if one.has_more or other.has_more else Key.NAME


def _verdict(key: Key, seen: Similarity) -> Verdict:
    """Decide about a pair: a contradiction weighs more if the key is weaker."""
    verdict = VERDICTS.get((key, seen.names), Verdict.DIFFERENT)
    if key is Key.EMAIL and not seen.personal and seen.names in CAUTIOUS:
        verdict = min(verdict, Verdict.OPEN)
    if seen.generations is Values.APART:
        return Verdict.DIFFERENT
    if key is Key.COMPANY_NAME:
        return verdict
    if seen.birthdays is Values.APART and (key, seen.names) != (Key.EMAIL, Names.SAME):
        return Verdict.DIFFERENT
    other_number = seen.phones is Values.APART
    if key is not Key.EMAIL and seen.emails is Values.APART:
        # A person with a new address, or two people with the same name? If the number
        # differs as well, they are two.
        return Verdict.DIFFERENT if other_number else Verdict.OPEN
    if seen.names is Names.SURNAME and other_number:
        return min(verdict, Verdict.OPEN)
    return verdict


def _values(one: frozenset[str], other: frozenset[str]) -> Values:
    if not one or not other:
        return Values.UNKNOWN
    return Values.APART if one.isdisjoint(other) else Values.SHARED


def _some(text: str) -> frozenset[str]:
    return frozenset({text}) if text else frozenset()


def _birthdays(one: tuple[str, str], other: tuple[str, str]) -> Values:
    if not one[1] or not other[1]:
        return Values.UNKNOWN
    same_year = one[0] == other[0] or not (one[0] and other[0])
    return Values.SHARED if same_year and one[1] == other[1] else Values.APART
