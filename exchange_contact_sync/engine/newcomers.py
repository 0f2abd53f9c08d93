# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts of the mailbox that no link knows: matches, new people, and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..core import matching
from ..core.align import stand_in_name, their_name
from ..core.contact import Contact
from ..core.errors import Remark
from ..core.matching import Found, Match
from ..core.normalize import members
from ..core.plan import Action, Reason, decide_unlinked
from ..core.records import Entry, FolderChoice, Link, LinkState, RemoteContact
from .aside import put_aside
from .candidates import candidates_for
from .creating import create_partners
from .likeness import Named, likest_first
from .merging import merge_pairs, store
from .pairs import Pair
from .parts import Slice
from .recognise import Read
from .report import Report


@dataclass(frozen=True)
class Stranger:
    """A contact without a link.

    :param entry: Entry
    :param remote: RemoteContact
    :param contact: Contact, with ``name`` made whole
    :param match: Match
    """

    entry: Entry
    remote: RemoteContact
    contact: Contact
    match: Match


def welcome(
    work: Slice, read: Sequence[Read], report: Report
) -> tuple[set[int], set[int]]:
    """Match contacts without a link with partners; link, create or put aside.

    :param work: Slice
    :param read: sequence of (Entry, RemoteContact)
    :param report: Report
    :return: ids of entries to be looked at again after this batch, and of those that
        lie aside now
    """
    if not read:
        return set(), set()
    named = [(entry, contact, with_name(contact.contact)) for entry, contact in read]
    register = candidates_for(work, [contact for _e, _r, contact in named])
    first, later = _first_of_each(named)
    if later:
        first, later = _first_of_each(likest_first(work, named, register))
    shared = _known_to_others(work, [entry for entry, _r, _contact in first])
    chosen = _chosen(work, [entry for entry, _r, _contact in first])
    groups: dict[Action, list[Stranger]] = {action: [] for action in Action}
    linked: set[int] = set()
    for entry, remote, contact in first:
        match = chosen.get(entry.id) or shared.get(entry.id) or register.match(contact)
        stranger = Stranger(entry, remote, contact, match)
        action = _decide(work, stranger)
        if action is Action.LINK and not linked.isdisjoint(stranger.match.ids):
            later.append(entry.id)
            continue
        if action is Action.LINK:
            linked.update(stranger.match.ids)
        groups[action].append(stranger)
    keys = _identities(work, groups[Action.CREATE_OURS] + groups[Action.LINK])
    fresh = [_fresh_pair(work, one, keys) for one in groups[Action.CREATE_OURS]]
    create_partners(work, fresh, report)
    _link(work, groups[Action.LINK], keys, report)
    aside: set[int] = set()
    for action in (Action.SKIP, Action.PARK, Action.WAIT):
        _put_aside(work, action, groups[action], report)
        aside.update(stranger.entry.id for stranger in groups[action])
    return set(later), aside


def with_name(contact: Contact) -> Contact:
    """Whoever came in without a name is called by something else in Odoo, and is to be
    known again by that.

    :param contact: Contact, with the parts of its name
    :return: Contact, with ``name`` made whole
    """
    name = their_name(contact, None) or stand_in_name(contact)
    return contact.with_values({"name": name})


def _first_of_each(
    named: Sequence[Named],
) -> tuple[list[Named], list[int]]:
    """Two contacts that may be one person are not decided in the same breath."""
    seen: set[tuple[str, ...]] = set()
    first, later = [], []
    for entry, remote, contact in named:
        marks = matching.marks(contact)
        if marks & seen:
            later.append(entry.id)
        else:
            first.append((entry, remote, contact))
        seen |= marks
    return first, later


def _known_to_others(work: Slice, entries: Sequence[Entry]) -> dict[int, Match]:
    """Contacts of a mailbox that several people use: who it is was found out once."""
    parts = work.parts
    others = parts.links.elsewhere([entry.ref.id for entry in entries])
    if not others:
        return {}
    seen = parts.partners.fetch(sorted(set(others.values())))
    taken = parts.links.by_partner(sorted(seen))
    free = {remote: one for remote, one in others.items() if one in seen.keys() - taken}
    return {
        entry.id: Match(Found.ONE, (free[entry.ref.id],))
        for entry in entries
        if entry.ref.id in free
    }


