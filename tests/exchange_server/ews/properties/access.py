# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of items for restrictions and sorting, whatever way a request names them.

Source: "ErrorUnsupportedPathForQuery" and "ErrorUnsupportedPathForSortGroup" on the EWS
page "ResponseCode": calculated properties cannot be used. That Companies and Culture
belong to them is recorded in exchangelib's items/ (is_searchable=False); that
ReminderDueBy may be searched for, in its tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...properties.mapi import extended_getter
from ...properties.moments import parse_date_time
from ...refusal import ResponseError
from ...store.values import Value
from .dictionaries import Dictionary
from .extended import ExtendedPath
from .item_kinds import ALL_URIS, ITEM_KINDS, kind_of
from .kinds import BODY, Markup
from .paths import FieldPath, IndexedPath, Path

if TYPE_CHECKING:
    from ...store.item import Item

ItemValue = Callable[["Item"], "Value | None"]

_CALCULATED = frozenset(
    {
        "contacts:Companies",
        "item:Culture",
        "item:ItemId",
        "item:ParentFolderId",
    }
)


def item_value(
    path: Path, unsupported: str = "ErrorUnsupportedPathForQuery"
) -> ItemValue:
    """The function that finds an item's value for a path.

    :param unsupported: the response code for a path that has no value to compare
    :raises ResponseError: with that code
    """
    if isinstance(path, ExtendedPath):
        get = extended_getter(path.name)
        return lambda item: typed(path.type, get(item))
    if isinstance(path, IndexedPath):
        return lambda item: item.values.get(path.key)
    if not _is_comparable(path):
        raise ResponseError(unsupported, None, path.xml())
    return lambda item: _property_value(path.uri, item)


def _is_comparable(path: FieldPath) -> bool:
    if path.uri not in ALL_URIS or path.uri in _CALCULATED:
        return False
    owners = (k.by_uri[path.uri] for k in ITEM_KINDS if path.uri in k.by_uri)
    return not any(
        isinstance(p, Dictionary) or isinstance(p.kind, Markup) for p in owners
    )


def _property_value(uri: str, item: Item) -> Value | None:
    found = kind_of(item.item_class).by_uri.get(uri)
    if found is None:
        return None
    value = found.value(item)
    return value[1] if value is not None and found.kind is BODY else value


def typed(kind: str, value: Value | None) -> Value | None:
    """The value of an extended property in a form that compares by its type."""
    base = kind.removesuffix("Array")
    if value is None or base in ("String", "Binary", "CLSID"):
        return value
    if isinstance(value, list):
        return [typed(base, each) for each in value]
    if base == "Boolean":
        return value == "true"
    if base == "SystemTime":
        return parse_date_time(str(value))
    if base in ("Integer", "Long", "Short", "Currency"):
        return int(value)
    return value
