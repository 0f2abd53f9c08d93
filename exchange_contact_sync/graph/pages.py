# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Follow the pages of a list.

"Paging Microsoft Graph data in your app" (https://learn.microsoft.com/graph/paging): a
page may be shorter than requested, even empty, and the link to the next one is opaque.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.errors import AnswerMalformed
from .connection import GraphConnection
from .message import Answer

NEXT = "@odata.nextLink"

IDLE_PAGES = 50
"""The most consecutive pages without anything new. Distribution lists take up room on a
page but are not returned, so some pages may be empty."""


def pages(connection: GraphConnection, first: Answer) -> Iterator[Answer]:
    """Yield a page and those that follow it; the last one may be an error.

    :raises AnswerMalformed: a link names another server, or the list does not end
    :raises ValueError: a page is not a list
    """
    answer, idle = first, 0
    known: set[object] = set()
    while True:
        yield answer
        if not answer.is_success or NEXT not in answer.data:
            return
        new = {str(entry.get("id")) for entry in answer.entries} - known
        known |= new
        idle = 0 if new else idle + 1
        if idle > IDLE_PAGES:
            raise AnswerMalformed(f"{IDLE_PAGES} pages without anything new")
        answer = connection.follow(connection.path_of_link(answer.data[NEXT]))
