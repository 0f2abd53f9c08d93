# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read contacts: a few one by one in batches, many from the pages of their folder.

Each request within a batch counts towards the limit of a mailbox, 10,000 in ten minutes
("Microsoft Graph service-specific throttling limits"). With single requests, one large
address book would use up this limit. A page of a list has a hundred contacts. The
position of a contact in the list is known only from a list of all ids, which is read
before. If the list changes meanwhile, some contacts are not on their page and are read
by single requests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from ..core.errors import ContactError, SyncError, Unanswered
from ..core.mailbox import RemoteRef
from ..outlook.batches import Batches, RequestSize
from ..outlook.failures import Kind
from ..outlook.reading import or_damaged, understood
from .connection import GraphConnection
from .contacts.layout import query_for
from .errors import folder_error, item_error
from .ids import from_graph, to_graph
from .message import Answer, Request
from .pages import NEXT, pages

T = TypeVar("T")
Item = Mapping[str, object]

MIN_FOR_PAGES = 40
"""Pages are read if at least so many contacts of one folder are requested."""

MIN_PER_PAGE = 4
"""A page is read if it has at least so many of the contacts; otherwise they are read by
single requests.
"""

PAGE, IDS = 100, 200
"""The number of contacts on a page, and of ids on a page that has only ids. With
$expand, a page has at most 100. Pages of ids are small, because distribution lists
count on a page but are not returned (microsoft-graph-docs issue 11201), so positions
are approximate.
"""

PAGES_AT_ONCE = 5
"""The number of pages in a request; an answer then has about 3 MB."""

QueryOf = Callable[..., str]
"""Returns the query: for one contact, or with ``listed``, ``top`` and ``skip`` for a
page."""

Convert = Callable[[RemoteRef, Item, bool], "T | None"]
"""Returns the value of an item; None if the list does not contain enough of it. The
last argument is whether the item is from a list.
"""


