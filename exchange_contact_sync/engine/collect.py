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

PASSES = 3
"""How often the folders are asked while contacts go missing. Somebody may move a
contact into a folder just after that one was asked and before the one it came from
is: the next pass finds it there, and it is not taken for deleted."""


def collect(work: Slice) -> None:
    """Fill the inbox with what happened in the mailbox since the last run.

    A folder that nothing happened in costs one request and no write.

    :param work: Slice
    :raises OutOfTime: the next slice goes on with the page after the last one
    """
    for number in range(PASSES):
        folders = [f for f in work.folders if f.id not in work.passed_folders]
        missed = any([_collect_folder(work, folder) for folder in folders])
        if number == 0 and (missed or _missed_before(work)):
            _find_folders(work)
        elif not missed:
            return
        if len(work.folders) < 2:
            return


def _missed_before(work: Slice) -> bool:
    """Whether an earlier slice heard of contacts that are gone, and no more."""
    return work.goes_on and bool(work.durably(work.parts.inbox.deleted))


def _find_folders(work: Slice) -> None:
    """A contact may have been moved into a folder that was made just now."""
    if work.parts.find_folders:
        known = {folder.id for folder in work.folders}
        found = work.parts.find_folders()
        new = tuple(folder for folder in found if folder.id not in known)
        work.folders += new


def _collect_folder(work: Slice, folder: FolderChoice) -> bool:
    """:return: bool, whether a linked contact is no longer there"""
    parts = work.parts
    restarted = complete = missed = False
    while not complete:
        work.check_time()
        state = work.durably(lambda: parts.inbox.state(folder.id))
        try:
            page = parts.remote.changes(folder.id, state)
        except StateUnknown:
            if restarted or not state:
                raise
            restarted = True
            work.durably(lambda: parts.inbox.move_state(folder.id, ""))
            continue
        except FolderGone as error:
            _folder_gone(work, folder, error)
            return False
        missed |= work.durably(lambda page=page: _receive(work, folder, page))
        complete = page.complete
        if page.changed or page.deleted:
            work.moved_on()
    return missed


def _folder_gone(work: Slice, folder: FolderChoice, error: FolderGone) -> None:
    work.passed_folders.add(folder.id)
    report = Report()
    report.failure("pull", "", error, remote=folder.id)
    work.durably(lambda: report.hand_over(work))


def _receive(work: Slice, folder: FolderChoice, page: ChangePage) -> bool:
    """Keep what is news: our own writes come back in the version we know.

    :return: bool, whether a linked contact is no longer there
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
    parts.inbox.put(folder.id, [*news, *gone])
    parts.inbox.move_state(folder.id, page.state)
    report = Report()
    report.count("skipped_count", page.skipped)
    report.hand_over(work)
    return any(remote in links for remote in page.deleted)


def _is_echo(link: Link | None, ref: RemoteRef) -> bool:
    if link is None:
        return False
    known = link.state in (LinkState.SYNCED, LinkState.STOPPED)
    return known and link.version == ref.version
