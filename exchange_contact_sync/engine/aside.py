# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts that lie aside: not imported, or not known whose they are.

They are kept with what they can be recognised by. So nobody is exported who is in
the mailbox already, and they are taken up again when the reason has gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core import matching
from ..core.contact import Base, Contact
from ..core.fields import MAIN_PHONE, NUMBER_LISTS, PHONE_KEYS
from ..core.matching import Candidate, Found, Register
from ..core.normalize import members
from ..core.plan import Action, decide_unlinked
from ..core.records import Entry, Link, LocalContact
from .candidates import candidates_for
from .parts import Slice

PRIVATE = "private"
"""What is known of a private contact while such contacts stay out: nothing else."""

NOT_ADMITTED = "not_admitted"
"""Noted of contacts that stay out for their categories, until the choice changes."""

Aside = tuple[Entry, Mapping[str, str]]


def put_aside(
    work: Slice, contacts: Sequence[tuple[Entry, Mapping[str, str]]], *, private: bool
) -> None:
    """Keep contacts for later.

    :param work: Slice
    :param contacts: sequence of (Entry, Mapping of field key to text, with ``name``)
    :param private: bool, nothing of them is to be kept
    """
    work.parts.inbox.park(
        [
            (entry, {PRIVATE: "yes"} if private else _facts(work, contact))
            for entry, contact in contacts
        ]
    )


def _facts(work: Slice, contact: Mapping[str, str]) -> dict[str, str]:
    known = matching.facts(contact)
    if not work.parts.policy.admits(members(contact.get("categories") or "")):
        known[NOT_ADMITTED] = "yes"
    return known


def reconsider(work: Slice) -> None:
    """Take up what may be decided now: somebody changed a choice, or a partner.

    :param work: Slice
    """
    parts, policy = work.parts, work.parts.policy
    chosen = {f.id for f in parts.folders if f.imported and policy.pull}
    parked = [one for one in parts.inbox.parked() if one[0].ref.folder in chosen]
    known = [
        (entry, facts)
        for entry, facts in parked
        if PRIVATE not in facts and NOT_ADMITTED not in facts
    ]
    register = candidates_for(work, [facts for _entry, facts in known])
    parts.inbox.unpark(
        [
            entry
            for entry, facts in known
            if _decision(register, facts) is not Action.WAIT
        ]
    )
    if not policy.skip_private:
        parts.inbox.unpark([entry for entry, facts in parked if PRIVATE in facts])


def _decision(register: Register, facts: Mapping[str, str]) -> Action:
    found = register.match(facts).found
    return decide_unlinked(found, imported=True, private=False)


def claim(work: Slice, partners: Sequence[LocalContact]) -> set[int]:
    """Find partners whose contact lies aside. It is taken up again to be linked, if
    it is clear that it is the partner's; if it is not, both wait for a person. One that
    could not be read waits for the next run, and the partner with it.

    :param work: Slice
    :param partners: sequence of LocalContact, without a link
    :return: set of int, partners that are not to be exported now
    """
    waiting = work.parts.inbox.described()
    if not waiting:
        return set()
    here = Register(_as_candidate(partner) for partner in partners)
    near = [(e, facts) for e, facts in waiting if here.match(facts).ids]
    unread = work.passed_entries
    everybody = candidates_for(work, [facts for _entry, facts in near])
    ids = {partner.id for partner in partners}
    claimed: set[int] = set()
    taken_up: list[Entry] = []
    for entry, facts in near:
        match = everybody.match(facts)
        if match.found is Found.ONE and entry.id not in unread:
            taken_up.append(entry)
        if match.found is not Found.TAKEN:
            claimed.update(ids.intersection(match.ids))
    if taken_up:
        work.parts.inbox.unpark(taken_up)
        work.begin_again()
    return claimed


def may_be_unread(work: Slice, links: Sequence[Link]) -> set[int]:
    """Links whose contact has gone, but may be one that just could not be read: it
    moved to another folder, perhaps.

    :param work: Slice
    :param links: sequence of Link
    :return: set of int, ids of links
    """
    described = work.parts.inbox.described() if work.passed_entries else []
    unread = [facts for entry, facts in described if entry.id in work.passed_entries]
    if not unread:
        return set()
    gone = Register(_as_last_seen(link, link.base) for link in links if link.base)
    return {link for facts in unread for link in gone.match(facts).ids}


def _as_last_seen(link: Link, base: Base) -> Candidate:
    theirs = base.theirs()
    emails = [theirs.get(key) or "" for key in matching.EMAIL_KEYS]
    phones = [theirs.get(key) or "" for key in PHONE_KEYS]
    return _candidate(link.id, theirs, emails, phones)


def _as_candidate(partner: LocalContact) -> Candidate:
    contact = partner.contact
    emails = [contact.get("email") or "", *_listed(contact, "emails")]
    further = (text for key in NUMBER_LISTS for text in _listed(contact, key))
    phones = [contact.get(MAIN_PHONE) or "", *further]
    return _candidate(partner.id, contact, emails, phones)


def _listed(contact: Contact, key: str) -> list[str]:
    text = contact.get(key)
    return text.split("\n") if text else []


def _candidate(
    number: int, contact: Contact, emails: Sequence[str], phones: Sequence[str]
) -> Candidate:
    name, company = contact.get("name") or "", contact.get("company") or ""
    return Candidate(number, tuple(emails), name, company, tuple(phones))
