# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Match contacts without a link with partners, by all evidence together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.evidence import evidence_of
from exchange_contact_sync.core.fields import IS_COMPANY
from exchange_contact_sync.core.matching import (
    Candidate,
    Found,
    Match,
    Register,
    assign,
    copies,
    facts,
)
from exchange_contact_sync.core.reference_data import ReferenceData
from support.rows import for_each_row

REFERENCE_DATA = ReferenceData()
INFO, FAMILY = "info@acme.example", "family@smith.example"


def person(name: str = "", email: str = "", phone: str = "", company: str = "", **more):
    values = {"name": name, "email": email, "phone": phone, "company": company}
    return {**values, IS_COMPANY: "", **more}


def candidates(*partners: dict, archived=(), linked=()) -> Register:
    """Partners by their place in the list, the first has the id 1."""
    return Register(
        Candidate(
            number,
            evidence_of(partner, REFERENCE_DATA),
            active=number not in archived,
            linked=number in linked,
        )
        for number, partner in enumerate(partners, 1)
    )


def matches(register: Register, *items: dict, tie=lambda _item, _one: False) -> list:
    """Whom each contact finds: an id, or what was found and the ids."""
    evidence = {n: evidence_of(item, REFERENCE_DATA) for n, item in enumerate(items, 1)}
    found = assign(evidence, register, tie).values()
    return [m.ids[0] if m.found is Found.ONE else (m.found, *m.ids) for m in found]


NOBODY = (Found.NOBODY,)
SEVERAL, LINKED = Found.SEVERAL, Found.LINKED
IDA = person("Ida Lund", "ida@x.example", "+49 30 1", "Acme Co., Ltd.")
TWIN = person("Ida Lund", "twin@x.example", "+49 30 2", "North")
OLA = person("Ola Nord")

ONE_EACH = [
    # what the contact says, whom of IDA, TWIN and OLA it finds
    ("nothing", person(), NOBODY),
    ("an address", person(email="IDA@x.example "), 1),
    ("a further address", person(email2="ida@x.example"), 1),
    ("no address", person(email="ida"), NOBODY),
    (
        "two people's addresses",
        person(email="ida@x.example", email2="twin@x.example"),
        (SEVERAL, 1, 2),
    ),
    ("a name alone whose partners have more", person("Ida Lund"), NOBODY),
    ("name and company", person("ida lund", company="ACME Co Ltd"), 1),
    ("name turned round", person("Lund, Ida", company="Acme Co Ltd"), 1),
    ("name and another company", person("Ida Lund", company="South"), NOBODY),
    ("name and number", person("Ida Lund", phone_home="+49-30-2"), 2),
    (
        "name and both numbers",
        person("Ida Lund", phone_home="+49 30 2", phone_car="+49 30 1"),
        (SEVERAL, 1, 2),
    ),
    ("a name alone on both sides", person("ola  nord"), 3),
    ("nothing but a name and no address", person("Nord, Ola", "ola", " "), 3),
    ("a bare name, with an address", person("Ola Nord", "ola@x.example"), NOBODY),
    ("a bare name, with a company", person("Ola Nord", company="Acme"), NOBODY),
    ("a bare name, with a number", person("Ola Nord", phone_home="+49 30 9"), NOBODY),
    ("a number alone", person(phone_home="+49 30 2"), NOBODY),
    ("address before company", person("Ida Lund", "twin@x.example", "", "Acme Co"), 2),
    (
        "company before number",
        person("Ida Lund", phone_home="+49 30 1", company="North"),
        2,
    ),
    (
        "another address, the company",
        person("Ida Lund", "new@x.example", company="North"),
        (SEVERAL, 2),
    ),
]


@for_each_row("case", ONE_EACH, ids=lambda case: case[0])
def test_which_partner_a_contact_matches(case: tuple):
    _name, contact, expected = case
    assert matches(candidates(IDA, TWIN, OLA), contact) == [expected]
    kept = {**facts({**contact, "note": "", "job_title": "Chief"}), IS_COMPANY: ""}
    assert matches(candidates(IDA, TWIN, OLA), kept) == [expected]
    assert "job_title" not in kept


ANNA, BOB = person("Anna Smith", FAMILY), person("Bob Smith", FAMILY)
PETRA, KARL = person("Petra Lang", INFO), person("Karl Weber", INFO)
SHE = person("Anna Smith", "anna@smith.example")
FIRM = {**person("Acme GmbH", INFO), IS_COMPANY: "yes"}
CARD = {"company": "Acme GmbH", "name": "Acme GmbH", "phone_business": "+49 30 5"}

