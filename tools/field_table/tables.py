# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The tables, made of those of the code."""

from __future__ import annotations

from collections.abc import Iterable

from exchange_contact_sync.core.fields import FIELDS, NAME_EVIDENCE, PHOTO
from exchange_contact_sync.ews.contacts.properties import PROPERTIES
from exchange_contact_sync.graph.contacts.properties import PROPERTIES as OF_GRAPH

from . import graph, places
from .markup import Table
from .not_synchronized import Left


def synchronized() -> Table:
    """What is synchronized: a row for each property of Exchange."""
    rows = tuple(
        (
            places.label(key),
            places.in_exchange(PROPERTIES[key]),
            graph.in_graph(OF_GRAPH[key]),
            places.in_odoo(key),
            places.direction(key),
            FIELDS[key if key in FIELDS else "name"].since,
        )
        for key in _keys()
    )
    head = (
        "Property",
        "In Exchange (EWS)",
        "In Exchange Online (Graph)",
        "In Odoo",
        "Direction",
        "Since",
    )
    return Table(head, (*rows, (PHOTO.label, *places.PHOTO, PHOTO.since)))


def _keys() -> list[str]:
    """All that Exchange has, the parts of the name in the place of the name."""
    rows = [key for key in FIELDS if key != "name"]
    return [*NAME_EVIDENCE, *rows]


def reasons(groups: Iterable[Left], *heads: str) -> Table:
    """Why something is not synchronized: a row for each element.

    :param groups: iterable of Left
    :param heads: str, names of the two columns
    """
    rows = tuple(
        (f"`{name}`", group.reason) for group in groups for name in group.elements
    )
    return Table(heads, rows)
