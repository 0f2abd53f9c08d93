# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies: text to HTML and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from exchange_server.properties import body
from support.rows import for_each_row


@for_each_row(
    ("stored", "wanted", "expected"),
    [
        (("Text", "plain"), "Best", ("Text", "plain")),
        (("Text", "plain"), "Text", ("Text", "plain")),
        (("HTML", "<html><p>x</p></html>"), "Best", ("HTML", "<html><p>x</p></html>")),
        (("HTML", "<html><p>x</p></html>"), "HTML", ("HTML", "<html><p>x</p></html>")),
        (("Text", ""), "HTML", ("HTML", "")),
        (("HTML", ""), "Text", ("Text", "")),
    ],
)
def test_a_body_of_the_requested_type_is_unchanged(stored, wanted, expected):
    assert body.as_requested(stored, wanted) == expected


def test_fragment_of_html_becomes_a_page():
    body_type, page = body.as_requested(("HTML", "<b>x</b>"), "Best")

    assert body_type == "HTML"
    assert lxml_html.fromstring(page).findtext(".//b") == "x"


@for_each_row(
    ("markup", "expected"),
    [
        ("<p>Tea &amp; milk</p>", "Tea & milk\r\n"),
        ("one<br>two<br/>three", "one\r\ntwo\r\nthree\r\n"),
        ("<div>a</div><div>b</div>", "a\r\nb\r\n"),
        ("<style>p {}</style><p>seen</p><!-- not -->", "seen\r\n"),
        ("<head><title>no</title></head><body>yes</body>", "yes\r\n"),
        ("a   lot\n of   space", "a lot of space\r\n"),
        ("&lt;not a tag&gt;", "<not a tag>\r\n"),
    ],
)
def test_text_of_html(markup, expected):
    assert body.as_text(("HTML", markup)) == expected


WORDS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["C", "Z"]),
    min_size=1,
)


@given(st.lists(WORDS, min_size=1).map(" ".join))
def test_text_survives_the_way_through_html(line):
    page = body.as_html(("Text", line))

    assert body.as_text(("HTML", page)).strip() == line


def test_appending():
    assert body.append(("Text", "a"), ("Text", "b")) == ("Text", "ab")
    assert body.append(body.EMPTY, ("HTML", "<p>b</p>")) == ("HTML", "<p>b</p>")
    assert body.append(("Text", "a"), ("HTML", "<p>b</p>")) is None
