# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Query strings, as people type them into a search box.

Sources: the EWS pages "QueryString (QueryStringType)" and "Perform an AQS search by
using EWS in Exchange". Understood are words (each the beginning of a word anywhere in
the item), phrases in quotes, ``property:value``, ``kind:contacts``, AND, OR and NOT.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..store.item import Item
from .properties.item_kinds import kind_of

Predicate = Callable[[Item], bool]

_TOKEN = re.compile(r'(?:(\w+):)?(?:"([^"]*)"|([^\s"()]+))')
_KEYS: Mapping[str, tuple[str, ...]] = {
    "subject": ("item:Subject",),
    "body": ("item:Body",),
    "category": ("item:Categories",),
    "from": ("message:From",),
    "to": ("message:ToRecipients",),
}
_KINDS: Mapping[str, tuple[str, ...]] = {
    "contacts": ("Contact", "DistributionList"),
    "email": ("Message",),
    "meetings": ("CalendarItem",),
    "tasks": ("Task",),
}


def read_query_string(text: str | None) -> Predicate:
    """The predicate for a query; one that says nothing finds everything."""
    alternatives: list[list[Predicate]] = [[]]
    negated = False
    for name, phrase, word in _TOKEN.findall(text or ""):
        operator = word if not name else ""
        if operator == "OR":
            alternatives.append([])
        elif operator == "NOT":
            negated = True
        elif operator != "AND":
            term = _term(name.lower(), phrase or word)
            alternatives[-1].append(_not(term) if negated else term)
            negated = False
    return lambda item: any(all(term(item) for term in each) for each in alternatives)


def _not(term: Predicate) -> Predicate:
    return lambda item: not term(item)


def _term(name: str, wanted: str) -> Predicate:
    if name == "kind":
        elements = _KINDS.get(wanted.lower(), ())
        return lambda item: kind_of(item.item_class).element in elements
    begins = re.compile(rf"(?<!\w){re.escape(wanted)}", re.IGNORECASE)
    keys = _KEYS.get(name)
    return lambda item: any(begins.search(text) for text in _texts(item, keys))


def _texts(item: Item, keys: tuple[str, ...] | None) -> list[str]:
    """The texts of an item's values, of some keys or of all."""
    texts: list[str] = []
    if keys is None or "item:Subject" in keys:
        subject = kind_of(item.item_class).by_uri["item:Subject"].value(item)
        texts.append(str(subject or ""))
    for key, value in item.values.items():
        if keys is None or key in keys:
            texts.extend(
                map(str, value if isinstance(value, (list, tuple)) else [value])
            )
    return texts
