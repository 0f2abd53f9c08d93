# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check whether the originals of possible copies still exist.

The server does not report every deletion: its state may have been lost, or the contact
may have existed only between two runs. So before a contact counts as a copy, the
mailbox is asked whether the original still exists.

Ports: links, inbox.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ...core.errors import ContactGone
from ...core.evidence import PRIVATE, Evidence
from ...core.link import Link
from ...core.mailbox import ChangeType, Entry, RemoteRef
from ...core.matching import Found, Match
from ..evidence import as_candidates, keys_of, last_seen
from ..reread import ref_of
from ..session import Session
from ..unanswered import fetch_all
from .by_content import Read
from .identify import claims, links_by_keys


def missing_originals(session: Session, read: Sequence[Read]) -> list[Entry]:
    """Return contacts that are gone and whose key another contact has now, although the
    server did not report the deletion.

    :param read: pairs (Entry, RemoteContact)
    :return: deletions to put into the inbox
    """
    return _gone(session, session.read(lambda: _claimed_originals(session, read)))


def _gone(session: Session, links: Sequence[Link]) -> list[Entry]:
    """Return deletions for the contacts that no longer exist."""
    refs = [ref_of(link) for link in links]
    answers = fetch_all(session, refs)
    return [
        Entry(RemoteRef(ref.id, "", ref.folder), ChangeType.DELETED)
        for ref, answer in zip(refs, answers, strict=True)
        if isinstance(answer, ContactGone)
    ]


def _claimed_originals(session: Session, read: Sequence[Read]) -> list[Link]:
    by_key = links_by_keys(session, [contact.ref for _entry, contact in read])
    missing = session.inbox.deleted() if by_key else set()
    here = {entry.ref.id for entry, _contact in read}
    links = {
        link.id: link
        for _entry, contact in read
        for link in claims(by_key, contact.ref)
    }
    return [
        link
        for link in links.values()
        if link.remote not in here and not session.may_have_moved(link, missing)
    ]


def copied(
    session: Session, refs: Mapping[int, RemoteRef], evidence: Mapping[int, Evidence]
) -> dict[int, Match]:
    """Find contacts with the same values as a linked contact.

    The partner of that link may have other values: because Odoo was edited since, or
    because the link is stopped.

    :param refs: by id of the entry, of contacts without a link
    :param evidence: by id of the entry, of contacts that seem to be new
    :return: by id of the entry; none of them is new
    """
    new = [refs[i] for i in evidence]
    by_key = links_by_keys(session, new)
    links = {link.id: link for ref in new for link in claims(by_key, ref)}
    links |= {k.id: k for k in session.links.unlike(keys_of(evidence.values()))}
    missing = session.inbox.deleted() if links else set()
    known = [
        link
        for link in links.values()
        if link.partner
        and PRIVATE not in link.facts
        and not session.may_have_moved(link, missing)
    ]
    partners = {k.id: k.partner for k in known}
    register = as_candidates({i: last_seen(session, links[i]) for i in partners})
    found = {i: register.same(one) for i, one in evidence.items()}
    return {
        i: Match(Found.LINKED, tuple(sorted(partners[link] for link in same)))
        for i, same in found.items()
        if same
    }


def doubts(session: Session, matches: Mapping[int, Match]) -> set[int]:
    """Find contacts that seem to be copies of contacts that may be gone.

    :func:`settle_doubts` asks the mailbox for the originals.

    :param matches: by id of the entry
    :return: ids of entries to process again after that
    """
    taken = {i: m.ids for i, m in matches.items() if m.found is Found.LINKED}
    partners = {partner for ids in taken.values() for partner in ids}
    links = session.links.by_partner(sorted(partners))
    doubted = {
        partner: link
        for partner, link in links.items()
        if link.remote
        and not link.is_known_gone
        and link.id not in session.confirmed_links
    }
    session.doubted_links.update((link.id, link) for link in doubted.values())
    return {i for i, ids in taken.items() if not doubted.keys().isdisjoint(ids)}


def settle_doubts(session: Session) -> None:
    """Ask the mailbox for the contacts that others seem to be copies of."""
    links = list(session.doubted_links.values())
    if not links:
        return
    gone = _gone(session, links)
    if gone:
        session.transaction(lambda: _note(session, gone))
    session.confirmed_links |= session.doubted_links.keys()
    session.doubted_links.clear()


def _note(session: Session, gone: Collection[Entry]) -> None:
    for entry in gone:
        session.inbox.put(entry.ref.folder, [entry])
    session.collect_again()
