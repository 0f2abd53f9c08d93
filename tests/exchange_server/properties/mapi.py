# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended properties of items: other names of properties, and computed ones.

Source: [MS-OXPROPS] for tags and types, [MS-OXCMSG] 2.2.1.6 for the flags of a message,
[MS-OXOCNTC] 2.2.1.2.4 for the original display name of an e-mail address.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..store.values import Value
from .aliases import ADDRESS_SET, ALIASES
from .extended_names import key_of
from .forms import ExtendedValue
from .made import value_of
from .moments import format_date_time

if TYPE_CHECKING:
    from ..store.item import Item

ExtendedGetter = Callable[["Item"], "ExtendedValue | None"]

ORIGINAL_NAMES: Mapping[str, str] = {
    f"extended:{ADDRESS_SET}:#{0x8084 + 0x10 * slot}:String": (
        f"contacts:EmailAddress:EmailAddress{slot + 1}"
    )
    for slot in range(3)
}
_READ, _HAS_ATTACHMENTS, _ASSOCIATED = 0x1, 0x10, 0x40


def stored_value(name: str, value: ExtendedValue) -> Value:
    """The value of an extended property in the form in which it is kept.

    :raises ValueError: for a value that means nothing
    """
    alias = ALIASES.get(name)
    return value if alias is None else alias.form.read(value)


def extended_getter(name: str) -> ExtendedGetter:
    """The function that finds an item's value of an extended property.

    :param name: of the property, see :mod:`.extended_names`
    """
    if name in COMPUTED:
        return COMPUTED[name]
    if name in ORIGINAL_NAMES:
        return _original_name(name)
    alias = ALIASES.get(name)
    if alias is None:
        return lambda item: item.values.get(key_of(name))

    def write(item: Item) -> ExtendedValue | None:
        value = value_of(item, alias.key)
        return None if value is None else alias.form.write(value)

    return write


def _original_name(name: str) -> ExtendedGetter:
    """What was written, else the address itself, unless it is an internal one."""
    address_key = ORIGINAL_NAMES[name]

    def write(item: Item) -> ExtendedValue | None:
        kept = item.values.get(name)
        address = item.values.get(address_key)
        if kept is not None or address is None or str(address).startswith("/"):
            return kept
        return str(address)

    return write


def _flags(item: Item) -> str:
    flags = _READ if item.values.get("message:IsRead", True) else 0
    flags |= _HAS_ATTACHMENTS if item.attachments else 0
    return str(flags | (_ASSOCIATED if item.is_associated else 0))


def _truth(holds: Callable[[Item], bool]) -> ExtendedGetter:
    return lambda item: "true" if holds(item) else "false"


_GETTERS: Mapping[str, ExtendedGetter] = {
    "0x300b:Binary": lambda item: base64.b64encode(item.search_key).decode("ascii"),
    "0xfff:Binary": lambda item: item.id,
    "0xe06:SystemTime": lambda item: format_date_time(item.created),
    "0xe07:Integer": _flags,
    "0xe08:Integer": lambda item: str(item.size),
    "0xe08:Long": lambda item: str(item.size),
    "0xe1b:Boolean": _truth(lambda item: bool(item.attachments)),
    "0xe23:Integer": lambda item: str(item.number),
    "0x3007:SystemTime": lambda item: format_date_time(item.created),
    "0x3008:SystemTime": lambda item: format_date_time(item.modified),
    "0x67aa:Boolean": _truth(lambda item: item.is_associated),
}
COMPUTED: Mapping[str, ExtendedGetter] = {
    f"extended:{name}": getter for name, getter in _GETTERS.items()
}
"""By name: what follows from the item and cannot be set."""