def _chosen(work: Slice, entries: Sequence[Entry]) -> dict[int, Match]:
    """Contacts a person has said who they are. One of whom that is no longer true, or
    who has another contact in this mailbox, waits again.
    """
    told = {e.id: e.chosen for e in entries if e.chosen is not None}
    ids = sorted({partner for partner in told.values() if partner})
    seen = work.parts.partners.fetch(ids) if ids else {}
    links = work.parts.links.by_partner(ids)
    busy = {p for p, link in links.items() if link.state is not LinkState.STOPPED}
    matches = {}
    for entry, partner in told.items():
        if not partner:
            matches[entry] = Match(Found.NOBODY)
        elif partner in seen:
            found = Found.TAKEN if partner in busy else Found.ONE
            matches[entry] = Match(found, (partner,))
    return matches


def _decide(work: Slice, stranger: Stranger) -> Action:
    policy, folder = work.parts.policy, stranger.entry.ref.folder
    chosen = FolderChoice(folder, True) in work.parts.folders
    return decide_unlinked(
        stranger.match.found,
        imported=policy.pull and chosen and _admits(work, stranger),
        private=stranger.remote.private and policy.skip_private,
    )


def _admits(work: Slice, stranger: Stranger) -> bool:
    """One that a person gave a name in Odoo comes in whatever its categories."""
    categories = members(stranger.remote.contact.get("categories") or "")
    told = stranger.entry.chosen is not None
    return told or work.parts.policy.admits(categories)


def _identities(work: Slice, strangers: Sequence[Stranger]) -> dict[int, str]:
    """Identities that contacts carry and no link has: of pairs that were forgotten, or
    of another account of the same mailbox. Of several copies one goes by it.

    :return: dict of identity by id of the entry
    """
    carried = {s.remote.ref.sync_key: s.entry.id for s in reversed(strangers)}
    carried.pop("", None)
    taken = work.parts.links.by_sync_key(sorted(carried)) if carried else {}
    return {entry: key for key, entry in carried.items() if key not in taken}


def _fresh_pair(work: Slice, stranger: Stranger, keys: Mapping[int, str]) -> Pair:
    key = keys.get(stranger.entry.id) or work.parts.mint()
    return Pair(
        Link(0, 0, stranger.entry.ref.folder, "", "", key),
        None,
        stranger.remote.contact,
        stranger.remote.ref,
        stranger.remote.modified,
        entry=stranger.entry,
        photo=stranger.remote.photo,
    )


def _link(
    work: Slice,
    strangers: Sequence[Stranger],
    keys: Mapping[int, str],
    report: Report,
) -> None:
    """Link to the one partner that matched; a link that lost its contact goes on from
    what was agreed. With an archived partner the pair is known, and rests.
    """
    ids = {stranger.entry.id: stranger.match.ids[0] for stranger in strangers}
    known = work.parts.links.by_partner(sorted(ids.values()))
    partners = work.parts.partners.fetch(sorted(ids.values()))
    awake, resting = [], []
    for stranger in strangers:
        partner = ids[stranger.entry.id]
        pair = _fresh_pair(work, stranger, keys)
        link = replace(pair.link, partner=partner)
        if partner in known:
            key = keys.get(stranger.entry.id) or known[partner].sync_key
            link = _taken_up(known[partner], key)
        pair = replace(pair, link=link, ours=partners.get(partner))
        (awake if pair.ours and pair.ours.active else resting).append(pair)
    merge_pairs(work, awake, report)
    _rest(work, resting, report)


def _taken_up(link: Link, sync_key: str) -> Link:
    """A link without a contact gets one. It is not the one we created, whatever it is;
    and it has nothing of what a contact that was never created should have had.
    """
    base = None if link.state is LinkState.PENDING else link.base
    return replace(
        link,
        base=base,
        sync_key=sync_key,
        created_by_us=False,
        state=LinkState.STOPPED,
    )


def _rest(work: Slice, pairs: Sequence[Pair], report: Report) -> None:
    links = [
        replace(
            pair.here,
            state=LinkState.STOPPED,
            reason=Reason.ARCHIVED if pair.ours else Reason.LEFT,
        )
        for pair in pairs
    ]
    for pair, link in zip(pairs, store(work, links), strict=True):
        report.whole("pull", "link", pair.name, link)


def _put_aside(
    work: Slice, action: Action, strangers: Sequence[Stranger], report: Report
) -> None:
    for stranger in strangers:
        if action is Action.WAIT:
            report.whole(
                "pull",
                "ambiguous",
                stranger.contact["name"],
                None,
                stranger.entry.ref.id,
                stranger.match.ids,
            )
            report.count("waiting_count")
        elif action is Action.SKIP:
            # Not even its name belongs in the history.
            why = Remark("private")
            report.whole("pull", "skip", "", None, stranger.entry.ref.id, why=why)
            report.count("skipped_count")
    private = action is Action.SKIP
    put_aside(work, [(one.entry, one.contact) for one in strangers], private=private)
