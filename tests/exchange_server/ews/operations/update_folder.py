# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""UpdateFolder: rename folders, set permissions and extended properties.

Source: the EWS page "UpdateFolder operation", and for what cannot be changed
"ErrorObjectTypeChanged" (about the class), "ErrorInvalidPropertySet",
"ErrorInvalidPropertyAppend" and "ErrorInvalidPropertyDelete" on the page
"ResponseCode".
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ...error_texts import folder_exists
from ...properties.folder_mapi import COMPUTED, CONTAINER_CLASS, DISPLAY_NAME
from ...refusal import ResponseError
from ...store.folder import Folder
from ...store.values import Values
from ..call import Call
from ..messages import answer_each
from ..parts import children
from ..properties.extended import ExtendedPath, ExtendedValue, read_extended_property
from ..properties.folder import FOLDER_PROPERTIES, FolderProperty, FolderShape
from ..properties.paths import FieldPath, Path, read_path

EMPTY = "<m:Folders/>"


@dataclass
class _Changes:
    """The changes of an update, which are applied after all were checked."""

    folder: Folder
    name: str
    extended: Values
    permissions: str | None

    def save(self, call: Call) -> None:
        self.folder.name = self.name
        self.folder.extended = self.extended
        self.folder.permissions = self.permissions
        call.mailbox.record_folder(self.folder)


def answer(call: Call) -> str:
    """The answer to a call: one message for each changed folder."""

    def update(change: etree._Element) -> str:
        target, updates, *_ = children(change, 2)
        folder = _folder(call, target)
        changes = _Changes(
            folder, folder.name, dict(folder.extended), folder.permissions
        )
        for each in children(updates):
            _apply(changes, each)
        changes.save(call)
        return f"<m:Folders>{FolderShape().write(folder)}</m:Folders>"

    return answer_each(call, call.parts("FolderChanges"), update, EMPTY)


def _folder(call: Call, target: etree._Element) -> Folder:
    """The folder to change; the code for one that is gone is that of exchangelib's
    tests."""
    try:
        return call.folder(target)
    except ResponseError as error:
        if error.code == "ErrorFolderNotFound":
            raise ResponseError("ErrorItemNotFound") from error
        raise


def _apply(changes: _Changes, update: etree._Element) -> None:
    action = etree.QName(update).localname
    path = read_path(children(update)[0])
    if action == "AppendToFolderField":
        raise ResponseError("ErrorInvalidPropertyAppend", None, path.xml())
    if action == "DeleteFolderField":
        _delete(changes, path)
        return
    content = children(children(update, 2)[1], 0)
    if len(content) != 1:
        raise ResponseError("ErrorIncorrectUpdatePropertyCount", None, path.xml())
    _set(changes, path, content[0])


def _delete(changes: _Changes, path: Path) -> None:
    """Delete a property.

    exchangelib deletes PermissionSet whenever it saves a folder that it made.
    """
    if isinstance(path, FieldPath) and path.uri == "folder:PermissionSet":
        changes.permissions = None
        return
    if not isinstance(path, ExtendedPath):
        raise ResponseError("ErrorInvalidPropertyDelete", None, path.xml())
    if path.name in COMPUTED:
        raise ResponseError("ErrorInvalidPropertyDelete", None, path.xml())
    changes.extended.pop(path.name, None)


def _set(changes: _Changes, path: Path, element: etree._Element) -> None:
    if isinstance(path, ExtendedPath):
        given, value = read_extended_property(element)
        if given.name != path.name:
            raise ResponseError("ErrorUpdatePropertyMismatch", None, path.xml())
        _set_extended(changes, path, value)
        return
    found = _settable(path)
    if etree.QName(element).localname != path.uri.partition(":")[2]:
        raise ResponseError("ErrorUpdatePropertyMismatch", None, path.xml())
    text = (element.text or "").strip()
    if found.uri == "folder:PermissionSet":
        changes.permissions = "".join(
            etree.tostring(each, encoding=str, with_tail=False) for each in element
        )
    elif found.uri == "folder:DisplayName":
        _rename(changes, text)
    else:
        _reclassify(changes, text)


def _set_extended(changes: _Changes, path: ExtendedPath, value: ExtendedValue) -> None:
    if path.name == DISPLAY_NAME:
        _rename(changes, str(value))
    elif path.name == CONTAINER_CLASS:
        _reclassify(changes, str(value))
    elif path.name in COMPUTED:
        raise ResponseError("ErrorInvalidPropertySet", None, path.xml())
    else:
        changes.extended[path.name] = value


def _settable(path: Path) -> FolderProperty:
    found = FOLDER_PROPERTIES.get(path.uri) if isinstance(path, FieldPath) else None
    if found is None:
        raise ResponseError("ErrorInvalidPropertyRequest", None, path.xml())
    if not found.writable:
        raise ResponseError("ErrorInvalidPropertySet", None, path.xml())
    return found


def _reclassify(changes: _Changes, folder_class: str) -> None:
    """A folder keeps its class: recorded in exchangelib's tests of folders."""
    if folder_class != changes.folder.folder_class:
        raise ResponseError("ErrorObjectTypeChanged")


def _rename(changes: _Changes, name: str) -> None:
    folder = changes.folder
    if name == folder.name:
        return
    if folder.is_system or not name:
        # That the server's own folders keep their names is our assumption.
        raise ResponseError("ErrorFolderSavePropertyError")
    other = folder.parent.child(name)
    if other is not None and other is not folder:
        raise ResponseError("ErrorFolderExists", folder_exists(name))
    changes.name = name
