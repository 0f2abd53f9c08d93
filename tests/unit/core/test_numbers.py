# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Phone numbers in texts that people and programs write."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.fields import MAIN_PHONE
from exchange_contact_sync.core.normalize import same
from exchange_contact_sync.core.numbers import (
    canonical_phone,
    fewer_numbers,
    numbers_in,
    recognized_numbers,
)
from exchange_contact_sync.core.policy import ConflictPolicy, Policy
from exchange_contact_sync.core.reference_data import ReferenceData
from exchange_contact_sync.partner.numbers import read_number
from support.rows import for_each_row
from unit.core.test_reconcile_laws import Pair

GERMANY = ReferenceData(
    {"germany": "DE", "de": "DE"}, read_number=read_number, home="DE"
)
NOWHERE = ReferenceData()

BERLIN = """
    030 5551001 | (030) 5551001 | 030/5551001 | 030 / 5551001 | 030-5551001 | 0305551001
    030.555.10.01 | 030 555 10 01 | 030 - 555 10 01 | +49 30 5551001 | +49305551001
    (+49) 30 5551001 | +49(30)5551001 | +(49)30 5551001 | +49 (0)30 5551001
    +49 (0) 30 5551001 | +49 (30) 5551001 | +49-(0)30 5551001 | +49 / (0) 30 5551001
    +49 (0)30/5551001 | +49 030 5551001 | 0049 30 5551001 | 0049 (0)30 5551001
    0049-(0)30-5551001 | 00 49 30 5551001 | 0049/30/5551001 | + 49 30 5551001
    ++49 30 5551001 | 49 30 5551001 | tel:+49-30-5551001 | tel:030-5551001
    Tel.: 030 5551001 | Tel. 030 5551001 | Tel 030 5551001 | Phone: +49 30 5551001
    T: +49 30 5551001
    T +49 30 5551001 | p: 030 5551001 | Mobile: 030 5551001
    Fax: 030 5551001 | Büro 2: 030 5551001 | WhatsApp +49 30 5551001
    callto:+49305551001
    030 5551001 (Anna) | 030 5551001 (9-17 Uhr) | 030 5551001 [Zentrale]
    030 5551001 Mo-Fr 9-17 | 030 5551001/02 | ０３０－５５５１００１ | ٠٣٠ ٥٥٥١٠٠١
    \u202a+49 30 5551001\u202c | \u200e030 5551001\u200f | 030\u00a05551001
    030\u00ad5551001 | \u2066+49\u206930 5551001 | 030\u20115551001 | 030–5551001
    tel:5551001;phone-context=+49-30 | +49 30 5551001; +49 30 5551001
"""
WITH_EXTENSION = """
    030 5551001 ext. 12 | 030 5551001 ext 12 | 030 5551001 x12 | 030 5551001 #12
    030 5551001;ext=12 | tel:+49-30-5551001;ext=12 | 030 5551001, ext 12
    030 5551001 (ext. 12) | 030 5551001 extension 12 | 030 5551001 DW 12
    030 5551001 Durchwahl 12 | 030 5551001 App. 12 | 030 5551001 poste 12
    030 5551001 int. 12 | 030 5551001 доб. 12 | 030 5551001 вн. 12
    030 5551001 wew. 12
    030 5551001 linka 12 | 030 5551001 ramal 12 | 030 5551001 toestel 12
    +49 30 5551001,,12
"""
TWO = """
    030 5551001 / 0171 5551002 | 030 5551001; 0171 5551002 | 030 5551001;0171 5551002
    030 5551001, 0171 5551002 | 030 5551001 | +49 30 5551001 | +49 171 5551002
    030 5551001 or 0171 5551002 | 030 5551001 oder 0171 5551002
    030 5551001 und 0171 5551002 | 030 5551001 & 0171 5551002
    030 5551001 и 0171 5551002
    Tel. 030 5551001 Mobil 0171 5551002 | T +49 30 5551001 M +49 171 5551002
    +49 30 5551001 +49 171 5551002 | 030 5551001 (mobil 0171 5551002)
    030/5551001, 0171/5551002 | 030/5551001 / 0171/5551002
    0049 30 5551001/0171 5551002
    +49 (0)30 5551001 / +49 (0)171 5551002 | \u202d030 5551001\u202c / 0171 5551002
"""


def texts(table: str) -> list[str]:
    return [
        text.strip(" ") for text in table.replace("\n", "|").split("|") if text.strip()
    ]


def test_a_number_is_recognized_with_and_without_its_country():
    for text in texts(BERLIN):
        found = recognized_numbers(text, "Germany", GERMANY)
        assert (text, found) == (text, ("+49305551001",))
        assert recognized_numbers(text, "", GERMANY) == found, "the owner's country"
    for text in texts(WITH_EXTENSION):
        found = recognized_numbers(text, "DE", GERMANY)
        assert (text, found) == (text, ("+49305551001x12",))


def test_several_numbers_in_one_field_are_recognized_each():
    both = {"+49305551001", "+491715551002"}
    pairs = [text for text in texts(TWO) if len(numbers_in(text)) > 1]
    pairs.append("030 5551001\n0171 5551002")
    for text in pairs:
        assert (text, set(recognized_numbers(text, "", GERMANY))) == (text, both)
    assert len(pairs) == len(texts(TWO)) - 2, "but for the three around bars"


