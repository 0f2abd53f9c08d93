# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Process contacts without a link: link them, create partners, or defer them.

Ports: partners, links, inbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from ...core.align import with_name
from ...core.companies import represents_company
from ...core.errors import Remark
from ...core.evidence import Evidence
from ...core.link import LinkState
from ...core.mailbox import Entry, FolderChoice
from ...core.matching import Found, Match, assign, copies
from ...core.normalize import members
from ...core.plan import Action, decide_unlinked
from ...core.run import LineAction, Way
from ..apply.creating import create_partners
from ..evidence import evidence_for
from ..report import Report
from ..session import Session
from .by_content import Read
from .candidates import SameValues, candidates_for
from .deferred import REFUSED, as_deferred, defer_contacts
from .linking import Unlinked, link_matched, link_private, new_pair, unused_sync_keys
from .originals import copied, doubts


def apply_unlinked(
    session: Session, read: Sequence[Read], report: Report
) -> tuple[set[int], set[int]]:
    """Match contacts without a link with partners; link, create or defer them.

    :param read: pairs (Entry, RemoteContact)
    :return: ids of entries to process again after this batch, and of deferred ones
    """
    if not read:
        return set(), set()
    unlinked, later = _identify(session, read)
    groups: dict[Action, list[Unlinked]] = {action: [] for action in Action}
    for item in unlinked:
        groups[_decide(session, item)].append(item)
    keys = unused_sync_keys(session, groups[Action.CREATE_OURS] + groups[Action.LINK])
    new = [new_pair(session, item, keys) for item in groups[Action.CREATE_OURS]]
    # Companies first: people are linked to the companies they name.
    for are_companies in (True, False):
        pairs = [
            pair for pair in new if represents_company(pair.theirs) is are_companies
        ]
        create_partners(session, pairs, report)
    link_matched(session, groups[Action.LINK], keys, report)
    groups[Action.SKIP] = link_private(session, groups[Action.SKIP], report)
    deferred = _defer_refused(session, groups[Action.CREATE_OURS])
    for action in (Action.SKIP, Action.DEFER, Action.WAIT):
        _defer(session, action, groups[action], report)
        deferred.update(item.entry.id for item in groups[action])
    return later, deferred


def _defer_refused(session: Session, unlinked: Sequence[Unlinked]) -> set[int]:
    """Defer contacts that Odoo refused to create.

    They are tried again when the contact changes or a person requests it, not in each
    run. Until then, the same person is not exported either.
    """
    refused = [item for item in unlinked if item.entry.id in session.tried_entries]
    waiting = [as_deferred(session, item.entry, item.contact) for item in refused]
    session.inbox.defer(
        [replace(one, facts={**one.facts, REFUSED: "yes"}) for one in waiting]
    )
    return {item.entry.id for item in refused}


def _identify(
    session: Session, read: Sequence[Read]
) -> tuple[list[Unlinked], set[int]]:
    """Find the partner of each contact.

    A person's decision and earlier links take precedence over all evidence.

    :return: the contacts, and ids of entries with the same values as another one; they
        are processed again after that one is decided
    """
    named = {entry.id: with_name(contact.contact) for entry, contact in read}
    evidence = {i: evidence_for(session, contact) for i, contact in named.items()}
    entries = [entry for entry, _contact in read]
    by_key = _known_before(session, read)
    known = {**by_key, **_chosen(session, entries)}
    unknown = {i: one for i, one in evidence.items() if i not in known}
    given = {match.ids[0] for match in known.values() if match.found is Found.ONE}
    register = candidates_for(session, unknown.values(), given)
    found = assign(unknown, register, SameValues(session, read))
    new = {i: unknown[i] for i, match in found.items() if match.found is Found.NOBODY}
    refs = {entry.id: contact.ref for entry, contact in read}
    matches = {**found, **(copied(session, refs, new) if new else {}), **known}
    later = _later(evidence, matches) | doubts(session, matches)
    unlinked = [
        Unlinked(entry, remote, named[entry.id], matches[entry.id], entry.id in by_key)
        for entry, remote in read
        if entry.id not in later
    ]
    return unlinked, later


