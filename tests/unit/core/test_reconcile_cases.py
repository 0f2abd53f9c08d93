# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Single cases of slots, invented names and places that Odoo does not have."""

from __future__ import annotations

from exchange_contact_sync.core.align import stand_in_name, surplus_of
from exchange_contact_sync.core.fields import MACHINE_SLOTS, MAIN_PHONE
from exchange_contact_sync.core.policy import ConflictPolicy, Policy
from exchange_contact_sync.core.user_requests import FieldOverride
from support.fakes.partners import REFERENCE_DATA, became
from support.rows import for_each_row
from unit.core.test_reconcile_laws import Pair

BOTH = Policy(conflict=ConflictPolicy.EXCHANGE)
ONLY_OUT = Policy(pull=False, conflict=ConflictPolicy.EXCHANGE)
IDA = {"given_name": "Ida", "surname": "Lund", "display_name": "Ida Lund"}
NUMBER, OTHER, THIRD = "+49 30 1", "+49 30 2", "+49 30 3"


def linked(ours: dict[str, str], theirs: dict[str, str]) -> Pair:
    """A pair that has agreed once."""
    pair = Pair({"name": "Ida Lund", **ours}, {**IDA, **theirs})
    pair.sync(BOTH)
    return pair


def test_a_number_stays_in_the_slot_it_came_from():
    pair = linked({}, {"phone_home": NUMBER})
    pair.edit({MAIN_PHONE: OTHER}, {})
    assert pair.sync(BOTH).to_exchange == {"phone_home": OTHER}


def test_other_slots_are_left_alone():
    pair = linked({}, {"phone_mobile": NUMBER, "phone_pager": OTHER})
    pair.edit({MAIN_PHONE: ""}, {})
    assert pair.sync(BOTH).to_exchange == {"phone_mobile": ""}
    assert not pair.sync(BOTH).to_odoo, "the pager does not come instead"


def test_a_number_that_moved_to_another_slot_is_followed():
    pair = linked({}, {"phone_mobile": NUMBER})
    pair.edit({}, {"phone_mobile": "", "phone_home": NUMBER})
    assert not pair.sync(BOTH).to_odoo
    pair.edit({MAIN_PHONE: OTHER}, {})
    assert pair.sync(BOTH).to_exchange == {"phone_home": OTHER}


def test_a_number_that_moved_to_another_slot_and_changed_is_pulled():
    pair = linked({}, {"phone_mobile": NUMBER})
    pair.edit({}, {"phone_mobile": "", "phone_home": OTHER})
    outcome = pair.sync(BOTH)
    assert outcome.to_odoo == {MAIN_PHONE: OTHER} and not outcome.merge.conflicts


def test_the_first_number_is_pulled_from_any_slot():
    pair = linked({}, {})
    pair.edit({}, {"phone_car": NUMBER})
    assert pair.sync(BOTH).to_odoo == {MAIN_PHONE: NUMBER}


def test_the_number_of_a_machine_is_a_further_number_of_its_kind():
    for key in MACHINE_SLOTS:
        kind = key.replace("phone_", "numbers_")
        pair = Pair({"name": "Ida Lund"}, {**IDA, key: NUMBER})
        assert pair.sync(BOTH).to_odoo == {kind: NUMBER}
        pair.edit({MAIN_PHONE: OTHER}, {})
        assert pair.sync(BOTH).to_exchange == {"phone_business": OTHER}
        pair.edit({kind: THIRD}, {})
        assert pair.sync(BOTH).to_exchange == {key: THIRD}
        pair.edit({}, {key: ""})
        assert pair.sync(BOTH).to_odoo == {kind: ""}
        assert pair.ours[MAIN_PHONE] == OTHER


def test_a_number_moved_to_a_fax_slot_is_not_a_phone_number():
    pair = linked({}, {"phone_business": NUMBER})
    pair.edit({}, {"phone_business": "", "phone_business_fax": NUMBER})
    assert pair.sync(BOTH).to_odoo == {MAIN_PHONE: "", "numbers_business_fax": NUMBER}
    assert not pair.sync(BOTH).to_exchange


def test_numbers_added_on_both_sides_are_both_kept():
    pair = linked({}, {})
    pair.edit({MAIN_PHONE: NUMBER}, {"phone_car": OTHER})
    outcome = pair.sync(BOTH)
    assert outcome.to_exchange == {"phone_business": NUMBER}
    assert outcome.to_odoo == {"numbers_car": OTHER} and not outcome.merge.conflicts


