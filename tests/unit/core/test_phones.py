# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Phone numbers: how they are compared, and to which slot they belong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.fields import MACHINE_SLOTS, PHONE_KEYS, VOICE_SLOTS
from exchange_contact_sync.core.phones import LastSeen, canonical_phone, slot_of_number
from support.rows import for_each_row

FORMS = [
    ("+49 30 123456", "+4930123456"),
    ("(+49) 30 123456", "+4930123456"),
    ("0049 30 123456", "+4930123456"),
    ("+49 (0) 30 123456", "+4930123456"),
    ("030 / 12-34-56", "030123456"),
    ("030 123 ext. 45", "030123x45"),
    ("030 123;ext=45", "030123x45"),
    ("030 123 #45", "030123x45"),
    ("030 123 доб. 45", "030123x45"),
    ("٠٣٠ ١٢٣", "030123"),
    ("００４９ ３０ １２３", "+4930123"),
    ("0012", "0012"),
    ("ask Ida", "ask ida"),
    ("  ", ""),
]


@for_each_row(("text", "form"), FORMS)
def test_numbers_are_compared_by_what_is_dialled(text: str, form: str):
    assert canonical_phone(text) == form


@given(st.text(max_size=30) | st.text(alphabet="0129+()ext. #x;/-", max_size=20))
def test_the_canonical_form_of_an_address_is_stable(text: str):
    assert canonical_phone(canonical_phone(text)) == canonical_phone(text)


N, M = "+49 171 1", "+49 30 2"
CASES = [
    # number in Odoo, in Exchange, last slot, numbers last seen → the slot
    ("nothing anywhere", "", {}, "", {}, "phone_business"),
    ("new to Exchange", N, {}, "", {}, "phone_mobile"),
    ("new to Odoo", "", {"phone_home": N}, "", {}, "phone_home"),
    (
        "what is dialled first",
        "",
        {"phone_home": N, "phone_pager": M},
        "",
        {},
        "phone_home",
    ),
    ("already in a slot", N, {"phone_car": "+49171-1"}, "", {}, "phone_car"),
    ("another one there", N, {"phone_home": M}, "", {}, "phone_mobile"),
    (
        "where it came from",
        N,
        {"phone_car": N, "phone_home": M},
        "phone_car",
        {"phone_car": N},
        "phone_car",
    ),
    (
        "changed in Odoo",
        M,
        {"phone_car": N},
        "phone_car",
        {"phone_car": N},
        "phone_car",
    ),
    ("cleared in Exchange", N, {}, "phone_car", {"phone_car": N}, "phone_car"),
    (
        "moved in Exchange",
        N,
        {"phone_home": N},
        "phone_car",
        {"phone_car": N},
        "phone_home",
    ),
    (
        "moved and changed",
        N,
        {"phone_home": M},
        "phone_car",
        {"phone_car": N},
        "phone_home",
    ),
    (
        "cleared in Odoo",
        "",
        {"phone_car": N},
        "phone_car",
        {"phone_car": N},
        "phone_car",
    ),
    (
        "cleared, another is not taken instead",
        "",
        {"phone_home": M},
        "phone_car",
        {"phone_home": M},
        "phone_car",
    ),
    (
        "had none, one is new in Exchange",
        "",
        {"phone_home": M},
        "phone_business",
        {},
        "phone_home",
    ),
    ("had none, one is new in Odoo", N, {}, "phone_business", {}, "phone_mobile"),
    (
        "its kind's slot is taken",
        N,
        {"phone_mobile": M},
        "phone_car",
        {"phone_mobile": M},
        "phone_car",
    ),
    (
        "new ones on both sides",
        N,
        {"phone_home": M},
        "phone_business",
        {},
        "phone_mobile",
    ),
]


@for_each_row("case", CASES, ids=lambda case: case[0])
def test_the_slot_of_a_number(case: tuple):
    _name, number, theirs, slot, numbers, expected = case
    last = LastSeen(slot, numbers.get(slot, ""), numbers)
    preferred = "phone_mobile" if number.startswith("+49 17") else "phone_business"
    assert slot_of_number(number, theirs, last, preferred) == expected


OF_MACHINES = [
    # name, number in Odoo, what Exchange has besides, slot and number before, slot now
    ("alone", "", {}, "", "", "phone_business"),
    ("beside one that rings", "", {"phone_other": M}, "", "", "phone_other"),
    ("of the same number as Odoo's", N, {}, "", "", "phone_business"),
    ("new beside none", "", {}, "phone_business", "", "phone_business"),
    ("where the number was moved to", N, {}, "phone_car", N, "phone_car"),
    ("beside a new number of Odoo", M, {}, "phone_business", "", "phone_business"),
    ("that an earlier version took", N, {}, "the machine", N, "the machine"),
]


@for_each_row("case", OF_MACHINES, ids=lambda case: case[0])
def test_a_fax_or_pager_number_is_not_a_phone_number(case: tuple):
    _name, number, besides, before, known, expected = case
    for machine in MACHINE_SLOTS:
        last = LastSeen(before.replace("the machine", machine), known, {before: known})
        theirs = {machine: N, **besides}
        found = slot_of_number(number, theirs, last, "phone_business")
        assert found == expected.replace("the machine", machine), machine


def test_each_phone_slot_is_either_for_calls_or_for_a_machine():
    assert set(VOICE_SLOTS) | MACHINE_SLOTS == set(
        PHONE_KEYS
    ) and not MACHINE_SLOTS & set(VOICE_SLOTS)


def test_a_free_phone_slot_is_preferred_to_a_fax_slot():
    theirs = {key: M for key in VOICE_SLOTS if key != "phone_radio"}
    held = {"phone_business"}
    found = slot_of_number(N, theirs, LastSeen(), "phone_business", held)
    assert found == "phone_radio"


NUMBERS = st.dictionaries(st.sampled_from(PHONE_KEYS), st.sampled_from([N, M]))


@given(st.sampled_from(["", N, M]), NUMBERS, st.sampled_from(PHONE_KEYS))
def test_a_slot_stays_once_it_is_assigned(number: str, theirs: dict, preferred: str):
    found = slot_of_number(number, theirs, LastSeen(), preferred)
    seen = {**theirs, found: number or theirs.get(found, "")}
    assert (
        slot_of_number(number, seen, LastSeen(found, seen[found], seen), preferred)
        == found
    )
