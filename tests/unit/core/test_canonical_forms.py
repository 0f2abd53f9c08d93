# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two values are the same when their canonical forms are."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from exchange_contact_sync.core import normalize, text
from exchange_contact_sync.core.fields import FIELDS
from exchange_contact_sync.core.normalize import canonical, same
from support.fakes.partners import REFERENCE_DATA
from support.rows import for_each_row

TRICKY = st.text(
    alphabet="aBß İſ.,-+&<>/:;()#x0159\t\n\r\x00\u00a0é́．，ﬁЇǅ", max_size=30
)
TEXTS = st.text(max_size=40) | TRICKY


@for_each_row("key", FIELDS)
@given(value=TEXTS, country=st.sampled_from(["", "Germany", "us", "Atlantis"]))
@example(value="&lt;b&gt; <script>x", country="")
@example(value="http://http:// a /", country="")
@example(value="Smith, Jane, Jr., PhD,", country="")
@example(value="ext. 5 x 7", country="de")
def test_the_canonical_form_is_stable(key: str, value: str, country: str):
    values = {"business_country": country, key: value}
    once = canonical(key, values, REFERENCE_DATA)
    assert canonical(key, {**values, key: once}, REFERENCE_DATA) == once


@given(TEXTS)
def test_clean_text_can_be_stored_on_both_sides(value: str):
    cleaned = text.clean(value)
    assert text.clean(cleaned) == cleaned
    assert "\x00" not in cleaned and "\r" not in cleaned


SAME = [
    ("name", "John  Smith ", "John Smith"),
    ("name", "García Márquez, Gabriel", "Gabriel García Márquez"),
    ("name", "John Smith, Jr.", "John Smith Jr."),
    ("company", "ACME Co., Ltd.", "Acme Co Ltd"),
    ("company", "Müller & Söhne", "müller   söhne"),
    ("email", "Ida@Example.com ", "ida@example.com"),
    ("website", "http://Example.com/", "example.com"),
    ("website", "https://example.com/A", "example.com/A"),
    ("phone_mobile", "+49 (0) 171 / 55-66", "0049 171 5566"),
    ("phone_business", "030 55 ext. 12", "03055x12"),
    ("business_street", "House 4\nLong Road 5", "House 4, Long Road 5"),
    ("business_country", "Germany", "de"),
    ("note", "<p>one</p><p>two</p>", "<html><body>one<br>two</body></html>"),
    ("note", "<p>wrapped by\r\n a server</p>", "<p>wrapped by a server</p>"),
    ("job_title", "\ufeffChef", "Chef"),
    ("note", "\ufeff<p>one</p>", "<p>one</p>"),
    ("job_title", "Chefe\u0301", "Chef\u00e9"),
    ("categories", "VIP\nRed  category\n", "red category\r\nvip\nVIP"),
]


@for_each_row(("key", "one", "other"), SAME)
def test_the_same_written_differently(key: str, one: str, other: str):
    assert same(key, {key: one}, {key: other}, REFERENCE_DATA)


DIFFERENT = [
    ("name", "John Smith", "John Smyth"),
    ("name", "John Smith", "JOHN SMITH"),
    ("company", "Acme North", "Acme South"),
    ("email", "a@example.com", "b@example.com"),
    ("website", "example.com/A", "example.com/a"),
    ("phone_business", "030 55", "+49 30 55"),
    ("phone_business", "030 55 ext. 12", "030 55"),
    ("business_country", "Germany", "France"),
    ("business_country", "Atlantis", "Germany"),
    ("note", "<p>one</p><p>two</p>", "<p>one two</p>"),
    ("note", "<p>a &lt;b&gt;</p>", "<p>a <b></b></p>"),
    ("categories", "VIP\nRed", "VIP Red"),
    ("categories", "VIP\nRed", "VIP"),
]


@for_each_row(("key", "one", "other"), DIFFERENT)
def test_values_that_differ(key: str, one: str, other: str):
    assert not same(key, {key: one}, {key: other}, REFERENCE_DATA)


def test_a_state_is_compared_within_its_country():
    germany = {"business_state": "BY", "business_country": "Germany"}
    bavaria = {"business_state": "bavaria", "business_country": "DE"}
    america = {"business_state": "BY", "business_country": "United States"}
    assert same("business_state", germany, bavaria, REFERENCE_DATA)
    assert not same("business_state", germany, america, REFERENCE_DATA)


def test_a_blank_and_a_missing_value_are_the_same():
    assert all(same(key, {}, {key: " "}, REFERENCE_DATA) for key in FIELDS)


def test_a_note_contains_no_markup():
    html = "<style>p {}</style><p>Met <b>her</b>&nbsp;at</p><ul><li>one<li>two</ul>"
    assert normalize.visible_text(html) == "Met her at\none\ntwo"
