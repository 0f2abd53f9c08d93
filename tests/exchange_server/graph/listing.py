# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists of contacts, page by page, and how many there are.

Sources: the page "List contacts"; microsoft-graph-docs issue 4798 and pull request
21506 for the sizes of pages. Distribution lists are counted and take up room on a page,
but are not returned (issue 11201): a page may be shorter than requested although more
follow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..http_message import HttpAnswer
from ..store.item import Item
from .call import Call, is_contact, reply
from .contact import writer
from .contact_properties import PROPERTIES
from .contacts import folder_of
from .errors import GraphError, bad_request
from .filtering import filter_of
from .query import SKIP, expanded, following, only, skipped, top

DEFAULT_PAGE = 10
_OPTIONS = ("$select", "$expand", "$filter", "$top", *SKIP, "$count", "$orderby")
_ORDERS: dict[str, Callable[[Item], object]] = {
    "createdDateTime": lambda item: item.created,
    "lastModifiedDateTime": lambda item: item.modified,
}
TEXT = "text/plain"


def contacts(call: Call, folder: str | None = None) -> HttpAnswer:
    """GET …/contacts"""
    only(call.query, *_OPTIONS)
    write = writer(call, in_list=True)
    items = _chosen(call, folder)
    page, skip = _page_size(call), skipped(call.query)
    data: dict[str, object] = {"@odata.context": call.context("contacts")}
    if call.query.get("$count", "").lower() == "true":
        data["@odata.count"] = len(items)
    shown = items[skip : skip + page]
    data["value"] = [write(item) for item in shown if is_contact(item)]
    if skip + page < len(items):
        data["@odata.nextLink"] = following(call, skip + page)
    return reply(data)


def count(call: Call, folder: str | None = None) -> HttpAnswer:
    """GET …/contacts/$count"""
    only(call.query, "$filter")
    return HttpAnswer(200, str(len(_chosen(call, folder))).encode(), TEXT)


def _page_size(call: Call) -> int:
    size = top(call.query) or call.page_size or DEFAULT_PAGE
    if expanded(call.query):
        return min(size, int(call.switches.expand_page))
    return size


def _chosen(call: Call, folder: str | None) -> Sequence[Item]:
    """The items that a list is made of, in its order, distribution lists included."""
    items = list(folder_of(call, folder).items.values())
    text = call.query.get("$filter")
    if text is not None:
        passes = filter_of(text, call.switches)
        items = [item for item in items if is_contact(item) and passes(item)]
    order = call.query.get("$orderby")
    return items if order is None else _sorted(items, order, call)


def _sorted(items: list[Item], order: str, call: Call) -> list[Item]:
    for term in reversed(order.split(",")):
        name, _, direction = term.strip().partition(" ")
        if direction.strip().lower() not in ("", "asc", "desc"):
            raise bad_request(f"'{term}' is no order.")
        items = sorted(
            items, key=_order(name, call), reverse=direction.strip().lower() == "desc"
        )
    return items


def _order(name: str, call: Call) -> Callable[[Item], object]:
    if name in _ORDERS:
        return _ORDERS[name]
    found = PROPERTIES.get(name)
    if found is None:
        message = f"Could not find a property named '{name}'."
        raise GraphError(400, "ErrorInvalidUrlQuery", message)
    return lambda item: str(found.write(item, call.switches) or "").casefold()
