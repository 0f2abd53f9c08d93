# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts, policies and edits for properties: few values, so that they meet."""

from __future__ import annotations

from hypothesis import strategies as st

from exchange_contact_sync.core.contact import Contact
from exchange_contact_sync.core.fields import FIELDS, LISTS, SETS
from exchange_contact_sync.core.policy import ConflictPolicy, Direction, Policy

VALUES = {
    "name": ["", "Ida Lund", "Lund, Ida (Sales)", "Ida B. Lund", "Ola Nord"],
    "company": ["", "Acme Co., Ltd.", "acme co ltd", "North"],
    "email": ["", "ida@example.com", "Ida@Example.com", "ola@example.com"],
    "website": ["", "example.com", "http://example.com/", "example.org"],
    "note": ["", "<p>one</p>", "one", "<p>two</p>"],
    "business_street": ["", "Road 1", "Road 1\nHouse 2", "Road 1, House 2"],
    **{
        f"{where}_state": ["", "BY", "Bavaria", "NY", "Sea"]
        for where in ("business", "home", "other")
    },
    **{
        f"{where}_country": ["", "Germany", "DE", "US", "Atlantis"]
        for where in ("business", "home", "other")
    },
    "emails": [
        *("", "x@example.com", "X@example.com\ny@example.com", "a\nb\nc\nd"),
        *("Ida <x@example.com>\nz@example.com (home); w@example.com", "n/a"),
    ],
    "ims": ["", "a", "b\na", "a\nb\nc\nd"],
    "pages": ["", "example.com", "http://example.com\nexample.org"],
    "email2": ["", "x@example.com", "y@example.com"],
    "email3": ["", "y@example.com", "z@example.com"],
    "categories": ["", "Red", "VIP\nred", "VIP\nChess", "Chess"],
}
PLAIN = ["", "a", "b", "c"]
KEYS = list(FIELDS)

contacts = st.fixed_dictionaries(
    {key: st.sampled_from(VALUES.get(key, PLAIN)) for key in KEYS}
).map(Contact)

GROUPED = [key for key, row in FIELDS.items() if row.group]
GROUPS = {
    FIELDS[name].group: {k for k in GROUPED if FIELDS[k].group == FIELDS[name].group}
    for name in GROUPED
}
TOGETHER = {**GROUPS, **{key: set(rows) for key, rows in LISTS.items()}}
"""Rows that share one rule: the parts of an address, the places of a list."""
SINGLE = [key for key in KEYS if key not in GROUPED]
WHOLE = [key for key in KEYS if key not in SETS]
"""Rows that are one value; a set has laws of its own (``test_set_laws.py``)."""


partial_contacts = st.builds(
    lambda contact, left_out, no_address: contact.without(
        *left_out, *(GROUPED if no_address else ())
    ),
    contacts,
    st.lists(st.sampled_from(SINGLE), unique=True),
    st.booleans(),
)
"""Contacts of a side that does not carry everything; an address is carried whole."""


def _with_group(rules: dict[str, Direction]) -> dict[str, Direction]:
    """One rule for all parts of an address, and for all places of a list."""
    alone = set(FIELDS).difference(*TOGETHER.values())
    found = {key: rule for key, rule in rules.items() if key in alone}
    for group in rules.keys() & TOGETHER.keys():
        found.update(dict.fromkeys(TOGETHER[group], rules[group]))
    return found


rules = st.dictionaries(
    st.sampled_from([*SINGLE, *TOGETHER]),
    st.sampled_from(list(Direction)),
    max_size=4,
).map(_with_group)

policies = st.builds(
    Policy,
    pull=st.booleans(),
    push=st.booleans(),
    conflict=st.sampled_from(list(ConflictPolicy)),
    rules=rules,
)

two_way = st.builds(Policy, conflict=st.sampled_from(list(ConflictPolicy)))


def edits(keys: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """Some changes to some of the rows."""
    return st.lists(st.sampled_from(keys), unique=True, max_size=4).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {key: st.sampled_from(VALUES.get(key, PLAIN)) for key in chosen}
        )
    )
