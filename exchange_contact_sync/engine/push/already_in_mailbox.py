# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find partners that are in the mailbox already and must not be exported.

A partner's contact may exist although no link shows it: the contact is deferred, not
imported, private or unreadable today; its link was stopped when its partner was
archived or deleted; or it belongs to another partner who is the same person. If the
match is certain, the partner is linked, otherwise a person decides.

Ports: partners, links, inbox.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.errors import Remark
from ...core.evidence import PRIVATE, Evidence, evidence_kept
from ...core.link import Link, LinkState
from ...core.mailbox import Deferred
from ...core.matching import Candidate, Found, Register, assign, is_duplicate
from ...core.partner import LocalContact
from ...core.plan import Reason
from ...core.run import LineAction, Way
from ..evidence import as_candidates, keys_of, partner_evidence
from ..pull.candidates import candidates_for
from ..pull.deferred import hidden, private_link
from ..report import Report
from ..session import Session
from .takeover import take_over

People = dict[int, Evidence]


def already_in_mailbox(session: Session, partners: Sequence[LocalContact]) -> set[int]:
    """Find the partners that the mailbox already has, and link them.

    :param partners: partners without a link
    :return: ids of partners not to export now
    """
    names = {partner.id: partner.contact.get("name", "") for partner in partners}
    people = {partner.id: partner_evidence(session, partner) for partner in partners}
    found: set[int] = set()
    report = Report()
    for find in (_linked_before, _deferred, _private, take_over, _duplicates):
        others = {i: one for i, one in people.items() if i not in found}
        found |= find(session, others, names, report) if others else set()
    report.store(session)
    return found


def _linked_before(
    session: Session, people: People, _names: dict[int, str], _report: Report
) -> set[int]:
    """Return the partners of contacts that cannot be read today and whose link was
    removed by a reset.

    The values of the partner may have changed since, so the partner waits for the next
    run.
    """
    waiting = session.inbox.described() if session.tried_entries else []
    refs = [one.entry.ref for one in waiting if one.entry.id in session.tried_entries]
    former = session.links.former(
        [ref.sync_key for ref in refs if ref.sync_key],
        [ref.search_key for ref in refs if ref.search_key],
    )
    return people.keys() & set(former.values())


def _deferred(
    session: Session, people: People, _names: dict[int, str], _report: Report
) -> set[int]:
    """Return the partners that match deferred contacts.

    A contact with exactly one match is resumed, to be linked; otherwise contact and
    partner both wait for a person. A contact that could not be read waits for the next
    run, and so does its partner.
    """
    inbox = session.inbox
    waiting = inbox.described(keys_of(people.values()))
    waiting = [one for one in waiting if PRIVATE not in one.facts]
    evidence = {
        one.entry.id: evidence_kept(one.facts, session.reference_data)
        for one in waiting
    }
    matches = assign(evidence, candidates_for(session, evidence.values()))
    claimed: set[int] = set()
    to_link: list[Deferred] = []
    for one in waiting:
        match = matches[one.entry.id]
        matched = people.keys() & set(match.ids)
        is_unread = one.entry.id in session.tried_entries
        if match.found is Found.ONE and matched and not is_unread:
            to_link.append(one)
        if match.found is not Found.LINKED:
            claimed |= matched
    if to_link:
        inbox.resume([one.entry for one in to_link])
        session.collect_again()
    return claimed


def _private(
    session: Session, people: People, names: dict[int, str], report: Report
) -> set[int]:
    """Return the partners that match private contacts, and link them.

    The private contact is not imported, and the partner is not exported.
    """
    unreadable = hidden(session, people)
    waiting = session.inbox.described(keys_of(unreadable.values()))
    waiting = [one for one in waiting if PRIVATE in one.facts]
    register = as_candidates(unreadable)
    claimed: set[int] = set()
    for one in waiting:
        kept = evidence_kept(one.facts, session.reference_data)
        same = sorted(register.same(kept) - claimed)
        if same:
            _link_private(session, one, same[0], names[same[0]], report)
        claimed.update(same[:1])
    return claimed


def _link_private(
    session: Session, private: Deferred, partner: int, name: str, report: Report
) -> None:
    link = private_link(private.entry.ref, partner, private.facts)
    (link,) = session.links.add([link])
    session.inbox.settle([private.entry])
    report.contact(Way.PUSH, LineAction.SKIP, name, link, why=Remark("private_there"))
    report.count("skipped_count")


def _duplicates(
    session: Session, people: People, names: dict[int, str], report: Report
) -> set[int]:
    """Return the partners that are the same person as another partner.

    Two partners for one person get only one contact in the mailbox.
    """
    links = []
    for partner, other in duplicates(session, people).items():
        link = Link(0, partner, session.export_folder, "", "", "")
        links.append((link.stopped(Reason.DUPLICATE), other))
    stored = session.links.add([link for link, _other in links])
    for link, (_link, other) in zip(stored, links, strict=True):
        why = Remark("duplicate_partner")
        found = (other,)
        report.contact(
            Way.PUSH, LineAction.SKIP, names[link.partner], link, "", found, why
        )
        report.count("skipped_count")
    return {link.partner for link in stored}


def duplicates(session: Session, people: People) -> dict[int, int]:
    """Find partners that are the same person as another partner.

    The other partner has a contact in the mailbox or comes earlier in the mapping.

    :param people: evidence by id of the partner
    :return: id of the other partner by id of the partner
    """
    exported = _exported_partners(session, people)
    found: dict[int, int] = {}
    first = Register(())
    for partner, evidence in people.items():
        near = [*exported.near(evidence), *first.near(evidence)]
        same = [
            other.id
            for other, similarity in near
            if other.id != partner and is_duplicate(similarity)
        ]
        if same:
            found[partner] = min(same)
        else:
            first.add(Candidate(partner, evidence))
    return found


def _exported_partners(session: Session, people: People) -> Register:
    """Return active partners that may match and whose contact exists or is pending."""
    keys = keys_of(people.values())
    candidates = session.partners.candidates(keys) if keys else []
    links = session.links.by_partner([one.id for one in candidates])
    existing = {
        partner
        for partner, link in links.items()
        if link.state is LinkState.PENDING or (link.remote and not link.is_known_gone)
    }
    return Register(one for one in candidates if one.active and one.id in existing)
