# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the owner of an account chose, as plain data.

People choose a direction for each value: the parts of an address share one, since a
state means nothing beside the country of another address, and so do the places of a
list, since a value may go to any of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from .fields import LISTS, PHOTO, Field
from .shape import members_of


class Side(Enum):
    """One of the two sides of a pair."""

    ODOO = "odoo"
    EXCHANGE = "exchange"


class ConflictPolicy(Enum):
    """Who wins when both sides changed the same field to different values."""

    NEWEST = "newest"
    EXCHANGE = "exchange"
    ODOO = "odoo"


class DeletionPolicy(Enum):
    """What a deletion on one side does to the other."""

    KEEP = "keep"
    DELETE = "delete"


class Direction(Enum):
    """Which way the changes of a field travel."""

    BOTH = "both"
    PULL = "pull"
    PUSH = "push"
    NONE = "none"

    @property
    def pulls(self) -> bool:
        """Whether changes of Exchange come in."""
        return self in (Direction.BOTH, Direction.PULL)

    @property
    def pushes(self) -> bool:
        """Whether changes of Odoo go out."""
        return self in (Direction.BOTH, Direction.PUSH)


class Admission(Enum):
    """Which contacts of an imported folder come in."""

    ALL = "all"
    WITH = "with"
    WITHOUT = "without"


@dataclass(frozen=True)
class Policy:
    """The owner's choices that decide what becomes of a change.

    :param pull: bool, changes in Exchange come in
    :param push: bool, changes in Odoo go out
    :param conflict: ConflictPolicy
    :param exchange_deletion: DeletionPolicy, for contacts deleted in Exchange
    :param odoo_deletion: DeletionPolicy, for contacts archived or deleted in Odoo
    :param skip_private: bool, contacts marked private stay out
    :param deletion_limit: float, share (0 to 1) of the linked contacts that one run
        may delete or archive without asking
    :param deletion_minimum: int, contacts below which no run is stopped
    :param rules: Mapping of field key to Direction, for fields that differ from
        the account's own direction; parts of one value (``Field.group``) share one,
        since a state means nothing beside the country of another house, and so do the
        places of a list (``fields.LISTS``), since a value may go to any of them
    :param admission: Admission, which contacts come in by their categories
    :param categories: frozenset of str in canonical form (``normalize.member``)
    :param export_category: str, what contacts that we create get there; "" for nothing
    """

    pull: bool = True
    push: bool = True
    conflict: ConflictPolicy = ConflictPolicy.NEWEST
    exchange_deletion: DeletionPolicy = DeletionPolicy.KEEP
    odoo_deletion: DeletionPolicy = DeletionPolicy.KEEP
    skip_private: bool = True
    deletion_limit: float = 0.1
    deletion_minimum: int = 5
    rules: Mapping[str, Direction] = field(default_factory=dict)
    admission: Admission = Admission.ALL
    categories: frozenset[str] = frozenset()
    export_category: str = ""

    def admits(self, categories: Collection[str]) -> bool:
        """Whether a contact that nobody knows yet comes in.

        :param categories: collection of str, its categories in canonical form
        :return: bool
        """
        if self.admission is Admission.ALL:
            return True
        chosen = not self.categories.isdisjoint(categories)
        return chosen is (self.admission is Admission.WITH)

    def direction(self, key: str) -> Direction:
        """Which way changes of a field travel under these choices.

        :param key: str, a key of ``core.fields``
        :return: Direction
        """
        return self._ruled.get(key) or self._unruled

    @cached_property
    def _ruled(self) -> Mapping[str, Direction]:
        return {key: self._allowed(rule) for key, rule in self.rules.items()}

    @cached_property
    def _unruled(self) -> Direction:
        return self._allowed(Direction.BOTH)

    def _allowed(self, rule: Direction) -> Direction:
        pulls, pushes = self.pull and rule.pulls, self.push and rule.pushes
        if pulls:
            return Direction.BOTH if pushes else Direction.PULL
        return Direction.PUSH if pushes else Direction.NONE


@dataclass(frozen=True)
class Value:
    """What one rule is for.

    :param key: str, the key of its first row
    :param rows: tuple of str
    """

    key: str
    rows: tuple[str, ...]


def values_of(rows: Mapping[str, Field]) -> tuple[Value, ...]:
    """:param rows: Mapping of key to Field, the table
    :return: tuple of Value, in the order of the table, the photo last
    """
    lists = {row: key for key, members in LISTS.items() for row in members}
    together: dict[str, list[str]] = {}
    for key, row in rows.items():
        together.setdefault(row.group or lists.get(key) or key, []).append(key)
    found = [Value(keys[0], tuple(keys)) for keys in together.values()]
    return (*found, Value(PHOTO.key, (PHOTO.key,)))


def spread(
    chosen: Mapping[str, str], rows: Mapping[str, Field]
) -> dict[str, Direction]:
    """:param chosen: Mapping of key of a Value to the name of its Direction
    :param rows: Mapping of key to Field, the table
    :return: dict of Direction by row, for those that differ from both ways; a value
        that is no longer in the table has none, nor has one without a known direction
    """
    known = members_of(Direction, chosen)
    return {
        row: known[value.key]
        for value in values_of(rows)
        if known.get(value.key, Direction.BOTH) is not Direction.BOTH
        for row in value.rows
    }