def test_an_edit_of_another_slot_is_one_of_the_further_number():
    pair = linked({}, {"phone_mobile": NUMBER, "phone_home": OTHER})
    assert pair.ours["numbers_home"] == OTHER
    pair.edit({}, {"phone_home": THIRD})
    outcome = pair.sync(BOTH)
    assert (outcome.to_odoo, outcome.to_exchange) == ({"numbers_home": THIRD}, {})


def test_a_further_number_takes_no_slot_from_the_number():
    pair = linked({MAIN_PHONE: NUMBER, "numbers_business": OTHER}, {})
    assert (pair.theirs["phone_business"], pair.theirs["phone_mobile"]) == (
        OTHER,
        NUMBER,
    )


LISTED = [
    # before, edit in Odoo, edit in Exchange, afterwards in Odoo, and in Exchange
    ("a", "a\nb", {}, "a\nb", ("a", "b")),
    ("a\nb", "b", {}, "b", ("", "b")),
    ("a\nb", "c\nb", {}, "c\nb", ("c", "b")),
    ("a\nb", "b\na", {}, "b\na", ("a", "b")),
    ("a\nb", "a\nb\nc", {}, "a\nb\nc", ("a", "b")),
    ("a\nb\nc", "b\nc", {}, "b\nc", ("c", "b")),
    ("a\nb\nc", None, {"email2": ""}, "b\nc", ("", "b")),
    ("a\nb", None, {"email2": "c"}, "c\nb", ("c", "b")),
    ("a", "a\nb", {"email3": "c"}, "a\nc", ("a", "c")),
    ("", "b", {"email2": "c"}, "b\nc", ("c", "b")),
    ("a", "A", {}, "A", ("A", "")),
    ("a", None, {"email2": "A"}, "A", ("A", "")),
    ("b\na", "a", {"email2": "a"}, "a\na", ("a", "a")),
]


@for_each_row("case", LISTED)
def test_several_values_and_their_places(case: tuple):
    before, mine, other, ours, theirs = case
    pair = linked({"emails": before}, {})
    pair.edit({} if mine is None else {"emails": mine}, other)
    pair.sync(BOTH)
    assert pair.ours["emails"] == ours
    assert (pair.theirs["email2"], pair.theirs["email3"]) == theirs
    assert not pair.sync(BOTH).to_exchange


def test_surplus_is_reported():
    pair = linked({"emails": "a\nb\nc\nd"}, {})
    assert surplus_of(pair.base) == (("emails", "c"), ("emails", "d"))


STAND_INS = [
    ({"company": " Acme ", "email": "x@example.com"}, "Acme"),
    ({"email": "x@example.com", "phone_car": NUMBER}, "x@example.com"),
    ({"file_as": "Somebody", "phone_car": NUMBER}, "Somebody"),
    ({"phone_pager": OTHER, "phone_mobile": NUMBER}, NUMBER),
    ({"email2": "x@example.com"}, "x@example.com"),
    ({"email3": "x@example.com", "phone_car": NUMBER}, "x@example.com"),
    ({"nickname": "Idchen"}, "Idchen"),
    ({"nickname": "Idchen", "email": "x@example.com"}, "Idchen"),
    ({"nickname": "Idchen", "company": "Acme"}, "Acme"),
    ({"initials": "I.L."}, "I.L."),
    ({"initials": "I.L.", "phone_pager": NUMBER}, NUMBER),
    ({"im2": "im:ida"}, "im:ida"),
    ({"website": "https://ida.example.com"}, "https://ida.example.com"),
    ({"personal_page": "https://ida.example.com"}, "https://ida.example.com"),
    ({"job_title": "Chief"}, ""),
    ({"department": "North", "office": "7", "profession": "Cook"}, ""),
    ({"manager": "Ola Nord", "assistant": "Eva", "spouse": "Per"}, ""),
    ({"business_city": "Deep", "note": "<p>Ida</p>", "birthday": "1980-01-01"}, ""),
]


@for_each_row(("theirs", "name"), STAND_INS)
def test_the_stand_in_name_of_a_contact_without_a_name(theirs: dict, name: str):
    assert stand_in_name(theirs) == name


def nameless() -> Pair:
    pair = Pair({"name": "x"}, {"email": "desk@example.com"})
    pair.ours = None
    outcome = pair.outcome(BOTH)
    assert outcome.to_odoo["name"] == "desk@example.com"
    again = Pair(dict(outcome.to_odoo), {"email": "desk@example.com"})
    again.base = outcome.base
    return again


