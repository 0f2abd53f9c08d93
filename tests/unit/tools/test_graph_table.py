# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table says of each property of Graph's contact whether it is synchronized."""

from __future__ import annotations

from collections import Counter

from exchange_contact_sync.graph.contacts.properties import PROPERTIES
from exchange_server.graph.contact import KNOWN
from exchange_server.graph.extended import MULTI, SINGLE
from field_table.graph import LEFT, SYNCHRONIZED, USED_OTHERWISE, in_graph

NAVIGATION = {"photo", "extensions", SINGLE, MULTI}


def named() -> Counter[str]:
    groups = (*USED_OTHERWISE, *LEFT)
    return Counter([*SYNCHRONIZED, *(name for g in groups for name in g.elements)])


def test_the_table_contains_each_property_of_a_contact():
    """The simulator has all properties of the published type."""
    assert named().keys() == KNOWN | NAVIGATION


def test_the_table_contains_each_property_once():
    assert set(named().values()) == {1}


def test_each_row_has_its_own_property_in_graph():
    assert len({in_graph(prop) for prop in PROPERTIES.values()}) == len(PROPERTIES)
