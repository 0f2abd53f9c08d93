# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""GetItem: properties of items, bodies and attachments' descriptions included.

Source: the EWS pages "GetItem operation" and "GetItem operation (contact)".
"""

from __future__ import annotations

from lxml import etree

from ...refusal import ResponseError
from ..call import Call
from ..messages import answer_each, failure, response
from ..properties.shapes import read_item_shape

EMPTY = "<m:Items/>"


def answer(call: Call) -> str:
    """The answer to a call."""
    targets = call.parts("ItemIds")
    try:
        shape = read_item_shape(call.part("ItemShape"), call.version)
    except ResponseError as error:
        return response(failure("GetItem", error, EMPTY) for _ in targets)

    def get(target: etree._Element) -> str:
        return f"<m:Items>{shape.write(call.item(target))}</m:Items>"

    return answer_each(call, targets, get, EMPTY)
