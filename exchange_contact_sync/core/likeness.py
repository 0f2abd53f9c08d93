# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether two records stand for one person: evidence for it, and against it.

``KEYS`` proposes a pair and ``VERDICTS`` decides, by that key and by how the two names
compare; ``CONTRADICTIONS`` takes back what other values speak against. A verdict in
between asks a person. Nothing here knows which side a record is from.
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
    """Both are companies of one name."""
    NAME_COMPANY = 3
    NAME_PHONE = 4
    NAME = 5
    """Nothing but the name, and neither of the two has more to be recognised by."""


class Values(Enum):
    """How the values of one kind compare."""

    UNKNOWN = "one of the two has none"
    SHARED = "they have one in common"
    APART = "both have some, and none in common"


class Verdict(IntEnum):
    """Whether two records are one person."""

    DIFFERENT = 0
    OPEN = 1
    """A person has to say."""
    SAME = 2


S, ASK, D = Verdict.SAME, Verdict.OPEN, Verdict.DIFFERENT

VERDICTS: dict[tuple[Key, Names], Verdict] = {
    (Key.EMAIL, Names.SAME): S,
    (Key.EMAIL, Names.SIMILAR): S,
    (Key.EMAIL, Names.UNKNOWN): S,
    # One who married, or two colleagues behind one address.
    (Key.EMAIL, Names.SURNAME): S,
    # Two people of one family, or one who is called by another given name.
    (Key.EMAIL, Names.FAMILY): ASK,
    # Colleagues behind one address.
    (Key.EMAIL, Names.OTHER): D,
    (Key.COMPANY_NAME, Names.SAME): S,
    (Key.NAME_COMPANY, Names.SAME): S,
    (Key.NAME_PHONE, Names.SAME): S,
    (Key.NAME, Names.SAME): S,
}
"""What a key proposes comes to. A key that contains the name is only found where the
names are the same."""


CAUTIOUS = (Names.UNKNOWN, Names.SURNAME)
"""How names compare that need an address of one person: colleagues of one given name
share an office's, and a record without a name may be the office itself."""


@dataclass(frozen=True)
class Likeness:
    """How two records compare.

    :param key: Key, the strongest that both share, or None
    :param names: Names
    :param emails: Values
    :param phones: Values
    :param companies: Values
    :param birthdays: Values
    :param generations: Values, "Jr." against "Sr."
    :param personal: bool, they share an address that stands for one person
    :param verdict: Verdict
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
        """For comparing likenesses that hold: the greater, the more alike."""
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


def compare(one: Evidence, other: Evidence) -> Likeness:
    """Compare two records.

    :param one: Evidence
    :param other: Evidence
    :return: Likeness
    """
    names = Names.UNKNOWN
    if one.script == other.script:
        names = compare_names(one.name, other.name, one.script)
    seen = Likeness(
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


def _key(one: Evidence, other: Evidence, seen: Likeness) -> Key | None:
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


def _verdict(key: Key, seen: Likeness) -> Verdict:
    """What speaks against a pair weighs more the weaker the key is."""
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
        # One who changed the address, or two people of one name? Another number as
        # well makes it two.
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
