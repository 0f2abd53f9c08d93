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
from ...core.mailbox import ChangePage, ChangeType, Entry, FolderChoice, RemoteRef
from ..report import Report
from ..session import Session

PASSES = 4
"""How often the folders are asked while contacts go missing, or are listed for the
first time. Somebody may move a contact into a folder just after that one was asked and
before the one it came from is: the next pass finds it there, and it is neither taken
for deleted nor exported once more."""

IDLE_PAGES = 50
"""The most pages in a row that tell of no contact that the pages before did not. Those
of a server that tells for ever of the same would never end."""


def collect(session: Session) -> None:
    """Fill the inbox with what happened in the mailbox since the last run.

    A folder that nothing happened in costs one request and no write.

    :param session: Session
    :raises OutOfTime: the next slice goes on with the page after the last one
    """
    for number in range(PASSES):
        over = session.passed_folders | session.unread_folders
        folders = [f for f in session.folders if f.id not in over]
        seen = [_collect_folder(session, folder) for folder in folders]
        missed = _Seen.FEWER in seen or session.read(lambda: _missed_before(session))
        if number == 0 and missed:
            find_folders(session)
        elif set(seen) <= {_Seen.AS_BEFORE}:
            return
        if len(session.folders) < 2:
            return


def _missed_before(session: Session) -> bool:
    """Whether contacts are gone that an earlier slice or run heard of, and no more."""
    deleted = session.inbox.deleted()
    links = session.links.by_remote(sorted(deleted)) if deleted else {}
    return any(link.state is not LinkState.ERROR for link in links.values())


def find_folders(session: Session) -> bool:
    """Look for folders that were made just now: who is missed may be there.

    :param session: Session
    :return: bool, whether there are new ones, to be asked what is in them
    """
    session.looked_for_folders = True
    if not session.find_folders:
        return False
    known = {folder.id for folder in session.folders}
    session.unit_of_work.release()
    found = session.find_folders()
    new = tuple(folder for folder in found if folder.id not in known)
    session.folders += new
    return bool(new)


class _Seen(Enum):
    """What was seen in a folder."""

    AS_BEFORE = "nobody left it"
    LISTED = "it was listed for the first time"
    FEWER = "contacts that were known are gone"


def _collect_folder(session: Session, folder: FolderChoice) -> _Seen:
    try:
        return _ask(session, folder)
    except FolderGone as error:
        session.passed_folders.add(folder.id)
        _tell(session, folder, error)
    except (AnswerMalformed, StateUnknown) as error:
        # Who is in it is not known: nobody is taken for deleted, nor exported, who may
        # be there.
        session.unread_folders.add(folder.id)
        _tell(session, folder, FolderMalformed(error.detail))
    return _Seen.AS_BEFORE


def _tell(session: Session, folder: FolderChoice, error: SyncError) -> None:
    report = Report()
    report.failure("pull", folder.name, error, remote=folder.id)
    session.transaction(lambda: report.hand_over(session))


def _ask(session: Session, folder: FolderChoice) -> _Seen:
    restarted = complete = missed = False
    seen, progress = _Seen.AS_BEFORE, _Progress()
    while not complete:
        session.check_time()
        state = session.read(lambda: session.inbox.state(folder.id))
        if not state and not restarted:
            seen = _Seen.LISTED
        try:
            page = session.remote.changes(folder.id, state)
        except StateUnknown:
            if restarted or not state:
                raise
            restarted = True
            session.transaction(lambda: _list_anew(session, folder))
            continue
        progress.check(page)
        if _is_news(page, state):
            missed |= session.transaction(partial(_receive, session, folder, page))
        complete = page.complete
        if page.changed or page.deleted:
            session.moved_on()
    return _Seen.FEWER if missed else seen


def _is_news(page: ChangePage, state: str) -> bool:
    """:return: bool, whether anything of a page has to be kept"""
    told = page.changed or page.deleted or page.damaged or page.skipped
    return bool(told) or page.state != state


def _list_anew(session: Session, folder: FolderChoice) -> None:
    """All that is in the folder is told again, but not who left it meanwhile: those who
    were put aside are read, or found missing.
    """
    inbox = session.inbox
    inbox.move_state(folder.id, "")
    entries = [one.entry for one in inbox.deferred()]
    inbox.resume([entry for entry in entries if entry.ref.folder == folder.id])


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


def _receive(session: Session, folder: FolderChoice, page: ChangePage) -> bool:
    """Keep what is news: our own writes come back in the version we know.

    :return: bool, whether a contact that is known is no longer there
    """
    links = session.links.by_remote([*(ref.id for ref in page.changed), *page.deleted])
    news = [
        Entry(ref, ChangeType.CHANGED)
        for ref in page.changed
        if not _is_echo(links.get(ref.id), ref)
    ]
    gone = [
        Entry(RemoteRef(remote, "", folder.id), ChangeType.DELETED)
        for remote in page.deleted
    ]
    waiting = session.inbox.waiting(page.deleted)
    session.inbox.put(folder.id, [*news, *gone])
    session.inbox.move_state(folder.id, page.state)
    report = Report()
    report.count("skipped_count", page.skipped)
    for error in page.damaged:
        report.failure("pull", "", error)
    report.hand_over(session)
    return any(remote in links or remote in waiting for remote in page.deleted)


def _is_echo(link: Link | None, ref: RemoteRef) -> bool:
    if link is None:
        return False
    known = link.state in (LinkState.SYNCED, LinkState.STOPPED)
    return known and bool(ref.version) and link.version == ref.version
