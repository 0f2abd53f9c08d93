# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Follow the changes of a folder by delta queries.

"contact: delta" (https://learn.microsoft.com/graph/api/contact-delta) and "Use delta
query to track changes" (https://learn.microsoft.com/graph/delta-query-overview): items
are returned in any order and may be repeated. Extended properties are not requested
here: $expand is not documented for contacts, and for messages the service fails on it
(msgraph-sdk-dotnet issue 2678).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ..core.errors import AnswerMalformed, ContactError, FolderGone, StateUnknown
from ..core.mailbox import ChangePage, RemoteRef
from ..outlook.reading import or_damaged, understood
from .connection import GraphConnection
from .contacts.layout import query_for
from .errors import detail_of, folder_error, is_state_unknown
from .ids import from_graph, version_of
from .message import Answer, Request
from .pages import NEXT
from .reading import folder_path

PAGE = 200
"""Changes that are requested in one page; the server may send fewer."""

PREFER = {"Prefer": f"odata.maxpagesize={PAGE}"}

LAST = "@odata.deltaLink"


def next_page(connection: GraphConnection, folder: str, state: str) -> ChangePage:
    """Return the next page of changes; always one request.

    :param state: from the page before; "" for all contacts
    :return: without sync keys and search keys
    :raises StateUnknown: start again from ""
    :raises FolderGone: the folder was deleted
    :raises AnswerMalformed: the answer cannot be read
    """
    answer = _ask(connection, folder, state)
    if not answer.is_success:
        raise _error(connection, folder, answer, continued=bool(state))
    with understood("delta"):
        return _page(connection, folder, answer, state)


def _ask(connection: GraphConnection, folder: str, state: str) -> Answer:
    if state:
        return connection.follow(_State.read(state, folder).link, PREFER)
    path = f"{folder_path(folder)}/contacts/delta{query_for(['id', 'changeKey'])}"
    return connection.send(Request("GET", path, headers=PREFER))


def _error(
    connection: GraphConnection, folder: str, answer: Answer, *, continued: bool
) -> Exception:
    """Return the error for a page that was refused.

    The answer is the same for a link that is no longer known and for a deleted folder,
    so the folder is requested.
    """
    if not is_state_unknown(answer, continued=continued):
        return folder_error(answer)
    path = f"{folder_path(folder)}{query_for(['id'])}"
    found = connection.send(Request("GET", path))
    if not found.is_success:
        error = folder_error(found)
        if isinstance(error, FolderGone):
            return error
    return StateUnknown(detail_of(answer))


@dataclass(frozen=True)
class _State:
    """A link of the server, with the folder it is for.

    :param link: path and query; the host is that of the connection
    """

    folder: str
    link: str

    def write(self) -> str:
        """Return the state as text."""
        return json.dumps([self.folder, self.link])

    @classmethod
    def read(cls, text: str, folder: str) -> _State:
        """Return the state of a text.

        :raises StateUnknown: it is not a state of this folder
        """
        try:
            known, link = json.loads(text)
        except (ValueError, TypeError, RecursionError) as error:
            raise StateUnknown("not a state of Graph") from error
        is_path = isinstance(link, str) and link.startswith("/")
        if known != folder or not is_path:
            raise StateUnknown("the state of another folder")
        return cls(folder, link)


def _page(
    connection: GraphConnection, folder: str, answer: Answer, state: str
) -> ChangePage:
    changed: dict[str, RemoteRef] = {}
    deleted: set[str] = set()
    damaged: list[ContactError] = []
    for item in answer.entries:
        ref = or_damaged(_ref, item, folder)
        if isinstance(ref, ContactError):
            damaged.append(ref)
        elif "@removed" in item:
            deleted.add(ref.id)
        else:
            changed[ref.id] = ref
    following = answer.data.get(NEXT)
    link = following or answer.data.get(LAST)
    if not link:
        raise AnswerMalformed("delta: an answer without a link")
    new_state = _State(folder, connection.path_of_link(link)).write()
    no_progress = new_state == state and not changed and not deleted
    return ChangePage(
        changed=tuple(changed.values()),
        # An item that is both changed and deleted is read, which shows whether it still
        # exists.
        deleted=tuple(sorted(deleted - changed.keys())),
        state=new_state,
        complete=not following or no_progress,
        damaged=tuple(damaged),
    )


def _ref(item: Mapping[str, object], folder: str) -> RemoteRef:
    version = "" if "@removed" in item else version_of(item)
    return RemoteRef(from_graph(item["id"]), version, folder)
