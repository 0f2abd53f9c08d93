# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts that are deferred: not imported, or not known whose they are.

They are kept with what they are recognised by, so that nobody is exported who is in
the mailbox already, and they are taken up again when the reason has passed. Of a
private contact only keyed hashes are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core.contact import Contact
from ..core.evidence import Evidence
from ..core.matching import assign, facts
from ..core.normalize import members
from ..core.plan import Action, decide_unlinked
from ..core.records import Deferred, Entry, Link
from .candidates import candidates_for
from .evidence import as_candidates, evidence_for, last_seen
from .parts import Slice

PRIVATE = "private"
"""Noted of private contacts while such contacts stay out, with keyed hashes of what
they are recognised by."""

KEY = "key"

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
    evidence = evidence_for(work, contact)
    if private:
        evidence = evidence.blinded(work.parts.blind)
        known: dict[str, object] = {PRIVATE: evidence.to_json(), KEY: _key(work)}
    else:
        known = dict(facts(contact))
        if not work.parts.policy.admits(members(contact.get("categories") or "")):
            known[NOT_ADMITTED] = "yes"
    return Deferred(entry, known, tuple(sorted(evidence.keys())))


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


def evidence_kept(work: Slice, one: Deferred) -> Evidence:
    """:param work: Slice
    :param one: Deferred
    :return: Evidence, that of a private contact blinded
    """
    if PRIVATE in one.facts:
        return Evidence.from_json(one.facts[PRIVATE])
    return evidence_for(work, one.facts)


def reconsider(work: Slice) -> None:
    """Take up what may be decided now: somebody changed a choice, or a partner.

    :param work: Slice
    """
    parts, policy = work.parts, work.parts.policy
    chosen = {f.id for f in parts.folders if f.imported and policy.pull}
    if not chosen:
        return
    parked = [one for one in parts.inbox.parked() if one.entry.ref.folder in chosen]
    known = {
        one.entry.id: evidence_for(work, one.facts)
        for one in parked
        if not {PRIVATE, NOT_ADMITTED, REFUSED} & one.facts.keys()
    }
    matches = assign(known, candidates_for(work, known.values())) if known else {}
    parts.inbox.unpark(
        [
            one.entry
            for one in parked
            if one.entry.id in matches
            and _can_be_decided(work, matches[one.entry.id].found)
        ]
    )
    parts.inbox.unpark(
        [
            one.entry
            for one in parked
            if PRIVATE in one.facts
            and (not policy.skip_private or one.facts.get(KEY) != _key(work))
        ]
    )


def _key(work: Slice) -> str:
    """Tells by which key hashes were made: with another one contacts are read anew."""
    return work.parts.blind("key")


def _can_be_decided(work: Slice, found: object) -> bool:
    may_create = work.parts.partners.may_create
    action = decide_unlinked(found, imported=may_create, private=False)
    return action not in (Action.WAIT, Action.PARK)


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
    gone = as_candidates(
        {link.id: last_seen(work, link) for link in links if link.base}
    )
    found: set[int] = set()
    for one in unread:
        near: Mapping = dict(gone.near(evidence_kept(work, one)))
        found.update(candidate.id for candidate in near)
    return found
