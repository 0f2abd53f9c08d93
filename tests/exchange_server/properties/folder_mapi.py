# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended properties of folders: other names of properties, and computed ones.

Source: [MS-OXPROPS] for tags and types. A folder's own extended properties are kept
under their names in :attr:`Folder.extended`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..store.folder import Folder
    from .forms import ExtendedValue

FolderGetter = Callable[["Folder"], "ExtendedValue | None"]

DISPLAY_NAME = "extended:0x3001:String"
CONTAINER_CLASS = "extended:0x3613:String"
HIDDEN = "extended:0x10f4:Boolean"


def _number(count: Callable[[Folder], int]) -> FolderGetter:
    return lambda folder: str(count(folder))


def _flag(holds: Callable[[Folder], bool]) -> FolderGetter:
    return lambda folder: "true" if holds(folder) else "false"


COMPUTED: Mapping[str, FolderGetter] = {
    DISPLAY_NAME: lambda folder: folder.name,
    CONTAINER_CLASS: lambda folder: folder.folder_class or None,
    "extended:0xe08:Integer": _number(lambda folder: folder.size),
    "extended:0xe08:Long": _number(lambda folder: folder.size),
    "extended:0x3601:Integer": _number(lambda folder: int(folder.parent is not None)),
    "extended:0x3602:Integer": _number(lambda folder: len(folder.items)),
    "extended:0x3603:Integer": _number(lambda folder: folder.unread_count),
    "extended:0x360a:Boolean": _flag(lambda folder: bool(folder.children)),
    "extended:0x3617:Integer": _number(lambda folder: len(folder.associated)),
    "extended:0x6638:Integer": _number(lambda folder: len(folder.children)),
    "extended:0xfff:Binary": lambda folder: folder.id,
}
"""By name: what follows from the folder and cannot be set as such."""


def folder_getter(name: str) -> FolderGetter:
    """The function that finds a folder's value of an extended property.

    :param name: of the property, see :mod:`.extended_names`
    """
    if name in COMPUTED:
        return COMPUTED[name]
    if name == HIDDEN:
        return lambda folder: folder.extended.get(HIDDEN, _hidden(folder))
    return lambda folder: folder.extended.get(name)


def _hidden(folder: Folder) -> str | None:
    return "true" if folder.is_hidden else None
