# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Match keys: two records that may be one share a key, and few others do."""

from __future__ import annotations

import hashlib

import phonenumbers
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from exchange_contact_sync.core.evidence import Evidence, evidence_of, partner_keys
from exchange_contact_sync.core.fields import IS_COMPANY
from exchange_contact_sync.core.reference_data import ReferenceData
from exchange_contact_sync.core.similarity import compare
from exchange_contact_sync.partner.numbers import read_number
from support.rows import for_each_row

COUNTRIES = ("DE", "US", "AR", "IT", "MX", "NU")
READERS = [ReferenceData(read_number=read_number, home=home) for home in COUNTRIES]
NAMES = (
    *("Anna Maria Lang", "Lang, Anna-Maria", "Annamaria Lang", "Lang Anna Maria"),
    *("山田 太郎", "山田太郎", "Acme", "ACME GmbH", "Acme Inc.", "a@x.example", ""),
)
NUMBERS = (
    *("030 123456", "+49 30 123456", "+49 (0)30 12 34 56 ext. 7", "0049-30-123456"),
    *("1-800-EXAMPLE", "+1 800 392 6753", "4002", "+683 4002", "12", "*100#"),
    *("Tel: 030/123456, mobil 0171 1234567", "0343 15 555-1212", "+54 9 343 5551212"),
)


FEW_ARE_ALIKE = settings(suppress_health_check=[HealthCheck.filter_too_much])
"""One pair in six is one that a test is about."""


@st.composite
def records(draw) -> dict[str, str]:
    """What a record says, of few values, so that two of them are often alike."""
    values = {
        "name": draw(st.sampled_from(NAMES)),
        "company": draw(st.sampled_from(("", "", "Acme", "Acme Ltd", "Other"))),
        "email": draw(st.sampled_from(("", "", "a@x.example", "A@X.example"))),
        "phone": draw(st.sampled_from(("", *NUMBERS))),
        "mobile": draw(st.sampled_from(("", "", *NUMBERS))),
    }
    kind = draw(st.sampled_from((None, "", "yes")))
    return values if kind is None else {**values, IS_COMPANY: kind}


def blind(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@FEW_ARE_ALIKE
@given(records(), records(), st.sampled_from(READERS))
def test_two_records_that_may_be_one_share_a_key(
    one: dict, other: dict, reference_data
):
    first, second = evidence_of(one, reference_data), evidence_of(other, reference_data)
    assume(compare(first, second).key)
    assert first.keys() & second.keys()
    assert partner_keys(one) == first.keys(), "the result does not depend on the owner"


@FEW_ARE_ALIKE
@given(records(), records(), st.sampled_from(READERS))
def test_two_hashed_records_that_may_be_one_share_a_key(
    one: dict, other: dict, reference_data
):
    first, second = (
        evidence_of(values, reference_data).blinded(blind) for values in (one, other)
    )
    assume(compare(first, second).key)
    kept = Evidence.from_json(first.to_json())
    assert first.keys() == kept.keys()
    assert first.keys() & second.keys()


@given(st.sampled_from(COUNTRIES), st.text("0123456789", min_size=3, max_size=12))
def test_a_number_has_the_same_last_digits_in_each_form(region: str, digits: str):
    text = f"0{digits}"
    keys = evidence_of({"name": "Ada", "phone": text}, ReferenceData()).keys()
    read = read_number(text, (region,))
    assert evidence_of({"name": "Ada", "phone": read}, ReferenceData()).keys() == keys


@for_each_row("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_national_numbers_of_every_country_share_a_match_key(region: str):
    example = phonenumbers.example_number(region)
    national = phonenumbers.format_number(
        example, phonenumbers.PhoneNumberFormat.NATIONAL
    )
    other = read_number(national, (region,))
    keys = [partner_keys({"name": "Ada", "phone": text}) for text in (national, other)]
    assert keys[0] == keys[1]


@for_each_row(
    "one, other",
    [
        ({"email": "a@x.example"}, {}),
        ({"company": "Acme"}, {"company": "Other"}),
        ({"phone": "030 123456"}, {"phone": "030 654321"}),
        ({"company": "Acme"}, {IS_COMPANY: "yes"}),
    ],
)
def test_a_name_alone_is_no_match_key_if_there_is_other_evidence(
    one: dict, other: dict
):
    """Of a hundred thousand partners many have one name: they are not looked at."""
    name = {"name": "Ada Lang", IS_COMPANY: ""}
    assert not partner_keys({**name, **one}) & partner_keys({**name, **other})
