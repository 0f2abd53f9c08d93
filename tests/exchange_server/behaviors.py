# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Behaviors: differences in what a server does while it answers without a fault.

A fault effect spoils a whole request; a behavior changes what one operation does to
single items: a value is acknowledged and not kept, a batch is served in part. Both
wait in the same queue of faults and have the same conditions.

Properties are named by the keys of their values ("contacts:JobTitle",
"contacts:ImAddress:ImAddress2", "item:Categories", "extended:0x3a45:String"). A key
stands for all keys below it: "contacts:PhysicalAddress:Home" for the whole address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from .properties.groups import GROUPS
from .refusal import ResponseError
from .store.values import Value, Values

if TYPE_CHECKING:
    from .properties.changes import Changes


def covers(properties: Iterable[str], key: str) -> bool:
    """Whether a key is one of the properties or lies below one.

    >>> covers(["contacts:Birthday"], "contacts:Birthday")
    True
    >>> covers(["contacts:ImAddress"], "contacts:ImAddress:ImAddress2")
    True
    """
    return any(key == each or key.startswith(f"{each}:") for each in properties)


class Behavior:
    """Does everything as documented; each behavior overrides one method."""

    kind: ClassVar[str]

    def refusal(self, operation: str, position: int) -> str | None:
        """The response code for an item of a batch, None to serve it.

        :param position: of the item in its request, counted from 1
        """
        return None

    def kept(self, values: Values) -> Values:
        """The values of a request that the server keeps.

        :raises ResponseError: when it refuses one of them
        """
        return values

    def deleted(self, changes: Changes) -> frozenset[str]:
        """The keys that an update deletes."""
        return frozenset(changes.deletes)

    def resolution(self, wanted: str) -> str:
        """The conflict resolution that the server applies."""
        return wanted

    def has_root(self, found: int) -> bool:
        """Whether a search that found so many entries is answered with RootFolder."""
        return True


@dataclass(frozen=True)
class ItemsRefused(Behavior):
    """From one item of a batch on, items are answered with an error.

    :param code: a value of ResponseCodeType
    :param from_item: the first item that is refused, counted from 1
    :param operations: the operations that refuse, None for all
    """

    kind: ClassVar[str] = "items_refused"
    code: str
    from_item: int = 1
    operations: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.from_item < 1:
            raise ValueError(f"from_item counts from 1, not from {self.from_item}")

    def refusal(self, operation: str, position: int) -> str | None:
        if self.operations is not None and operation not in self.operations:
            return None
        return self.code if position >= self.from_item else None


@dataclass(frozen=True)
class ValueStays(Behavior):
    """DeleteItemField is answered with NoError and the value stays.

    :param properties: those whose values stay
    :param group_clears: whether they go when an update deletes the whole documented
        group of extended properties that they are made of
    """

    kind: ClassVar[str] = "value_stays"
    properties: tuple[str, ...]
    group_clears: bool = True

    def deleted(self, changes: Changes) -> frozenset[str]:
        cleared = [
            key
            for key, group in GROUPS.items()
            if self.group_clears and group <= changes.deleted_names
        ]
        held = changes.item.values
        staying = {
            key
            for key in held
            if covers(self.properties, key) and not covers(cleared, key)
        }
        gone = {key for key in held if covers(cleared, key)}
        return frozenset((changes.deletes | gone) - staying)


@dataclass(frozen=True)
class NeverKept(Behavior):
    """Writing is answered with NoError and the values are not stored.

    :param properties: those whose values are not stored; what they held before stays
    """

    kind: ClassVar[str] = "never_kept"
    properties: tuple[str, ...]

    def kept(self, values: Values) -> Values:
        return {k: v for k, v in values.items() if not covers(self.properties, k)}


@dataclass(frozen=True)
class ConflictsIgnored(Behavior):
    """UpdateItem overwrites, whatever the request's ConflictResolution says."""

    kind: ClassVar[str] = "conflicts_ignored"

    def resolution(self, wanted: str) -> str:
        return "AlwaysOverwrite"


@dataclass(frozen=True)
class EmptyWithoutRoot(Behavior):
    """FindFolder and FindItem leave RootFolder out when they find nothing.

    The schema allows it: ``RootFolder`` has minOccurs="0".
    """

    kind: ClassVar[str] = "empty_without_root"

    def has_root(self, found: int) -> bool:
        return found > 0


@dataclass(frozen=True)
class TextLimit(Behavior):
    """Texts over a length are cut, or refused.

    :param longest: characters
    :param properties: those that are limited
    :param code: the response code that refuses; None: the text is cut
    """

    kind: ClassVar[str] = "text_limit"
    longest: int
    properties: tuple[str, ...]
    code: str | None = None

    def kept(self, values: Values) -> Values:
        cut = dict(values)
        for key, value in values.items():
            if not isinstance(value, str) or len(value) <= self.longest:
                continue
            if not covers(self.properties, key):
                continue
            if self.code is not None:
                raise ResponseError(self.code, key=key)
            cut[key] = value[: self.longest]
        return cut


LONGEST_NAME = 255
REFUSED_TEXTS = ("contacts:GivenName", "contacts:MiddleName", "contacts:Surname")
USUAL_LIMITS = (
    TextLimit(LONGEST_NAME, REFUSED_TEXTS, "ErrorPropertyUpdate"),
    TextLimit(LONGEST_NAME, ("item:Subject",)),
)
"""What every server does, also without a behavior: exchangelib's own tests record
that longer parts of the name are refused and that a longer subject is cut."""


@dataclass(frozen=True)
class ValueRefused(Behavior):
    """CreateItem and UpdateItem refuse the whole item because of one value.

    :param property: the one whose value is refused
    :param value: the text that is refused, also as one of several (categories)
    :param contains: a text within the text that is refused; with neither this nor
        ``value`` every value is refused
    :param code: a value of ResponseCodeType
    :param named: whether the answer's MessageXml names the property
    """

    kind: ClassVar[str] = "value_refused"
    property: str
    value: str | None = None
    contains: str | None = None
    code: str = "ErrorPropertyUpdate"
    named: bool = True

    def kept(self, values: Values) -> Values:
        for key, value in values.items():
            if covers([self.property], key) and any(map(self._is_bad, _texts(value))):
                raise ResponseError(self.code, key=key if self.named else None)
        return values

    def _is_bad(self, text: str) -> bool:
        if self.value is not None and text != self.value:
            return False
        return self.contains is None or self.contains in text


def _texts(value: Value) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(each) for each in value]
    return [str(value)]
