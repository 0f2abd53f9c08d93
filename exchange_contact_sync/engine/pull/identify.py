# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tell which link a contact belongs to, wherever in the mailbox it is now.

A contact that moved has a new id. It is recognised by our identity on it, if we created
it; by the mailbox's search key, which a move and an edit leave alone; and where the
mailbox has none, by what it says, compared with contacts that have just gone. A copy
carries the identity and the search key too: as long as the original is there, the copy
is a stranger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...core.link import Link, LinkState
from ...core.mailbox import Entry, RemoteContact, RemoteRef
from ...core.plan import Reason
from ..session import Session
from .by_content import Read, by_content


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


def recognise(session: Session, read: Sequence[Read]) -> dict[int, Recognised]:
    """Links of contacts, also of those that moved to another folder.

    :param session: Session
    :param read: sequence of (Entry, RemoteContact)
    :return: dict of Recognised by entry's id; no link is in it twice
    """
    links = session.links
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
    homeless = session.inbox.deleted()
    by_key = links_by_keys(session, [contact.ref for _, contact in strangers])
    for entry, contact in strangers:
        for link in claims(by_key, contact.ref):
            if link.id not in claimed and session.may_have_moved(link, homeless):
                claimed.add(link.id)
                result[entry.id] = Recognised(entry, contact, link)
                break
    left = [(e, contact) for e, contact in strangers if e.id not in result]
    if left and homeless:
        for entry, contact, link in by_content(session, left, homeless, claimed):
            result[entry.id] = Recognised(entry, contact, link)
    return result


def claims(by_key: Mapping[str, Link], ref: RemoteRef) -> Iterator[Link]:
    """:param by_key: Mapping, see :func:`links_by_keys`
    :param ref: RemoteRef
    :return: iterator of Link, those a contact may belong to, by our identity first
    """
    links = (by_key.get(key) for key in (ref.sync_key, ref.search_key) if key)
    yield from (link for link in links if link)


def links_by_keys(session: Session, refs: Collection[RemoteRef]) -> dict[str, Link]:
    """:param session: Session
    :param refs: collection of RemoteRef
    :return: dict of Link by our identity and by the mailbox's search key
    """
    links = session.links
    sync_keys = {ref.sync_key for ref in refs} - {""}
    search_keys = {ref.search_key for ref in refs} - {""}
    return {
        **(links.by_search_key(sorted(search_keys)) if search_keys else {}),
        **(links.by_sync_key(sorted(sync_keys)) if sync_keys else {}),
    }
