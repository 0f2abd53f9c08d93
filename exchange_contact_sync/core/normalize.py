# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Canonical forms: two values are the same when their canonical forms are.

Both sides rewrite what they are given (Odoo adds a scheme to a website and
sanitises notes, Exchange wraps bodies in markup). Comparing canonical forms
is what keeps two runs from chasing each other. Each form is idempotent:
the canonical form of a canonical form is itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from html.parser import HTMLParser

from .fields import FIELDS, Kind
from .phones import canonical_phone
from .vocabulary import Vocabulary, fold

_LEGAL_PUNCTUATION = re.compile(r"[.,;:'\"«»“”„()&+\-–—/]")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.\-]*://", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[\n,]+[\s,]*")
_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre"
    " section table td th tr ul".split()
)


def clean(text: str) -> str:
    """A text as both sides can store it.

    :param text: str
    :return: str, in NFC, without characters that XML 1.0 or PostgreSQL refuse
        (https://www.w3.org/TR/xml/#charsets), line ends as ``\\n``
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(c for c in text if _storable(c)))


def _storable(char: str) -> bool:
    code = ord(char)
    return code in (9, 10) or (
        32 <= code and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
    )


def line(text: str) -> str:
    """:return: str, one line, blanks collapsed, letters as written"""
    return " ".join(clean(text).split())


def company(text: str) -> str:
    """A company's name as the user's guide compares it.

    :return: str, without case, blanks and the punctuation of legal forms, so
        that "ACME Co., Ltd." and "Acme Co Ltd" are one
    """
    return fold(_LEGAL_PUNCTUATION.sub(" ", line(text)))


def email(text: str) -> str:
    """:return: str, an address without case and surrounding blanks

    Mail servers may tell "A@b.c" from "a@b.c" (RFC 5321, 2.4); none in use does,
    and Odoo compares its own ``email_normalized`` in lower case too.
    """
    return line(text).lower()


def url(text: str) -> str:
    """:return: str, an address on the web without scheme and closing slash"""
    rest = line(text)
    while match := _SCHEME.match(rest):
        rest = rest[match.end() :]
    host, slash, path = rest.partition("/")
    return (host.lower() + slash + path).rstrip("/ ")


def street(text: str) -> str:
    """:return: str, the lines of a street joined with commas

    Odoo has two lines and Exchange any number; what does not fit in two lines is
    joined with commas there, so a comma and a line's end must be the same here.
    """
    parts = (line(part) for part in _SEPARATORS.split(clean(text)))
    return ", ".join(part for part in parts if part)


class _Text(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("style", "script", "title"):
            self._hidden += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "title"):
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def visible_text(html: str) -> str:
    """:param html: str, a note's markup
    :return: str, what a reader sees, a line for each block, blanks collapsed
    """
    parser = _Text()
    parser.feed(clean(html))
    parser.close()
    lines = (" ".join(part.split()) for part in "".join(parser.parts).split("\n"))
    return "\n".join(part for part in lines if part)


_FORMS: dict[Kind, Callable[[str], str]] = {
    Kind.LINE: line,
    Kind.COMPANY: company,
    Kind.EMAIL: email,
    Kind.PHONE: canonical_phone,
    Kind.URL: url,
    Kind.STREET: street,
    Kind.NOTE: visible_text,
}


def canonical(key: str, values: Mapping[str, str], words: Vocabulary) -> str:
    """The form in which a field's value is compared.

    :param key: str, a key of ``core.fields``
    :param values: Mapping of field key to text, the contact the value is from
        (a state means something only beside its country)
    :param words: Vocabulary
    :return: str, equal for two values that mean the same
    """
    kind, text = FIELDS[key].kind, values.get(key) or ""
    if kind is Kind.COUNTRY:
        return words.country(text) or fold(line(text))
    if kind is Kind.STATE:
        country = values.get(key.replace("_state", "_country")) or ""
        return words.state(text, country) or fold(line(text))
    return _FORMS[kind](text)


def same(
    key: str, one: Mapping[str, str], other: Mapping[str, str], words: Vocabulary
) -> bool:
    """:return: bool, whether two contacts agree in a field"""
    if one.get(key) == other.get(key):
        return True
    return canonical(key, one, words) == canonical(key, other, words)
