# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who a contact without a link is: certain ways first, and no guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.contact import Contact
from exchange_contact_sync.core.matching import (
    Candidate,
    Found,
    Match,
    Register,
    facts,
    marks,
)

IDA = Candidate(1, ("ida@example.com",), "Ida Lund", "Acme Co., Ltd.", ("+49 30 1",))
TWIN = Candidate(2, ("info@example.com",), "Ida Lund", "North", ("+49 30 2",))
TAKEN = Candidate(3, ("per@example.com",), "Per Vik", "Acme", ("+49 30 3",), taken=True)
NAMELESS = Candidate(4, ("",), "", "", ("",))
BARE = Candidate(5, ("",), "Ola Nord")
BARE_TWINS = (Candidate(6, (), "Eva Berg"), Candidate(7, ("eva",), "eva berg"))
EVERYBODY = (IDA, TWIN, TAKEN, NAMELESS, BARE, *BARE_TWINS)

CASES = [
    # what the contact says, whom it finds
    ("nothing", {}, Match(Found.NOBODY)),
    ("an address", {"email": "IDA@Example.com "}, Match(Found.ONE, (1,))),
    ("a further address", {"email2": "ida@example.com"}, Match(Found.ONE, (1,))),
    ("no address", {"email": "ida"}, Match(Found.NOBODY)),
    (
        "two people's addresses",
        {"email": "ida@example.com", "email2": "info@example.com"},
        Match(Found.SEVERAL, (1, 2)),
    ),
    ("a name alone whose partner has more", {"name": "Ida Lund"}, Match(Found.NOBODY)),
    (
        "name and company",
        {"name": "ida lund", "company": "ACME Co Ltd"},
        Match(Found.ONE, (1,)),
    ),
    (
        "name turned round",
        {"name": "Lund, Ida", "company": "Acme Co Ltd"},
        Match(Found.ONE, (1,)),
    ),
    (
        "name and another company",
        {"name": "Ida Lund", "company": "South"},
        Match(Found.NOBODY),
    ),
    (
        "name and number",
        {"name": "Ida Lund", "phone_home": "+49-30-2"},
        Match(Found.ONE, (2,)),
    ),
    (
        "name and both numbers",
        {"name": "Ida Lund", "phone_home": "+49 30 2", "phone_car": "+49 30 1"},
        Match(Found.SEVERAL, (1, 2)),
    ),
    ("a name alone on both sides", {"name": "ola  nord"}, Match(Found.ONE, (5,))),
    (
        "nothing but a name and what is no address",
        {"name": "Nord, Ola", "email": "ola", "company": " "},
        Match(Found.ONE, (5,)),
    ),
    (
        "a name whose partner has nothing else, with an address",
        {"name": "Ola Nord", "email": "ola@example.com"},
        Match(Found.NOBODY),
    ),
    (
        "a name whose partner has nothing else, with a company",
        {"name": "Ola Nord", "company": "Acme"},
        Match(Found.NOBODY),
    ),
    (
        "a name whose partner has nothing else, with a number",
        {"name": "Ola Nord", "phone_home": "+49 30 9"},
        Match(Found.NOBODY),
    ),
    ("a name alone that two bear", {"name": "Eva Berg"}, Match(Found.SEVERAL, (6, 7))),
    ("a number alone", {"phone_home": "+49 30 2"}, Match(Found.NOBODY)),
    (
        "the address before the company",
        {"email": "info@example.com", "name": "Ida Lund", "company": "Acme Co Ltd"},
        Match(Found.ONE, (2,)),
    ),
    (
        "the company before the number",
        {"name": "Ida Lund", "company": "North", "phone_home": "+49 30 1"},
        Match(Found.ONE, (2,)),
    ),
    (
        "an unknown address, then the company",
        {"email": "new@example.com", "name": "Ida Lund", "company": "North"},
        Match(Found.ONE, (2,)),
    ),
    ("one who is taken", {"email": "per@example.com"}, Match(Found.TAKEN, (3,))),
    (
        "one who is taken among several",
        {"email": "per@example.com", "email2": "ida@example.com"},
        Match(Found.SEVERAL, (1, 3)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_whom_a_contact_finds(case: tuple):
    _name, contact, expected = case
    assert Register(EVERYBODY).match(Contact(contact)) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_what_is_kept_of_a_contact_finds_the_same(case: tuple):
    _name, contact, expected = case
    kept = facts(Contact({**contact, "note": "", "job_title": "Chief"}))
    assert Register(EVERYBODY).match(kept) == expected
    assert "job_title" not in kept


TEXTS = st.sampled_from(["", "Ida Lund", "Per Vik", "+49 30 1", "a@example.com"])
CONTACTS = st.dictionaries(
    st.sampled_from(["name", "company", "email", "email2", "phone_home", "phone_car"]),
    TEXTS,
)


@given(CONTACTS, CONTACTS)
def test_two_contacts_that_share_a_mark_may_find_the_same_partner(one, other):
    """Whoever is found by both shares a mark with both."""
    partner = Candidate(
        7,
        (one.get("email", ""), one.get("email2", "")),
        one.get("name", ""),
        one.get("company", ""),
        (one.get("phone_home", ""), one.get("phone_car", "")),
    )
    found = Register([partner]).match(other).found
    assert (found is Found.ONE) == bool(marks(one) & marks(other))


@given(CONTACTS, st.permutations(EVERYBODY))
def test_the_order_of_partners_makes_no_difference(contact, everybody):
    assert Register(everybody).match(contact) == Register(EVERYBODY).match(contact)
