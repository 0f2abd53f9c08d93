# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find and create contact folders.

Version 1.0 lists the folders inside the default folder; folders beside it are not
visible ("List contactFolders", microsoft-graph-docs issue 6273). If a server lists
them, too, as the beta version does, they are included.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..core import limits
from ..core.errors import FolderGone, NoContactFolder, TooManyFolders
from ..core.mailbox import RemoteFolder
from ..core.text import clean
from ..outlook.folder_classes import CONTACTS, holds_contacts
from ..outlook.folder_tree import FoundFolder, folder_name, folder_tree
from ..outlook.properties import (
    FOLDER_CLASS,
    FOLDER_COUNT,
    HIDDEN_FOLDER,
    SUBFOLDERS,
)
from ..outlook.reading import number_of, understood
from . import batch
from .connection import GraphConnection
from .contacts.layout import query_for
from .errors import NO_ANSWER, folder_error, new_folder_error, request_error
from .ids import from_graph
from .message import Answer, Request
from .odata import extended_values
from .pages import pages
from .reading import folder_path

DEFAULT = "/contactFolders/contacts"
"""The default folder by its well-known name."""

NAMES = ("id", "displayName", "parentFolderId")
"""Properties that are read of each folder."""

DESCRIBED = (FOLDER_CLASS, FOLDER_COUNT, HIDDEN_FOLDER, SUBFOLDERS)
"""Extended properties that are read of each folder."""

PAGE = 100
_TOP = "/contactFolders"


class Folders:
    """The contact folders of one mailbox."""

    def __init__(self, connection: GraphConnection) -> None:
        self._connection = connection
        self._own: dict[str, str] = {}

    def all(self) -> list[RemoteFolder]:
        """Return all contact folders, parents before children.

        :raises NoContactFolder: there is none
        :raises TooManyFolders: there are more than ``limits.FOLDERS``
        """
        query = query_for(NAMES, DESCRIBED)
        requests = [Request("GET", f"{DEFAULT}{query}"), _first(_TOP)]
        head, first = self._connection.batch(requests)
        if head.status == 404 and isinstance(folder_error(head), FolderGone):
            raise NoContactFolder()
        if not head.is_success:
            raise request_error(head)
        with understood("contactFolders"):
            default = _found(head.data, "")
            beside = head.data.get("parentFolderId")
            found = {default.id: default}
            waiting = self._collect(found, first, default.id, beside)
            while waiting:
                waiting = self._children_of(found, waiting)
        return folder_tree(found, (), default.id)

    def _children_of(
        self, found: dict[str, FoundFolder], parents: list[str]
    ) -> list[str]:
        """Read the subfolders of folders.

        :return: ids of those that may have subfolders
        """
        further: list[str] = []
        for start in range(0, len(parents), batch.MAX_REQUESTS):
            part = parents[start : start + batch.MAX_REQUESTS]
            paths = [f"{folder_path(parent)}/childFolders" for parent in part]
            answers = self._connection.batch([_first(path) for path in paths])
            for parent, answer in zip(part, answers, strict=True):
                further += self._collect(found, answer, parent, None)
        return further

    def _collect(
        self,
        found: dict[str, FoundFolder],
        first: Answer,
        parent: str,
        beside: object,
    ) -> list[str]:
        """Collect the folders of all pages of a list.

        :param first: the first page
        :param parent: id of the folder they are in
        :param beside: the ``parentFolderId`` of those that are not in it
        :return: ids of those that may have subfolders
        """
        further: list[str] = []
        for answer in pages(self._connection, first):
            if not answer.is_success:
                if answer.status == 404:  # deleted since it was listed
                    return further
                raise folder_error(answer)
            for data in answer.entries:
                is_beside = beside and data.get("parentFolderId") == beside
                folder = _found(data, "" if is_beside else parent)
                if folder.id not in found and holds_contacts(folder.folder_class):
                    found[folder.id] = folder
                    further += [folder.id] if _has_more(data) else []
            if len(found) > limits.FOLDERS:
                raise TooManyFolders(f"more than {limits.FOLDERS} contact folders")
        return further

    def create(self, name: str, parent: str) -> str:
        """Create a contact folder, and return its id.

        :param parent: id of the parent folder; "" for the default folder, because no
            folder can be created beside it
        :raises SyncError: the folder was not created; the error gives the reason
        """
        path = f"{folder_path(parent)}/childFolders" if parent else _TOP
        body = {"displayName": clean(name).strip()}
        answer = self._connection.send(Request("POST", path, body))
        if not answer.is_success:
            raise new_folder_error(answer)
        with understood("contactFolders"):
            return from_graph(answer.data["id"])

    def own_id(self, parent: str, expected: str) -> str:
        """Return the id of the folder that contains an item.

        The id of the default folder may be written in two ways (microsoft-graph-docs
        issue 6273), so another one is looked up once.

        :param parent: ``parentFolderId`` of an item
        :param expected: id of the folder in which it was listed; "" if it was not
        :raises SyncError: the server did not answer
        """
        if not expected or parent in ("", expected):
            return parent or expected
        if parent not in self._own:
            self._own[parent] = self._look_up(parent)
        return self._own[parent]

    def _look_up(self, folder: str) -> str:
        """Return the id that the folder itself has; the given one if the folder was
        deleted or cannot be reached.
        """
        path = f"{folder_path(folder)}{query_for(['id'])}"
        answer = self._connection.send(Request("GET", path))
        if not answer.is_success:
            error = folder_error(answer)
            if isinstance(error, NO_ANSWER):
                raise error
            return folder
        with understood("contactFolders"):
            return from_graph(answer.data["id"])


def _first(path: str) -> Request:
    return Request("GET", f"{path}{query_for(NAMES, DESCRIBED, PAGE)}")


def _found(data: Mapping[str, object], parent: str) -> FoundFolder:
    extra = extended_values(data)
    name = data.get("displayName")
    return FoundFolder(
        id=from_graph(data["id"]),
        parent=parent,
        name=folder_name(name if isinstance(name, str) else ""),
        folder_class=extra.get(FOLDER_CLASS) or CONTACTS,
        count=number_of(extra.get(FOLDER_COUNT)) or 0,
        hidden=extra.get(HIDDEN_FOLDER, "").lower() == "true",
    )


def _has_more(data: Mapping[str, object]) -> bool:
    return extended_values(data).get(SUBFOLDERS, "").lower() != "false"
