# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An edit of a text is written, however small it is."""

from __future__ import annotations

import json
from dataclasses import replace

from exchange_contact_sync.core.contact import Base
from exchange_contact_sync.core.fields import MAIN_PHONE
from exchange_contact_sync.core.normalize import canonical
from exchange_contact_sync.core.policy import ConflictPolicy, Policy, Side
from exchange_contact_sync.core.user_requests import FieldOverride
from support.fakes.partners import REFERENCE_DATA
from support.rows import for_each_row
from unit.core.test_reconcile_laws import Pair

BOTH = Policy(conflict=ConflictPolicy.EXCHANGE)
IDA = {"given_name": "Ida", "surname": "Lund", "display_name": "Ida Lund"}
ROW_OF = {
    MAIN_PHONE: "phone_business",
    "emails": "email2",
    "numbers_home": "phone_home",
}
MEANT_THE_SAME = [
    # the row in Odoo, what it was, what somebody made of it
    (MAIN_PHONE, "1-800-EXAMPLE", "1-800-SAMPLES"),
    (MAIN_PHONE, "+49 30 55 (Anna)", "+49 30 55 (Bert)"),
    (MAIN_PHONE, "100", "*100#"),
    (MAIN_PHONE, "+49 30 55", "+49-30-55"),
    (MAIN_PHONE, "Reception", "RECEPTION"),
    ("numbers_home", "030 55 ext. 2", "030 55 x2"),
    ("website", "http://example.com", "https://example.com"),
    ("website", "https://example.com/", "https://example.com"),
    ("website", "http://EXAMPLE.com/Team", "http://example.com/Team"),
    ("company", "Acme", "ACME"),
    ("company", "Acme Co Ltd", "Acme Co., Ltd."),
    ("company", "Müller & Söhne", "Müller und Söhne"),
    ("email", "ida@example.com", "Ida@Example.com"),
    ("emails", "ida@home.example", "IDA@home.example"),
    ("job_title", "Head of sales", "Head of Sales"),
    ("nickname", "ida", "Ida"),
    ("business_city", "BERLIN", "Berlin"),
    ("categories", "vip\nRed", "VIP\nRed"),
]
NOTHING_ELSE = [
    # what a program makes of a text, and no person
    ("note", "<p>Met her</p>", "<html><body>Met her</body></html>"),
    ("business_street", "Road 1\nHouse 2", "Road 1, House 2"),
    ("business_country", "Germany", "DE"),
    ("job_title", "Chief  of it", "Chief of it"),
    ("email", "ida@example.com", '"Ida Lund" <ida@example.com>'),
    ("email", "ida@example.com", "mailto:ida@example.com"),
    ("categories", "VIP\nRed", "Red\nVIP"),
]


def linked(row: str, text: str) -> Pair:
    """A pair that has agreed."""
    pair = Pair({"name": "Ida Lund", row: text}, IDA)
    pair.sync(BOTH)
    assert pair.theirs[ROW_OF.get(row, row)]
    return pair


def both_have(pair: Pair, row: str, text: str) -> None:
    assert (pair.ours[row], pair.theirs[ROW_OF.get(row, row)]) == (text, text)


@for_each_row(("row", "before", "after"), MEANT_THE_SAME)
def test_an_edit_of_either_side_is_written_to_the_other(
    row: str, before: str, after: str
):
    for side in Side:
        pair = linked(row, before)
        if side is Side.ODOO:
            pair.edit({row: after}, {})
            assert pair.comparison().edited_in_odoo(BOTH)
        else:
            pair.edit({}, {ROW_OF.get(row, row): after})
            assert pair.comparison().edited_in_exchange
        outcome = pair.sync(BOTH)
        assert not outcome.merge.conflicts
        assert bool(outcome.to_exchange) == (side is Side.ODOO)
        both_have(pair, row, after)
        again = pair.outcome(BOTH)
        assert (again.to_odoo, again.to_exchange) == ({}, {})
        assert again.base == pair.base


@for_each_row(("row", "before", "after"), NOTHING_ELSE)
def test_a_text_reformatted_by_a_program_is_not_an_edit(
    row: str, before: str, after: str
):
    pair = linked(row, before)
    pair.edit({}, {row: after})
    outcome = pair.sync(BOTH)
    assert (outcome.to_odoo, outcome.to_exchange) == ({}, {})
    assert not pair.comparison().edited_in_exchange


@for_each_row(("row", "one", "other"), MEANT_THE_SAME)
def test_each_side_keeps_its_text_when_both_meet(row: str, one: str, other: str):
    """At first contact meaning decides, so that nothing is written for its spelling."""
    there = ROW_OF.get(row, row)
    if canonical(there, {there: one}, REFERENCE_DATA) != canonical(
        there, {there: other}, REFERENCE_DATA
    ):
        return  # a change of meaning, however small
    pair = Pair({"name": "Ida Lund", row: one}, {**IDA, there: other})
    outcome = pair.sync(BOTH)
    assert (outcome.to_odoo, outcome.to_exchange) == ({}, {})
    pair.edit({row: other}, {})
    assert not pair.sync(BOTH).to_exchange, "now both have the same"
    pair.edit({row: one}, {})
    pair.sync(BOTH)
    both_have(pair, row, one)


