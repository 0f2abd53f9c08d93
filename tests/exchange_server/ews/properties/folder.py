# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The properties of folders, and folder shapes.

Sources: the schema (BaseFolderType, FolderType, CalendarFolderType …), the EWS pages
"FolderShape", "FolderClass" and table 2 of "Property sets and response shapes in EWS in
Exchange" for the Default shape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from ...properties.folder_mapi import folder_getter
from ...refusal import ResponseError
from ...store.folder import Folder
from ..parts import children
from ..xmltext import T, attribute, element
from .computed import RIGHTS
from .extended import ExtendedPath
from .paths import FieldPath, Path, read_path

_COUNTED = ("Folder", "TasksFolder", "SearchFolder")


def element_of(folder_class: str) -> str:
    """The local name of the element of a folder of that class.

    >>> element_of("IPF.Contact.RecipientCache"), element_of("IPF.Note")
    ('ContactsFolder', 'Folder')
    """
    begins = ".".join(folder_class.split(".")[:2]).lower()
    return {
        "ipf.contact": "ContactsFolder",
        "ipf.appointment": "CalendarFolder",
        "ipf.task": "TasksFolder",
    }.get(begins, "Folder")


def class_of(element_name: str) -> str:
    """The class of a new folder that a client made with that element."""
    return {
        "ContactsFolder": "IPF.Contact",
        "CalendarFolder": "IPF.Appointment",
        "TasksFolder": "IPF.Task",
    }.get(element_name, "IPF.Note")


@dataclass(frozen=True)
class FolderProperty:
    """One property of folders.

    :param write: the element of a folder, "" when the folder has none
    :param text: its value as text for restrictions; None: it has none
    :param in_default: whether it belongs to the Default shape
    :param writable: whether UpdateFolder may set it
    :param in_all: whether it belongs to the AllProperties shape
    """

    uri: str
    write: Callable[[Folder], str]
    text: Callable[[Folder], str | None]
    in_default: bool = False
    writable: bool = False
    in_all: bool = True

    def comparable(self, folder: Folder) -> str | int | None:
        """Its value for restrictions: counts are numbers."""
        value = self.text(folder)
        if value is not None and self.uri.endswith("Count"):
            return int(value)
        return value


def _simple(
    name: str,
    text: Callable[[Folder], str | None],
    in_default: bool = False,
    writable: bool = False,
) -> FolderProperty:
    def write(folder: Folder) -> str:
        value = text(folder)
        return "" if value is None else element(f"t:{name}", value)

    return FolderProperty(f"folder:{name}", write, text, in_default, writable)


def write_folder_id(folder: Folder, name: str = "FolderId") -> str:
    """An element that holds the identifier and change key of a folder."""
    return (
        f'<t:{name} Id="{attribute(folder.id)}"'
        f' ChangeKey="{attribute(folder.change_key)}"/>'
    )


def _write_parent_id(folder: Folder) -> str:
    parent = folder.parent or folder
    return write_folder_id(parent, "ParentFolderId")


def _unread(folder: Folder) -> str | None:
    if element_of(folder.folder_class) not in _COUNTED:
        return None
    return str(folder.unread_count)


BEFORE_EXTENDED = (
    FolderProperty("folder:FolderId", write_folder_id, lambda f: f.id, True),
    FolderProperty(
        "folder:ParentFolderId", _write_parent_id, lambda f: (f.parent or f).id
    ),
    _simple("FolderClass", lambda f: f.folder_class or None, writable=True),
    _simple("DisplayName", lambda f: f.name, in_default=True, writable=True),
    _simple("TotalCount", lambda f: str(len(f.items)), in_default=True),
    _simple("ChildFolderCount", lambda f: str(len(f.children)), in_default=True),
)
AFTER_EXTENDED = (
    FolderProperty("folder:ManagedFolderInformation", lambda f: "", lambda f: None),
    FolderProperty(
        "folder:EffectiveRights",
        lambda f: f"<t:EffectiveRights>{RIGHTS.format('true')}</t:EffectiveRights>",
        lambda f: None,
    ),
    _simple("DistinguishedFolderId", lambda f: f.distinguished_id),
    *(
        FolderProperty(f"folder:{name}", lambda f: "", lambda f: None)
        for name in (
            "PolicyTag",
            "ArchiveTag",
            "SharingEffectiveRights",
            "SearchParameters",
        )
    ),
    FolderProperty(
        "folder:PermissionSet",
        lambda f: (
            f"<t:PermissionSet>{f.permissions}</t:PermissionSet>"
            if f.permissions
            else ""
        ),
        lambda f: None,
        writable=True,
        in_all=False,
    ),
    _simple("UnreadCount", _unread, in_default=True),
)
FOLDER_PROPERTIES = {each.uri: each for each in (*BEFORE_EXTENDED, *AFTER_EXTENDED)}


@dataclass(frozen=True)
class FolderShape:
    """What of a folder goes into an answer."""

    base: str = "IdOnly"
    paths: tuple[Path, ...] = ()

    def write(self, folder: Folder) -> str:
        """The complete element of a folder."""
        name = element_of(folder.folder_class)
        wanted = {path.uri for path in self.paths if isinstance(path, FieldPath)}
        extended = [path for path in self.paths if isinstance(path, ExtendedPath)]
        content = (
            self._write_some(BEFORE_EXTENDED, wanted, folder)
            + "".join(_write_extended(path, folder) for path in dict.fromkeys(extended))
            + self._write_some(AFTER_EXTENDED, wanted, folder)
        )
        return f"<t:{name}>{content}</t:{name}>"

    def _write_some(
        self,
        properties: tuple[FolderProperty, ...],
        wanted: set[str],
        folder: Folder,
    ) -> str:
        return "".join(
            each.write(folder)
            for each in properties
            if each.uri == "folder:FolderId"
            or each.uri in wanted
            or (self.base == "AllProperties" and each.in_all)
            or (self.base == "Default" and each.in_default)
        )


def _write_extended(path: ExtendedPath, folder: Folder) -> str:
    value = folder_getter(path.name)(folder)
    return "" if value is None else path.write(value)


def read_folder_shape(shape: etree._Element | None) -> FolderShape:
    """The shape that a request's FolderShape element describes.

    :raises ResponseError: ErrorInvalidPropertyRequest for a property of items
    """
    if shape is None:
        return FolderShape("Default")
    additional = shape.find(f"{T}AdditionalProperties")
    paths = tuple(read_path(each) for each in children(additional, 0))
    for path in paths:
        if isinstance(path, ExtendedPath) or path.uri in FOLDER_PROPERTIES:
            continue
        raise ResponseError("ErrorInvalidPropertyRequest", None, path.xml())
    return FolderShape(shape.findtext(f"{T}BaseShape") or "Default", paths)
