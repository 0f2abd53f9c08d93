# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the contact folders of a mailbox: those in which people keep contacts.

One search over the whole mailbox finds them, in one request for up to 250. The same
request searches Deleted Items, whose folders are left out. Search folders are outside
of the tree that is searched (under the root's "Finder").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ..core import limits
from ..core.errors import AnswerMalformed, NoContactFolder, TooManyFolders
from ..core.mailbox import RemoteFolder
from ..core.text import clean, line
from ..outlook.folder_classes import CONTACTS, holds_contacts, is_technical
from .connection.protocol import MailboxProtocol
from .contacts.reading import id_in, number_of, understood
from .operations.errors import NOTHING_SAID, code_of, mailbox_error, new_folder_error
from .operations.paging import entries, is_last_page
from .operations.payloads import (
    FIND_PAGE,
    create_folder,
    distinguished,
    find_folder,
    folder_id,
    get_folder,
)
from .operations.services import CreateFolder, FindFolder, GetFolder
from .operations.xml import t

NAMELESS = "?"
"""The name for a folder without a name."""

_NOT_FOUND = ("ErrorFolderNotFound", "ErrorItemNotFound")


@dataclass(frozen=True)
class _Found:
    id: str
    parent: str
    name: str
    folder_class: str
    count: int
    hidden: bool

    @property
    def technical(self) -> bool:
        return self.hidden or is_technical(self.folder_class)


def default_folder(protocol: MailboxProtocol) -> str:
    """Return the id of the folder in which the mailbox keeps contacts by default.

    The request includes the root, which distinguishes a mailbox without that folder
    from one that cannot be opened.

    :return: "" if there is none
    :raises SyncError: the mailbox cannot be opened
    """
    names = ("contacts", "msgfolderroot")
    asked = (distinguished(name, protocol.address) for name in names)
    contacts, root = GetFolder(protocol).ask(get_folder(*asked), len(names))
    if not isinstance(contacts, Exception):
        return str(contacts)
    if code_of(contacts) in _NOT_FOUND and not isinstance(root, Exception):
        return ""
    raise mailbox_error(contacts) from contacts


def contact_folders(protocol: MailboxProtocol, default: str) -> list[RemoteFolder]:
    """Return all folders in which people keep contacts.

    :param default: id of the default folder
    :return: parents before children, the default folder first
    :raises NoContactFolder: there is none
    :raises TooManyFolders: there are more than ``limits.FOLDERS``
    :raises SyncError: the mailbox cannot be searched
    """
    found, deleted = _search(protocol)
    left_out = _left_out(found, deleted)
    kept = {f.id: f for f in found.values() if f.id not in left_out}
    if not kept:
        raise NoContactFolder()
    return list(_tree(kept, default))


def new_folder(protocol: MailboxProtocol, name: str, parent: str) -> str:
    """Create a contact folder, and return its id.

    :param parent: id of the parent folder; "" for the top of the mailbox
    :raises FolderExists: there is a folder with this name
    :raises FolderForbidden: the owner may not create it
    :raises FolderGone: the parent folder was deleted
    :raises FolderRefused: the mailbox does not accept it
    """
    top = distinguished("msgfolderroot", protocol.address)
    payload = create_folder(clean(name), folder_id(parent) if parent else top)
    (answer,) = CreateFolder(protocol).ask(payload, 1)
    if isinstance(answer, Exception):
        raise new_folder_error(answer) from answer
    if not answer:
        raise AnswerMalformed(f"CreateFolder: {NOTHING_SAID}")
    return str(answer)


def _search(protocol: MailboxProtocol) -> tuple[dict[str, _Found], set[str]]:
    names = ("msgfolderroot", "deleteditems")
    found: dict[str, _Found] = {}
    deleted: set[str] = set()
    offset, complete = 0, False
    while not complete:
        known = len(found) + len(deleted)
        roots = (distinguished(name, protocol.address) for name in names)
        answers = FindFolder(protocol).ask(find_folder(offset, *roots), len(names))
        everywhere, in_trash = answers
        if isinstance(everywhere, Exception):
            raise mailbox_error(everywhere) from everywhere
        with understood("FindFolder"):
            found.update((folder.id, folder) for folder in _folders(everywhere))
            if not isinstance(in_trash, Exception):
                deleted.update(folder.id for folder in _folders(in_trash))
        complete = is_last_page(everywhere, offset, FIND_PAGE)
        offset += len(entries(everywhere))
        if max(offset, len(found)) > limits.FOLDERS:
            raise TooManyFolders(f"more than {limits.FOLDERS} contact folders")
        if len(found) + len(deleted) == known:
            break  # a server without paging returns the same folders again
    return found, deleted


def _folders(page: etree._Element) -> Iterator[_Found]:
    for element in page.iterfind(f"{t('Folders')}/*"):
        folder_class = element.findtext(t("FolderClass")) or ""
        if element.tag == t("ContactsFolder"):
            folder_class = folder_class or CONTACTS
        folder_id = id_in(element, t("FolderId"))
        # A search that ignores case may find other folders, too.
        searched = element.tag == t("SearchFolder")
        if searched or not folder_id or not holds_contacts(folder_class):
            continue
        yield _Found(
            id=folder_id,
            parent=id_in(element, t("ParentFolderId")),
            name=line(element.findtext(t("DisplayName")) or "")[
                : limits.FOLDER_NAME_CHARACTERS
            ]
            or NAMELESS,
            folder_class=folder_class,
            count=number_of(element.findtext(t("TotalCount"))) or 0,
            hidden=element.findtext(f"{t('ExtendedProperty')}/{t('Value')}") == "true",
        )


def _left_out(found: Mapping[str, _Found], deleted: set[str]) -> set[str]:
    """Return the ids of deleted folders, and of folders for programs with all their
    subfolders.
    """
    return {
        folder.id
        for folder in found.values()
        if any(one.technical or one.id in deleted for one in _upwards(folder, found))
    }


def _upwards(folder: _Found, found: Mapping[str, _Found]) -> Iterator[_Found]:
    """Yield a folder and its parents; in a circle of folders, each of them once."""
    passed: set[str] = set()
    above: _Found | None = folder
    while above and above.id not in passed and len(passed) <= limits.FOLDER_LEVELS:
        yield above
        passed.add(above.id)
        above = found.get(above.parent)


def _tree(kept: Mapping[str, _Found], default: str) -> Iterator[RemoteFolder]:
    """Yield parents before children.

    One folder of a circle is at the top, and so is a folder that is nested too deeply.
    """

    def place(folder: _Found) -> tuple[bool, str, str]:
        return folder.id != default, folder.name.casefold(), folder.id

    children: dict[str, list[_Found]] = defaultdict(list)
    for folder in sorted(kept.values(), key=place, reverse=True):
        children[folder.parent if folder.parent in kept else ""].append(folder)
    placed: set[str] = set()
    # First the folders below the top, then those that cannot be reached from there.
    for top in (*reversed(children[""]), *sorted(kept.values(), key=place)):
        waiting = [(top, "", 1)]
        while waiting:
            folder, parent, level = waiting.pop()
            if folder.id in placed:
                continue
            placed.add(folder.id)
            yield RemoteFolder(
                folder.id, folder.name, parent, folder.count, folder.id == default
            )
            above, below = (
                (folder.id, level + 1) if level < limits.FOLDER_LEVELS else ("", 1)
            )
            waiting += [(child, above, below) for child in children[folder.id]]