class Reader:
    """Reads the contacts of one mailbox.

    :param size: how many contacts go into one request
    """

    def __init__(self, connection: GraphConnection, size: RequestSize) -> None:
        self._connection = connection
        self._size = size
        self._positions: dict[str, dict[str, int]] = {}

    def read(
        self, refs: Sequence[RemoteRef], query_of: QueryOf, convert: Convert[T]
    ) -> list[T | ContactError]:
        """Return the value of each contact, in the order of the request.

        :raises SyncError: the server answered for no contact
        """
        found = self._from_pages(refs, query_of, convert)
        left = [ref for ref in refs if ref.id not in found]
        try:
            alone = self._read_singly(left, query_of, convert)
        except SyncError as error:
            if not found:
                raise
            alone = [Unanswered(error)] * len(left)
        answers = iter(alone)
        return [found[r.id] if r.id in found else next(answers) for r in refs]

    def _read_singly(
        self, refs: Sequence[RemoteRef], query_of: QueryOf, convert: Convert[T]
    ) -> list[T | ContactError]:
        query = query_of()

        def send(part: Sequence[RemoteRef]) -> list[T | ContactError]:
            requests = [_get(f"{path_of(ref)}{query}") for ref in part]
            answers = self._connection.batch_adapting(requests, self._size)
            pairs = zip(part, answers, strict=True)
            return [_value(ref, one, convert) for ref, one in pairs]

        return Batches(self._size, Kind.READ, send).answers(refs)

    def _from_pages(
        self, refs: Sequence[RemoteRef], query_of: QueryOf, convert: Convert[T]
    ) -> dict[str, T]:
        counts = Counter(ref.folder for ref in refs)
        found: dict[str, T] = {}
        for folder, number in counts.items():
            if folder and number >= MIN_FOR_PAGES:
                wanted = {ref.id: ref for ref in refs if ref.folder == folder}
                found |= self._of_folder(folder, wanted, query_of, convert)
        return found

    def _of_folder(
        self,
        folder: str,
        wanted: Mapping[str, RemoteRef],
        query_of: QueryOf,
        convert: Convert[T],
    ) -> dict[str, T]:
        positions = self._positions_in(folder, wanted)
        pages = Counter(positions[one] // PAGE for one in wanted if one in positions)
        numbers = sorted(n for n, count in pages.items() if count >= MIN_PER_PAGE)
        found: dict[str, T] = {}
        for start in range(0, len(numbers), PAGES_AT_ONCE):
            part = numbers[start : start + PAGES_AT_ONCE]
            for item in self._items(folder, [n * PAGE for n in part], query_of, PAGE):
                ref = wanted.get(_id_of(item))
                value = or_damaged(convert, ref, item, True) if ref else None
                if ref and value is not None and not isinstance(value, ContactError):
                    found[ref.id] = value
        return found

    def _positions_in(
        self, folder: str, wanted: Mapping[str, object]
    ) -> dict[str, int]:
        """Return the position of each contact in the list of its folder."""
        known = self._positions.get(folder, {})
        if sum(one in known for one in wanted) * 2 < len(wanted):
            known = self._positions[folder] = self._listed(folder)
        return known

    def _listed(self, folder: str) -> dict[str, int]:
        positions: dict[str, int] = {}
        start, pages, before = 0, 2, -1
        # A round of pages without a new contact is the last: the server may not know
        # $skip.
        while len(positions) > before:
            before = len(positions)
            skips = [(start + n) * IDS for n in range(pages)]
            answers = self._pages(
                folder, skips, lambda **o: query_for(["id"], (), **o), IDS
            )
            for skip, answer in zip(skips, answers, strict=True):
                if not answer.is_success:
                    return positions
                for number, item in enumerate(answer.entries):
                    positions.setdefault(_id_of(item), skip + number)
                if NEXT not in answer.data:
                    return positions
            start, pages = start + pages, min(pages * 2, 20)
        return positions

    def _items(
        self, folder: str, skips: Sequence[int], query_of: QueryOf, top: int
    ) -> Iterator[Item]:
        """Yield the items of pages, as far as they were answered."""

        def listed(**options: int) -> str:
            return query_of(listed=True, **options)

        for answer in self._pages(folder, skips, listed, top):
            if answer.is_success:
                yield from answer.entries

    def _pages(
        self, folder: str, skips: Sequence[int], query_of: QueryOf, top: int
    ) -> list[Answer]:
        path = f"{folder_path(folder)}/contacts"
        queries = (query_of(top=top, skip=skip) for skip in skips)
        return self._connection.batch([_get(f"{path}{query}") for query in queries])

    def all(self, folder: str, query_of: QueryOf) -> Iterator[Item]:
        """Yield all items of a folder.

        :raises FolderGone: the folder was deleted
        :raises AnswerMalformed: a page cannot be read, or the list has no end
        """
        path = f"{folder_path(folder)}/contacts{query_of(top=PAGE)}"
        with understood("contacts"):
            for answer in pages(self._connection, self._connection.send(_get(path))):
                if not answer.is_success:
                    raise folder_error(answer)
                yield from answer.entries


def _value(ref: RemoteRef, answer: Answer, convert: Convert[T]) -> T | ContactError:
    if not answer.is_success:
        return item_error(answer, Kind.READ)

    def read() -> T:
        if from_graph(answer.data["id"]) != ref.id:
            raise ValueError("an answer about another item")
        value = convert(ref, answer.data, False)
        if value is None:
            raise ValueError("an item without a value")
        return value

    return or_damaged(read)


def _id_of(item: Item) -> str:
    """Return the id of an item; "" if it has none that can be read."""
    found = or_damaged(from_graph, item.get("id"))
    return "" if isinstance(found, ContactError) else found


def _get(path: str) -> Request:
    return Request("GET", path)


def path_of(ref: RemoteRef) -> str:
    """Return the path of a contact below its mailbox."""
    return f"/contacts/{to_graph(ref.id)}"


def folder_path(folder: str) -> str:
    """Return the path of a folder below its mailbox."""
    return f"/contactFolders/{to_graph(folder)}"
