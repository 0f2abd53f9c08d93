# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Mailbox values as JSON."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from ..properties.moments import parse_date_time

if TYPE_CHECKING:
    from ..store.item import Item

MOMENTS = ("contacts:Birthday", "contacts:WeddingAnniversary")


def plain(value: object) -> object:
    """What JSON does not know: dates become ISO 8601 text, bytes base64 text.

    :raises TypeError: for anything else, as :func:`json.dumps` asks of this hook
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"no JSON for {type(value).__name__}")


def values_of(data: Mapping[str, object]) -> dict[str, object]:
    """Values of a contact out of JSON, where moments are texts and pairs are lists.

    :raises ValueError: for a text that is no moment
    """
    values = dict(data)
    for key in MOMENTS:
        if isinstance(values.get(key), str):
            values[key] = parse_date_time(str(values[key]))
    body = values.get("item:Body")
    if isinstance(body, list):
        values["item:Body"] = tuple(body)
    return values


def item_dict(item: Item) -> dict[str, object]:
    """An item with all its values."""
    return {
        "id": item.id,
        "change_key": item.change_key,
        "item_class": item.item_class,
        "folder": item.folder.name,
        "created": item.created,
        "modified": item.modified,
        "values": dict(item.values),
    }
