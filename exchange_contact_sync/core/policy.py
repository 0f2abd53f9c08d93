# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The choices of an account's owner, as plain data.

A direction applies to a whole value. The parts of an address share one, since a state
means nothing next to the country of another address. So do the slots of a list, since a
value may go to any of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from .fields import LISTS, PHOTO, Field
from .shape import members_of


class Side(Enum):
    """One of the two sides of a pair."""

    ODOO = "odoo"
    EXCHANGE = "exchange"


class ConflictPolicy(Enum):
    """Which side wins when both changed the same field to different values."""

    NEWEST = "newest"
    EXCHANGE = "exchange"
    ODOO = "odoo"


class DeletionPolicy(Enum):
    """What happens on the other side when a contact is deleted on one side."""

    KEEP = "keep"
    DELETE = "delete"


class Direction(Enum):
    """In which direction changes of a field are synchronized."""

    BOTH = "both"
    PULL = "pull"
    PUSH = "push"
    NONE = "none"

    @property
    def pulls(self) -> bool:
        """Whether changes made in Exchange are pulled."""
        return self in (Direction.BOTH, Direction.PULL)

    @property
    def pushes(self) -> bool:
        """Whether changes made in Odoo are pushed."""
        return self in (Direction.BOTH, Direction.PUSH)


class Admission(Enum):
    """Which contacts of an imported folder are imported, by their categories."""

    ALL = "all"
    WITH = "with"
    WITHOUT = "without"


@dataclass(frozen=True)
class Policy:
    """The owner's choices that decide how changes are applied.

    :param pull: pull changes from Exchange
    :param push: push changes from Odoo
    :param push_requested: push the contacts that a person requested one by one, though
        ``push`` is off
    :param conflict: which side wins a conflict
    :param exchange_deletion: for contacts deleted in Exchange
    :param odoo_deletion: for contacts archived or deleted in Odoo
    :param skip_private: do not import contacts marked private
    :param deletion_limit: share (0 to 1) of the linked contacts that one run may delete
        or archive without asking
    :param deletion_minimum: the deletion guard ignores smaller numbers of contacts
    :param rules: by field key, for fields that differ from the account's own direction;
        the parts of one value (``Field.group``) and the slots of a list
        (``fields.LISTS``) share one direction, see the module
    :param admission: which contacts are imported, by their categories
    :param categories: in canonical form (``normalize.member``)
    :param export_category: the category added to contacts that we create in Exchange;
        "" for none
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
    push_requested: bool = False

    @property
    def exports(self) -> bool:
        """Whether any contact is created in Exchange."""
        return self.push or self.push_requested

    def of(self, pinned: bool) -> Policy:
        """Return the policy of one pair.

        :param pinned: a person requested the contact
        """
        return self._of_requested if pinned and self.push_requested else self

    @cached_property
    def _of_requested(self) -> Policy:
        return replace(self, push=True)

    def admits(self, categories: Collection[str]) -> bool:
        """Decide whether a contact without a link is imported.

        :param categories: the contact's categories in canonical form
        """
        if self.admission is Admission.ALL:
            return True
        chosen = not self.categories.isdisjoint(categories)
        return chosen is (self.admission is Admission.WITH)

    def direction(self, key: str) -> Direction:
        """Return the direction of a field under these choices.

        :param key: a key of ``core.fields``
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
    """The rows that share one direction.

    :param key: the key of the first row
    """

    key: str
    rows: tuple[str, ...]


def values_of(rows: Mapping[str, Field]) -> tuple[Value, ...]:
    """Group the rows of the table by the value they belong to.

    :param rows: the table of fields, by key
    :return: in the order of the table, the photo last
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
    """Spread the chosen directions over the rows of each value.

    :param chosen: names of Direction, by key of a Value
    :param rows: the table of fields, by key
    :return: by row, without those that are synchronized both ways; values that are no
        longer in the table and unknown directions are ignored
    """
    known = members_of(Direction, chosen)
    return {
        row: known[value.key]
        for value in values_of(rows)
        if known.get(value.key, Direction.BOTH) is not Direction.BOTH
        for row in value.rows
    }
