# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse answers, which may contain anything.

An answer is either completely valid XML or rejected: a parser that recovers by itself
moves parts of one contact into another. Only characters that XML does not allow are
removed, because Exchange writes what people pasted (``&#x1A;``, halves of surrogate
pairs).
"""

from __future__ import annotations

import re

from lxml import etree

from ...core import limits
from ...core.errors import AnswerMalformed
from ...outlook.reading import checked_id

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


def id_in(element: etree._Element, tag: str) -> str:
    """Return the id of an element; "" if there is none.

    :param element: element of an item, an attachment or a folder
    :param tag: the element that holds its id
    :raises ValueError: it is too long
    """
    found = element.find(tag)
    text = None if found is None else found.get("Id")
    return checked_id(text) if text else ""
