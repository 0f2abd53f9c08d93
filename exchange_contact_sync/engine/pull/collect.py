# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ask every folder what happened, and keep the answer before anything is done."""

from __future__ import annotations

from enum import Enum
from functools import partial

from ...core.errors import (
    AnswerMalformed,
    FolderGone,
    FolderMalformed,
    StateUnknown,
    SyncError,
)
from ...core.link import Link, LinkState
from ...core.mailbox import ChangePage, Entry, FolderChoice, Mark, RemoteRef
from ..report import Report
from ..session import Slice

PASSES = 4
"""How often the folders are asked while contacts go missing, or are listed for the
first time. Somebody may move a contact into a folder just after that one was asked and
before the one it came from is: the next pass finds it there, and it is neither taken
for deleted nor exported once more."""

IDLE_PAGES = 50
"""The most pages in a row that tell of no contact that the pages before did not. Those
of a server that tells for ever of the same would never end."""


def collect(work: Slice) -> None:
    """Fill the inbox with what happened in the mailbox since the last run.

    A folder that nothing happened in costs one request and no write.

    :param work: Slice
    :raises OutOfTime: the next slice goes on with the page after the last one
    """
    for number in range(PASSES):
        over = work.passed_folders | work.unread_folders
        folders = [f for f in work.folders if f.id not in over]
        seen = [_collect_folder(work, folder) for folder in folders]
        missed = _Seen.FEWER in seen or work.durably(lambda: _missed_before(work))
        if number == 0 and missed:
            find_folders(work)
        elif set(seen) <= {_Seen.AS_BEFORE}:
            return
        if len(work.folders) < 2:
            return


def _missed_before(work: Slice) -> bool:
    """Whether contacts are gone that an earlier slice or run heard of, and no more."""
    deleted = work.parts.inbox.deleted()
    links = work.parts.links.by_remote(sorted(deleted)) if deleted else {}
    return any(link.state is not LinkState.ERROR for link in links.values())


def find_folders(work: Slice) -> bool:
    """Look for folders that were made just now: who is missed may be there.

    :param work: Slice
    :return: bool, whether there are new ones, to be asked what is in them
    """
    work.looked_for_folders = True
    if not work.parts.find_folders:
        return False
    known = {folder.id for folder in work.folders}
    found = work.parts.find_folders()
    new = tuple(folder for folder in found if folder.id not in known)
    work.folders += new
    return bool(new)


class _Seen(Enum):
    """What was seen in a folder."""

    AS_BEFORE = "nobody left it"
    LISTED = "it was listed for the first time"
    FEWER = "contacts that were known are gone"


def _collect_folder(work: Slice, folder: FolderChoice) -> _Seen:
    try:
        return _ask(work, folder)
    except FolderGone as error:
        work.passed_folders.add(folder.id)
        _tell(work, folder, error)
    except (AnswerMalformed, StateUnknown) as error:
        # Who is in it is not known: nobody is taken for deleted, nor exported, who may
        # be there.
        work.unread_folders.add(folder.id)
        _tell(work, folder, FolderMalformed(error.detail))
    return _Seen.AS_BEFORE


def _tell(work: Slice, folder: FolderChoice, error: SyncError) -> None:
    report = Report()
    report.failure("pull", folder.name, error, remote=folder.id)
    work.durably(lambda: report.hand_over(work))


def _ask(work: Slice, folder: FolderChoice) -> _Seen:
    parts = work.parts
    restarted = complete = missed = False
    seen, progress = _Seen.AS_BEFORE, _Progress()
    while not complete:
        work.check_time()
        state = work.durably(lambda: parts.inbox.state(folder.id))
        if not state and not restarted:
            seen = _Seen.LISTED
        try:
            page = parts.remote.changes(folder.id, state)
        except StateUnknown:
            if restarted or not state:
                raise
            restarted = True
            work.durably(lambda: _list_anew(work, folder))
            continue
        progress.check(page)
        missed |= work.durably(partial(_receive, work, folder, page))
        complete = page.complete
        if page.changed or page.deleted:
            work.moved_on()
    return _Seen.FEWER if missed else seen


def _list_anew(work: Slice, folder: FolderChoice) -> None:
    """All that is in the folder is told again, but not who left it meanwhile: those who
    were put aside are read, or found missing.
    """
    inbox = work.parts.inbox
    inbox.move_state(folder.id, "")
    entries = [one.entry for one in inbox.parked()]
    inbox.unpark([entry for entry in entries if entry.ref.folder == folder.id])


class _Progress:
    """Whether the pages of a folder lead anywhere."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._idle = 0

    def check(self, page: ChangePage) -> None:
        """:param page: ChangePage
        :raises AnswerMalformed: for too long, no page has told of another contact than
            those before
        """
        ids = {*(ref.id for ref in page.changed), *page.deleted} - self._known
        self._known |= ids
        self._idle = 0 if ids else self._idle + 1
        if self._idle > IDLE_PAGES and not page.complete:
            raise AnswerMalformed(f"{IDLE_PAGES} pages without anything new")


def _receive(work: Slice, folder: FolderChoice, page: ChangePage) -> bool:
    """Keep what is news: our own writes come back in the version we know.

    :return: bool, whether a contact that is known is no longer there
    """
    parts = work.parts
    links = parts.links.by_remote([*(ref.id for ref in page.changed), *page.deleted])
    news = [
        Entry(ref, Mark.CHANGED)
        for ref in page.changed
        if not _is_echo(links.get(ref.id), ref)
    ]
    gone = [
        Entry(RemoteRef(remote, "", folder.id), Mark.DELETED) for remote in page.deleted
    ]
    waiting = parts.inbox.waiting(page.deleted)
    parts.inbox.put(folder.id, [*news, *gone])
    parts.inbox.move_state(folder.id, page.state)
    report = Report()
    report.count("skipped_count", page.skipped)
    for error in page.damaged:
        report.failure("pull", "", error)
    report.hand_over(work)
    return any(remote in links or remote in waiting for remote in page.deleted)


def _is_echo(link: Link | None, ref: RemoteRef) -> bool:
    if link is None:
        return False
    known = link.state in (LinkState.SYNCED, LinkState.STOPPED)
    return known and bool(ref.version) and link.version == ref.version
