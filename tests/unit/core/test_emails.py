# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""E-mail addresses in texts that people and programs write."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.emails import (
    addresses,
    bare,
    canonical_email,
    pieces,
    spellings,
)
from support.rows import for_each_row

ANNA, BOB = "anna@example.com", "bob@example.org"

ONE = [
    "anna@example.com",
    " anna@example.com ",
    "anna@example.com.",
    "anna@example.com,",
    "anna@example.com;",
    "<anna@example.com>",
    "<anna@example.com>;",
    "<anna@example.com",
    "(anna@example.com)",
    "[anna@example.com]",
    '"anna@example.com"',
    "'anna@example.com'",
    "`anna@example.com`",
    "‘anna@example.com’",
    "“anna@example.com”",
    "„anna@example.com“",
    "«anna@example.com»",
    "<'anna@example.com'>",
    "'anna@example.com",
    "Anna <anna@example.com>",
    "Anna<anna@example.com>",
    '"Anna Schmidt" <anna@example.com>',
    '"Schmidt, Anna" <anna@example.com>',
    '"Schmidt; Anna" <anna@example.com>',
    "Schmidt, Anna <anna@example.com>",
    '"Anna \\"Annie\\" Schmidt" <anna@example.com>',
    '"Anna <private>" <anna@example.com>',
    '"Anna <anna@example.com>',
    "'Anna Schmidt' <anna@example.com>",
    '"anna@old.example" <anna@example.com>',
    "anna@old.example <anna@example.com>",
    "=?utf-8?q?Anna?= <anna@example.com>",
    "Anna [anna@example.com]",
    "Anna (anna@example.com)",
    "Anna anna@example.com",
    '"Anna" anna@example.com',
    "anna@example.com Anna",
    "anna@example.com (work)",
    "anna@example.com (until May; then ask)",
    "anna@example.com (also bob@example.org)",
    "anna@example.com [work]",
    "anna@example.com - work",
    "(work) anna@example.com",
    "work: anna@example.com",
    "E-Mail: anna@example.com",
    "mailto:anna@example.com",
    "MAILTO:anna@example.com",
    "mailto://anna@example.com",
    "mailto:anna%40example.com",
    "mailto:anna@example.com?subject=Hello&cc=bob@example.org",
    "<mailto:anna@example.com>",
    "Anna [mailto:anna@example.com]",
    "anna@example.com <mailto:anna@example.com>",
    "anna@example.com<mailto:anna@example.com?subject=x>",
    '<a href="mailto:anna@example.com">anna@example.com</a>',
    "smtp:anna@example.com",
    "SMTP:anna@example.com",
    "anna@example.com, anna@example.com",
    "anna@example.com; Anna@Example.COM",
    "anna@example.com, n/a",
    "none, anna@example.com",
    "anna @ example.com",
    "anna@example.com\n",
    "anna@example.com\u00a0",
    "\u00a0Anna\u00a0<anna@example.com>",
    "\u200banna@example.com",
    "anna@\u200bexample.com",
    "\ufeffanna@example.com",
    "\u200eanna@example.com\u200f",
    "\u202aanna@example.com\u202c",
    "\u2066anna@example.com\u2069",
    "an\u00adna@exam\u00adple.com",
    "anna@example\u2060.com",
    "anna＠example.com",
    "anna@example。com",
    "＜anna@example.com＞",
]


def test_one_address_is_found_in_any_surrounding_text():
    wrong = {t: found for t in ONE if [*(found := addresses(t))] != [ANNA]}
    assert not wrong
    assert {bare(text) for text in ONE} == {ANNA}
    assert {canonical_email(text) for text in ONE} == {ANNA}


TWO = [
    "{}, {}",
    "{},{}",
    "{}; {}",
    "{};{};",
    "{} {}",
    "{}\n{}",
    "{}\r\n{}",
    "{} | {}",
    "{} / {}",
    "{}/{}",
    "{} or {}",
    "{} oder {}",
    "{} und {}",
    "{} & {}",
    "{}； {}",
    "{}、{}",
    '"Anna" <{}>, "Bob" <{}>',
    '"Schmidt, Anna" <{}>; "Lund, Bob" <{}>',
    "Schmidt, Anna <{}>, Lund, Bob <{}>",
    "Anna <{}> Bob <{}>",
    "'{}', '{}'",
    "<{}>,<{}>",
    "{} (work), {} (home)",
    "{} (work) {} (home)",
    "work: {}, home: {}",
    "Team: {}, {};",
    "mailto:{};mailto:{}",
    "{}, n/a, {}",
    "{},, {}",
    "\u200e{}\u200f, \u200e{}\u200f",
]


def test_several_addresses_are_found_in_order():
    texts = [text.format(ANNA, BOB) for text in TWO]
    assert not {t: found for t in texts if (found := addresses(t)) != (ANNA, BOB)}