def _later(evidence: Mapping[int, Evidence], matches: Mapping[int, Match]) -> set[int]:
    """Return new contacts with the same values as another one in the batch, and
    contacts whose partner is matched to another contact of the batch.
    """
    later = {i for i in copies(evidence) if matches[i].found is Found.NOBODY}
    given: set[int] = set()
    for i, match in matches.items():
        if match.found is Found.ONE:
            if match.ids[0] in given:
                later.add(i)
            given.add(match.ids[0])
    return later


def _known_before(session: Session, read: Sequence[Read]) -> dict[int, Match]:
    """Return contacts whose partner is known although they have no link.

    They were linked before the account's links were reset, or another account uses the
    same mailbox.
    """
    refs = {entry.id: contact.ref for entry, contact in read}
    others = session.links.elsewhere([ref.id for ref in refs.values()])
    former = session.links.former(
        [ref.sync_key for ref in refs.values() if ref.sync_key],
        [ref.search_key for ref in refs.values() if ref.search_key],
    )
    found = {
        i: former.get(ref.sync_key) or former.get(ref.search_key) or others.get(ref.id)
        for i, ref in refs.items()
    }
    ids = sorted({partner for partner in found.values() if partner})
    if not ids:
        return {}
    free = session.partners.fetch(ids).keys() - session.links.by_partner(ids)
    return {
        i: Match(Found.ONE, (partner,))
        for i, partner in found.items()
        if partner in free
    }


def _chosen(session: Session, entries: Sequence[Entry]) -> dict[int, Match]:
    """Return matches for contacts whose partner a person has chosen.

    A contact waits again if the chosen partner is no longer visible or has another
    contact in this mailbox.
    """
    chosen = {e.id: e.chosen for e in entries if e.chosen is not None}
    ids = sorted({partner for partner in chosen.values() if partner})
    seen = session.partners.fetch(ids) if ids else {}
    links = session.links.by_partner(ids)
    busy = {p for p, link in links.items() if link.state is not LinkState.STOPPED}
    matches = {}
    for entry, partner in chosen.items():
        if not partner:
            matches[entry] = Match(Found.NOBODY)
        elif partner in seen:
            found = Found.LINKED if partner in busy else Found.ONE
            matches[entry] = Match(found, (partner,))
    return matches


def _decide(session: Session, item: Unlinked) -> Action:
    policy, folder = session.policy, item.entry.ref.folder
    chosen = FolderChoice(folder, True) in session.folders
    allowed = session.partners.may_create
    return decide_unlinked(
        item.match.found,
        imported=policy.pull and chosen and allowed and _admits(session, item),
        private=item.remote.private and policy.skip_private,
        never=item.entry.never,
    )


def _admits(session: Session, item: Unlinked) -> bool:
    """Return whether the contact's categories admit it.

    A contact for which a person made a decision is always admitted.
    """
    categories = members(item.remote.contact.get("categories") or "")
    is_answered = item.entry.chosen is not None
    return is_answered or session.policy.admits(categories)


def _defer(
    session: Session, action: Action, unlinked: Sequence[Unlinked], report: Report
) -> None:
    """Defer contacts, and report those that a person should know about."""
    for item in unlinked:
        if action is Action.WAIT:
            report.contact(
                Way.PULL,
                LineAction.AMBIGUOUS,
                item.contact["name"],
                None,
                item.entry.ref.id,
                item.match.ids,
            )
            report.count("waiting_count")
        elif action is Action.SKIP:
            # The history must not even contain a private contact's name.
            why = Remark("private")
            report.contact(
                Way.PULL, LineAction.SKIP, "", None, item.entry.ref.id, why=why
            )
            report.count("skipped_count")
    if action is Action.DEFER and any(
        map(partial(_lacks_right_to_create, session), unlinked)
    ):
        report.remark(Remark("may_not_create"))
    private = action is Action.SKIP
    contacts = [(item.entry, item.contact) for item in unlinked]
    defer_contacts(session, contacts, private=private)


def _lacks_right_to_create(session: Session, item: Unlinked) -> bool:
    """Return whether a contact is excluded only because the owner may not create
    partners.
    """
    chosen = FolderChoice(item.entry.ref.folder, True) in session.folders
    wanted = session.policy.pull and chosen and _admits(session, item)
    wanted = wanted and not item.entry.never
    new = item.match.found is Found.NOBODY
    return wanted and new and not session.partners.may_create
