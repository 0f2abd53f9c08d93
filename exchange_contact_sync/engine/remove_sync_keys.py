# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Remove our sync keys from all contacts of a mailbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from ..core.errors import ContactError, ContactGone, FolderGone, Unanswered
from ..core.mailbox import RemoteRef
from ..core.ports import MarkedStore, RemoteStore


def remove_sync_keys(
    remote: MarkedStore, spared: Callable[[Collection[str]], Collection[str]]
) -> int:
    """Remove our sync keys from the contacts of all folders.

    All folders are searched because contacts move, copies carry the sync key too, and
    no link is left for contacts that were forgotten earlier. The operation can be
    repeated safely, so its progress is not stored.

    :param spared: returns those of the given sync keys that must stay
    :return: how many contacts the mailbox did not let us write
    :raises SyncError: the mailbox cannot be used now
    """
    refused = 0
    for folder in remote.folders():
        marked = [ref for ref in _contacts(remote, folder.id) if ref.sync_key]
        staying = spared({ref.sync_key for ref in marked}) if marked else ()
        ours = [ref for ref in marked if ref.sync_key not in staying]
        refused += _unmark(remote, ours)
    return refused


def _unmark(remote: MarkedStore, refs: list[RemoteRef]) -> int:
    """Remove sync keys for as long as the mailbox answers for some contacts.

    :return: how many it refused
    """
    refused = 0
    while refs:
        answers = remote.unmark(refs)
        refused += sum(map(_is_refusal, answers))
        left = [
            (ref, one)
            for ref, one in zip(refs, answers, strict=True)
            if isinstance(one, Unanswered)
        ]
        if left and (len(left) == len(refs) or not left[0][1].again):
            raise left[0][1].cause
        refs = [ref for ref, _answer in left]
    return refused


def _contacts(remote: RemoteStore, folder: str) -> Iterator[RemoteRef]:
    """Return the contacts of a folder with their sync keys.

    The pages are the same as in a first run.
    """
    state, complete = "", False
    while not complete:
        try:
            page = remote.changes(folder, state)
        except FolderGone:
            return  # the folder was deleted since, with its contacts
        yield from page.changed
        state, complete = page.state, page.complete


def _is_refusal(answer: RemoteRef | ContactError) -> bool:
    passed = isinstance(answer, ContactGone | Unanswered)
    return isinstance(answer, ContactError) and not passed