TOGETHER = [
    # partners, contacts, whom each contact finds
    ("a couple", (ANNA, BOB), (BOB, ANNA), [2, 1]),
    ("half of a couple", (BOB,), (ANNA, BOB), [NOBODY, 1]),
    ("the other half", (BOB,), (ANNA,), [(SEVERAL, 1)]),
    ("colleagues", (PETRA, KARL), (KARL, PETRA), [2, 1]),
    ("another colleague", (PETRA,), (KARL,), [NOBODY]),
    (
        "the address alone of two",
        (PETRA, KARL),
        (person(email=INFO),),
        [(SEVERAL, 1, 2)],
    ),
    ("two copies", (ANNA,), (ANNA, ANNA), [1, (LINKED, 1)]),
    ("twins in Odoo", (ANNA, ANNA), (ANNA,), [(SEVERAL, 1, 2)]),
    ("twins on both sides", (ANNA, ANNA), (ANNA, ANNA), [(SEVERAL, 1, 2)] * 2),
    (
        "the one with the same number as well",
        (person("Eva", "e@x.example"), person("Eva", "e@x.example", "+491")),
        (person("Eva", "e@x.example", "+491"),),
        [2],
    ),
    ("a firm and its people", (FIRM, PETRA), (CARD, PETRA), [1, 2]),
    ("a firm's card of two firms", (FIRM, FIRM), (CARD,), [(SEVERAL, 1, 2)]),
]


@for_each_row("case", TOGETHER, ids=lambda case: case[0])
def test_contacts_are_assigned_one_to_one(case: tuple):
    _name, partners, contacts, expected = case
    assert matches(candidates(*partners), *contacts) == expected


def test_an_active_partner_is_preferred_to_an_archived_duplicate():
    assert matches(candidates(SHE, SHE, archived=[1]), SHE) == [2]
    assert matches(candidates(SHE, archived=[1]), SHE) == [1]
    bare = person("Anna Smith")
    assert matches(candidates(SHE, bare, archived=[1]), SHE) == [1], "no twin of it"


def test_a_partner_of_another_contact():
    assert matches(candidates(SHE, linked=[1]), SHE) == [(LINKED, 1)]
    assert matches(candidates(BOB, linked=[1]), ANNA) == [NOBODY], "two people"
    assert matches(candidates(SHE, SHE, linked=[1]), SHE) == [2]
    weaker = person("Anna Smith", phone="+491")
    item = person("Anna Smith", "anna@smith.example", "+491")
    assert matches(candidates(SHE, weaker, linked=[1]), item) == [(LINKED, 1)]


def test_equal_values_decide_between_equally_likely_partners():
    tie = {(1, 2)}.__contains__
    found = matches(candidates(SHE, SHE), SHE, tie=lambda *pair: tie(pair))
    assert found == [2]
    tie = {(2, 1)}.__contains__
    found = matches(candidates(SHE), SHE, SHE, tie=lambda *pair: tie(pair))
    assert found == [(LINKED, 1), 1]


def test_copies_within_a_mailbox():
    people = (SHE, ANNA, BOB, SHE, person("A. Smith", "anna@smith.example"))
    evidence = {n: evidence_of(one, REFERENCE_DATA) for n, one in enumerate(people)}
    assert copies(evidence) == {3, 4}


TEXTS = st.sampled_from(["", "Ida Lund", "Per Vik", "+49 30 1", "a@x.example"])
CONTACTS = st.dictionaries(
    st.sampled_from(["name", "company", "email", "email2", "phone_home", "phone_car"]),
    TEXTS,
)


@given(st.lists(CONTACTS, max_size=4), st.lists(CONTACTS, max_size=4))
def test_no_partner_is_matched_twice(contacts, partners):
    evidence = {n: evidence_of(one, REFERENCE_DATA) for n, one in enumerate(contacts)}
    found = assign(evidence, candidates(*partners)).values()
    given_away = [match.ids for match in found if match.found is Found.ONE]
    assert len(given_away) == len(set(given_away))
    assert all(match != Match(Found.ONE) for match in found)


@given(CONTACTS, st.permutations([IDA, TWIN, OLA]))
def test_the_order_of_partners_makes_no_difference(contact, order):
    def by_content(people) -> list:
        evidence = {1: evidence_of(contact, REFERENCE_DATA)}
        (match,) = assign(evidence, candidates(*people)).values()
        return [match.found, sorted(str(people[one - 1]) for one in match.ids)]

    assert by_content(order) == by_content([IDA, TWIN, OLA])
