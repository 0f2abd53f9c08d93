# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finding the parts of a request, or refusing it.

With the published schemas at hand a request that gets this far is complete. Without
them these functions say, as Exchange does, that the request breaks the schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from lxml import etree

from ..schema import schema_violation

Chosen = TypeVar("Chosen")


def children(element: etree._Element | None, least: int = 1) -> list[etree._Element]:
    """The child elements, without comments.

    :param element: None for an element that is not there
    :param least: how many there must be
    :raises SoapFault: ErrorSchemaValidation when there are fewer
    """
    found = [] if element is None else list(element.iterchildren("{*}*"))
    if len(found) < least:
        name = "" if element is None else etree.QName(element).localname
        raise schema_violation(f"The content of element '{name}' is not complete.")
    return found


def child(element: etree._Element, tag: str) -> etree._Element:
    """The child element with that tag.

    :raises SoapFault: ErrorSchemaValidation when there is none
    """
    found = element.find(tag)
    if found is None:
        name = etree.QName(tag).localname
        raise schema_violation(f"Element '{name}' is missing.", element.sourceline)
    return found


def chosen(table: Mapping[str, Chosen], word: str) -> Chosen:
    """Return the meaning of a word in a request.

    :raises SoapFault: ErrorSchemaValidation when it has no meaning
    """
    try:
        return table[word]
    except KeyError as error:
        raise schema_violation(f"'{word}' is not a valid value.") from error


def is_true(text: str | None) -> bool:
    """Whether an xs:boolean of a request is true; one that is not there is not."""
    return (text or "").strip() in ("true", "1")


def number(text: str | None, base: int = 10) -> int:
    """A number of a request.

    :param base: 0 for one that may be hexadecimal, with ``0x`` in front
    :raises SoapFault: ErrorSchemaValidation when it is not a number
    """
    try:
        return int(text or "", base)
    except ValueError as error:
        raise schema_violation(f"'{text}' is not a valid number.") from error
