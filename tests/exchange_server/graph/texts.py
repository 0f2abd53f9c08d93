# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Notes in single answers and in lists."""

from __future__ import annotations

from ..properties.body import as_text
from ..properties.made import value_of
from ..store.item import Item
from .switches import Switches

LONGEST_IN_LISTS = 256


def note_of(item: Item) -> str:
    """The whole note as text; what EWS wrote as HTML is converted."""
    return as_text(value_of(item, "item:Body"))


def note_in_list(item: Item, switches: Switches) -> str:
    """The note as it is in a list."""
    text = note_of(item)
    reading = switches.notes_in_lists
    if reading == "whole" or (reading == "begins" and not text.startswith(_BREAKS)):
        return text
    return "".join(text.splitlines())[:LONGEST_IN_LISTS]


_BREAKS = ("\r", "\n")
