# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A property: its name, its element, its kind and its access."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from ...store.values import Value, Values
from .kinds import TEXT, Kind, Writer

if TYPE_CHECKING:
    from ...store.item import Item

Getter = Callable[["Item"], "Value | None"]


@dataclass(frozen=True, eq=False)
class Property:
    """A property with one value under one key.

    :param uri: its field URI, also the key of its value
    :param element: the local name of its element
    :param kind: how its values are read and written
    :param refusal: the response code for a client that writes it; None: it may
    :param in_list: whether FindItem and SyncFolderItems return it; None: they leave
        it out; a response code: FindItem refuses to be asked for it
    :param in_default: whether it belongs to the Default shape
    :param in_all: whether it belongs to the AllProperties shape
    :param get: where its value comes from; by default what is stored under its key
    """

    uri: str
    element: str
    kind: Kind = TEXT
    refusal: str | None = None
    in_list: bool | str | None = True
    in_default: bool = False
    in_all: bool = True
    get: Getter | None = None
    _write: Writer = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_write", self.kind.writer(self.element))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which its value is stored."""
        return (self.uri,)

    def value(self, item: Item) -> Value | None:
        """The item's value, None when it has none."""
        if self.get is not None:
            return self.get(item)
        return item.values.get(self.uri)

    def writer(self) -> Callable[[Item], str]:
        """The function that writes an item's element, empty without a value."""
        write, uri, get = self._write, self.uri, self.get

        def write_stored(item: Item) -> str:
            value = item.values.get(uri)
            return "" if value is None else write(value)

        def write_computed(item: Item) -> str:
            value = get(item)
            return "" if value is None else write(value)

        return write_stored if get is None else write_computed

    def read(self, element: etree._Element) -> Values:
        """The values by key that a request's element sets."""
        return {self.uri: self.kind.read(element)}

    def check(self, value: object) -> Value:
        """A plain Python value as it is stored.

        :raises ValueError: when it is not of the property's kind
        """
        return self.kind.check(value)


def stored(key: str, default: Value) -> Getter:
    """A getter for properties that always have a value."""
    return lambda item: item.values.get(key, default)


def constant(value: Value) -> Getter:
    """A getter for what is the same for all items of the simulator."""
    return lambda item: value
