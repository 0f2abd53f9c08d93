# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find out what became of contacts whose creation an earlier slice asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from ...core.errors import AnswerMalformed, ContactError, FolderGone
from ...core.link import Link, LinkState
from ...core.mailbox import RemoteRef
from ...core.plan import Ours
from ..apply.dispatch import chosen_for_export
from ..blank import blank_contact
from ..pairs import Pair, ours_of, reconcile
from ..report import Report
from ..session import Session
from .create import created, group_by_folder

UNWANTED = (Ours.ARCHIVED, Ours.GONE, Ours.LEFT)


def recover(session: Session) -> None:
    """Complete the links of contacts that were created; see about the others.

    :param session: Session
    """
    passed: set[int] = set()
    while links := session.read(
        lambda: session.links.pending(session.sizes.push, passed)
    ):
        for folder, group in group_by_folder(links).items():
            try:
                found = _find(session, group, folder)
            except AnswerMalformed as error:
                _not_known(session, group, error)
                continue
            session.transaction(partial(_complete, session, group, found))
        passed.update(link.id for link in links)


def _find(
    session: Session, links: Sequence[Link], folder: str
) -> Mapping[str, RemoteRef]:
    try:
        return session.remote.find([link.sync_key for link in links], folder)
    except FolderGone:
        return {}


def _not_known(session: Session, links: Sequence[Link], error: AnswerMalformed) -> None:
    """Another slice finds out whether they are there; none is created before that."""
    report = Report()
    for link in links:
        report.failure("push", link.name, ContactError(error.detail), link)
    session.transaction(lambda: report.hand_over(session))
    session.passed_links.update(link.id for link in links)


def _complete(
    session: Session, links: Sequence[Link], found: Mapping[str, RemoteRef]
) -> None:
    """Somebody may have edited a contact between its creation and now. So no version
    of it is taken for known, and it is read when its folder tells of it as new.
    """
    report = Report()
    answers = [
        (link, replace(found[link.sync_key], version=""))
        for link in links
        if link.sync_key in found
    ]
    created(session, answers, report)
    see_about(session, [link for link in links if link.sync_key not in found])
    report.hand_over(session)


def see_about(session: Session, links: Sequence[Link]) -> None:
    """What was never created is created where new contacts go now, or not at all.

    :param session: Session
    :param links: sequence of Link
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
        pair.link.id: _as_it_is_now(session, pair)
        for pair in pairs
        if session.policy.push
        and ours_of(session, pair, pair.link.id in chosen) not in UNWANTED
    }
    session.links.forget([link for link in links if link.id not in wanted])
    session.links.save(list(wanted.values()))


def _as_it_is_now(session: Session, pair: Pair) -> Link:
    """What was edited since is asked for with the edit: the value that the mailbox
    refused may just have been corrected.
    """
    link, ours = pair.link, pair.ours
    link = replace(link, folder=session.export_folder, state=LinkState.PENDING)
    if ours is None or ours.problem or ours.change_token == link.change_token:
        return link
    base = reconcile(session, pair).outcome.base_when_sent
    return replace(link, base=base, change_token=ours.change_token)
