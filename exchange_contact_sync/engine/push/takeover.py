# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Link a new partner to the contact of a deleted or archived one.

This happens whether the old link is stopped yet or not. As long as the contact is in
the mailbox, it is compared with the new partner as if both had just been linked.

Ports: partners, links.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...core.align import with_name
from ...core.errors import Remark
from ...core.evidence import PRIVATE, Evidence
from ...core.last_known import facts_known
from ...core.link import Link, LinkState
from ...core.matching import Found, Match, assign
from ...core.plan import Reason
from ...core.run import LineAction, Way
from ...core.user_requests import UserRequest
from ..evidence import as_candidates, evidence_for, keys_of, last_seen
from ..pairs import Pair
from ..pull.candidates import candidates_for
from ..pull.deferred import blinded, hidden
from ..report import Report
from ..session import Session


def take_over(
    session: Session,
    people: Mapping[int, Evidence],
    names: Mapping[int, str],
    report: Report,
) -> set[int]:
    """Link partners to contacts of stopped links.

    Links that a person stopped and does not start now, and those of private contacts,
    stay stopped.

    :param people: evidence by id of the partner
    :param names: by id of the partner
    :return: ids of partners that have a link now
    """
    links = _without_active_partner(
        session, session.links.unlike(_keys(session, people))
    )
    matches = _matches(session, links, people)
    taken = [
        with_new_partner(session, link, matches[link.id].ids[0])
        for link in links
        if matches[link.id].found is Found.ONE
    ]
    session.links.save(taken)
    for link in taken:
        if not link.user_request:
            why = Remark(_REMARKS[link.reason is Reason.PERSON])
            report.contact(
                Way.PUSH, LineAction.SKIP, names[link.partner], link, why=why
            )
    if any(link.user_request for link in taken):
        session.collect_again()
    return {link.partner for link in taken}


_REMARKS = {True: "stopped_person", False: "private_there"}


def with_new_partner(session: Session, link: Link, partner: int) -> Link:
    """Return the link with its new partner.

    :param link: of a contact that is in the mailbox
    :param partner: id of the partner that replaces the link's own
    """
    private = link.reason is Reason.PRIVATE and session.policy.skip_private
    facts = facts_known(link)
    if private and PRIVATE not in facts:
        facts = blinded(session, last_seen(session, link))
    starts = link.user_request is UserRequest.START
    stays_stopped = private or (link.reason is Reason.PERSON and not starts)
    request = UserRequest.START if starts else UserRequest.RESUME
    link = link.of_partner(partner, facts)
    return link if stays_stopped else replace(link, user_request=request)


def replace_partners(session: Session, pairs: Sequence[Pair]) -> list[Pair]:
    """Replace partners that are gone or archived by new partners for the same person.

    :return: all pairs in the same order
    """
    without_partner = [pair for pair in pairs if _lacks_partner(pair)]
    if not without_partner:
        return list(pairs)
    evidence = {pair.link.id: evidence_now(session, pair) for pair in without_partner}
    found = assign(evidence, candidates_for(session, evidence.values(), active=True))
    new = {i: m.ids[0] for i, m in found.items() if m.found is Found.ONE}
    assigned, _others = assign_partners(
        session, [p for p in without_partner if p.link.id in new], new
    )
    replaced = {pair.link.id: pair for pair in assigned}
    return [replaced.get(pair.link.id, pair) for pair in pairs]


def assign_partners(
    session: Session, pairs: Sequence[Pair], partners: Mapping[int, int]
) -> tuple[list[Pair], list[Pair]]:
    """Link contacts to partners that have no contact.

    A partner that was only skipped as a duplicate (``Reason.DUPLICATE``) may get one.

    :param partners: id of the partner by id of the link
    :return: the pairs with their partners, and the pairs whose partner already has a
        link
    """
    ids = sorted(set(partners.values()))
    found = session.partners.fetch(ids) if ids else {}
    links = session.links.by_partner(ids)
    duplicates = {p: k for p, k in links.items() if k.reason is Reason.DUPLICATE}
    assigned, others = [], []
    for pair in pairs:
        partner = partners[pair.link.id]
        if partner not in found or partner in links.keys() - duplicates:
            others.append(pair)
            continue
        if partner in duplicates:
            session.links.forget([duplicates[partner]])
        link = with_new_partner(session, pair.link, partner)
        session.links.save([link])
        assigned.append(replace(pair, link=link, ours=found[partner]))
    return assigned, others


def _lacks_partner(pair: Pair) -> bool:
    if pair.gone or pair.private or (pair.ours and pair.ours.active):
        return False
    if pair.link.user_request:
        return pair.link.user_request in (UserRequest.START, UserRequest.RESUME)
    return pair.link.reason is not Reason.PERSON


def evidence_now(session: Session, pair: Pair) -> Evidence:
    """Return the evidence of the pair's contact; as last seen if it was not read
    now.
    """
    if pair.ref:
        return evidence_for(session, with_name(pair.theirs))
    return last_seen(session, pair.link)


def _keys(session: Session, people: Mapping[int, Evidence]) -> list[str]:
    return [*keys_of(people.values()), *keys_of(hidden(session, people).values())]


def _matches(
    session: Session, links: Sequence[Link], people: Mapping[int, Evidence]
) -> dict[int, Match]:
    """Match contacts with partners; if only hashes of a contact are known, by those."""
    private = {k.id: last_seen(session, k) for k in links if PRIVATE in k.facts}
    public = {k.id: last_seen(session, k) for k in links if PRIVATE not in k.facts}
    found = assign(public, as_candidates(people))
    matched = [match for match in found.values() if match.found is Found.ONE]
    assigned = {match.ids[0] for match in matched}
    others = {i: one for i, one in people.items() if i not in assigned}
    return {**found, **assign(private, as_candidates(hidden(session, others)))}


def _without_active_partner(session: Session, links: Sequence[Link]) -> list[Link]:
    """Return the stopped links whose partner is gone or archived."""
    links = [link for link in links if link.state is LinkState.STOPPED]
    ids = [link.partner for link in links if link.partner]
    partners = session.partners.fetch(ids) if ids else {}
    active = {partner.id for partner in partners.values() if partner.active}
    return [link for link in links if link.partner not in active]