@for_each_row(("row", "before", "after"), MEANT_THE_SAME)
def test_an_upgrade_writes_nothing_and_later_edits_are_recognized(
    row: str, before: str, after: str
):
    """Of a pair that agreed before texts were remembered as typed."""
    there = ROW_OF.get(row, row)
    pair = linked(row, before)
    meaning = {there: before}, {there: after}
    if canonical(there, meaning[0], REFERENCE_DATA) == canonical(
        there, meaning[1], REFERENCE_DATA
    ):
        pair.edit({row: after}, {})  # as it was all along
    stored = pair.base.to_json()
    del stored["version"]
    pair.base = Base.from_json(json.loads(json.dumps({**stored, "ours": {}})))
    assert not pair.comparison().edited_in_odoo(BOTH)
    outcome = pair.sync(BOTH)
    assert (outcome.to_odoo, outcome.to_exchange) == ({}, {})
    pair.edit({}, {there: f"{after}!"})
    pair.sync(BOTH)
    pair.edit({row: before}, {})
    pair.sync(BOTH)
    both_have(pair, row, before)


def test_both_edited_to_what_means_the_same_is_no_conflict():
    pair = linked("website", "http://example.com")
    pair.edit({"website": "http://example.org"}, {"website": "example.org"})
    outcome = pair.sync(BOTH)
    assert (outcome.to_odoo, outcome.to_exchange) == ({}, {})
    assert not outcome.merge.conflicts


def test_an_edit_is_written_once_its_direction_is_allowed():
    pair = linked("company", "Acme")
    pair.edit({"company": "ACME"}, {})
    assert not pair.sync(replace(BOTH, push=False)).to_exchange
    assert pair.sync(BOTH).to_exchange == {"company": "ACME"}
    pair.edit({}, {"company": "acme"})
    assert not pair.sync(replace(BOTH, pull=False)).to_odoo
    assert pair.sync(BOTH).to_odoo == {"company": "acme"}


@for_each_row(("row", "before", "after"), MEANT_THE_SAME)
def test_undo_restores_the_exact_text(row: str, before: str, after: str):
    if row in ("emails", "numbers_home", "categories"):
        return  # known by their places
    there = ROW_OF.get(row, row)
    pair = linked(row, before)
    pair.edit({}, {there: after})
    pair.sync(BOTH)
    outcome = pair.outcome(BOTH, field_overrides={there: FieldOverride(after, before)})
    assert outcome.to_odoo == {row: before} and not outcome.refused
    assert outcome.to_exchange[there] == before
    assert outcome.to_exchange.keys() <= {there, f"{there}_label"}


def test_a_value_rewritten_by_odoo_can_be_undone():
    pair = linked("website", "http://example.com")
    pair.edit({}, {"website": "example.org"})
    pair.sync(BOTH)
    assert pair.ours["website"] == "http://example.org"
    field_overrides = {"website": FieldOverride("example.org", "http://example.com")}
    outcome = pair.outcome(BOTH, field_overrides=field_overrides)
    assert outcome.to_odoo == {"website": "http://example.com"} and not outcome.refused


def test_a_number_edited_since_is_not_undone():
    pair = linked(MAIN_PHONE, "100")
    pair.edit({}, {"phone_business": "1-800-EXAMPLE"})
    pair.sync(BOTH)
    pair.edit({MAIN_PHONE: "1-800-SAMPLES"}, {})
    pair.sync(BOTH)
    field_overrides = {"phone_business": FieldOverride("1-800-EXAMPLE", "100")}
    assert pair.outcome(BOTH, field_overrides=field_overrides).refused == (
        "phone_business",
    )


def test_a_change_of_capitals_in_a_name_is_written():
    pair = linked("job_title", "Chief")
    pair.edit({"name": "IDA Lund"}, {})
    pair.sync(BOTH)
    assert (pair.theirs["given_name"], pair.theirs["display_name"]) == (
        "IDA",
        "IDA Lund",
    )
    pair.edit({}, {"given_name": "Ida", "display_name": "Ida Lund"})
    pair.sync(BOTH)
    assert pair.ours["name"] == "Ida Lund"


def test_two_numbers_that_mean_the_same_keep_their_places():
    pair = Pair(
        {"name": "Ida Lund", "numbers_home": "1-800-FLOWERS\n1-800-SAMPLES"}, IDA
    )
    pair.sync(BOTH)
    assert pair.theirs["phone_home"] == "1-800-FLOWERS"
    pair.edit({"numbers_home": "1-800-SAMPLES\n1-800-FLOWERS"}, {})
    assert not pair.sync(BOTH).to_exchange
