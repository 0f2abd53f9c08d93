# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tell which link a contact belongs to, wherever in the mailbox it is now.

A contact that moved has a new id. It is known by our identity on it, or, if we
never wrote to it, by being word for word one that has just gone. A copy carries
the identity too: as long as the original is there, the copy is a stranger.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..core.contact import Contact
from ..core.errors import ContactGone
from ..core.fields import SETS
from ..core.names import full_name
from ..core.normalize import canonical
from ..core.plan import Reason
from ..core.records import Entry, Link, LinkState, Mark, RemoteContact, RemoteRef
from ..core.vocabulary import Vocabulary
from .parts import Slice
from .unanswered import fetch_all

Read = tuple[Entry, RemoteContact]


@dataclass(frozen=True)
class Recognised:
    """A contact and its link.

    :param entry: Entry
    :param contact: RemoteContact
    :param link: Link, as stored: it may point to where the contact was before
    """

    entry: Entry
    contact: RemoteContact
    link: Link

    @property
    def came_back(self) -> bool:
        """Whether the pair ended with the contact, which was gone, or was private."""
        public = self.link.reason is Reason.PRIVATE and not self.contact.private
        ended = not self.link.remote or public
        return self.link.state is LinkState.STOPPED and ended


def recognise(work: Slice, read: Sequence[Read]) -> dict[int, Recognised]:
    """Links of contacts, also of those that moved to another folder.

    :param work: Slice
    :param read: sequence of (Entry, RemoteContact)
    :return: dict of Recognised by entry's id; no link is in it twice
    """
    links = work.parts.links
    found = links.by_remote([entry.ref.id for entry, _contact in read])
    result = {
        entry.id: Recognised(entry, contact, found[entry.ref.id])
        for entry, contact in read
        if entry.ref.id in found
    }
    strangers = [(e, contact) for e, contact in read if e.id not in result]
    if not strangers:
        return result
    claimed = {known.link.id for known in result.values()}
    homeless = work.parts.inbox.deleted()
    by_key = _by_key(work, strangers)
    by_words = _by_words(work, homeless, strangers)
    for entry, contact in strangers:
        link = by_key.get(contact.ref.sync_key) or by_words.get(entry.id)
        if link and link.id not in claimed and may_have_moved(work, link, homeless):
            claimed.add(link.id)
            result[entry.id] = Recognised(entry, contact, link)
    return result


def may_have_moved(work: Slice, link: Link, homeless: set[str]) -> bool:
    """:param work: Slice
    :param link: Link
    :param homeless: set of str, ids of contacts that are no longer where they were
    :return: bool, whether the link's contact can be another one now
    """
    if not link.remote or link.remote in homeless:
        return True
    return work.is_lost(link.folder)


def missing_originals(work: Slice, read: Sequence[Read]) -> list[Entry]:
    """Contacts that strangers claim to be, and that are gone without our being told.

    Not every move is seen from both ends: the mailbox may have forgotten what it
    told us. So before a contact with a known identity is taken for a copy, the
    mailbox is asked whether the original is still there.

    :param work: Slice
    :param read: sequence of (Entry, RemoteContact)
    :return: list of Entry, deletions to be put into the inbox
    """
    asked = work.durably(lambda: _claimed_originals(work, read))
    refs = [RemoteRef(k.remote, k.version, k.folder, k.sync_key) for k in asked]
    answers = fetch_all(work, refs)
    return [
        Entry(RemoteRef(ref.id, "", ref.folder), Mark.DELETED)
        for ref, answer in zip(refs, answers, strict=True)
        if isinstance(answer, ContactGone)
    ]


def _claimed_originals(work: Slice, read: Sequence[Read]) -> list[Link]:
    by_key = _by_key(work, read)
    homeless = work.parts.inbox.deleted() if by_key else set()
    here = {entry.ref.id for entry, _contact in read}
    return [
        link
        for link in by_key.values()
        if link.remote not in here and not may_have_moved(work, link, homeless)
    ]


def _by_key(work: Slice, read: Sequence[Read]) -> dict[str, Link]:
    keys = {contact.ref.sync_key for _entry, contact in read} - {""}
    return work.parts.links.by_sync_key(sorted(keys)) if keys else {}


def _by_words(
    work: Slice, homeless: set[str], strangers: Iterable[Read]
) -> dict[int, Link]:
    """Links of contacts that have gone, by the entry of the stranger that says what
    they said; nobody guesses between two that say the same.
    """
    gone = work.parts.links.by_remote(sorted(homeless)) if homeless else {}
    told = [(_told(link, work.words), link) for link in gone.values() if link.base]
    if not told:
        return {}
    heard = {e.id: _fingerprint(c.contact, work.words) for e, c in strangers}
    often_heard = Counter(heard.values())
    often_told = Counter(words for words, _link in told)
    links = {
        words: link
        for words, link in told
        if often_told[words] == often_heard[words] == 1
    }
    return {entry: links[words] for entry, words in heard.items() if words in links}


def _told(link: Link, words: Vocabulary) -> str:
    assert link.base is not None
    return _fingerprint(link.base.theirs(), words)


def _fingerprint(contact: Contact, words: Vocabulary) -> str:
    named = contact.with_values({"name": full_name(contact, {})})
    # Of a set that the owner keeps out nothing is known.
    rows = [key for key in words.rows if key not in SETS]
    return json.dumps([canonical(key, named, words) for key in rows])
