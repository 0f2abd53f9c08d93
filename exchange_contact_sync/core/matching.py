# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Match items that have no link with partners that have none.

Each item gets at most one partner and each partner one item, based on all evidence
together (``similarity.py``). The pairs that are most alike are matched first, so that
members of a family, or colleagues who share an address, are not confused. Pairs that
are equally likely wait for a person to decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from .evidence import Evidence
from .fields import EMAIL_KEYS, NAME_EVIDENCE, PHONE_KEYS
from .person_names import Names
from .similarity import Key, Similarity, Verdict, compare


class Found(Enum):
    """The result of matching."""

    NOBODY = "nobody"
    ONE = "one"
    SEVERAL = "several, or one that is not certain"
    LINKED = "another contact of the mailbox is linked to it"


@dataclass(frozen=True)
class Candidate:
    """A partner that may be the same person.

    :param active: not archived
    :param linked: another item of this mailbox is linked to it
    """

    id: int
    evidence: Evidence
    active: bool = True
    linked: bool = False


@dataclass(frozen=True)
class Match:
    """The result of matching for one item.

    :param ids: the partners concerned
    """

    found: Found
    ids: tuple[int, ...] = ()


NOBODY = Match(Found.NOBODY)

RECOGNIZED_BY = (
    *(*NAME_EVIDENCE, "company", *EMAIL_KEYS, *PHONE_KEYS, "birthday"),
    *("nickname", "initials", "im1", "im2", "im3", "website", "personal_page"),
)
"""The fields of an item that matching reads, including those that may serve as its name
if it has none (``align.NAME_STAND_INS``)."""

Items = Mapping[int, Evidence]
Tie = Callable[[int, int], bool]
"""Whether an item has the same values as a partner, by both ids; called only for pairs
that are equally alike."""


