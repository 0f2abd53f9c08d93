# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The neutral contact, the base, and the owner's choices as plain data."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.contact import SLOT, Base, Contact
from exchange_contact_sync.core.fields import (
    FIELDS,
    NAME_EVIDENCE,
    PHONE_KEYS,
    Kind,
)
from exchange_contact_sync.core.labels import seen
from exchange_contact_sync.core.link import Link
from exchange_contact_sync.core.mailbox import RemoteRef
from exchange_contact_sync.core.normalize import canonical
from exchange_contact_sync.core.policy import Direction, Policy
from support.fakes.partners import REFERENCE_DATA
from support.rows import for_each_row
from unit.core.strategies import partial_contacts

WAYS_TO_CHANGE = [
    lambda contact: contact.__setitem__("name", "Eva"),
    lambda contact: contact.__delitem__("name"),
    lambda contact: contact.__ior__({"name": "Eva"}),
    lambda contact: contact.update(name="Eva"),
    lambda contact: contact.setdefault("email", ""),
    lambda contact: contact.pop("name"),
    lambda contact: contact.popitem(),
    lambda contact: contact.clear(),
]


@for_each_row("change", WAYS_TO_CHANGE)
def test_a_contact_never_changes(change):
    contact = Contact({"name": "Ada"})
    with pytest.raises(TypeError):
        change(contact)
    assert contact == {"name": "Ada"}
    assert hash(contact) == hash(Contact({"name": "Ada"}))


texts = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4)


@given(texts, texts, texts)
def test_a_base_survives_being_stored_as_json(values, foreign, remembered):
    base = Base(values, foreign, remembered)
    assert Base.from_json(json.loads(json.dumps(base.to_json()))) == base


@for_each_row("data", [None, {}, {"version": 1}])
def test_no_base_is_none(data):
    assert Base.from_json(data) is None


def test_a_base_contains_the_former_values_of_exchange():
    base = Base(
        {"email": "a@example.com", "phone_car": "1", "name": "Ida"},
        {"email": "b@example.com"},
        {SLOT: "phone_car", "phone_home": "2", "given_name": "Ida", "other": "x"},
    )
    theirs = base.theirs()
    assert theirs["email"] == "b@example.com"
    assert {k: theirs[k] for k in PHONE_KEYS if theirs[k]} == {
        "phone_car": "1",
        "phone_home": "2",
    }
    assert theirs["given_name"] == "Ida"
    assert "other" not in theirs


def test_sent_values_are_agreed_on():
    base = Base(
        {"email": "a"},
        {"email": "b", "note": "n"},
        {"given_name": "Ida", "title": "Dr.", SLOT: "phone_car"},
    )
    after = base.after_sending({"email": "c"}, {"given_name": "Ada", "title": ""}, {})
    assert after == Base(
        {"email": "c"}, {"note": "n"}, {"given_name": "Ada", SLOT: "phone_car"}
    )


def test_a_value_rewritten_by_odoo_differs_from_the_one_in_exchange():
    base = Base({"categories": "a"}, {"categories": "a\nc"}, {})
    after = base.after_sending({"categories": "a\nb\nc"}, {}, {"categories": "a\nb"})
    assert after == Base({"categories": "a\nb"}, {"categories": "a\nb\nc"}, {})
    assert after.theirs()["categories"] == "a\nb\nc"


def test_a_set_that_is_no_longer_carried_is_forgotten():
    there, known = {"company": "a", "categories": "x"}, seen({}, {})
    base = Base(there, {"categories": "y"}, known)
    assert base.covers({"company", "categories"})
    without = base.within({"company"})
    assert without == Base({"company": "a"}, {}, known)
    assert without.covers({"company"})
    assert not without.covers({"company", "categories"})


def test_an_address_whose_label_nobody_asked_for_was_not_seen():
    assert not Base({"email": "a"}, {}, {}).covers({"email"})
    assert Base({"email": "a"}, {}, seen({}, {})).covers({"email"})


@given(partial_contacts)
def test_a_contact_is_immutable_and_compared_by_its_values(contact: Contact):
    twin = Contact(dict(contact))
    assert twin == contact and hash(twin) == hash(contact)
    with pytest.raises(TypeError):
        contact.values["email"] = "x"
    assert contact.with_values({"email": "x"})["email"] == "x"
    assert "email" not in contact.with_values({"email": "x"}).without("email")


def test_a_link_follows_its_contact():
    link = Link(1, 2, "folder", "item", "v1", "key")
    assert link.at(RemoteRef("item2", "v2", "there")).folder == "there"
    assert link.at(RemoteRef("item2", "v2")).folder == "folder"


@for_each_row("pull", [True, False])
@for_each_row("push", [True, False])
@for_each_row("rule", Direction)
def test_a_field_is_written_where_account_and_field_rule_allow_it(pull, push, rule):
    policy = Policy(pull=pull, push=push, rules={"email": rule})
    direction = policy.direction("email")
    assert direction.pulls == (pull and rule in (Direction.BOTH, Direction.PULL))
    assert direction.pushes == (push and rule in (Direction.BOTH, Direction.PUSH))


def test_the_table_of_fields_is_sound():
    assert not FIELDS.keys() & set(NAME_EVIDENCE)
    assert len(PHONE_KEYS) == len(set(PHONE_KEYS)) == 19
    assert set(PHONE_KEYS) == {k for k, row in FIELDS.items() if row.kind is Kind.PHONE}
    for key, row in FIELDS.items():
        assert row.key == key and row.label and row.since
        assert canonical(key, {}, REFERENCE_DATA) == ""
