# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the contact folders of a mailbox: those in which people keep contacts.

One search over the whole mailbox finds them, in one request for up to 250. The same
request searches Deleted Items, whose folders are left out. Search folders are outside
the tree that is searched (below the folder "Finder" of the root).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..core import limits
from ..core.errors import AnswerMalformed, NoContactFolder, TooManyFolders
from ..core.mailbox import RemoteFolder
from ..core.text import clean
from ..outlook.folder_classes import CONTACTS, holds_contacts
from ..outlook.folder_tree import FoundFolder, folder_name, folder_tree
from ..outlook.reading import number_of, understood
from .connection.protocol import MailboxProtocol
from .contacts.reading import id_in
from .operations.errors import NO_RESULT, code_of, mailbox_error, new_folder_error
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

_NOT_FOUND = ("ErrorFolderNotFound", "ErrorItemNotFound")


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
    folders = folder_tree(found, deleted, default)
    if not folders:
        raise NoContactFolder()
    return folders


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
        raise AnswerMalformed(f"CreateFolder: {NO_RESULT}")
    return str(answer)


def _search(protocol: MailboxProtocol) -> tuple[dict[str, FoundFolder], set[str]]:
    names = ("msgfolderroot", "deleteditems")
    found: dict[str, FoundFolder] = {}
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


def _folders(page: etree._Element) -> Iterator[FoundFolder]:
    for element in page.iterfind(f"{t('Folders')}/*"):
        folder_class = element.findtext(t("FolderClass")) or ""
        if element.tag == t("ContactsFolder"):
            folder_class = folder_class or CONTACTS
        folder_id = id_in(element, t("FolderId"))
        # A search that ignores case may find other folders, too.
        searched = element.tag == t("SearchFolder")
        if searched or not folder_id or not holds_contacts(folder_class):
            continue
        yield FoundFolder(
            id=folder_id,
            parent=id_in(element, t("ParentFolderId")),
            name=folder_name(element.findtext(t("DisplayName")) or ""),
            folder_class=folder_class,
            count=number_of(element.findtext(t("TotalCount"))) or 0,
            hidden=element.findtext(f"{t('ExtendedProperty')}/{t('Value')}") == "true",
        )
