# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Notes keep their visible text when they are sent and read."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from exchange_contact_sync.core.normalize import visible_text
from exchange_contact_sync.outlook.body import from_body, is_blank, to_body, to_text
from support.rows import for_each_row

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<br>", "<br/>", "<b>", "</b>", "&amp;", "\n"]
    + ["<ul><li>", "</li></ul>", '<a href="https://example.com">', "</a>", "<hr>"]
)
NOTES = st.lists(st.one_of(WORDS.map(lambda w: w.replace("<", "&lt;")), TAGS)).map(
    "".join
)


@given(NOTES)
def test_a_note_keeps_its_visible_text_after_sending_and_reading(note):
    kind, body = to_body(note)

    assert visible_text(from_body(body, kind)) == visible_text(note)


@given(NOTES)
def test_sending_and_reading_a_note_again_changes_nothing(note):
    kind, body = to_body(note)
    once = from_body(body, kind)
    kind, body = to_body(once)

    assert from_body(body, kind) == once


@example("\uf900")
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc"))))
def test_plain_text_is_sent_as_plain_text(text):
    note = from_body(text, "Text")

    kind, body = to_body(note)
    assert kind == "Text"
    # Texts are kept in composed form, in which some letters of other scripts have
    # another number, such as U+F900.
    assert body.split() == unicodedata.normalize("NFC", text).split()


@for_each_row("kind", ["Text", "HTML"])
def test_control_characters_that_browsers_replace_are_dropped(kind):
    """HTML parsers read control characters as characters of Windows-1252."""
    assert visible_text(from_body("\ufeff a\x80b\x85c\x9fd\ufeff", kind)) in (
        "ab\ncd",
        "ab cd",
    )


@given(st.text())
def test_any_page_can_be_read_and_sent(page):
    assert isinstance(from_body(page, "HTML"), str)
    assert isinstance(to_body(page), tuple)


@for_each_row(
    ("note", "lines"),
    [
        ("", []),
        ("One", ["One"]),
        ("<p>One</p>", ["One"]),
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<p>One<br></p><p>Two</p>", ["One", "Two"]),
        ("<div>One</div>Two<div>Three</div>", ["One", "Two", "Three"]),
        ("<p>One</p>\n<p>Two</p>", ["One", "Two"]),
        ("<p>One</p><p><br></p><p>Three</p>", ["One", "", "Three"]),
        ("One<br/><br/>Three", ["One", "", "Three"]),
        ("<p data-oe-version='2.0'>A  b\n c</p>", ["A b c"]),
        ("<span>One</span> two", ["One two"]),
    ],
)
def test_notes_without_formatting_are_sent_as_lines(note, lines):
    assert to_body(note) == ("Text", "\r\n".join(lines))


@for_each_row(
    "note",
    ["<b>x</b>", '<p style="color:red">x</p>', "<ul><li>x</li></ul>", "<a>x</a>"],
)
def test_notes_with_formatting_are_sent_as_a_page(note):
    assert to_body(note) == ("HTML", f"<html><body>{note}</body></html>")


@for_each_row(
    ("page", "note"),
    [
        ("<html><body>x</body></html>", "x"),
        ("<HTML><HEAD><META a=b></HEAD><BODY lang=EN>x</BODY></HTML>", "x"),
        ("<head><style>p{}</style>hidden<body>x", "x"),
        ("<!DOCTYPE html><!-- c --><p>x</p><!--[if mso]>y<![endif]-->", "<p>x</p>"),
        ("<p>x<o:p>&nbsp;</o:p></p>", "<p>x\xa0</p>"),
        ("<script>if (a < b) {}</script><p>x &lt; y&#33;</p>", "<p>x &lt; y!</p>"),
        ("<style>p {}</style><div><p> </p></div>", ""),
        ("<xml><o:x>1</o:x></xml><p>x</p>", "<p>x</p>"),
        ('<body><img src="cid:1"></body>', '<img src="cid:1">'),
        ('<p title="a&quot;b" class=c>x</p>', '<p title="a&quot;b" class=c>x</p>'),
        ("plain & simple", "plain &amp; simple"),
        ("a<button>b</button><select><option>c</select>d", "ad"),
        ("a<textarea>b</textarea><object>c</object><iframe>d</iframe>e", "ae"),
        ("<title>t</title>x<br/>y", "x<br/>y"),
    ],
)
def test_a_page_is_reduced_to_its_visible_content(page, note):
    assert from_body(page, "HTML") == note


@for_each_row("note", ["", " ", "<p><br></p>", "<p>&nbsp;</p>", "<div/>"])
def test_a_note_without_visible_content_is_blank(note):
    assert is_blank(note)
    assert not is_blank(note + "x")
    assert not is_blank(note + '<IMG src="x">')


@given(NOTES)
def test_a_note_without_its_formatting_keeps_its_visible_text(note):
    assert visible_text(from_body(to_text(note), "Text")) == visible_text(note)


def test_a_character_and_its_combining_mark_become_one_character():
    assert from_body(">\u0338", "Text") == "\u226f"
