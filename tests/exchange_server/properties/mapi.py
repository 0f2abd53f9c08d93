# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended properties whose values the server itself makes, by their keys.

Source: [MS-OXPROPS] for tags and types.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..store.item import Item
    from .extended import ExtendedValue

ExtendedGetter = Callable[["Item"], "ExtendedValue | None"]


def _search_key(item: Item) -> str:
    return base64.b64encode(item.search_key).decode("ascii")


COMPUTED: Mapping[str, ExtendedGetter] = {"extended:0x300b:Binary": _search_key}


def extended_getter(key: str) -> ExtendedGetter:
    """The function that finds an item's value of an extended property."""
    return COMPUTED.get(key) or (lambda item: item.values.get(key))
