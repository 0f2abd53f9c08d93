# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read the changes of each folder into the inbox before anything is applied.

Ports: remote, links, inbox, unit_of_work.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from ...core.ports import LinkStore
from ...core.run import Way
from ..report import Report
from ..session import Session

PASSES = 4
"""How often the folders are read while contacts are missing, or folders are listed for
the first time. A person may move a contact into a folder just after that folder was
read and before its old folder is. The next pass finds the contact there, so it neither
counts as deleted nor is exported again.
"""

IDLE_PAGES = 50
"""The most consecutive pages without a contact that earlier pages did not list. Without
this limit, a server that repeats the same contacts would keep the run going forever.
"""


def collect(session: Session) -> None:
    """Fill the inbox with the changes since the last run.

    A folder without changes costs one request and no write.

    :raises OutOfTime: the next slice continues with the next page
    """
    for number in range(PASSES):
        over = session.gone_folders | session.unread_folders
        folders = [f for f in session.folders if f.id not in over]
        states = session.read(partial(session.inbox.states, [f.id for f in folders]))
        seen = [_collect_folder(session, f, states[f.id]) for f in folders]
        missed = _Seen.FEWER in seen or session.read(lambda: _missed_before(session))
        if number == 0 and missed:
            find_folders(session)
        elif set(seen) <= {_Seen.AS_BEFORE}:
            return
        if len(session.folders) < 2:
            return


def _missed_before(session: Session) -> bool:
    """Return whether contacts are gone that an earlier slice or run had seen."""
    deleted = session.inbox.deleted()
    links = session.links.by_remote(sorted(deleted)) if deleted else {}
    return any(link.state is not LinkState.ERROR for link in links.values())


def find_folders(session: Session) -> bool:
    """Look for new folders, because missing contacts may be in them.

    :return: whether there are new folders to read
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
    """What was found in a folder."""

    AS_BEFORE = "nobody left it"
    LISTED = "it was listed for the first time"
    FEWER = "contacts that were known are gone"


def _collect_folder(session: Session, folder: FolderChoice, state: str) -> _Seen:
    try:
        return _ask(session, folder, state)
    except FolderGone as error:
        session.gone_folders.add(folder.id)
        _report(session, folder, error)
    except (AnswerMalformed, StateUnknown) as error:
        # The contacts of this folder are unknown: contacts that may be in it do not
        # count as deleted and are not exported.
        session.unread_folders.add(folder.id)
        _report(session, folder, FolderMalformed(error.detail))
    return _Seen.AS_BEFORE


def _report(session: Session, folder: FolderChoice, error: SyncError) -> None:
    report = Report()
    report.failure(Way.PULL, folder.name, error, remote=folder.id)
    session.transaction(lambda: report.store(session))


def _ask(session: Session, folder: FolderChoice, state: str) -> _Seen:
    """Read the pages of a folder.

    :param state: at which the first page starts
    """
    restarted = complete = missed = False
    seen, progress = _Seen.AS_BEFORE, _Progress()
    while not complete:
        session.check_time()
        if not state and not restarted:
            seen = _Seen.LISTED
        try:
            page = session.remote.changes(folder.id, state)
        except StateUnknown:
            if restarted or not state:
                raise
            restarted, state = True, ""
            session.transaction(lambda: _list_anew(session, folder))
            continue
        progress.check(page)
        if _is_news(page, state):
            missed |= session.transaction(partial(_receive, session, folder, page))
        complete, state = page.complete, page.state
        if page.changed or page.deleted:
            session.note_progress()
    return _Seen.FEWER if missed else seen


def _is_news(page: ChangePage, state: str) -> bool:
    """Return whether the page has anything to store."""
    changes = page.changed or page.deleted or page.damaged or page.skipped
    return bool(changes) or page.state != state


def _list_anew(session: Session, folder: FolderChoice) -> None:
    """Reset the folder's state, so that the server lists the whole folder again.

    A new listing does not name the contacts that left the folder in the meantime. So
    deferred contacts are read again, or found to be missing.
    """
    inbox = session.inbox
    inbox.move_state(folder.id, "")
    entries = [one.entry for one in inbox.deferred()]
    inbox.resume([entry for entry in entries if entry.ref.folder == folder.id])


class _Progress:
    """Check that the pages of a folder make progress."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._idle = 0

    def check(self, page: ChangePage) -> None:
        """Check a page.

        :raises AnswerMalformed: too many consecutive pages list only contacts that
            earlier pages already listed
        """
        ids = {*(ref.id for ref in page.changed), *page.deleted} - self._known
        self._known |= ids
        self._idle = 0 if ids else self._idle + 1
        if self._idle > IDLE_PAGES and not page.complete:
            raise AnswerMalformed(f"{IDLE_PAGES} pages without anything new")


def _receive(session: Session, folder: FolderChoice, page: ChangePage) -> bool:
    """Store the changes of a page, without our own writes, whose version is known.

    :return: whether a known contact is no longer there
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
        report.failure(Way.PULL, "", error)
    report.store(session)
    return any(remote in links or remote in waiting for remote in page.deleted)


def echoes(links: LinkStore, refs: Sequence[RemoteRef]) -> set[str]:
    """Return the ids of contacts that are as this addon left them, so that nothing
    about them is stored.
    """
    found = links.by_remote([ref.id for ref in refs])
    return {ref.id for ref in refs if _is_echo(found.get(ref.id), ref)}


def _is_echo(link: Link | None, ref: RemoteRef) -> bool:
    if link is None:
        return False
    known = link.state in (LinkState.SYNCED, LinkState.STOPPED)
    return known and bool(ref.version) and link.version == ref.version
