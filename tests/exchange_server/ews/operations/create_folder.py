# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CreateFolder: make folders. Source: the EWS page "CreateFolder operation".

The class of a typed folder is implied by its element and may not be given another
("ErrorNoFolderClassOverride" on the page "ResponseCode"); a generic one takes any.
"""

from __future__ import annotations

from lxml import etree

from ...error_texts import folder_exists
from ...properties.folder_mapi import COMPUTED
from ...refusal import ResponseError
from ...store.folder import Folder
from ..call import Call
from ..messages import answer_each, failure, response
from ..properties.extended import read_extended_property
from ..properties.folder import FolderShape, class_of
from ..xmltext import T

EMPTY = "<m:Folders/>"


def answer(call: Call) -> str:
    """The answer to a call: one message for each new folder."""
    wanted = call.parts("Folders")
    try:
        parent = call.target_folder("ParentFolderId", "ErrorParentFolderNotFound")
    except ResponseError as error:
        return response(failure("CreateFolder", error, EMPTY) for _ in wanted)

    def create(element: etree._Element) -> str:
        folder = _create(call, parent, element)
        return f"<m:Folders>{FolderShape().write(folder)}</m:Folders>"

    return answer_each(call, wanted, create, EMPTY)


def _create(call: Call, parent: Folder, element: etree._Element) -> Folder:
    if parent.locked:
        raise ResponseError("ErrorAccessDenied")
    element_name = etree.QName(element).localname
    if element_name == "SearchFolder" or parent.distinguished_id == "searchfolders":
        raise ResponseError("ErrorInvalidFolderTypeForOperation")
    name = (element.findtext(f"{T}DisplayName") or "").strip()
    if not name:
        raise ResponseError("ErrorFolderSavePropertyError", "A folder needs a name.")
    extended = dict(
        read_extended_property(each) for each in element.findall(f"{T}ExtendedProperty")
    )
    for path in extended:
        if path.name in COMPUTED:
            raise ResponseError("ErrorInvalidPropertySet", None, path.xml())
    folder_class = _class(element_name, element.findtext(f"{T}FolderClass"))
    try:
        folder = call.mailbox.add_folder(name, parent, folder_class)
    except ValueError as error:
        raise ResponseError("ErrorFolderExists", folder_exists(name)) from error
    folder.extended = {path.name: value for path, value in extended.items()}
    return folder


def _class(element_name: str, wanted: str | None) -> str:
    """The class of a new folder; a generic one has none unless one is given.

    Recorded in exchangelib's tests of folders, in which such a folder has no class.
    """
    if element_name != "Folder":
        implied = class_of(element_name)
        if wanted not in (None, implied):
            raise ResponseError("ErrorNoFolderClassOverride")
        return implied
    return wanted or ""
