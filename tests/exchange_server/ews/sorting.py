# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The order of what a search found. Source: the EWS pages "SortOrder", "FieldOrder"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from ..store.item import Item
from .parts import children
from .properties.access import item_value
from .properties.paths import read_path
from .xmltext import T


def in_order(items: Iterable[Item], order: etree._Element | None) -> list[Item]:
    """The items as a SortOrder element wants them.

    Without one the newest come first; that no order is promised then is all that the
    documentation says. Items without the value come first in an ascending order.

    :raises ResponseError: ErrorUnsupportedPathForSortGroup
    """
    ordered = sorted(items, key=lambda item: item.number, reverse=True)
    fields = [] if order is None else order.findall(f"{T}FieldOrder")
    for field in reversed(fields):
        path = read_path(children(field)[0])
        get = item_value(path, "ErrorUnsupportedPathForSortGroup")
        ordered.sort(
            key=lambda item, get=get: _sortable(get(item)),
            reverse=field.get("Order") == "Descending",
        )
    return ordered


def _sortable(value: Any) -> tuple[bool, Any]:
    if value is None:
        return (False, 0)
    if isinstance(value, str):
        return (True, value.casefold())
    if isinstance(value, list):
        return (True, [str(each).casefold() for each in value])
    return (True, value)
