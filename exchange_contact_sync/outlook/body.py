# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert notes: the body of an item, as a fragment of HTML.

Exchange stores a body as text, HTML or RTF and returns it as text or as a whole HTML
page, as requested (BodyType "Best" returns the format nearest to the stored one). The
neutral form is a fragment of HTML. A note without any formatting is sent to Exchange as
text, so that a note typed in Odoo stays editable as text everywhere.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from ..core.normalize import visible_text
from ..core.text import clean

_WRAPPERS = frozenset({"html", "body"})
_HIDDEN = frozenset({"head", "style", "script", "title", "xml"}) | {
    *("button", "select", "textarea", "noscript", "object", "applet", "iframe")
}
"""Elements that are not text, and active elements: sanitizers remove these from a note,
which must not count as an edit.
"""
_SINGLE = frozenset({"meta", "link", "base"})
_BLOCKS = frozenset({"p", "div"})
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
"""HTML interprets the numbers of these characters as characters of Windows ("numeric
character reference end state" of its standard), so a sanitizer would turn them into
characters such as "€".
"""
_PLAIN = _BLOCKS | {"br", "span"}


def from_body(text: str, kind: str) -> str:
    """Return the note of a body.

    :param text: the body as received
    :param kind: its ``BodyType``: "Text" or "HTML"
    :return: a fragment of HTML; "" if it shows nothing to a reader
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    text = _CONTROLS.sub("", text)
    if kind == "HTML":
        fragment = _fragment(text)
        return "" if is_blank(fragment) else fragment
    # Before it is markup: ">" and a combining stroke are one character.
    text = clean(text).strip()
    return "<br/>".join(escape(text, quote=False).split("\n"))


def is_blank(note: str) -> bool:
    """Return whether a note shows nothing to a reader (editors leave empty paragraphs).

    :param note: a fragment of HTML
    """
    return "<img" not in note.lower() and not visible_text(note)


def to_body(note: str) -> tuple[str, str]:
    """Return the body for a note.

    :param note: a fragment of HTML
    :return: pair of ``BodyType`` and text
    """
    note = clean(note)
    reader = _PlainReader()
    reader.feed(note)
    reader.close()
    if reader.plain:
        return "Text", "\r\n".join(reader.lines()).strip()
    return "HTML", f"<html><body>{note}</body></html>"


def to_text(note: str) -> str:
    """Return a note as text, for a protocol that stores no formatting.

    :param note: a fragment of HTML
    """
    kind, body = to_body(note)
    if kind == "Text":
        return body
    return "\r\n".join(visible_text(note).split("\n"))


class _Fragment(HTMLParser):
    """Keeps the content of the body."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self._hidden = ""

    def _keep(self, text: str | None) -> None:
        if text and not self._hidden:
            self.kept.append(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if self._hidden == "head" and tag == "body":
            self._hidden = ""
        if tag in _HIDDEN:
            self._hidden = self._hidden or tag
        elif tag not in _WRAPPERS and tag not in _SINGLE and ":" not in tag:
            self._keep(self.get_starttag_text())

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag not in _HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""
        elif not (tag in _WRAPPERS or tag in _HIDDEN or ":" in tag):
            self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._keep(escape(data, quote=False))


def _fragment(page: str) -> str:
    parser = _Fragment()
    parser.feed(page)
    parser.close()
    return "".join(parser.kept).strip()


class _PlainReader(HTMLParser):
    """Reads a note line by line, and notes any formatting.

    :ivar plain: bool, nothing is lost if only the lines are sent
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.plain = True
        self._lines: list[str] = []
        self._line: list[str] = []

    def lines(self) -> list[str]:
        """Return the lines, without markup."""
        self._end_block()
        return self._lines

    def _end_line(self) -> None:
        self._lines.append(" ".join("".join(self._line).split()))
        self._line = []

    def _end_block(self) -> None:
        if "".join(self._line).strip():
            self._end_line()
        self._line = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _PLAIN or any(not name.startswith("data-") for name, _ in attrs):
            self.plain = False
        elif tag == "br":
            self._end_line()
        elif tag in _BLOCKS:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag not in _PLAIN:
            self.plain = False
        elif tag in _BLOCKS:
            self._end_block()

    def handle_data(self, data: str) -> None:
        self._line.append(data)
