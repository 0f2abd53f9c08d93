# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an update does to the values of an item, whichever protocol asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..store.item import Item
from ..store.values import Value, Values
from .groups import GROUPS


@dataclass
class Changes:
    """What an update does to an item.

    :ivar sets: new values by key
    :ivar deletes: keys to delete
    :ivar deleted_names: the names by which extended properties were deleted
    """

    item: Item
    sets: Values = field(default_factory=dict)
    deletes: set[str] = field(default_factory=set)
    deleted_names: set[str] = field(default_factory=set)
    item_class: str | None = None

    @property
    def keys(self) -> frozenset[str]:
        """All keys that the update touches."""
        return frozenset(self.sets) | frozenset(self.deletes)

    def value(self, key: str) -> Value | None:
        """The value after the changes so far."""
        if key in self.sets:
            return self.sets[key]
        return None if key in self.deletes else self.item.values.get(key)

    def outcome(self) -> Values:
        """All values after the changes so far."""
        kept = {k: v for k, v in self.item.values.items() if k not in self.deletes}
        return {**kept, **self.sets}

    def set(self, values: Values) -> None:
        self.sets.update(values)
        self.deletes.difference_update(values)

    def delete(self, keys: tuple[str, ...]) -> None:
        self.deletes.update(keys)
        for key in keys:
            self.sets.pop(key, None)


def keys_with(key: str, item: Item) -> tuple[str, ...]:
    """A key, and the keys of what goes with it: an entry's attributes, its group."""
    group = GROUPS.get(key, frozenset())
    with_it = (k for k in item.values if k.startswith(f"{key}:") or k in group)
    return (key, *with_it)