@for_each_row("called", ["anna.schmidt@example.com", "Anna.Schmidt"])
def test_at_first_contact_an_address_is_no_name(called: str):
    """Odoo's mail gateway calls people so, and mail programs."""
    email = {"email": "anna.schmidt@example.com"}
    name = {"given_name": "Anna", "surname": "Schmidt", "display_name": "Anna Schmidt"}
    pair = Pair({"name": called, **email}, {**name, **email})
    outcome = pair.sync(Policy(conflict=ConflictPolicy.ODOO))
    assert outcome.to_odoo == {"name": "Anna Schmidt"} and not outcome.merge.conflicts
    pair = Pair({"name": "Anna Schmidt", **email}, {"display_name": called, **email})
    outcome = pair.sync(Policy(conflict=ConflictPolicy.EXCHANGE))
    assert outcome.to_exchange["surname"] == "Schmidt" and not outcome.to_odoo


def test_an_invented_name_is_recognized_without_a_base():
    pair = nameless()
    pair.base = None
    outcome = pair.sync(BOTH)
    assert not outcome.to_exchange and not outcome.to_odoo
    pair.edit({}, {"company": "North"})
    assert pair.sync(BOTH).to_odoo == {"company": "North"}


def test_a_name_that_a_nameless_contact_might_have_been_given_is_one_if_it_differs():
    pair = Pair({"name": "Ida Lund"}, {"company": "Acme"})
    assert pair.sync(BOTH).to_exchange["display_name"] == "Ida Lund"


def test_a_name_left_out_for_an_address_is_not_invented():
    """Though the partner is called what the contact is filed under."""
    theirs = {"given_name": "Ida", "file_as": "Lund, Ida"}
    pair = Pair({"name": "Lund, Ida", "email": "ida@example.com"}, theirs)
    assert pair.sync(BOTH).to_exchange["surname"] == "Lund"
    pair.edit({}, {"email": ""})
    pair.sync(BOTH)
    pair.base = None
    outcome = pair.sync(BOTH)
    assert not outcome.to_odoo and not outcome.to_exchange


def test_an_invented_name_is_never_written_back():
    pair = nameless()
    assert not pair.sync(BOTH).to_exchange
    pair.edit({}, {"company": "North"})
    outcome = pair.sync(BOTH)
    assert outcome.to_odoo == {"company": "North"} and not outcome.to_exchange


def test_a_name_given_by_a_person_is_written_to_exchange():
    pair = nameless()
    pair.edit({"name": "Ida Lund"}, {})
    assert pair.sync(BOTH).to_exchange["display_name"] == "Ida Lund"


def test_a_name_given_in_exchange_replaces_the_invented_one():
    pair = nameless()
    pair.edit({}, IDA)
    outcome = pair.sync(BOTH)
    assert outcome.to_odoo == {"name": "Ida Lund"} and not outcome.merge.conflicts
    pair.edit({"name": "Acme"}, {})
    assert pair.sync(BOTH).to_exchange["display_name"] == "Acme"


def test_odoo_keeps_a_name_that_was_cleared_in_exchange():
    pair = linked({}, {})
    pair.edit({}, dict.fromkeys(IDA, ""))
    outcome = pair.sync(BOTH)
    assert (outcome.to_odoo, outcome.to_exchange) == ({}, {})
    assert pair.ours["name"] == "Ida Lund"
    pair.edit({"name": "Ida Berg"}, {})
    assert pair.sync(BOTH).to_exchange["display_name"] == "Ida Berg"


def test_a_name_pulled_from_its_parts_is_not_written_back():
    pair = linked({}, {"display_name": "Lund, Ida"})
    pair.edit({}, {"title": "Dr."})
    outcome = pair.sync(BOTH)
    assert outcome.to_odoo == {"name": "Dr. Ida Lund"} and not outcome.to_exchange


def test_a_changed_file_as_name_is_not_a_new_name():
    pair = linked({}, {})
    pair.edit({}, {"given_name": "Ada"})
    assert pair.sync(BOTH).to_odoo == {"name": "Ada Lund"}
    pair.edit({}, {"file_as": "The boss"})
    outcome = pair.sync(BOTH)
    assert (outcome.to_odoo, outcome.to_exchange) == ({}, {})


def test_a_display_name_changed_by_others_is_corrected_later():
    """What is remembered of a name is renewed, though the name is the same."""
    pair = linked({}, {})
    pair.edit({}, {"display_name": "Lund, Ida"})
    assert not pair.sync(BOTH).to_odoo
    pair.edit({"name": "Ada Lund"}, {})
    assert pair.sync(BOTH).to_exchange["display_name"] == "Ada Lund"
    pair.edit({"name": "Ida Lund"}, {})
    assert pair.sync(BOTH).to_exchange["display_name"] == "Ida Lund"


