# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts that are deferred: not imported, or not known whose they are.

They are kept with what they are recognised by, so that nobody is exported who is in
the mailbox already, and they are taken up again when the reason has passed. Of a
private contact only keyed hashes are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...core.contact import Contact
from ...core.evidence import PRIVATE, Evidence, evidence_kept
from ...core.link import Link, LinkState
from ...core.mailbox import Deferred, Entry, RemoteRef
from ...core.matching import facts
from ...core.normalize import members
from ...core.plan import Reason
from ..evidence import as_candidates, evidence_for, last_seen
from ..session import Session

KEY = "key"
"""Noted of private contacts: by which key their hashes were made."""

NOT_ADMITTED = "not_admitted"
"""Noted of contacts that stay out for their categories, until the choice changes."""

REFUSED = "refused"
"""Noted of contacts that Odoo refused to create, until they change."""


def deferred(
    session: Session, entry: Entry, contact: Contact, *, private: bool = False
) -> Deferred:
    """:param session: Session
    :param entry: Entry
    :param contact: Contact, with ``name`` made whole
    :param private: bool, nothing of it is to be readable
    :return: Deferred
    """
    known = to_keep(session, contact, private=private)
    keys = evidence_kept(known, session.words).keys()
    admits = session.policy.admits
    if not private and not admits(members(contact.get("categories") or "")):
        known[NOT_ADMITTED] = "yes"
    return Deferred(entry, known, tuple(sorted(keys)))


def to_keep(session: Session, contact: Contact, *, private: bool) -> dict[str, object]:
    """:param session: Session
    :param contact: Contact, with ``name`` made whole
    :param private: bool, nothing of it is to be readable
    :return: dict of what the contact is recognised by, ready for a JSON column
    """
    if not private:
        return dict(facts(contact))
    return blinded(session, evidence_for(session, contact))


def blinded(session: Session, evidence: Evidence) -> dict[str, object]:
    """:param session: Session
    :param evidence: Evidence
    :return: dict, likewise, in which nothing is readable
    """
    hashed = evidence.blinded(session.blind)
    return {PRIVATE: hashed.to_json(), KEY: key_of_hashes(session)}


def hidden(session: Session, people: Mapping[int, Evidence]) -> dict[int, Evidence]:
    """:param session: Session
    :param people: Mapping of any id to Evidence
    :return: dict of the same, blinded
    """
    return {i: one.blinded(session.blind) for i, one in people.items()}


def private_link(ref: RemoteRef, partner: int, known: Mapping[str, object]) -> Link:
    """:param ref: RemoteRef, of a private contact
    :param partner: int, id of the partner that it stands for
    :param known: Mapping, see :func:`blinded`
    :return: Link, not stored: the contact stays unread, and its partner stays out
    """
    link = Link(0, partner, "", "", "", "", facts=known).at(ref)
    return replace(link, state=LinkState.STOPPED, reason=Reason.PRIVATE)


def put_aside(
    session: Session, contacts: Sequence[tuple[Entry, Contact]], *, private: bool
) -> None:
    """Keep contacts for later.

    :param session: Session
    :param contacts: sequence of (Entry, Contact with ``name``)
    :param private: bool, nothing of them is to be readable
    """
    session.inbox.defer(
        [deferred(session, entry, one, private=private) for entry, one in contacts]
    )


def key_of_hashes(session: Session) -> str:
    """:param session: Session
    :return: str, tells by which key hashes are made now: of those made with another one
        the contacts are read anew
    """
    return session.blind("key")


def may_be_unread(session: Session, links: Sequence[Link]) -> set[int]:
    """Links whose contact has gone, but may be one that just could not be read: it
    moved to another folder, perhaps.

    :param session: Session
    :param links: sequence of Link
    :return: set of int, ids of links
    """
    described = session.inbox.described() if session.passed_entries else []
    unread = [one for one in described if one.entry.id in session.passed_entries]
    if not unread:
        return set()
    public = [link for link in links if PRIVATE not in link.facts]
    seen = {link.id: last_seen(session, link) for link in public}
    gone = as_candidates(seen)
    unreadable = as_candidates(hidden(session, seen))
    found: set[int] = set()
    for one in unread:
        register = unreadable if PRIVATE in one.facts else gone
        near = register.near(evidence_kept(one.facts, session.words))
        found.update(candidate.id for candidate, _likeness in near)
    return found
