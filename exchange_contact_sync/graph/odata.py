# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write OData for Graph: query options, filters and ids of extended properties.

"Use query parameters to customize responses"
(https://learn.microsoft.com/graph/query-parameters) and "Outlook extended properties
overview" (https://learn.microsoft.com/graph/api/resources/
extended-properties-overview).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from ..outlook.properties import Named, Numbered, Property, Tagged, Type

EXTENDED = "singleValueExtendedProperties"

_ID = re.compile(
    r"(?P<type>\w+)\s+(?:(?P<tag>0x[0-9a-f]{1,8})|\{(?P<set>[0-9a-f-]{36})\}\s+"
    r"(?:Id\s+(?P<number>0x[0-9a-f]{1,8})|Name\s+(?P<name>.+)))",
    re.IGNORECASE,
)
_TYPES = {kind.value.lower(): kind for kind in Type}


def literal(text: str) -> str:
    """Return a text as an OData string."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def query(options: Mapping[str, str]) -> str:
    """Return a query with its question mark; "" without options."""
    texts = (f"{name}={quote(text, safe=_PLAIN)}" for name, text in options.items())
    joined = "&".join(texts)
    return f"?{joined}" if joined else ""


_PLAIN = "',()/:"
"""Characters that a query may contain (RFC 3986, 3.4) and OData needs."""


def extended_id(prop: Property) -> str:
    """Return the id of an extended property."""
    match prop:
        case Tagged(tag=tag):
            return f"{prop.type.value} 0x{tag:04X}"
        case Numbered(property_set=guid, number=number):
            return f"{prop.type.value} {{{guid}}} Id 0x{number:04X}"
        case Named(property_set=guid, name=name):
            return f"{prop.type.value} {{{guid}}} Name {name}"
    raise TypeError(prop)


def property_of(text: str) -> Property | None:
    """Return the extended property of an id in an answer.

    Answers write tags in lower case and without leading zeros, and GUIDs in any case.

    :return: None if the id cannot be read
    """
    found = _ID.fullmatch(text)
    kind = _TYPES.get(found["type"].lower()) if found else None
    if found is None or kind is None:
        return None
    if found["tag"]:
        return Tagged(int(found["tag"], 16), kind)
    guid = found["set"].lower()
    if found["number"]:
        return Numbered(guid, int(found["number"], 16), kind)
    return Named(guid, found["name"], kind)


def expand(properties: Iterable[Property]) -> str:
    """Return the value of $expand for extended properties.

    The server returns only those that are named. It compares ids as text, so
    :func:`extended_id` writes them both for reading and for writing.
    """
    terms = " or ".join(f"id eq {literal(extended_id(one))}" for one in properties)
    return f"{EXTENDED}($filter={terms})"


def has_value(prop: Property, text: str) -> str:
    """Return a $filter for items with a value of an extended property."""
    return (
        f"{EXTENDED}/Any(ep: ep/id eq {literal(extended_id(prop))}"
        f" and ep/value eq {literal(text)})"
    )


def extended_values(data: Mapping[str, object]) -> dict[Property, str]:
    """Return the extended properties of an item or a folder.

    :raises ValueError: the list does not have the expected form
    """
    entries = data.get(EXTENDED) or []
    if not isinstance(entries, list):
        raise ValueError(f"{EXTENDED} is not a list")
    found: dict[Property, str] = {}
    for entry in entries:
        name, value = entry["id"], entry["value"]
        prop = property_of(name)
        if prop is not None and value is not None:
            found[prop] = _text(value)
    return found


def _text(value: object) -> str:
    """Return a value as text, which is the only type that Graph documents."""
    if isinstance(value, bool | int):
        return str(value).lower()
    if not isinstance(value, str):
        raise ValueError("the value of an extended property is not a text")
    return value
