# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pages of a search: what is in one, and whether another one follows.

All that tells it is optional (``FindResponsePagingAttributes`` in types.xsd), and a
busy server may give less than was asked for (EWS throttling in Exchange,
EWSFindCountLimit).
"""

from __future__ import annotations

from lxml import etree

from ..contacts.reading import number_of


def entries(page: etree._Element) -> list[etree._Element]:
    """The items or folders that a search found.

    :param page: element ``m:RootFolder``
    """
    return list(page[0]) if len(page) else []


def is_last_page(page: etree._Element, offset: int, size: int) -> bool:
    """Whether nothing follows; an empty page is the last one in any case.

    :param page: element, ``m:RootFolder`` of a search
    :param offset: how many were passed over
    :param size: the most that were asked for
    """
    found = len(entries(page))
    if not found:
        return True
    last = page.get("IncludesLastItemInRange")
    if last is not None:
        return last.strip() in ("true", "1")
    total = number_of(page.get("TotalItemsInView"))
    return found < size if total is None else offset + found >= total
