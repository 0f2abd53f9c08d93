# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Canonical forms: two values are the same if their canonical forms are equal.

Both sides rewrite values (Odoo adds a scheme to a website and sanitizes notes, Exchange
wraps bodies in markup). Comparing canonical forms prevents that each run sends back
what the last one changed. Each form is idempotent: the canonical form of a canonical
form is itself (``text.settled``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

from .dates import day
from .emails import canonical_email as email
from .fields import Kind
from .names import canonical_name
from .numbers import canonical_phone, country_of, have_same_numbers
from .recognized_names import one_lacks_legal_form
from .recognized_names import recognized_company as recognized_company
from .reference_data import ReferenceData
from .text import Form, clean, fold, line, settled

_LEGAL_PUNCTUATION = re.compile(r"[.,;:'\"«»“”„()&+\-–—/]")
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.\-]*:)?//", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_SEPARATORS = re.compile(r"\s*[\n,]+[\s,]*")
_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre"
    " section table td th tr ul".split()
)


@settled
def company(text: str) -> str:
    """Return a company's name in the form described in the user guide.

    :return: without case, extra spaces and the punctuation of legal forms, so that
        "ACME Co., Ltd." and "Acme Co Ltd" are the same
    """
    return fold(_LEGAL_PUNCTUATION.sub(" ", line(text)))


@settled
def url(text: str) -> str:
    """Return a web address without scheme and trailing slash."""
    rest = _SCHEME.sub("", line(text))
    host, slash, path = rest.partition("/")
    return (host.lower() + slash + path).rstrip("/ ")


@settled
def street(text: str) -> str:
    """Return the lines of a street, joined with commas.

    Odoo has two lines and Exchange any number; Odoo's side joins with commas what does
    not fit in two lines, so commas and line breaks have to be equal here.
    """
    parts = (line(part) for part in _SEPARATORS.split(clean(text)))
    return ", ".join(part for part in parts if part)


class _Text(HTMLParser):
    """Collect the text that a reader of the page sees."""

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
            self.parts.append(_BLANKS.sub(" ", data))


def visible_text(html: str) -> str:
    """Return the text that a reader of a note sees, with one line for each block and
    single spaces.
    """
    parser = _Text()
    parser.feed(clean(html))
    parser.close()
    lines = (" ".join(part.split()) for part in "".join(parser.parts).split("\n"))
    return "\n".join(part for part in lines if part)


@settled
def note(html: str) -> str:
    """Return markup that shows the same text and contains nothing else."""
    lines = (line(text) for text in visible_text(html).split("\n"))
    return "<br>".join(escape(text, quote=False) for text in lines if text)


@settled
def member(text: str) -> str:
    """Return a member of a set without case: neither Outlook nor people have "VIP" and
    "vip" as two categories.
    """
    return line(text.casefold())


def members(text: str, reference_data: ReferenceData | None = None) -> dict[str, str]:
    """Parse the members of a set.

    :param text: one member per line
    :param reference_data: unites the names of one tag in several languages
    :return: by canonical form, each member as written, in the order of the text; the
        first of two that mean the same counts
    """
    found: dict[str, str] = {}
    if not text:
        return found  # the usual case
    for part in clean(text).split("\n"):
        written = line(part)
        if written:
            form = member(written)
            found.setdefault(
                reference_data.tag(form) if reference_data else form, written
            )
    return found


_FORMS: dict[Kind, Form] = {
    Kind.LINE: line,
    Kind.DATE: day,
    Kind.NAME: canonical_name,
    Kind.COMPANY: company,
    Kind.EMAIL: email,
    Kind.PHONE: canonical_phone,
    Kind.URL: url,
    Kind.STREET: street,
    Kind.NOTE: note,
}


def canonical(
    key: str, values: Mapping[str, str], reference_data: ReferenceData
) -> str:
    """Return the form in which a field's value is compared.

    :param key: a key of ``reference_data.rows``
    :param values: by field key, the contact that has the value (a state has a meaning
        only next to its country)
    :return: equal for two values that mean the same
    """
    text = values.get(key)
    if not text:
        return ""  # the usual case
    kind = reference_data.rows[key].kind
    if kind is Kind.COUNTRY:
        return reference_data.country(text) or fold(line(text))
    if kind is Kind.STATE:
        country = values.get(key.replace("_state", "_country")) or ""
        return reference_data.state(text, country) or fold(line(text))
    if kind is Kind.SET:
        return "\n".join(sorted(members(text, reference_data)))
    return _FORMS[kind](text)


def same(
    key: str,
    one: Mapping[str, str],
    other: Mapping[str, str],
    reference_data: ReferenceData,
) -> bool:
    """Decide whether two contacts agree in a field.

    Phone numbers agree if they call the same number, in the country of either contact
    or of the owner.
    """
    kind, mine, theirs = reference_data.rows[key].kind, one.get(key), other.get(key)
    if mine == theirs and kind is not Kind.STATE:
        return True
    if canonical(key, one, reference_data) == canonical(key, other, reference_data):
        return True
    if kind is not Kind.PHONE or not mine or not theirs:
        return False
    return have_same_numbers(mine, theirs, country_of(one, other), reference_data)


def agree_at_first(
    key: str,
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    reference_data: ReferenceData,
) -> bool:
    """Decide whether a pair that was just linked agrees in a field.

    A company has its legal form in Odoo and often none in Outlook. As long as nobody
    edited it, a partner stays with its company in Odoo.
    """
    if same(key, ours, theirs, reference_data):
        return True
    is_company = reference_data.rows[key].kind is Kind.COMPANY
    return is_company and one_lacks_legal_form(ours[key], theirs[key])
