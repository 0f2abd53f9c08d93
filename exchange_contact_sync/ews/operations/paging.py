# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read pages of a search: the entries of a page, and whether another page follows.

All attributes that show this are optional (``FindResponsePagingAttributes`` in
types.xsd), and a busy server may return less than requested (EWS throttling in
Exchange, EWSFindCountLimit).
"""

from __future__ import annotations

from lxml import etree

from ...outlook.reading import number_of


def entries(page: etree._Element) -> list[etree._Element]:
    """Return the items or folders that a search found.

    :param page: element ``m:RootFolder``
    """
    return list(page[0]) if len(page) else []


def is_last_page(page: etree._Element, offset: int, size: int) -> bool:
    """Return whether no page follows; an empty page is always the last one.

    :param page: element ``m:RootFolder`` of a search
    :param offset: how many were skipped
    :param size: the most that were requested
    """
    found = len(entries(page))
    if not found:
        return True
    last = page.get("IncludesLastItemInRange")
    if last is not None:
        return last.strip() in ("true", "1")
    total = number_of(page.get("TotalItemsInView"))
    return found < size if total is None else offset + found >= total
