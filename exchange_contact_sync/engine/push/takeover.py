# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A partner entered anew takes over the contact of one that was deleted or archived.

Whether the pair of that one was stopped by now or not: as long as its contact is in
the mailbox, it meets the new partner like at first contact.
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
from ...core.photo import PhotoBase
from ...core.plan import Reason
from ...core.user_requests import Ask
from ..evidence import as_candidates, evidence_for, keys_of, last_seen
from ..pairs import Pair
from ..pull.candidates import candidates_for
from ..pull.deferred import blinded, hidden
from ..report import Report
from ..session import Slice


def take_over(
    work: Slice,
    people: Mapping[int, Evidence],
    names: Mapping[int, str],
    report: Report,
) -> set[int]:
    """Link partners to contacts of stopped pairs. What a person stopped, and what is
    private, goes on resting.

    :param work: Slice
    :param people: Mapping of id of a partner to Evidence
    :param names: Mapping of id of a partner to str
    :param report: Report
    :return: set of int, ids of partners that have a link now
    """
    links = _free(work, work.parts.links.unlike(_keys(work, people)))
    matches = _matches(work, links, people)
    taken = [
        taken_over(work, link, matches[link.id].ids[0])
        for link in links
        if matches[link.id].found is Found.ONE
    ]
    work.parts.links.save(taken)
    for link in taken:
        if not link.asked:
            why = Remark(_REMARKS[link.reason is Reason.PERSON])
            report.whole("push", "skip", names[link.partner], link, why=why)
    if any(link.asked for link in taken):
        work.begin_again()
    return {link.partner for link in taken}


_REMARKS = {True: "stopped_person", False: "private_there"}


def taken_over(work: Slice, link: Link, partner: int) -> Link:
    """:param work: Slice
    :param link: Link, of a contact that is in the mailbox
    :param partner: int, id of the partner that takes the place of the link's own
    :return: Link
    """
    private = link.reason is Reason.PRIVATE and work.parts.policy.skip_private
    known = facts_known(link)
    if private and PRIVATE not in known:
        known = blinded(work, last_seen(work, link))
    rests = private or link.reason is Reason.PERSON
    return replace(
        link,
        partner=partner,
        base=None,
        photo=link.photo and PhotoBase().saw(link.photo.seen),
        stamp="",
        asked=None if rests else Ask.RESUME,
        wishes={},
        facts=known,
    )


def succeed(work: Slice, pairs: Sequence[Pair]) -> list[Pair]:
    """Find out which partners that are gone or archived were entered anew: their pairs
    go on with the new partner, whatever becomes of contacts of which there is none.

    :param work: Slice
    :param pairs: sequence of Pair
    :return: list of Pair, in the same order
    """
    bereft = [pair for pair in pairs if _is_bereft(pair)]
    if not bereft:
        return list(pairs)
    evidence = {pair.link.id: evidence_now(work, pair) for pair in bereft}
    found = assign(evidence, candidates_for(work, evidence.values(), active=True))
    new = {i: m.ids[0] for i, m in found.items() if m.found is Found.ONE}
    given, _left = given_to(work, [p for p in bereft if p.link.id in new], new)
    again = {pair.link.id: pair for pair in given}
    return [again.get(pair.link.id, pair) for pair in pairs]


def given_to(
    work: Slice, pairs: Sequence[Pair], partners: Mapping[int, int]
) -> tuple[list[Pair], list[Pair]]:
    """Give contacts to partners that have none. One that only waits behind another
    partner (``Reason.DUPLICATE``) waits no longer.

    :param work: Slice
    :param pairs: sequence of Pair
    :param partners: Mapping of id of the link to id of the partner
    :return: list of Pair with their partners, and of those whose partner has a link
    """
    ids = sorted(set(partners.values()))
    seen = work.parts.partners.fetch(ids) if ids else {}
    links = work.parts.links.by_partner(ids)
    waiting = {p: k for p, k in links.items() if k.reason is Reason.DUPLICATE}
    given, left = [], []
    for pair in pairs:
        partner = partners[pair.link.id]
        if partner not in seen or partner in links.keys() - waiting:
            left.append(pair)
            continue
        if partner in waiting:
            work.parts.links.forget([waiting[partner]])
        link = taken_over(work, pair.link, partner)
        work.parts.links.save([link])
        given.append(replace(pair, link=link, ours=seen[partner]))
    return given, left


def _is_bereft(pair: Pair) -> bool:
    if pair.gone or pair.private or (pair.ours and pair.ours.active):
        return False
    if pair.link.asked:
        return pair.link.asked in (Ask.START, Ask.RESUME)
    return pair.link.reason is not Reason.PERSON


def evidence_now(work: Slice, pair: Pair) -> Evidence:
    """:param work: Slice
    :param pair: Pair
    :return: Evidence of its contact
    """
    if pair.ref:
        return evidence_for(work, with_name(pair.theirs))
    return last_seen(work, pair.link)


def _keys(work: Slice, people: Mapping[int, Evidence]) -> list[str]:
    return [*keys_of(people.values()), *keys_of(hidden(work, people).values())]


def _matches(
    work: Slice, links: Sequence[Link], people: Mapping[int, Evidence]
) -> dict[int, Match]:
    """Whom contacts stand for; those of which only hashes are known by these."""
    private = {k.id: last_seen(work, k) for k in links if PRIVATE in k.facts}
    public = {k.id: last_seen(work, k) for k in links if PRIVATE not in k.facts}
    found = assign(public, as_candidates(people))
    matched = [match for match in found.values() if match.found is Found.ONE]
    given = {match.ids[0] for match in matched}
    left = {i: one for i, one in people.items() if i not in given}
    return {**found, **assign(private, as_candidates(hidden(work, left)))}


def _free(work: Slice, links: Sequence[Link]) -> list[Link]:
    """Stopped links whose partner is gone or archived."""
    links = [link for link in links if link.state is LinkState.STOPPED]
    ids = [link.partner for link in links if link.partner]
    seen = work.parts.partners.fetch(ids) if ids else {}
    active = {partner.id for partner in seen.values() if partner.active}
    return [link for link in links if link.partner not in active]
