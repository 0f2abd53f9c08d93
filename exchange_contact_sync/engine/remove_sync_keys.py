# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Take our identities off the contacts of a mailbox, wherever in it they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from ..core.errors import ContactError, ContactGone, FolderGone, Unanswered
from ..core.mailbox import RemoteRef
from ..core.ports import MarkedStore, RemoteStore


def remove_sync_keys(
    remote: MarkedStore, spared: Callable[[Collection[str]], Collection[str]]
) -> int:
    """All folders are gone through: contacts move, copies carry the identity too, and
    one that was forgotten before is known to nobody but its contact.

    Doing it again does no harm, so that nothing has to be kept of how far it came.

    :param remote: MarkedStore
    :param spared: callable that tells which of some identities are to stay
    :return: int, how many contacts the mailbox did not let us write
    :raises SyncError: the mailbox cannot be worked with now
    """
    refused = 0
    for folder in remote.folders():
        marked = [ref for ref in _contacts(remote, folder.id) if ref.sync_key]
        staying = spared({ref.sync_key for ref in marked}) if marked else ()
        ours = [ref for ref in marked if ref.sync_key not in staying]
        refused += _unmark(remote, ours)
    return refused


def _unmark(remote: MarkedStore, refs: list[RemoteRef]) -> int:
    """Go on as long as the mailbox answers for some of them.

    :return: int, how many it refused
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
    """What is in a folder, with the identities: the same pages a first run asks for."""
    state, complete = "", False
    while not complete:
        try:
            page = remote.changes(folder, state)
        except FolderGone:
            return  # deleted since the folders were listed, and all in it
        yield from page.changed
        state, complete = page.state, page.complete


def _is_refusal(answer: RemoteRef | ContactError) -> bool:
    passed = isinstance(answer, ContactGone | Unanswered)
    return isinstance(answer, ContactError) and not passed
