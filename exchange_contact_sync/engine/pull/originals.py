# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether contacts are still there that others are taken for, or for copies of.

Not every end of a contact is told: the mailbox may have forgotten what it told us, or
the contact was there between two looks only. So before a contact is taken for a copy,
the mailbox is asked whether the original is still there.
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
    """Contacts that strangers claim to be, by a key, and that are gone without our
    being told.

    :param session: Session
    :param read: sequence of (Entry, RemoteContact)
    :return: list of Entry, deletions to be put into the inbox
    """
    return _gone(session, session.read(lambda: _claimed_originals(session, read)))


def _gone(session: Session, links: Sequence[Link]) -> list[Entry]:
    """:return: list of Entry, deletions of those that are no longer there"""
    refs = [ref_of(link) for link in links]
    answers = fetch_all(session, refs)
    return [
        Entry(RemoteRef(ref.id, "", ref.folder), ChangeType.DELETED)
        for ref, answer in zip(refs, answers, strict=True)
        if isinstance(answer, ContactGone)
    ]


def _claimed_originals(session: Session, read: Sequence[Read]) -> list[Link]:
    by_key = links_by_keys(session, [contact.ref for _entry, contact in read])
    homeless = session.inbox.deleted() if by_key else set()
    here = {entry.ref.id for entry, _contact in read}
    links = {
        link.id: link
        for _entry, contact in read
        for link in claims(by_key, contact.ref)
    }
    return [
        link
        for link in links.values()
        if link.remote not in here and not session.may_have_moved(link, homeless)
    ]


def copied(
    session: Session, refs: Mapping[int, RemoteRef], evidence: Mapping[int, Evidence]
) -> dict[int, Match]:
    """Find contacts that say what a linked one says, whatever its partner says by now:
    Odoo was edited since, or the pair is stopped.

    :param session: Session
    :param refs: Mapping of RemoteRef by id of the entry, of contacts without a link
    :param evidence: Mapping of Evidence by id of the entry, those that seem to be new
    :return: dict of Match by id of the entry, none that is new
    """
    new = [refs[i] for i in evidence]
    by_key = links_by_keys(session, new)
    links = {link.id: link for ref in new for link in claims(by_key, ref)}
    links |= {k.id: k for k in session.links.unlike(keys_of(evidence.values()))}
    homeless = session.inbox.deleted() if links else set()
    known = [
        link
        for link in links.values()
        if link.partner
        and PRIVATE not in link.facts
        and not session.may_have_moved(link, homeless)
    ]
    partners = {k.id: k.partner for k in known}
    register = as_candidates({i: last_seen(session, links[i]) for i in partners})
    found = {i: register.same(one) for i, one in evidence.items()}
    return {
        i: Match(Found.TAKEN, tuple(sorted(partners[link] for link in same)))
        for i, same in found.items()
        if same
    }


def doubts(session: Session, matches: Mapping[int, Match]) -> set[int]:
    """Find contacts that seem to be copies of others of which nobody knows whether they
    are still there; :func:`settle_doubts` asks for those.

    :param session: Session
    :param matches: Mapping of id of an entry to Match
    :return: set of int, ids of entries to be looked at again afterwards
    """
    taken = {i: m.ids for i, m in matches.items() if m.found is Found.TAKEN}
    partners = {partner for ids in taken.values() for partner in ids}
    links = session.links.by_partner(sorted(partners))
    doubted = {
        partner: link
        for partner, link in links.items()
        if link.remote and not link.is_known_gone and link.id not in session.certain
    }
    session.doubted.update((link.id, link) for link in doubted.values())
    return {i for i, ids in taken.items() if not doubted.keys().isdisjoint(ids)}


def settle_doubts(session: Session) -> None:
    """Ask the mailbox for the contacts that others seem to be copies of.

    :param session: Session
    """
    links = list(session.doubted.values())
    if not links:
        return
    gone = _gone(session, links)
    if gone:
        session.transaction(lambda: _note(session, gone))
    session.certain |= session.doubted.keys()
    session.doubted.clear()


def _note(session: Session, gone: Collection[Entry]) -> None:
    for entry in gone:
        session.inbox.put(entry.ref.folder, [entry])
    session.begin_again()
