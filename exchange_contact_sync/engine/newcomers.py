# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts of the mailbox that no link knows: moved ones, matches, new people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..core import matching
from ..core.contact import Base, Contact
from ..core.matching import Candidate, Register
from ..core.names import full_name
from ..core.normalize import canonical
from ..core.plan import Action, decide_unlinked
from ..core.records import Entry, Link, LinkState, RemoteContact
from ..core.vocabulary import Vocabulary
from .linked import create_partners, merge_pairs
from .pairs import Pair
from .parts import Slice
from .report import Report

Read = tuple[Entry, RemoteContact]


def recognise(work: Slice, read: Sequence[Read]) -> dict[int, Link]:
    """Links of contacts, also of those that moved to another folder.

    A contact that moved has a new id. It is known by our identity on it, or, if
    we never wrote to it, by being word for word one that has just gone. A copy
    carries the identity too: as long as the original is there, it is a stranger.

    :param work: Slice
    :param read: sequence of (Entry, RemoteContact)
    :return: dict of Link by entry's id, pointing to where the contact is now
    """
    links = work.parts.links
    found = links.by_remote([entry.ref.id for entry, _contact in read])
    result = {e.id: found[e.ref.id] for e, _contact in read if e.ref.id in found}
    strangers = [(e, contact) for e, contact in read if e.id not in result]
    if not strangers:
        return result
    homeless = work.parts.inbox.deleted()
    keys = [contact.ref.sync_key for _e, contact in strangers if contact.ref.sync_key]
    by_key = links.by_sync_key(keys) if keys else {}
    by_words = _by_words(work, homeless)
    for entry, contact in strangers:
        link = by_key.get(contact.ref.sync_key) or by_words.get(
            _fingerprint(contact.contact, work.words)
        )
        if link and _may_have_moved(link, homeless):
            by_words = {k: v for k, v in by_words.items() if v.id != link.id}
            result[entry.id] = replace(link.at(contact.ref), state=LinkState.SYNCED)
            homeless = homeless - {link.remote}
    return result


def _may_have_moved(link: Link, homeless: set[str]) -> bool:
    return not link.remote or link.remote in homeless


def _by_words(work: Slice, homeless: set[str]) -> dict[str, Link]:
    """Links of contacts that have gone, by what those said."""
    gone = work.parts.links.by_remote(sorted(homeless)) if homeless else {}
    return {
        _fingerprint(link.base.theirs(), work.words): link
        for link in gone.values()
        if link.base and link.state is LinkState.SYNCED
    }


FINGERPRINT = ("company", "job_title", "email", "note", "business_street", "website")


def _fingerprint(contact: Contact, words: Vocabulary) -> str:
    named = contact.with_values({"name": full_name(contact, {})})
    return json.dumps([canonical(key, named, words) for key in ("name", *FINGERPRINT)])


def welcome(work: Slice, strangers: Sequence[Read], report: Report) -> set[int]:
    """Match contacts without a link with partners; link, create or put aside.

    :param work: Slice
    :param strangers: sequence of (Entry, RemoteContact)
    :param report: Report
    :return: set of int, ids of entries that are not done with: put aside, or to
        be looked at again after another contact of the same batch
    """
    if not strangers:
        return set()
    contacts = {entry.id: _named(contact) for entry, contact in strangers}
    first, later = _first_of_each(strangers, contacts)
    register = Register(_candidates(work, [contacts[entry.id] for entry, _c in first]))
    folders = {folder.id for folder in work.parts.folders if folder.imported}
    groups: dict[Action, list[tuple[Entry, RemoteContact, tuple[int, ...]]]] = {}
    for entry, contact in first:
        match = register.match(contacts[entry.id])
        action = decide_unlinked(
            match.found,
            imported=work.parts.policy.pull and entry.ref.folder in folders,
            private=contact.private and work.parts.policy.skip_private,
        )
        groups.setdefault(action, []).append((entry, contact, match.ids))
    create_partners(work, _fresh(work, groups.get(Action.CREATE_OURS, ())), report)
    _link(work, groups.get(Action.LINK, ()), report)
    aside = _put_aside(work, groups, contacts, report)
    return aside | {entry.id for entry, _contact in later}


def _named(contact: RemoteContact) -> Contact:
    return contact.contact.with_values({"name": full_name(contact.contact, {})})


def _first_of_each(
    strangers: Sequence[Read], contacts: Mapping[int, Contact]
) -> tuple[list[Read], list[Read]]:
    """Two contacts that may be one person are not decided in the same breath."""
    seen: set[tuple[str, ...]] = set()
    first: list[Read] = []
    later: list[Read] = []
    for entry, contact in strangers:
        marks = matching.marks(contacts[entry.id])
        (later if marks & seen else first).append((entry, contact))
        seen |= marks
    return first, later


def _candidates(work: Slice, contacts: Sequence[Contact]) -> list[Candidate]:
    """Partners that might be these people; taken ones are marked so."""
    candidates = work.parts.partners.candidates(contacts)
    links = work.parts.links.by_partner([one.id for one in candidates])
    homeless = work.parts.inbox.deleted()
    taken = {
        partner
        for partner, link in links.items()
        if not _may_have_moved(link, homeless) or link.state is LinkState.PENDING
    }
    return [replace(one, taken=one.id in taken) for one in candidates]


def _fresh(
    work: Slice, group: Iterable[tuple[Entry, RemoteContact, tuple[int, ...]]]
) -> list[Pair]:
    return [
        Pair(
            Link(0, 0, entry.ref.folder, "", "", work.parts.mint()),
            None,
            contact.contact,
            contact.ref,
            contact.modified,
            entry=entry,
        )
        for entry, contact, _ids in group
    ]


def _link(
    work: Slice,
    group: Iterable[tuple[Entry, RemoteContact, tuple[int, ...]]],
    report: Report,
) -> None:
    """Link to the one partner that matched; a link that lost its contact serves."""
    group = list(group)
    ids = [ids[0] for _entry, _contact, ids in group]
    known = work.parts.links.by_partner(ids)
    partners = work.parts.partners.fetch(ids)
    pairs = []
    for fresh, partner in zip(_fresh(work, group), ids, strict=True):
        old = known.get(partner)
        link = old or replace(fresh.link, partner=partner)
        pair = replace(
            fresh,
            link=replace(link, base=_without_base(old)),
            ours=partners.get(partner),
        )
        pairs.append(pair)
        report.whole(
            "pull", "link", pair.name, pair.link, pair.ref.id if pair.ref else ""
        )
    merge_pairs(work, pairs, report)


def _without_base(link: Link | None) -> Base | None:
    """A link that is taken up again goes on from what was agreed."""
    return link.base if link else None


def _put_aside(
    work: Slice,
    groups: Mapping[Action, list[tuple[Entry, RemoteContact, tuple[int, ...]]]],
    contacts: Mapping[int, Contact],
    report: Report,
) -> set[int]:
    aside: list[tuple[Entry, dict[str, str]]] = []
    for action in (Action.SKIP, Action.PARK, Action.WAIT):
        for entry, _contact, ids in groups.get(action, ()):
            facts = matching.facts(contacts[entry.id])
            aside.append((entry, {} if action is Action.SKIP else facts))
            if action is Action.WAIT:
                name = contacts[entry.id]["name"]
                report.whole("pull", "ambiguous", name, None, entry.ref.id, ids)
        if action is Action.SKIP:
            report.count("skipped_count", len(groups.get(action, ())))
    work.parts.inbox.park(aside)
    return {entry.id for entry, _facts in aside}
