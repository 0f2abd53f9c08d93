# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the link of a contact, wherever in the mailbox the contact is now.

A contact that moved has a new id. It is recognized by the sync key, if we created it;
by the mailbox's search key, which moves and edits do not change; and in a mailbox
without search keys, by its values, compared with contacts that have just gone. A copy
has the same sync key and search key: while the original exists, the copy counts as a
contact without a link.

Ports: links, inbox.
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
class Recognized:
    """A contact and its link.

    :param link: as stored; it may point to the contact's earlier location
    """

    entry: Entry
    contact: RemoteContact
    link: Link

    @property
    def returned(self) -> bool:
        """Return whether the link was stopped because the contact was gone or private,
        which is no longer the case.
        """
        public = self.link.reason is Reason.PRIVATE and not self.contact.private
        ended = not self.link.remote or public
        return self.link.state is LinkState.STOPPED and ended


def recognize(session: Session, read: Sequence[Read]) -> dict[int, Recognized]:
    """Return the links of contacts, including those that moved to another folder.

    :param read: pairs (Entry, RemoteContact)
    :return: by the entry's id; no link occurs twice
    """
    links = session.links
    found = links.by_remote([entry.ref.id for entry, _contact in read])
    result = {
        entry.id: Recognized(entry, contact, found[entry.ref.id])
        for entry, contact in read
        if entry.ref.id in found
    }
    unlinked = [(e, contact) for e, contact in read if e.id not in result]
    if not unlinked:
        return result
    claimed = {known.link.id for known in result.values()}
    missing = session.inbox.deleted()
    by_key = links_by_keys(session, [contact.ref for _, contact in unlinked])
    for entry, contact in unlinked:
        for link in claims(by_key, contact.ref):
            if link.id not in claimed and session.may_have_moved(link, missing):
                claimed.add(link.id)
                result[entry.id] = Recognized(entry, contact, link)
                break
    left = [(e, contact) for e, contact in unlinked if e.id not in result]
    if left and missing:
        for entry, contact, link in by_content(session, left, missing, claimed):
            # A contact that we created would have the sync key, wherever it is now.
            result[entry.id] = Recognized(entry, contact, link.not_created_by_us())
    return result


def claims(by_key: Mapping[str, Link], ref: RemoteRef) -> Iterator[Link]:
    """Return the links a contact may belong to, those with its sync key first.

    :param by_key: see :func:`links_by_keys`
    """
    links = (by_key.get(key) for key in (ref.sync_key, ref.search_key) if key)
    yield from (link for link in links if link)


def links_by_keys(session: Session, refs: Collection[RemoteRef]) -> dict[str, Link]:
    """Return links by the sync keys and search keys of these contacts."""
    links = session.links
    sync_keys = {ref.sync_key for ref in refs} - {""}
    search_keys = {ref.search_key for ref in refs} - {""}
    return {
        **(links.by_search_key(sorted(search_keys)) if search_keys else {}),
        **(links.by_sync_key(sorted(sync_keys)) if sync_keys else {}),
    }
