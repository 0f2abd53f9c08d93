# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Link contacts to the partners that were found for them.

Ports: partners, links.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...core.align import with_name
from ...core.contact import Contact
from ...core.errors import Remark
from ...core.link import Link
from ...core.mailbox import Entry, RemoteContact
from ...core.matching import Match
from ...core.plan import Reason
from ...core.run import LineAction, Way
from ..apply.dispatch import carry_out
from ..apply.merge import merge_pairs, store
from ..pairs import Pair
from ..report import Report
from ..session import Session
from .deferred import private_link, to_keep


@dataclass(frozen=True)
class Unlinked:
    """A contact without a link.

    :param contact: with a full ``name``
    :param known: a key on the contact identifies its partner
    """

    entry: Entry
    remote: RemoteContact
    contact: Contact
    match: Match
    known: bool = False


def unused_sync_keys(session: Session, unlinked: Sequence[Unlinked]) -> dict[int, str]:
    """Return the sync keys of contacts that no link has.

    They come from links that were forgotten, or from another account of the same
    mailbox. Only one of several copies gets the sync key.

    :return: sync keys by id of the entry
    """
    found = {item.remote.ref.sync_key: item.entry.id for item in reversed(unlinked)}
    found.pop("", None)
    used = session.links.by_sync_key(sorted(found)) if found else {}
    return {entry: key for key, entry in found.items() if key not in used}


def new_pair(session: Session, item: Unlinked, keys: Mapping[int, str]) -> Pair:
    """Return a pair without a partner, whose link is not stored yet.

    :param keys: sync keys by id of the entry
    """
    key = keys.get(item.entry.id) or session.new_sync_key()
    return Pair(
        Link(0, 0, item.entry.ref.folder, "", "", key),
        None,
        item.remote.contact,
        item.remote.ref,
        item.remote.modified,
        entry=item.entry,
        photo=item.remote.photo,
    )


def link_matched(
    session: Session,
    unlinked: Sequence[Unlinked],
    keys: Mapping[int, str],
    report: Report,
) -> None:
    """Link each contact to the one partner that matched.

    A link that lost its contact continues from its base. The link to an archived
    partner is stored as stopped, unless the partner was archived because its contact
    had gone.

    :param unlinked: each with exactly one matching partner
    :param keys: sync keys by id of the entry
    """
    ids = {item.entry.id: item.match.ids[0] for item in unlinked}
    links = session.links.by_partner(sorted(ids.values()))
    partners = session.partners.fetch(sorted(ids.values()))
    active, stopped, returned = [], [], []
    for item in unlinked:
        partner = ids[item.entry.id]
        pair = new_pair(session, item, keys)
        link = replace(pair.link, partner=partner)
        if partner in links:
            key = keys.get(item.entry.id) or links[partner].sync_key
            link = links[partner].for_another_item(key, pair.theirs)
        pair = replace(pair, link=link, ours=partners.get(partner))
        by_person = link.reason is Reason.PERSON and item.entry.chosen is None
        if pair.ours and pair.ours.active and not by_person:
            active.append(pair)
        elif link.reason is Reason.GONE:
            returned.append(replace(pair, returned=True))
        else:
            stopped.append(pair)
    merge_pairs(session, active, report)
    carry_out(session, returned, report)
    _store_stopped(session, stopped, report)


def _store_stopped(session: Session, pairs: Sequence[Pair], report: Report) -> None:
    links = [
        replace(
            pair.current_link.stopped(_reason_to_stop(pair)),
            facts=to_keep(session, with_name(pair.theirs), private=False),
        )
        for pair in pairs
    ]
    for pair, link in zip(pairs, store(session, links), strict=True):
        report.contact(Way.PULL, LineAction.LINK, pair.name, link)


def _reason_to_stop(pair: Pair) -> Reason:
    if pair.ours and pair.ours.active:
        return Reason.PERSON
    return Reason.ARCHIVED if pair.ours else Reason.LEFT


def link_private(
    session: Session, unlinked: Sequence[Unlinked], report: Report
) -> list[Unlinked]:
    """Keep the links of private contacts whose partner is known by a key.

    These contacts were linked before the account's links were reset; they stay linked,
    regardless of their current values.

    :param unlinked: private contacts
    :return: the other contacts
    """
    known = [item for item in unlinked if item.known]
    links = [
        private_link(
            item.remote.ref,
            item.match.ids[0],
            to_keep(session, item.contact, private=True),
        )
        for item in known
    ]
    for link in session.links.add(links):
        report.contact(Way.PULL, LineAction.SKIP, "", link, why=Remark("private"))
        report.count("skipped_count")
    return [item for item in unlinked if not item.known]
