# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading an item out of a request: what a client wants a new item to be.

Sources: the EWS page "CreateItem operation", and "ErrorInvalidPropertySet",
"ErrorInvalidPropertyRequest" and "ErrorObjectTypeChanged" on the page "ResponseCode".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ...refusal import ResponseError
from ...schema import schema_violation
from ...store.values import Values
from ..xmltext import T
from .extended import read_item_property
from .item_kinds import BY_ELEMENT, ItemKind, kind_of
from .paths import FieldPath

ITEM_CLASS = "item:ItemClass"


@dataclass
class NewItem:
    """What a client wants an item to be.

    :param attachments: the elements of attachments that come with it
    """

    item_class: str
    values: Values = field(default_factory=dict)
    attachments: list[etree._Element] = field(default_factory=list)


def read_item(element: etree._Element) -> NewItem:
    """The item that an element such as ``Contact`` describes.

    :raises ResponseError: when it holds what a client cannot set
    """
    kind = BY_ELEMENT.get(etree.QName(element).localname)
    if kind is None:
        raise ResponseError("ErrorInvalidItemForOperationCreateItem")
    new = NewItem(kind.item_class)
    for child in element.iterchildren("{*}*"):
        _read_child(kind, child, new)
    new.item_class = _item_class(kind, new.values.pop(ITEM_CLASS, None))
    return new


def _read_child(kind: ItemKind, child: etree._Element, new: NewItem) -> None:
    if child.tag == f"{T}ExtendedProperty":
        _, values = read_item_property(child)
        new.values.update(values)
        return
    if child.tag == f"{T}Attachments":
        new.attachments.extend(child.iterchildren("{*}*"))
        return
    name = etree.QName(child).localname
    found = kind.by_element.get(name)
    if found is None:
        raise schema_violation(f"'{name}' is no property of {kind.element}")
    if found.refusal is not None:
        raise ResponseError(found.refusal, None, FieldPath(found.uri).xml())
    new.values.update(found.read(child))


def _item_class(kind: ItemKind, wanted: object) -> str:
    """The class of a new item, which must be of the kind of its element."""
    if wanted is None:
        return "IPM.Note" if kind.element == "Item" else kind.item_class
    found = kind_of(str(wanted))
    if kind.element != "Item" and found is not kind:
        raise ResponseError("ErrorObjectTypeChanged")
    return str(wanted)
