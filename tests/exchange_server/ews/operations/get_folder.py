# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""GetFolder: properties of folders. Source: the EWS page "GetFolder operation"."""

from __future__ import annotations

from lxml import etree

from ..call import Call
from ..messages import answer_each
from ..properties.folder import read_folder_shape


def answer(call: Call) -> str:
    """The answer to a call."""
    shape_element = call.part("FolderShape")

    def get(target: etree._Element) -> str:
        shape = read_folder_shape(shape_element)
        return f"<m:Folders>{shape.write(call.folder(target))}</m:Folders>"

    return answer_each(call, call.parts("FolderIds"), get, "<m:Folders/>")
