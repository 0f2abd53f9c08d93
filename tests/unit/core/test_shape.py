# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Any content of a JSON column can be read without an error."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.behavior import Behavior
from exchange_contact_sync.core.contact import Base
from exchange_contact_sync.core.differences import DifferenceReason, Differences
from exchange_contact_sync.core.evidence import (
    PRIVATE,
    Evidence,
    evidence_kept,
    facts_of,
    keys_kept,
)
from exchange_contact_sync.core.fields import FIELDS
from exchange_contact_sync.core.photo import PhotoBase
from exchange_contact_sync.core.policy import Side, spread
from exchange_contact_sync.core.reference_data import ReferenceData
from exchange_contact_sync.core.user_requests import FieldOverride, field_overrides_of
from support.rows import for_each_row

BASE = Base(
    {"name": "Ada", "email": "ada@example.com"},
    {"note": "foreign"},
    {"phone_slot": "phone_mobile"},
    sent={"name": "Ada"},
    own={"name": "Ada L."},
    differences=Differences({"name": "ADA"}, {"email": DifferenceReason.CUT}),
    unread={"name": "A"},
)
PHOTO = PhotoBase("mark", "token", "digest", "token")
EVIDENCE = Evidence(("ada",), emails=frozenset({"ada@example.com"}), roles=frozenset())
FACTS = {"name": "Ada", PRIVATE: EVIDENCE.to_json()}
OVERRIDES = {"name": FieldOverride("Ada", "Eva", Side.ODOO).to_json()}
BEHAVIOR = Behavior(kept=frozenset({"name"}))


def use_facts(data: object) -> None:
    facts = facts_of(data)
    evidence_kept(facts, ReferenceData()).to_json()
    keys_kept(facts)


def use_base(data: object) -> None:
    base = Base.from_json(data)
    if base:
        base.to_json()
        base.theirs()
        base.lasting_differences({})
        base.within({"name"})


READERS: list[tuple[Callable[[object], object], object]] = [
    (use_base, BASE.to_json()),
    (PhotoBase.from_json, PHOTO.to_json()),
    (use_facts, FACTS),
    (field_overrides_of, OVERRIDES),
    (Behavior.from_json, BEHAVIOR.to_json()),
    (lambda data: spread(data, FIELDS), {"spouse": "push"}),
]

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@st.composite
def altered(draw: st.DrawFn, good: object) -> object:
    """The same with one part of it replaced by anything."""
    if not isinstance(good, dict) or not good or draw(st.booleans()):
        return draw(JSON)
    key = draw(st.sampled_from(sorted(good)))
    return {**good, key: draw(altered(good[key]))}


@for_each_row(("read", "good"), READERS)
def test_altered_json_raises_no_error(read: Callable[[object], object], good: object):
    @given(altered(good))
    def try_all(data: object) -> None:
        read(data)

    try_all()


def test_written_values_are_read_back_unchanged():
    assert Base.from_json(BASE.to_json()) == BASE
    assert PhotoBase.from_json(PHOTO.to_json()) == PHOTO
    assert field_overrides_of(OVERRIDES) == {
        "name": FieldOverride("Ada", "Eva", Side.ODOO)
    }
    assert Behavior.from_json(BEHAVIOR.to_json()) == BEHAVIOR
    assert facts_of(FACTS) == FACTS
    assert Evidence.from_json(EVIDENCE.to_json()).to_json() == EVIDENCE.to_json()


def test_only_the_invalid_part_is_dropped():
    data = {**BASE.to_json(), "values": {"name": "Ada", "email": 5}, "sent": [1]}
    base = Base.from_json(data)
    assert base.values == {"name": "Ada"}
    assert base.sent == {}
    assert base.foreign == BASE.foreign
    assert field_overrides_of({**OVERRIDES, "email": {"was": 1}}).keys() == {"name"}


def test_damaged_facts_of_a_private_contact_stay_private():
    facts = facts_of({PRIVATE: [1, 2]})
    assert PRIVATE in facts
    assert evidence_kept(facts, ReferenceData()).keys() == frozenset()


@for_each_row("data", [None, [], [1], "text", 5, {}, {"values": []}])
def test_a_base_without_values_is_none(data: object):
    assert Base.from_json(data) is None


def test_a_value_that_odoo_lost_counts_as_blank_on_both_sides():
    base = BASE.with_blank_rows({"email", "note", "website"})
    assert base.values == {"name": "Ada", "email": "", "note": ""}
    assert base.foreign == {}
    assert base.differences.reasons == {}
    assert base.sent == BASE.sent
