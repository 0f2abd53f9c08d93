# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which element and which properties an item has, by its class.

Sources: the item types of the schema (choice in ArrayOfRealItemsType), and the EWS page
"FindItem operation": what is not strongly typed comes as a Message, a server never
answers with the base type Item. A class of the user's own, such as
``IPM.Contact.Customer``, is the kind that it begins with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .contact import CONTACT_PROPERTIES
from .dictionaries import Dictionary
from .item import (
    COMMON_PROPERTIES_AFTER_EXTENDED,
    COMMON_PROPERTIES_BEFORE_EXTENDED,
    ITEM_SUBJECT,
)
from .other_kinds import (
    CALENDAR_PROPERTIES,
    DISTRIBUTION_LIST_PROPERTIES,
    MESSAGE_PROPERTIES,
    TASK_PROPERTIES,
)
from .property import Property

AnyProperty = Property | Dictionary


@dataclass(frozen=True, eq=False)
class ItemKind:
    """One kind of items.

    :param element: the local name of its element
    :param item_class: of an item that says nothing about its class
    :param before: the properties in front of the extended ones, in schema order
    :param after: those behind them
    """

    element: str
    item_class: str
    before: tuple[AnyProperty, ...]
    after: tuple[AnyProperty, ...]
    by_uri: Mapping[str, AnyProperty] = field(init=False, repr=False)
    by_element: Mapping[str, AnyProperty] = field(init=False, repr=False)
    by_entry_uri: Mapping[str, Dictionary] = field(init=False, repr=False)
    by_key: Mapping[str, AnyProperty] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        everything = (*self.before, *self.after)
        indexes = {
            "by_uri": {each.uri: each for each in everything},
            "by_element": {each.element: each for each in everything},
            "by_key": {key: each for each in everything for key in each.keys},
            "by_entry_uri": {
                uri: each
                for each in everything
                if isinstance(each, Dictionary)
                for uri in each.entry_uris
            },
        }
        for name, index in indexes.items():
            object.__setattr__(self, name, index)

    @property
    def properties(self) -> tuple[AnyProperty, ...]:
        return (*self.before, *self.after)


def _kind(
    element: str, item_class: str, own: tuple[AnyProperty, ...], named: bool = False
) -> ItemKind:
    """A kind; ``named`` when its Default shape has no subject, as of a contact."""
    before = COMMON_PROPERTIES_BEFORE_EXTENDED
    if named:
        before = tuple(_NAMED_SUBJECT if p is ITEM_SUBJECT else p for p in before)
    after = (*COMMON_PROPERTIES_AFTER_EXTENDED, *own)
    return ItemKind(element, item_class, before, after)


_NAMED_SUBJECT = Property("item:Subject", "Subject")

CONTACT = _kind("Contact", "IPM.Contact", CONTACT_PROPERTIES, named=True)
DISTRIBUTION_LIST = _kind(
    "DistributionList", "IPM.DistList", DISTRIBUTION_LIST_PROPERTIES, named=True
)
MESSAGE = _kind("Message", "IPM.Note", MESSAGE_PROPERTIES)
CALENDAR_ITEM = _kind("CalendarItem", "IPM.Appointment", CALENDAR_PROPERTIES)
TASK = _kind("Task", "IPM.Task", TASK_PROPERTIES)
ITEM = _kind("Item", "IPM", ())

ITEM_KINDS = (CONTACT, DISTRIBUTION_LIST, MESSAGE, CALENDAR_ITEM, TASK, ITEM)
_BY_CLASS: Mapping[str, ItemKind] = {
    kind.item_class.lower(): kind for kind in ITEM_KINDS if kind is not ITEM
}
BY_ELEMENT: Mapping[str, ItemKind] = {kind.element: kind for kind in ITEM_KINDS}
ALL_URIS = frozenset(uri for kind in ITEM_KINDS for uri in kind.by_uri)


def kind_of(item_class: str) -> ItemKind:
    """The kind that a class belongs to.

    >>> kind_of("IPM.Contact.Customer").element, kind_of("IPM.StickyNote").element
    ('Contact', 'Message')
    """
    found = _BY_CLASS.get(item_class.lower())
    while found is None and "." in item_class:
        item_class = item_class.rpartition(".")[0]
        found = _BY_CLASS.get(item_class.lower())
    return found or MESSAGE
