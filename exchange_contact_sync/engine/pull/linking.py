# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Link contacts without a link to the partners they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...core.align import with_name
from ...core.contact import Contact
from ...core.errors import Remark
from ...core.link import Link, LinkState
from ...core.mailbox import Entry, RemoteContact
from ...core.matching import Match
from ...core.plan import Reason
from ..apply.dispatch import carry_out
from ..apply.merge import merge_pairs, store
from ..pairs import Pair
from ..report import Report
from ..session import Session
from .deferred import private_link, to_keep


@dataclass(frozen=True)
class Stranger:
    """A contact without a link.

    :param entry: Entry
    :param remote: RemoteContact
    :param contact: Contact, with ``name`` made whole
    :param match: Match
    :param known: bool, whom it stands for is known by a key on it
    """

    entry: Entry
    remote: RemoteContact
    contact: Contact
    match: Match
    known: bool = False


def identities(session: Session, strangers: Sequence[Stranger]) -> dict[int, str]:
    """Identities that contacts carry and no link has: of pairs that were forgotten, or
    of another account of the same mailbox. Of several copies one goes by it.

    :param session: Session
    :param strangers: sequence of Stranger
    :return: dict of identity by id of the entry
    """
    carried = {s.remote.ref.sync_key: s.entry.id for s in reversed(strangers)}
    carried.pop("", None)
    taken = session.links.by_sync_key(sorted(carried)) if carried else {}
    return {entry: key for key, entry in carried.items() if key not in taken}


def fresh_pair(session: Session, stranger: Stranger, keys: Mapping[int, str]) -> Pair:
    """:param session: Session
    :param stranger: Stranger
    :param keys: Mapping of identity by id of the entry
    :return: Pair, without a partner, its link not stored
    """
    key = keys.get(stranger.entry.id) or session.new_sync_key()
    return Pair(
        Link(0, 0, stranger.entry.ref.folder, "", "", key),
        None,
        stranger.remote.contact,
        stranger.remote.ref,
        stranger.remote.modified,
        entry=stranger.entry,
        photo=stranger.remote.photo,
    )


def link_strangers(
    session: Session,
    strangers: Sequence[Stranger],
    keys: Mapping[int, str],
    report: Report,
) -> None:
    """Link to the one partner that matched; a link that lost its contact goes on from
    what was agreed. With an archived partner the pair is known, and rests, unless it
    was archived because the contact had gone.

    :param session: Session
    :param strangers: sequence of Stranger, each of which stands for one partner
    :param keys: Mapping of identity by id of the entry
    :param report: Report
    """
    ids = {stranger.entry.id: stranger.match.ids[0] for stranger in strangers}
    known = session.links.by_partner(sorted(ids.values()))
    partners = session.partners.fetch(sorted(ids.values()))
    awake, resting, back = [], [], []
    for stranger in strangers:
        partner = ids[stranger.entry.id]
        pair = fresh_pair(session, stranger, keys)
        link = replace(pair.link, partner=partner)
        if partner in known:
            key = keys.get(stranger.entry.id) or known[partner].sync_key
            link = _taken_up(known[partner], key, pair.theirs)
        pair = replace(pair, link=link, ours=partners.get(partner))
        by_person = link.reason is Reason.PERSON and stranger.entry.chosen is None
        if pair.ours and pair.ours.active and not by_person:
            awake.append(pair)
        elif link.reason is Reason.GONE:
            back.append(replace(pair, came_back=True))
        else:
            resting.append(pair)
    merge_pairs(session, awake, report)
    carry_out(session, back, report)
    _rest(session, resting, report)


def _taken_up(link: Link, sync_key: str, theirs: Contact) -> Link:
    """A link without a contact gets one. It is not the one we created, whatever it is;
    and what it does not say was not deleted.
    """
    base = None if link.state is LinkState.PENDING else link.base
    return replace(
        link,
        base=base and base.said_by(theirs),
        photo=None,
        sync_key=sync_key,
        created_by_us=False,
        state=LinkState.STOPPED,
    )


def _rest(session: Session, pairs: Sequence[Pair], report: Report) -> None:
    links = [
        replace(
            pair.here,
            state=LinkState.STOPPED,
            reason=_reason_to_rest(pair),
            facts=to_keep(session, with_name(pair.theirs), private=False),
        )
        for pair in pairs
    ]
    for pair, link in zip(pairs, store(session, links), strict=True):
        report.whole("pull", "link", pair.name, link)


def _reason_to_rest(pair: Pair) -> Reason:
    if pair.ours and pair.ours.active:
        return Reason.PERSON
    return Reason.ARCHIVED if pair.ours else Reason.LEFT


def link_private(
    session: Session, strangers: Sequence[Stranger], report: Report
) -> list[Stranger]:
    """Private contacts that were linked before everything was forgotten stay known,
    whatever they say now.

    :param session: Session
    :param strangers: sequence of Stranger, who are private
    :param report: Report
    :return: list of Stranger, the others
    """
    known = [one for one in strangers if one.known]
    links = [
        private_link(
            one.remote.ref,
            one.match.ids[0],
            to_keep(session, one.contact, private=True),
        )
        for one in known
    ]
    for link in session.links.add(links):
        report.whole("pull", "skip", "", link, why=Remark("private"))
        report.count("skipped_count")
    return [one for one in strangers if not one.known]
