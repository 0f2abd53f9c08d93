# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""FindItem: search folders for items. Source: the EWS page "FindItem operation".

A SoftDeleted traversal finds nothing: since Exchange 2010 what was deleted is in the
Recoverable Items folders (EWS page "Deleting items by using EWS in Exchange"). Views of
a calendar and groups are not offered.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from ...refusal import ResponseError
from ...store.folder import Folder
from ...store.item import Item
from ..call import Call
from ..messages import answer_each
from ..paging import page_of
from ..properties.access import item_value
from ..properties.shapes import ItemShape, read_item_shape
from ..querystring import read_query_string
from ..restrictions import read_restriction
from ..sorting import in_order
from ..xmltext import M

# "For Unicode, it returns the first 255 characters" (page "FindItem operation").
LONGEST_TEXT = 255
_NOT_OFFERED = ("CalendarView", "SeekToConditionPageItemView", "GroupBy")


def answer(call: Call) -> str:
    """The answer to a call: one message for each folder."""

    def find(target: etree._Element) -> str:
        shape = read_item_shape(call.part("ItemShape"), call.version, is_list=True)
        shape.longest_text = LONGEST_TEXT
        shape.check()
        return _find(call, call.folder(target), shape)

    return answer_each(call, call.parts("ParentFolderIds"), find)


def _find(call: Call, folder: Folder, shape: ItemShape) -> str:
    request = call.request
    for name in _NOT_OFFERED:
        if request.find(f"{M}{name}") is not None:
            text = f"This server does not offer {name}."
            raise ResponseError("ErrorInvalidOperation", text)
    is_wanted = read_restriction(request.find(f"{M}Restriction"), item_value)
    is_asked_for = read_query_string(request.findtext(f"{M}QueryString"))
    matching = (
        item
        for item in _traversed(call.setting("Traversal"), folder)
        if is_wanted(item) and is_asked_for(item)
    )
    found = in_order(matching, request.find(f"{M}SortOrder"))
    page = page_of(found, request, "Item")
    if not call.behaviors.has_root(len(found)):
        return ""
    items = "".join([shape.write(item) for item in page.entries])
    return f"<m:RootFolder {page.attributes}><t:Items>{items}</t:Items></m:RootFolder>"


def _traversed(traversal: str, folder: Folder) -> Iterable[Item]:
    if traversal == "Shallow":
        return folder.items.values()
    return folder.associated.values() if traversal == "Associated" else ()