NONE = [
    *("", " ", "n/a", "none", "-", "@", "@anna", "anna@", "anna@@example.com"),
    *("anna at example.com", "anna(at)example.com", "anna@example..com", "2 @ 5"),
    *("anna@.com", "anna@example,com", "meet @ 5", "2@30", "<>", '""', "<@>"),
    *("https://example.com/@anna", "http://anna@example.com/", "sip:anna@example.com"),
    *(
        "xmpp:anna@example.com",
        "/o=Acme/ou=First/cn=Recipients/cn=anna",
        "anna.example",
    ),
    *("X400:c=DE;a= ;p=Acme;o=Exchange;s=Schmidt;g=Anna;", "anna@-example-.com"),
]


def test_nonsense_stays_text():
    assert not {text: found for text in NONE if (found := addresses(text))}
    assert canonical_email(" N/A ") == "n/a"
    assert bare("n\u200b/a") == "n/a"


AS_WRITTEN = [
    ("Anna.Schmidt@Example.COM", "Anna.Schmidt@Example.COM"),
    ("'o'brien@example.com'", "o'brien@example.com"),
    ("o'brien@example.com", "o'brien@example.com"),
    ("anna+odoo@example.com", "anna+odoo@example.com"),
    ("_anna_@example.com", "_anna_@example.com"),
    ("anna..b@example.com", "anna..b@example.com"),
    ('"anna schmidt"@example.com', '"anna schmidt"@example.com'),
    ("anna@localhost", "anna@localhost"),
    ("Anna <anna@intranet>", "anna@intranet"),
    ("anna@sub.example.co.uk", "anna@sub.example.co.uk"),
    ("Anna <anna@bücher.example>", "anna@bücher.example"),
    ("анна@пример.example", "анна@пример.example"),
]


def test_an_address_is_returned_as_it_is_written():
    assert [addresses(text) for text, _one in AS_WRITTEN] == [
        (one,) for _text, one in AS_WRITTEN
    ]


FORMS = [
    ("Anna@Example.COM", "anna@example.com"),
    ("anna@bücher.example", "anna@xn--bcher-kva.example"),
    ("anna@BÜCHER.example", "anna@xn--bcher-kva.example"),
    ("anna@bu\u0308cher.example", "anna@xn--bcher-kva.example"),
    ("anna@XN--BCHER-KVA.example", "anna@xn--bcher-kva.example"),
    ("anna@straße.example", "anna@xn--strae-oqa.example"),
    ("anna@пример.example", "anna@xn--e1afmkfd.example"),
    ("ANNA@ＥＸＡＭＰＬＥ.com", "anna@example.com"),
    ("ÄNNE@example.com", "änne@example.com"),
    ('"Anna" <anna@example.com>, Bob@example.org', f"{ANNA}, {BOB}"),
]


def test_the_form_of_an_address_does_not_depend_on_how_it_is_written():
    assert [canonical_email(text) for text, _form in FORMS] == [
        form for _text, form in FORMS
    ]
    assert canonical_email("anna@strasse.example") != canonical_email(
        "anna@straße.example"
    )


def test_an_address_is_looked_for_in_both_spellings_of_its_domain():
    both = {"anna@bücher.example", "anna@xn--bcher-kva.example"}
    assert spellings("Anna@Bücher.example") == both
    assert spellings("anna@xn--bcher-kva.example") == both
    assert spellings("Anna@Example.com") == {ANNA}
    assert spellings("anna@xn--.example") == {"anna@xn--.example", "anna@.example"}


PIECES = [
    (f"{ANNA}, {BOB}", [ANNA, BOB]),
    (f"Schmidt, Anna <{ANNA}>; {BOB}", [f"Schmidt, Anna <{ANNA}>", BOB]),
    (f"{ANNA}, {BOB}, ask first", [ANNA, f"{BOB}, ask first"]),
    (f"{ANNA} or {BOB}", [f"{ANNA} or {BOB}"]),
    ("ask, first", ["ask, first"]),
]


@for_each_row(("text", "parts"), PIECES)
def test_a_text_is_split_between_its_addresses(text: str, parts: list[str]):
    assert [one.text for one in pieces(text)] == parts


MESS = st.text(alphabet="ab.@,;<>()[]\"'\\ \n:-ü\u200b", max_size=25) | st.text()
PARTS = st.lists(st.sampled_from([*ONE, *NONE, BOB, "Anna", "<", ";"]), max_size=3)


@given(MESS | PARTS.map(" ".join) | PARTS.map(", ".join))
def test_an_address_contains_only_itself(text: str):
    found = addresses(text)
    assert all(addresses(one) == (one,) for one in found)
    assert len({canonical_email(one) for one in found}) == len(found)
    assert canonical_email(canonical_email(text)) == canonical_email(text)
    assert bare(bare(text)) == bare(text)
    assert tuple(addresses(", ".join(found))) == found
    everything = [one for piece in pieces(text) for one in piece.addresses]
    assert {canonical_email(a) for a in everything} == {
        canonical_email(a) for a in found
    }
