# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts that Hypothesis draws, the same ones each time."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from support.corpus.case import Case
from support.corpus.rows import DAYS, MORE, PHONES, PLACES

COUNT = 250
_KNOWN_BY = ("display_name", "given_name", "surname", "company", "email2", "email3")

_LETTERS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"
)
_BLANKS = st.sampled_from("\t\n \x7f\x85\u00a0\u2028\u200b")
LINES = st.text(_LETTERS | st.sampled_from("aB é,;.-'&<>/ ") | _BLANKS, max_size=24)
"""Any text that XML can contain."""

WORDS = st.sampled_from(
    "Dr. Mr. van der de la Ida Nord Example, Jr. III PhD García Márquez Иван Петрович"
    " Петров 李 小龍 משה O'Neil ﬁ İ e\u0301 - & ; Anna-Lena x".split()
)
NAMES = LINES | st.lists(WORDS, max_size=5).map(" ".join)

_DIGITS = st.integers(0, 99).map("{:02}".format)
NUMBERS = LINES | st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["+1 555 555 01", "+1(555)555-01", "0044 7700 9001", "55501"]),
        _DIGITS,
        st.sampled_from(["", " ext. 7", "x12", ";ext=3", " доб. 4", " (home)", "\t"]),
    ),
)
MAILS = LINES | st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", " ", '"I. E." <', "mailto:"]),
        st.text("abcXYZ.+_-'äé", min_size=1, max_size=12),
        st.sampled_from(["@example.com", "@EXAMPLE.org ", "@", "@müller.example"]),
    ),
)
SITES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "http://", "https://", "HTTP://", "//"]),
        st.sampled_from(["example.com", "Example.ORG", "пример.example", "1.example"]),
        st.sampled_from(["", "/", "/a b", "/Größe/", "?a=1&b=2", ":8080/x", "/#top"]),
    ),
)
STREETS = st.lists(LINES, max_size=5).map("\n".join)
COUNTRIES = st.sampled_from(
    ["", "Germany", "DE", "us", "U.S.A.", "Atlantis", " India "]
)
STATES = st.sampled_from(["", "Bavaria", "BY", "Texas", "tx", "Kerala", "Nowhere"])
DATES = st.dates().map(lambda day: day.replace(year=1601 + day.year % 2900).isoformat()
    if (day.month, day.day) != (2, 29) else "1604-02-29")  # fmt: skip
SETS_OF_NAMES = st.lists(
    LINES | st.sampled_from(["VIP", "vip", "A / B", "a / b / C", "A", "/", "x / "]),
    max_size=4,
).map("\n".join)
NOTES = st.recursive(
    LINES.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>{2}".format,
        st.sampled_from("p div b i u span ul li h1 blockquote td".split()),
        inner,
        st.sampled_from(["", "<br>", "&nbsp;", "\r\n", "<hr/>"]),
    ),
    max_leaves=4,
)

_PARTS = ("display_name", "title", "given_name", "middle_name", "surname", "suffix")
ROWS = {
    **dict.fromkeys(("company", "job_title", "im1", "im2", "im3", *MORE), LINES),
    **dict.fromkeys((*_PARTS, "file_as"), NAMES),
    **dict.fromkeys(("email2", "email3"), MAILS),
    **dict.fromkeys(PHONES, NUMBERS),
    **dict.fromkeys(("website", "personal_page"), SITES),
    **{f"{where}_{part}": LINES for where in PLACES for part in ("city", "zip")},
    **{f"{where}_street": STREETS for where in PLACES},
    **{f"{where}_country": COUNTRIES for where in PLACES},
    **{f"{where}_state": STATES for where in PLACES},
    **dict.fromkeys(DAYS, DATES),
    "note": NOTES,
    "categories": SETS_OF_NAMES,
}
"""All rows but the e-mail, which is unique, so that contacts can be distinguished."""


@st.composite
def contacts(draw: st.DrawFn) -> dict[str, str]:
    """Draw a name and some of all rows."""
    keys = draw(st.lists(st.sampled_from(sorted(ROWS)), unique=True, max_size=14))
    return {"display_name": draw(NAMES), **{key: draw(ROWS[key]) for key in keys}}


def _collected(count: int) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(contacts())
    def collect(values: dict[str, str]) -> None:
        found.append(values)

    collect()
    return found


def _distinct(found: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the first of several contacts that the addon could match with each other,
    which Hypothesis creates by changing an earlier one."""
    seen: set[str] = set()
    for values in found:
        known = {" ".join(values.get(key, "").casefold().split()) for key in _KNOWN_BY}
        if seen.isdisjoint(known - {""}):
            yield values
        seen |= known


def cases() -> Iterator[Case]:
    """:return: iterator of Case"""
    for number, values in enumerate(_distinct(_collected(COUNT))):
        yield Case(f"drawn {number}", values)
