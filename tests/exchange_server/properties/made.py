# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that the server computes or assumes if no client has set them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..store.values import Value
from . import body
from .names import DISPLAY_NAME, FILE_AS, FILE_AS_MAPPING
from .names import display_name as _display_name
from .names import file_as as _file_as
from .names import file_as_mapping as _file_as_mapping

if TYPE_CHECKING:
    from ..store.item import Item

Maker = Callable[["Item"], "Value | None"]


def has_picture(item: Item) -> Value:
    """What a client wrote by the MAPI name, else whether a photo is attached.

    [MS-OXOCNTC] 2.2.1.8.1: the property is the client's to set; davmail does.
    """
    written = item.values.get("contacts:HasPicture")
    if written is not None:
        return written
    return any(each.is_contact_photo for each in item.attachments)


def _default(key: str, default: Value) -> Maker:
    return lambda item: item.values.get(key, default)


_OF_ALL: Mapping[str, Maker] = {
    "item:ItemClass": lambda item: item.item_class,
    **{
        key: _default(key, default)
        for key, default in (
            ("item:Sensitivity", "Normal"),
            ("item:Importance", "Normal"),
            ("item:Body", body.EMPTY),
            ("item:ReminderIsSet", False),
            ("item:ReminderMinutesBeforeStart", 0),
        )
    },
}
_OF_CONTACTS: Mapping[str, Maker] = {
    DISPLAY_NAME: _display_name,
    FILE_AS: _file_as,
    FILE_AS_MAPPING: _file_as_mapping,
    "contacts:HasPicture": has_picture,
    "contacts:PostalAddressIndex": _default("contacts:PostalAddressIndex", "None"),
}
MADE: Mapping[str, Maker] = {**_OF_ALL, **_OF_CONTACTS}
"""By key, the function that finds the value of an item."""


def value_of(item: Item, key: str) -> Value | None:
    """The value under a key, or the server's default if it was never set."""
    maker = _OF_ALL.get(key)
    if maker is None and item.item_class.startswith("IPM.Contact"):
        maker = _OF_CONTACTS.get(key)
    return item.values.get(key) if maker is None else maker(item)
