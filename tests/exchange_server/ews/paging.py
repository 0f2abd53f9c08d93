# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Views: which part of what was found an answer holds.

Sources: the EWS pages "IndexedPageItemView", "FractionalPageItemView", "RootFolder
(FindItemResponseMessage)" and "Perform paged searches by using EWS in Exchange" (the
example of 15 messages, and the limit of 1,000 entries an answer).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ..refusal import ResponseError
from .parts import number
from .xmltext import M

MOST_ENTRIES = 1000


@dataclass(frozen=True)
class Page:
    """A part of what was found.

    :param entries: what the answer holds
    :param attributes: of the answer's RootFolder
    """

    entries: Sequence[Any]
    attributes: str


def page_of(found: Sequence[Any], request: etree._Element, noun: str) -> Page:
    """The part of what was found that a request wants.

    :param noun: ``Item`` or ``Folder``, of which the names of the views are made
    :raises ResponseError: for a view that cannot be
    """
    indexed = request.find(f"{M}IndexedPage{noun}View")
    if indexed is not None:
        return _indexed(found, indexed)
    fractional = request.find(f"{M}FractionalPage{noun}View")
    if fractional is not None:
        return _fractional(found, fractional)
    limit = _limit(request.find(f"{M}ContactsView"))
    return _page(found, 0, limit, None)


def _indexed(found: Sequence[Any], view: etree._Element) -> Page:
    offset = number(view.get("Offset"))
    if offset < 0:
        raise ResponseError("ErrorInvalidIndexedPagingParameters")
    if view.get("BasePoint") == "End":
        return _page_from_end(found, offset, _limit(view))
    return _page(found, offset, _limit(view), "IndexedPagingOffset")


def _page_from_end(found: Sequence[Any], offset: int, limit: int) -> Page:
    """A page that ends ``offset`` entries before the end."""
    end = max(len(found) - offset, 0)
    start = max(end - limit, 0)
    entries = found[start:end]
    is_last = start == 0
    attributes = _attributes(f'IndexedPagingOffset="{offset + len(entries)}"', found)
    return Page(entries, attributes.format("true" if is_last else "false"))


def _fractional(found: Sequence[Any], view: etree._Element) -> Page:
    numerator = number(view.get("Numerator"))
    denominator = number(view.get("Denominator"))
    if numerator < 0 or denominator <= 0 or numerator > denominator:
        raise ResponseError("ErrorInvalidFractionalPagingParameters")
    start = len(found) * numerator // denominator
    end = min(start + _limit(view), len(found))
    offset = f'NumeratorOffset="{end}" AbsoluteDenominator="{len(found)}"'
    attributes = _attributes(offset, found)
    is_last = end == len(found)
    return Page(found[start:end], attributes.format("true" if is_last else "false"))


def _page(found: Sequence[Any], start: int, limit: int, offset: str | None) -> Page:
    end = min(start + limit, len(found))
    attributes = _attributes(f'{offset}="{end}"' if offset else "", found)
    is_last = end == len(found)
    return Page(found[start:end], attributes.format("true" if is_last else "false"))


def _attributes(offset: str, found: Sequence[Any]) -> str:
    total = f'TotalItemsInView="{len(found)}" IncludesLastItemInRange="{{}}"'
    return f"{offset} {total}".strip()


def _limit(view: etree._Element | None) -> int:
    text = None if view is None else view.get("MaxEntriesReturned")
    if text is None:
        return MOST_ENTRIES
    limit = number(text)
    if limit <= 0:
        raise ResponseError("ErrorInvalidPagingMaxRows")
    return min(limit, MOST_ENTRIES)
