# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read answers that may contain anything.

An answer is either completely valid XML or rejected: a parser that recovers by itself
moves parts of one contact into another. Only characters that XML does not allow are
removed, because Exchange writes what people pasted (``&#x1A;``, halves of surrogate
pairs).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from lxml import etree

from ...core import limits
from ...core.errors import AnswerMalformed, ContactDamaged

P = ParamSpec("P")
T = TypeVar("T")

UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Exceptions that Python, lxml and exchangelib raise if an answer does not have the
expected form: an element is missing, or a text is not a number or a date.
"""

LONGEST_ID = 1024
"""Characters of an id or a version. Those of Exchange have less than 300; PostgreSQL
accepts up to 2,704 bytes in an index.
"""

LONGEST_KEY = 255
"""Characters of a sync key or search key; our sync keys have 36."""

_TOO_DEEP = etree.XPath("boolean(" + "/*" * (limits.XML_LEVELS + 1) + ")")
_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""https://www.w3.org/TR/xml/#charsets"""
_OTHER_ENCODING = re.compile(
    rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.I
)


def parsed(content: bytes) -> etree._Element:
    """Parse an answer, and return its root element.

    :raises AnswerMalformed: it is not XML, or XML with a document type, which SOAP 1.1
        does not allow (section 3)
    """
    try:
        root = _strictly(content)
    except etree.XMLSyntaxError as error:
        if _OTHER_ENCODING.match(content[:200]):
            raise AnswerMalformed(f"The answer is not XML: {error.msg}") from error
        try:
            root = _strictly(_with_allowed_characters(content))
        except etree.XMLSyntaxError as again:
            raise AnswerMalformed(f"The answer is not XML: {again.msg}") from again
    if root.getroottree().docinfo.doctype:
        raise AnswerMalformed("The answer has a document type.")
    if _TOO_DEEP(root):
        raise AnswerMalformed("The answer has too many elements within one another.")
    return root


def _strictly(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=True,  # a photo may be larger than 10 MB
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def _with_allowed_characters(content: bytes) -> bytes:
    text = _REFERENCE.sub(_allowed, content).decode("utf-8", errors="ignore")
    return _FORBIDDEN.sub("", text).encode()


def _allowed(reference: re.Match[bytes]) -> bytes:
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    number = int(digits, base) if len(digits) < 10 else 0
    is_character = number <= 0x10FFFF and not _FORBIDDEN.match(chr(number))
    return reference[0] if is_character else b""


@contextmanager
def understood(operation: str) -> Iterator[None]:
    """Convert exceptions of unreadable answers to errors of ``core.errors``.

    :param operation: its name
    :raises AnswerMalformed: the answer does not have the expected form
    """
    try:
        yield
    except UNREADABLE as error:
        raise AnswerMalformed(f"{operation}: {_said(error)}") from error


def or_damaged(
    read: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T | ContactDamaged:
    """Read the part of an answer about one contact.

    :return: the result of ``read``, or ContactDamaged if the part cannot be read
    """
    try:
        return read(*args, **kwargs)
    except UNREADABLE as error:
        return ContactDamaged(_said(error))


def text_of(element: etree._Element) -> str:
    """Return the text of an element.

    :raises ValueError: it contains other elements
    """
    if len(element):
        raise ValueError(f"{etree.QName(element).localname} holds elements")
    return element.text or ""


def parts_of(element: etree._Element) -> etree._Element:
    """Return the child elements of an element: the element itself, as an iterable.

    :raises ValueError: it contains a text
    """
    if element.text and not element.text.isspace():
        raise ValueError(f"{etree.QName(element).localname} holds a text")
    return element


def number_of(text: str | None) -> int | None:
    """Return a number; None for a text that is not a number, or one that is too large
    for a count.
    """
    text = (text or "").strip()
    is_number = text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if is_number else None


def checked_id(text: str | None) -> str:
    """Return an id if it fits into the database.

    :param text: the id of an item, an attachment or a folder
    :raises ValueError: it does not fit, or is missing
    """
    if not text:
        raise ValueError("an id is missing")
    if len(text) > LONGEST_ID:
        raise ValueError(f"an id of {len(text)} characters")
    return text


def id_in(element: etree._Element, tag: str) -> str:
    """Return the id of an element; "" if there is none.

    :param element: element of an item, an attachment or a folder
    :param tag: the element that holds its id
    :raises ValueError: it is too long
    """
    found = element.find(tag)
    text = None if found is None else found.get("Id")
    return checked_id(text) if text else ""


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