class Register:
    """Records, indexed by their match keys."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_key: dict[str, list[Candidate]] = defaultdict(list)
        for one in candidates:
            self.add(one)

    def add(self, one: Candidate) -> None:
        """Add a record under its match keys."""
        for key in one.evidence.keys():
            self._by_key[key].append(one)

    def near(self, evidence: Evidence) -> Iterator[tuple[Candidate, Similarity]]:
        """Return the records that may be the same person or company, with their
        similarity."""
        found = {
            one.id: one for key in evidence.keys() for one in self._by_key.get(key, ())
        }
        for one in found.values():
            similarity = compare(evidence, one.evidence)
            if similarity.verdict is not Verdict.DIFFERENT:
                yield one, similarity

    def same(self, evidence: Evidence) -> set[int]:
        """Return the ids of the records that are certainly the same person or
        company."""
        return {
            one.id
            for one, similarity in self.near(evidence)
            if is_same_person(similarity)
        }


def is_same_person(similarity: Similarity) -> bool:
    """Decide whether two records of one side are the same person. Two records with
    different names are two people.
    """
    return similarity.verdict is Verdict.SAME and similarity.names in (
        Names.SAME,
        Names.SIMILAR,
        Names.UNKNOWN,
    )


def is_duplicate(similarity: Similarity) -> bool:
    """Decide whether two partners are the same person, so that only one of them is
    exported. The same name alone is not enough.
    """
    return is_same_person(similarity) and similarity.key is not Key.NAME


def assign(
    items: Items, register: Register, has_same_values: Tie = lambda _item, _one: False
) -> dict[int, Match]:
    """Find the partner for each item.

    :param items: evidence by the item's id
    :param register: of the partners
    :param has_same_values: see ``Tie``
    :return: by the item's id
    """
    return _Assignment(items, register, has_same_values).result()


@dataclass(frozen=True)
class _Pair:
    item: int
    candidate: Candidate
    similarity: Similarity


class _Assignment:
    """Assign partners to items, starting with the pairs that are most alike."""

    def __init__(self, items: Items, register: Register, tie: Tie) -> None:
        self._items = items
        self._tie = tie
        self._matches: dict[int, Match] = {}
        self._given: set[int] = set()
        self._pairs: dict[int, list[_Pair]] = {}
        for item, evidence in items.items():
            near = [_Pair(item, *found) for found in register.near(evidence)]
            self._pairs[item] = _unless_a_copy(_prefer_active(near))

    def result(self) -> dict[int, Match]:
        by_rank: dict[tuple[int, ...], list[_Pair]] = defaultdict(list)
        for pairs in self._pairs.values():
            for pair in pairs:
                if not pair.candidate.linked:
                    by_rank[pair.similarity.rank].append(pair)
        for rank in sorted(by_rank, reverse=True):
            self._decide(by_rank[rank])
        return {i: self._matches.get(i) or self._rest(i) for i in self._items}

    def _decide(self, pairs: Sequence[_Pair]) -> None:
        """Decide about pairs that are equally alike."""
        certain = [p for p in pairs if p.similarity.verdict is Verdict.SAME]
        while clear := list(self._clear(self._left(certain))):
            for pair in self._left(clear):
                if self._is_left(pair):
                    self._matches[pair.item] = Match(Found.ONE, (pair.candidate.id,))
                    self._given.add(pair.candidate.id)
        waiting: dict[int, list[int]] = defaultdict(list)
        for pair in self._left(pairs):
            waiting[pair.item].append(pair.candidate.id)
        for item, ids in waiting.items():
            self._matches[item] = Match(Found.SEVERAL, tuple(sorted(ids)))

    def _left(self, pairs: Sequence[_Pair]) -> list[_Pair]:
        return [pair for pair in pairs if self._is_left(pair)]

    def _is_left(self, pair: _Pair) -> bool:
        free = pair.candidate.id not in self._given
        return free and pair.item not in self._matches

    def _clear(self, pairs: Sequence[_Pair]) -> Iterator[_Pair]:
        """Return the pairs without an equally likely alternative, or whose texts are
        the same; of copies of one item the first.
        """
        of_item: dict[int, list[_Pair]] = defaultdict(list)
        of_candidate: dict[int, list[_Pair]] = defaultdict(list)
        for pair in pairs:
            of_item[pair.item].append(pair)
            of_candidate[pair.candidate.id].append(pair)
        for pair in pairs:
            mine = self._most_similar(of_item[pair.item])
            others = self._most_similar(of_candidate[pair.candidate.id])
            if mine == [pair] and self._is_first(pair, others):
                yield pair

    def _most_similar(self, pairs: list[_Pair]) -> list[_Pair]:
        if len(pairs) < 2:
            return pairs
        return [p for p in pairs if self._tie(p.item, p.candidate.id)] or pairs

    def _is_first(self, pair: _Pair, others: Sequence[_Pair]) -> bool:
        name = self._items[pair.item].name
        copies = all(self._items[other.item].name == name for other in others)
        return copies and others[0] == pair

    def _rest(self, item: int) -> Match:
        """Return the match of an item without a partner: it is a copy of an item that
        got one, or a new person."""
        beyond = {
            p.candidate.id for p in self._pairs[item] if is_same_person(p.similarity)
        }
        return Match(Found.LINKED, tuple(sorted(beyond))) if beyond else NOBODY


def _prefer_active(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Prefer an active partner to an archived one."""
    active = any(
        pair.candidate.active and pair.similarity.verdict is Verdict.SAME
        for pair in pairs
    )
    return [pair for pair in pairs if pair.candidate.active or not active]


def _unless_a_copy(pairs: list[_Pair]) -> list[_Pair]:
    """Treat an item as a copy if it is most like a partner that is already linked."""
    linked = [p for p in pairs if p.candidate.linked and is_same_person(p.similarity)]
    if not linked:
        return pairs
    best = max(pair.similarity.rank for pair in linked)
    free = [p for p in pairs if not p.candidate.linked and p.similarity.rank >= best]
    return linked + free


def copies(items: Items) -> set[int]:
    """Return the ids of the items that repeat an earlier one. Their person is known
    once the first of them is decided.

    :param items: evidence by id, in order
    """
    found: set[int] = set()
    first = Register(())
    for item, evidence in items.items():
        if first.same(evidence):
            found.add(item)
        else:
            first.add(Candidate(item, evidence))
    return found


def facts(contact: Mapping[str, str]) -> dict[str, str]:
    """Return the values that are needed to recognize a contact later."""
    keys = dict.fromkeys(("name", "business_country", *RECOGNIZED_BY))
    return {key: contact[key] for key in keys if contact.get(key)}
