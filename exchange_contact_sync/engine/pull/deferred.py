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
from ..session import Slice

KEY = "key"
"""Noted of private contacts: by which key their hashes were made."""

NOT_ADMITTED = "not_admitted"
"""Noted of contacts that stay out for their categories, until the choice changes."""

REFUSED = "refused"
"""Noted of contacts that Odoo refused to create, until they change."""


def deferred(
    work: Slice, entry: Entry, contact: Contact, *, private: bool = False
) -> Deferred:
    """:param work: Slice
    :param entry: Entry
    :param contact: Contact, with ``name`` made whole
    :param private: bool, nothing of it is to be readable
    :return: Deferred
    """
    known = to_keep(work, contact, private=private)
    keys = evidence_kept(known, work.words).keys()
    admits = work.parts.policy.admits
    if not private and not admits(members(contact.get("categories") or "")):
        known[NOT_ADMITTED] = "yes"
    return Deferred(entry, known, tuple(sorted(keys)))


def to_keep(work: Slice, contact: Contact, *, private: bool) -> dict[str, object]:
    """:param work: Slice
    :param contact: Contact, with ``name`` made whole
    :param private: bool, nothing of it is to be readable
    :return: dict of what the contact is recognised by, ready for a JSON column
    """
    if not private:
        return dict(facts(contact))
    return blinded(work, evidence_for(work, contact))


def blinded(work: Slice, evidence: Evidence) -> dict[str, object]:
    """:param work: Slice
    :param evidence: Evidence
    :return: dict, likewise, in which nothing is readable
    """
    hashed = evidence.blinded(work.parts.blind)
    return {PRIVATE: hashed.to_json(), KEY: key_of_hashes(work)}


def hidden(work: Slice, people: Mapping[int, Evidence]) -> dict[int, Evidence]:
    """:param work: Slice
    :param people: Mapping of any id to Evidence
    :return: dict of the same, blinded
    """
    return {i: one.blinded(work.parts.blind) for i, one in people.items()}


def private_link(ref: RemoteRef, partner: int, known: Mapping[str, object]) -> Link:
    """:param ref: RemoteRef, of a private contact
    :param partner: int, id of the partner that it stands for
    :param known: Mapping, see :func:`blinded`
    :return: Link, not stored: the contact stays unread, and its partner stays out
    """
    link = Link(0, partner, "", "", "", "", facts=known).at(ref)
    return replace(link, state=LinkState.STOPPED, reason=Reason.PRIVATE)


def put_aside(
    work: Slice, contacts: Sequence[tuple[Entry, Contact]], *, private: bool
) -> None:
    """Keep contacts for later.

    :param work: Slice
    :param contacts: sequence of (Entry, Contact with ``name``)
    :param private: bool, nothing of them is to be readable
    """
    work.parts.inbox.park(
        [deferred(work, entry, one, private=private) for entry, one in contacts]
    )


def key_of_hashes(work: Slice) -> str:
    """:param work: Slice
    :return: str, tells by which key hashes are made now: of those made with another one
        the contacts are read anew
    """
    return work.parts.blind("key")


def may_be_unread(work: Slice, links: Sequence[Link]) -> set[int]:
    """Links whose contact has gone, but may be one that just could not be read: it
    moved to another folder, perhaps.

    :param work: Slice
    :param links: sequence of Link
    :return: set of int, ids of links
    """
    described = work.parts.inbox.described() if work.passed_entries else []
    unread = [one for one in described if one.entry.id in work.passed_entries]
    if not unread:
        return set()
    public = [link for link in links if PRIVATE not in link.facts]
    seen = {link.id: last_seen(work, link) for link in public}
    gone = as_candidates(seen)
    unreadable = as_candidates(hidden(work, seen))
    found: set[int] = set()
    for one in unread:
        register = unreadable if PRIVATE in one.facts else gone
        near = register.near(evidence_kept(one.facts, work.words))
        found.update(candidate.id for candidate, _likeness in near)
    return found
