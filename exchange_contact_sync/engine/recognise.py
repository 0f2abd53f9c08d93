# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tell which link a contact belongs to, wherever in the mailbox it is now.

A contact that moved has a new id. It is recognised by our identity on it, if we created
it; by the mailbox's search key, which a move and an edit leave alone; and where the
mailbox has none, by what it says, compared with contacts that have just gone. A copy
carries the identity and the search key too: as long as the original is there, the copy
is a stranger.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..core.align import with_name
from ..core.contact import Contact
from ..core.evidence import PRIVATE
from ..core.fields import SETS
from ..core.matching import Found, assign
from ..core.names import full_name
from ..core.normalize import canonical
from ..core.plan import Reason
from ..core.records import Entry, Link, LinkState, RemoteContact, RemoteRef
from ..core.resting import facts_known
from ..core.vocabulary import Vocabulary
from .evidence import as_candidates, evidence_for, last_seen
from .parts import Slice

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
    by_key = links_by_keys(work, strangers)
    for entry, contact in strangers:
        for link in claims(by_key, contact.ref):
            if link.id not in claimed and may_have_moved(work, link, homeless):
                claimed.add(link.id)
                result[entry.id] = Recognised(entry, contact, link)
                break
    left = [(e, contact) for e, contact in strangers if e.id not in result]
    gone = _gone(work, homeless, claimed) if left else []
    for entry, contact, link in _by_content(work, gone, left):
        result[entry.id] = Recognised(entry, contact, link)
    return result


def may_have_moved(work: Slice, link: Link, homeless: set[str]) -> bool:
    """:param work: Slice
    :param link: Link
    :param homeless: set of str, ids of contacts that are no longer where they were
    :return: bool, whether the link's contact can be another one now
    """
    if not link.remote or link.is_known_gone or link.remote in homeless:
        return True
    return work.is_lost(link.folder)


def claims(by_key: Mapping[str, Link], ref: RemoteRef) -> Iterator[Link]:
    """Links that a contact may belong to, by our identity first."""
    links = (by_key.get(key) for key in (ref.sync_key, ref.search_key) if key)
    yield from (link for link in links if link)


def links_by_keys(work: Slice, read: Sequence[Read]) -> dict[str, Link]:
    """Links by our identity and by the mailbox's search key."""
    links = work.parts.links
    sync_keys = {contact.ref.sync_key for _entry, contact in read} - {""}
    search_keys = {contact.ref.search_key for _entry, contact in read} - {""}
    return {
        **(links.by_search_key(sorted(search_keys)) if search_keys else {}),
        **(links.by_sync_key(sorted(sync_keys)) if sync_keys else {}),
    }


def _gone(work: Slice, homeless: set[str], claimed: Collection[int]) -> list[Link]:
    """Links of contacts that are no longer where they were."""
    gone = work.parts.links.by_remote(sorted(homeless)) if homeless else {}
    return [
        link
        for link in gone.values()
        if PRIVATE not in facts_known(link) and link.id not in claimed
    ]


def _by_content(
    work: Slice, gone: Sequence[Link], strangers: Sequence[Read]
) -> Iterator[tuple[Entry, RemoteContact, Link]]:
    """Contacts that say what one said that has gone; nobody guesses between two that
    are equally alike.
    """
    if not gone or not strangers:
        return
    links = {link.id: link for link in gone}
    register = as_candidates({i: last_seen(work, link) for i, link in links.items()})
    read = {entry.id: (entry, contact) for entry, contact in strangers}
    evidence = {
        i: evidence_for(work, with_name(contact.contact))
        for i, (_entry, contact) in read.items()
    }

    def says_the_same(entry: int, link: int) -> bool:
        theirs = _fingerprint(read[entry][1].contact, work.words)
        return theirs == _told(links[link], work.words)

    for i, match in assign(evidence, register, says_the_same).items():
        if match.found is Found.ONE:
            yield (*read[i], links[match.ids[0]])


def _told(link: Link, words: Vocabulary) -> str:
    return _fingerprint(link.base.theirs() if link.base else Contact({}), words)


def _fingerprint(contact: Contact, words: Vocabulary) -> str:
    named = contact.with_values({"name": full_name(contact, {})})
    # Of a set that the owner keeps out nothing is known.
    rows = [key for key in words.rows if key not in SETS]
    return json.dumps([canonical(key, named, words) for key in rows])
