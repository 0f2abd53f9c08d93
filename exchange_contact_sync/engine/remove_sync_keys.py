# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Remove our sync keys from all contacts of a mailbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from ..core.errors import ContactError, ContactGone, FolderGone, Unanswered
from ..core.mailbox import RemoteRef
from ..core.ports import RemoteStore, SyncKeyRemover


def remove_sync_keys(
    remote: SyncKeyRemover, spared: Callable[[Collection[str]], Collection[str]]
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
        refs = [ref for ref in _contacts(remote, folder.id) if ref.sync_key]
        kept = spared({ref.sync_key for ref in refs}) if refs else ()
        refused += _remove(remote, [ref for ref in refs if ref.sync_key not in kept])
    return refused


def _remove(remote: SyncKeyRemover, refs: list[RemoteRef]) -> int:
    """Remove sync keys for as long as the mailbox answers for some contacts.

    :return: how many it refused
    """
    refused = 0
    while refs:
        answers = remote.remove_sync_keys(refs)
        refused += sum(map(_is_refusal, answers))
        unanswered = [
            (ref, answer)
            for ref, answer in zip(refs, answers, strict=True)
            if isinstance(answer, Unanswered)
        ]
        for _ref, answer in unanswered[:1]:
            if len(unanswered) == len(refs) or not answer.retry_at_once:
                raise answer.cause
        refs = [ref for ref, _answer in unanswered]
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
    harmless = isinstance(answer, ContactGone | Unanswered)
    return isinstance(answer, ContactError) and not harmless
