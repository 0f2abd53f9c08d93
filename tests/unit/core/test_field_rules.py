# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The direction of each field, and which contacts the categories admit."""

from __future__ import annotations

from exchange_contact_sync.core.fields import FIELDS, LISTS, PHOTO, Field
from exchange_contact_sync.core.multi_value import merge_set
from exchange_contact_sync.core.policy import (
    Admission,
    Direction,
    Policy,
    spread,
    values_of,
)
from exchange_contact_sync.core.reference_data import ReferenceData
from support.rows import for_each_row


def test_each_row_has_one_rule_and_the_photo_too():
    rows = [row for value in values_of(FIELDS) for row in value.rows]
    assert sorted(rows) == sorted([*FIELDS, PHOTO.key])


def test_parts_of_an_address_and_places_of_a_list_share_one():
    together = {value.key: set(value.rows) for value in values_of(FIELDS)}
    home = {key for key, row in FIELDS.items() if row.group == "home"}
    assert together["home_street"] == home
    assert together["email2"] == set(LISTS["emails"])
    assert together["email"] == {"email"}


def test_a_row_of_another_addon_has_a_rule_of_its_own():
    rows = {**FIELDS, "ref": Field("ref", "Reference")}
    assert spread({"ref": "none"}, rows) == {"ref": Direction.NONE}
    assert spread({"ref": "none"}, FIELDS) == {}, "the addon is gone"


def test_a_rule_holds_for_all_rows_of_its_value():
    rules = spread({"other_street": "push", "note": "both"}, FIELDS)
    assert rules.keys() == {key for key in FIELDS if key.startswith("other_")}
    assert set(rules.values()) == {Direction.PUSH}


@for_each_row(
    ("admission", "categories", "admitted"),
    [
        (Admission.ALL, {"vip"}, True),
        (Admission.ALL, set(), True),
        (Admission.WITH, {"vip", "chess"}, True),
        (Admission.WITH, {"chess"}, False),
        (Admission.WITH, set(), False),
        (Admission.WITHOUT, {"vip", "chess"}, False),
        (Admission.WITHOUT, {"chess"}, True),
        (Admission.WITHOUT, set(), True),
    ],
)
def test_which_categories_admit_a_contact(admission, categories, admitted):
    policy = Policy(admission=admission, categories=frozenset({"vip"}))
    assert policy.admits(categories) is admitted


def test_a_category_stored_only_in_exchange_stays_there():
    reference_data = ReferenceData(outsiders=frozenset({"odoo"}))
    merged = merge_set("", "VIP", "Odoo\nChess", Direction.BOTH, reference_data)
    assert set(merged.ours.split("\n")) == {"VIP", "Chess"}
    assert set(merged.theirs.split("\n")) == {"Odoo", "Chess", "VIP"}
    again = merge_set(
        merged.base_when_sent,
        merged.ours,
        merged.theirs,
        Direction.BOTH,
        reference_data,
    )
    assert (again.ours, again.theirs) == (merged.ours, merged.theirs)
