# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ask every folder what happened, and keep the answer before anything is done."""

from __future__ import annotations

from ..core.errors import FolderGone, StateUnknown
from ..core.records import (
    ChangePage,
    Entry,
    FolderChoice,
    Link,
    LinkState,
    Mark,
    RemoteRef,
)
from .parts import Slice
from .report import Report


def collect(work: Slice) -> None:
    """Fill the inbox with what happened in the mailbox since the last run.

    A folder that nothing happened in costs one request and no write.

    :param work: Slice
    :raises OutOfTime: the next slice goes on with the page after the last one
    """
    for folder in work.parts.folders:
        _collect_folder(work, folder)


def _collect_folder(work: Slice, folder: FolderChoice) -> None:
    parts, restarted, complete = work.parts, False, False
    while not complete:
        work.check_time()
        state = parts.checkpoint.run(lambda: parts.inbox.state(folder.id))
        try:
            page = parts.remote.changes(folder.id, state)
        except StateUnknown:
            if restarted or not state:
                raise
            restarted = True
            parts.checkpoint.run(lambda: parts.inbox.move_state(folder.id, ""))
            continue
        except FolderGone as error:
            _folder_gone(work, folder, error)
            return
        parts.checkpoint.run(lambda page=page: _receive(work, folder, page))
        complete = page.complete


def _folder_gone(work: Slice, folder: FolderChoice, error: FolderGone) -> None:
    report = Report()
    report.failure("pull", "", error, remote=folder.id)
    parts = work.parts
    parts.checkpoint.run(lambda: report.hand_over(parts.log))


def _receive(work: Slice, folder: FolderChoice, page: ChangePage) -> None:
    """Keep what is news: our own writes come back in the version we know."""
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
    parts.inbox.put(folder.id, [*news, *gone])
    parts.inbox.move_state(folder.id, page.state)
    report = Report()
    report.count("skipped_count", page.skipped)
    report.hand_over(parts.log)


def _is_echo(link: Link | None, ref: RemoteRef) -> bool:
    if link is None:
        return False
    known = link.state in (LinkState.SYNCED, LinkState.STOPPED)
    return known and link.version == ref.version
