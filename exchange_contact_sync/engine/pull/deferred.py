# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keep deferred contacts: not imported, or not decided yet.

They are kept with their match keys, so that a partner who is already in the mailbox is
not exported, and they are processed again when the reason no longer applies. For
private contacts, only keyed hashes are stored.

Ports: inbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core.contact import Contact
from ...core.evidence import PRIVATE, Evidence, evidence_kept
from ...core.link import Link
from ...core.mailbox import Deferred, Entry, RemoteRef
from ...core.matching import facts
from ...core.normalize import members
from ...core.plan import Reason
from ..evidence import as_candidates, evidence_for, last_seen
from ..session import Session

KEY = "key"
"""For private contacts: which key was used for their hashes."""

NOT_ADMITTED = "not_admitted"
"""Set for contacts that are excluded by their categories, until the choice changes."""

REFUSED = "refused"
"""Set for contacts that Odoo refused to create, until they change."""


def as_deferred(
    session: Session, entry: Entry, contact: Contact, *, private: bool = False
) -> Deferred:
    """Return an inbox entry as it is stored while it is deferred.

    :param contact: with a full ``name``
    :param private: store no readable value
    """
    known = to_keep(session, contact, private=private)
    keys = evidence_kept(known, session.reference_data).keys()
    admits = session.policy.admits
    if not private and not admits(members(contact.get("categories") or "")):
        known[NOT_ADMITTED] = "yes"
    return Deferred(entry, known, tuple(sorted(keys)))


def to_keep(session: Session, contact: Contact, *, private: bool) -> dict[str, object]:
    """Return what identifies a contact, ready for a JSON column.

    :param contact: with a full ``name``
    :param private: store no readable value
    """
    if not private:
        return dict(facts(contact))
    return blinded(session, evidence_for(session, contact))


def blinded(session: Session, evidence: Evidence) -> dict[str, object]:
    """Return the evidence as keyed hashes, ready for a JSON column."""
    hashed = evidence.blinded(session.blind)
    return {PRIVATE: hashed.to_json(), KEY: key_of_hashes(session)}


def hidden(session: Session, people: Mapping[int, Evidence]) -> dict[int, Evidence]:
    """Return the evidence as keyed hashes, by the same ids."""
    return {i: one.blinded(session.blind) for i, one in people.items()}


def private_link(ref: RemoteRef, partner: int, known: Mapping[str, object]) -> Link:
    """Return a stopped link, not stored yet, between a private contact and a partner.

    Neither side is synchronized.

    :param ref: of the private contact
    :param partner: id of the partner that is the same person
    :param known: see :func:`blinded`
    """
    link = Link(0, partner, "", "", "", "", facts=known).at(ref)
    return link.stopped(Reason.PRIVATE)


def defer_contacts(
    session: Session, contacts: Sequence[tuple[Entry, Contact]], *, private: bool
) -> None:
    """Defer contacts.

    :param contacts: pairs (Entry, Contact with a full ``name``)
    :param private: store no readable value
    """
    session.inbox.defer(
        [
            as_deferred(session, entry, contact, private=private)
            for entry, contact in contacts
        ]
    )


def key_of_hashes(session: Session) -> str:
    """Return a text that identifies the key used for hashes now.

    Contacts whose hashes were made with another key are read again.
    """
    return session.blind("key")


def may_be_unread(session: Session, links: Sequence[Link]) -> set[int]:
    """Return the links whose missing contact may be one that could not be read.

    Such a contact may have moved to another folder.

    :return: ids of links
    """
    described = session.inbox.described() if session.tried_entries else []
    unread = [one for one in described if one.entry.id in session.tried_entries]
    if not unread:
        return set()
    public = [link for link in links if PRIVATE not in link.facts]
    seen = {link.id: last_seen(session, link) for link in public}
    gone = as_candidates(seen)
    unreadable = as_candidates(hidden(session, seen))
    found: set[int] = set()
    for one in unread:
        register = unreadable if PRIVATE in one.facts else gone
        near = register.near(evidence_kept(one.facts, session.reference_data))
        found.update(candidate.id for candidate, _similarity in near)
    return found