COUNTRIES = [
    # text, the contact's country, the owner's, the number
    ("030 5551001", "Germany", "US", "+49305551001"),
    ("(202) 555-0100", "", "US", "+12025550100"),
    ("202-555-0100", "Atlantis", "US", "+12025550100"),
    ("1-800-356-9377", "US", "DE", "+18003569377"),
    ("1-800-FLOWERS", "US", "DE", "+18003569377"),
    ("011 49 30 5551001", "US", "", "+49305551001"),
    ("8 (495) 555-10-01", "RU", "DE", "+74955551001"),
    ("044 668 18 00", "CH", "DE", "+41446681800"),
    ("01 23 45 67 89", "FR", "DE", "+33123456789"),
    ("06 698 12345", "IT", "DE", "+390669812345"),
    ("0041 44 668 18 00", "", "", "+41446681800"),
    ("+41 (0)44 668 18 00", "", "", "+41446681800"),
    ("030 5551001", "", "", "0305551001"),
    ("200", "DE", "DE", "200"),
    ("*100#", "DE", "DE", "*100#"),
]


def test_the_country_of_the_contact_counts_before_that_of_the_owner():
    for text, country, home, number in COUNTRIES:
        reference_data = ReferenceData(
            GERMANY.countries, read_number=read_number, home=home
        )
        assert (text, reference_data.number(text, country)) == (text, number)
        assert reference_data.number(number, country) == number


FORMS = [
    ("1-800-EXAMPLE", "18003926753"),
    ("*100#", "*100#"),
    ("100", "100"),
    ("0049 (0)30 5551001", "+49305551001"),
    ("+49-(0)30 5551001", "+49305551001"),
    ("+49 / (0) 30 5551001", "+49305551001"),
    ("Tel.: +49 30 5551001", "+49305551001"),
    ("\u202a+49 30 5551001\u202c", "+49305551001"),
    ("tel:5551001;phone-context=+49-30", "+49305551001"),
    ("Int 030 5551", "0305551"),
    ("ask Ida", "ask ida"),
    ("n\u200b/a", "n/a"),
]


def test_without_a_country_nothing_is_guessed():
    for text, number in FORMS:
        assert (text, canonical_phone(text)) == (text, number)
    for text in ("ask Ida", "", " ", "-"):
        assert recognized_numbers(text, "Germany", GERMANY) == ()
    assert recognized_numbers("030 5551001", "DE", NOWHERE) == ("0305551001",)


SAME = [
    ("030 5551001", "Germany", "+49 (0)30 5551001", "", True),
    ("030 5551001", "", "+49 30 5551001", "Germany", True),
    ("030 5551001", "", "030/5551001", "", True),
    ("030 5551001 / 0171 5551002", "", "0171 5551002; 030 5551001", "", True),
    ("030 5551001", "", "030 5551001 / 0171 5551002", "", False),
    ("030 5551001", "", "030 5551001 ext. 12", "", False),
    ("030 5551001", "", "030 5551002", "", False),
    ("ask Ida", "", "ask Ola", "", False),
]


def test_both_sides_have_the_same_number_when_the_same_is_dialed():
    for one, country, other, theirs, equal in SAME:
        mine = {"phone_home": one, "business_country": country}
        yours = {"phone_home": other, "business_country": theirs}
        assert same("phone_home", mine, yours, GERMANY) is equal


def test_a_field_with_a_second_number_has_the_first_too():
    two = "030 5551001 / 0171 5551002"
    assert fewer_numbers("+49 30 5551001", two, "", GERMANY) == "+49 30 5551001"
    assert fewer_numbers(two, "0171 5551002", "", GERMANY) == "0171 5551002"
    assert fewer_numbers(two, two, "", GERMANY) == ""
    assert fewer_numbers("030 5551001", "030 5551002", "", GERMANY) == ""


TOGETHER = "030 5551001 / 0171 5551002"


@for_each_row("ours_first", [True, False])
def test_a_second_number_in_one_field_is_kept_on_both_sides(ours_first: bool):
    ours, theirs = ("030 5551001", TOGETHER)[:: 1 if ours_first else -1]
    for policy in ConflictPolicy:
        pair = Pair({"name": "Ida", MAIN_PHONE: ours}, {"phone_business": theirs})
        outcome = pair.sync(Policy(conflict=policy))
        assert pair.ours[MAIN_PHONE] == pair.theirs["phone_business"] == TOGETHER
        assert not outcome.merge.conflicts


PARTS = st.lists(
    st.sampled_from(
        [*texts(BERLIN), *texts(TWO), "ext. 12", "/", ";", "(0)", "12", "x"]
    ),
    max_size=3,
).map(" ".join)
MESS = st.text(alphabet="0149+()ext. #x;/-,\n\u202aA", max_size=25) | st.text(
    max_size=25
)


@given(PARTS | MESS, st.sampled_from(["", "DE", "US", "Germany"]))
def test_the_canonical_form_of_a_number_is_stable(text: str, country: str):
    for number in recognized_numbers(text, country, GERMANY):
        assert number
        assert GERMANY.number(number, country) == number
    once = canonical_phone(text)
    assert canonical_phone(once) == once