def test_a_country_that_odoo_does_not_have_is_kept():
    pair = linked({}, {"business_country": "Atlantis"})
    assert pair.ours["business_country"] == ""
    pair.edit({"job_title": "Chief"}, {"business_city": "Deep"})
    assert pair.sync(BOTH).to_exchange == {"job_title": "Chief"}
    assert pair.theirs["business_country"] == "Atlantis"


def test_a_country_is_changed_to_one_that_odoo_does_not_have():
    pair = linked({}, {"business_country": "Germany"})
    pair.edit({}, {"business_country": "Atlantis"})
    pair.sync(BOTH)
    assert pair.ours["business_country"] == ""
    assert not pair.sync(BOTH).to_exchange


def test_a_country_that_odoo_has_replaces_an_unknown_one():
    pair = linked({}, {"business_country": "Atlantis"})
    pair.edit({}, {"business_country": "France"})
    outcome = pair.sync(BOTH)
    assert outcome.to_odoo == {"business_country": "France"}
    assert not outcome.merge.conflicts


def test_a_country_set_in_odoo_replaces_an_unknown_one():
    pair = linked({}, {"business_country": "Atlantis"})
    pair.edit({"business_country": "France"}, {})
    outcome = pair.sync(BOTH)
    assert outcome.to_exchange == {"business_country": "France"}
    assert not outcome.merge.conflicts


def test_a_known_country_that_was_cleared_in_odoo_is_cleared():
    pair = linked({}, {"business_country": "Germany"})
    pair.edit({"business_country": ""}, {})
    assert pair.sync(BOTH).to_exchange == {"business_country": ""}


def test_a_state_is_pulled_once_its_country_is_known():
    pair = linked({}, {"business_state": "Bavaria", "business_country": "Atlantis"})
    pair.edit({"business_country": "Germany"}, {})
    pair.sync(BOTH)
    pair.sync(BOTH)
    assert pair.ours["business_state"] == "Bavaria"
    assert pair.theirs["business_state"] == "Bavaria"


def test_values_kept_out_are_pulled_when_import_is_enabled():
    pair = Pair({"name": "Ida Lund", "email": "a@example.com"}, IDA)
    pair.sync(ONLY_OUT)
    pair.edit({}, {"email": "b@example.com"})
    assert not pair.sync(ONLY_OUT).to_odoo
    assert pair.sync(BOTH).to_odoo == {"email": "b@example.com"}


def test_a_push_does_not_overwrite_a_change_in_exchange():
    pair = Pair({"name": "Ida Lund", "email": "a@example.com"}, IDA)
    pair.sync(ONLY_OUT)
    pair.edit({}, {"email": "b@example.com"})
    pair.sync(ONLY_OUT)
    pair.edit({"email": "c@example.com"}, {})
    outcome = pair.sync(ONLY_OUT)
    assert not outcome.to_exchange
    (conflict,) = outcome.merge.conflicts
    assert (conflict.kept, conflict.lost) == ("b@example.com", "c@example.com")


def test_a_field_override_of_one_part_does_not_decide_the_other_parts():
    pair = linked({"business_street": "15"}, {"business_street": "15"})
    pair.edit({"business_city": "Ockham"}, {"business_city": "Ripley"})
    field_overrides = {"business_street": FieldOverride(was="15", wanted="")}
    outcome = pair.outcome(BOTH, field_overrides=field_overrides)
    assert outcome.to_odoo["business_city"] == "Ripley"
    assert outcome.to_odoo.get("business_street", "15") == "15", "as in Exchange"
    assert not outcome.to_exchange


def test_a_field_override_is_pushed_once_export_is_allowed():
    pair = linked({}, {"website": "http://old.example"})
    field_overrides = {
        "website": FieldOverride(was="http://old.example", wanted="new.example")
    }
    outcome = pair.outcome(Policy(push=False), field_overrides=field_overrides)
    assert outcome.to_odoo == {"website": "new.example"} and not outcome.to_exchange
    pair.edit(dict(outcome.to_odoo), {})
    assert pair.ours["website"] == "http://new.example", "as Odoo writes it"
    outcome = outcome.as_odoo_has_it(became(outcome.to_odoo, pair.ours), REFERENCE_DATA)
    pair.base = outcome.base_when_sent
    assert pair.sync(BOTH).to_exchange == {"website": "http://new.example"}
