# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find out whether contacts were created whose creation an earlier slice requested.

A person may have moved such a contact to a folder that is not synchronized. It is not
created again then.

Ports: remote, partners, links.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ...core.errors import AnswerMalformed, ContactError, FolderGone
from ...core.link import Link
from ...core.mailbox import RemoteRef
from ...core.plan import Ours, Reason
from ...core.run import Way
from ..apply.dispatch import chosen_for_export
from ..apply.handlers import stop
from ..blank import blank_contact, pair_without_contact
from ..pairs import Pair, ours_of, reconcile
from ..pull.collect import find_folders
from ..pull.moved_out import in_other_folders
from ..report import Report
from ..session import Session
from .create import created, group_by_folder

UNWANTED = (Ours.ARCHIVED, Ours.GONE, Ours.LEFT)


def recover(session: Session) -> None:
    """Complete the links of contacts that were created; create or drop the others."""
    tried: set[int] = set()
    while links := session.read(
        lambda: session.links.pending(session.sizes.push, tried)
    ):
        for folder, group in group_by_folder(links).items():
            try:
                found = _find(session, group, folder)
            except AnswerMalformed as error:
                _report_unknown(session, group, error)
                continue
            missing = [link for link in group if link.sync_key not in found]
            moved = _moved_out(session, [k for k in missing if k.partner])
            session.transaction(partial(_complete, session, group, found, moved))
        tried.update(link.id for link in links)


def _find(
    session: Session, links: Sequence[Link], folder: str
) -> Mapping[str, RemoteRef]:
    try:
        return session.remote.find([link.sync_key for link in links], folder)
    except FolderGone:
        return {}


def _moved_out(session: Session, links: Sequence[Link]) -> set[int]:
    """Return the links whose contact is in a folder that is not synchronized.

    New folders are looked for first, because this run synchronizes them.
    """
    if links and not session.looked_for_folders:
        find_folders(session)
    return in_other_folders(session, links)


def _report_unknown(
    session: Session, links: Sequence[Link], error: AnswerMalformed
) -> None:
    """Report links whose state is unknown.

    A later slice asks again; no contact is created for them before that.
    """
    report = Report()
    for link in links:
        report.failure(Way.PUSH, link.name, ContactError(error.detail), link)
    session.transaction(lambda: report.store(session))
    session.tried_links.update(link.id for link in links)


def _complete(
    session: Session,
    links: Sequence[Link],
    found: Mapping[str, RemoteRef],
    moved: Collection[int],
) -> None:
    """Complete the links of contacts that exist.

    A person may have edited the contact since its creation. So no version is stored,
    and the contact is read when its folder lists it as new.

    :param found: by sync key
    :param moved: ids of links whose contact is in a folder that is not synchronized
    """
    report = Report()
    answers = [
        (link, replace(found[link.sync_key], version=""))
        for link in links
        if link.sync_key in found
    ]
    created(session, answers, report)
    missing = [link for link in links if link.sync_key not in found]
    if moved:
        _stop(session, [link for link in missing if link.id in moved], report)
    refresh_pending(session, [link for link in missing if link.id not in moved])
    report.store(session)


def _stop(session: Session, links: Sequence[Link], report: Report) -> None:
    """Stop the links of contacts that were moved out of the synchronized folders."""
    partners = session.partners.fetch([link.partner for link in links])
    pairs = [
        pair_without_contact(session, link, partners.get(link.partner))
        for link in links
    ]
    stop(session, [replace(pair, reason=Reason.GONE) for pair in pairs], report)


def refresh_pending(session: Session, links: Sequence[Link]) -> None:
    """Create contacts that do not exist in the current export folder, or forget their
    links.
    """
    partners = session.partners.fetch([link.partner for link in links])
    blank = blank_contact(session)
    pairs = [
        Pair(link, partners.get(link.partner), blank.with_values(link.base.theirs()))
        for link in links
        if link.base
    ]
    chosen = chosen_for_export(session, pairs)
    wanted = {
        pair.link.id: _with_current_values(session, pair)
        for pair in pairs
        if session.policy.of(pair.link.pinned).push
        and ours_of(session, pair, pair.link.id in chosen) not in UNWANTED
    }
    session.links.forget([link for link in links if link.id not in wanted])
    session.links.save(list(wanted.values()))


def _with_current_values(session: Session, pair: Pair) -> Link:
    """Return the pending link with the partner's current values.

    The value that the mailbox refused may have been corrected since.
    """
    link, ours = pair.link, pair.ours
    link = link.pending(session.export_folder)
    if ours is None or ours.problem or ours.change_token == link.change_token:
        return link
    base = reconcile(session, pair).outcome.base_when_sent
    return replace(link, base=base, change_token=ours.change_token)
