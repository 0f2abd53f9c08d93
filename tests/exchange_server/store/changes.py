# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The history of a folder, from which synchronization reads net differences.

Each change of a member (an item of a folder, a folder of a tree) happens at a number
that only increases. What a client knows is a set of closed *ranges* of such numbers: it
has received everything whose latest change was in them at that time. So:

- a member is news when the number of its latest change lies in no known range;
- the client has it when, of all its numbers in known ranges, the last was no removal;
- a member that is gone is news only to a client that has it.

That gives the net deltas of the EWS page "SyncFolderItems operation": created and
updated is one Create, created and deleted is nothing. News are returned newest first,
and each page adds one more range at the top or further down, so a page can stop
anywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter

Range = tuple[int, int]
Ranges = tuple[Range, ...]

_NUMBER_OF_CHANGE = itemgetter(0)


class Kind(Enum):
    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"
    READ_FLAG = "ReadFlagChange"


@dataclass(frozen=True)
class Change:
    kind: Kind
    member: int


@dataclass(frozen=True)
class Page:
    """One page of news.

    :param changes: newest first
    :param known: what the client knows once it has read them
    :param complete: whether no news are left
    """

    changes: list[Change]
    known: Ranges
    complete: bool


class _Entry:
    """One member's history; nearly all have a single change."""

    __slots__ = ("latest", "earlier", "removals", "read_flags")

    def __init__(self, number: int):
        self.latest = number
        self.earlier: list[int] = []
        self.removals: tuple[int, ...] = ()
        self.read_flags: tuple[int, ...] = ()

    @property
    def gone(self) -> bool:
        return self.latest in self.removals

    def is_read_flag_only(self, known: Ranges) -> bool:
        """Whether only the read flag changed."""
        if self.latest not in self.read_flags:
            return False
        news = (number for number in self.earlier if not _contains(known, number))
        return all(number in self.read_flags for number in news)

    def is_held(self, known: Ranges) -> bool:
        """Whether a client that has received these ranges has the member."""
        received = [number for number in self.earlier if _contains(known, number)]
        return bool(received) and received[-1] not in self.removals


class History:
    """All changes of one folder."""

    def __init__(self) -> None:
        self._log: list[tuple[int, int]] = []
        self._entries: dict[int, _Entry] = {}
        self._superseded = 0

    @property
    def latest(self) -> int:
        """The number of the latest change, 0 when there was none."""
        return self._log[-1][0] if self._log else 0

    def record(self, member: int, number: int, read_flag: bool = False) -> None:
        """A member came or changed.

        :param number: of the change: greater than all before
        :param read_flag: whether only the read flag changed
        """
        entry = self._entries.get(member)
        if entry is None:
            self._entries[member] = _Entry(number)
        else:
            self._supersede(entry, number)
            if read_flag:
                entry.read_flags += (number,)
        self._log.append((number, member))

    def record_removal(self, member: int, number: int) -> None:
        """A member was deleted or moved away."""
        entry = self._entries[member]
        self._supersede(entry, number)
        entry.removals += (number,)
        self._log.append((number, member))

    def news(
        self, known: Ranges, limit: int, ignore: Collection[int] = frozenset()
    ) -> Page:
        """Return the next news for a client that knows these ranges.

        :param known: the ranges that it has received, ascending; empty for a new client
        :param limit: the largest number of changes
        :param ignore: members to leave out (they count as received)
        """
        changes: list[Change] = []
        for number, member in self._unknown(known):
            if member in ignore:
                continue
            change = self._change(member, known)
            if change is None:
                continue
            if len(changes) == limit:
                return Page(changes, _add(known, number + 1, self.latest), False)
            changes.append(change)
        return Page(changes, ((0, self.latest),), True)

    def _supersede(self, entry: _Entry, number: int) -> None:
        entry.earlier.append(entry.latest)
        entry.latest = number
        self._superseded += 1
        if self._superseded > 1000 and self._superseded * 2 > len(self._log):
            self._compact()

    def _compact(self) -> None:
        """Forget the log's lines that later changes of the same member replaced."""
        entries = self._entries
        self._log = [line for line in self._log if entries[line[1]].latest == line[0]]
        self._superseded = 0

    def _unknown(self, known: Ranges) -> Iterator[tuple[int, int]]:
        """The latest change of each member outside the ranges, newest first."""
        end = len(self._log)
        for low, high in (*reversed(known), (0, -1)):
            start = bisect_right(self._log, high, 0, end, key=_NUMBER_OF_CHANGE)
            for position in range(end - 1, start - 1, -1):
                number, member = self._log[position]
                if self._entries[member].latest == number:
                    yield number, member
            end = bisect_left(self._log, low, 0, start, key=_NUMBER_OF_CHANGE)

    def _change(self, member: int, known: Ranges) -> Change | None:
        entry = self._entries[member]
        held = entry.is_held(known)
        if entry.gone:
            return Change(Kind.DELETE, member) if held else None
        if held and entry.is_read_flag_only(known):
            return Change(Kind.READ_FLAG, member)
        return Change(Kind.UPDATE if held else Kind.CREATE, member)


def _contains(ranges: Ranges, number: int) -> bool:
    return any(low <= number <= high for low, high in ranges)


def _add(known: Ranges, low: int, high: int) -> Ranges:
    """The ranges and one more that reaches up to the end, merged where they meet."""
    kept = list(known)
    while kept and kept[-1][1] >= low - 1:
        low = min(low, kept.pop()[0])
    return (*kept, (low, high))
