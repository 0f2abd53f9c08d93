# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Merge linked pairs, write Odoo's side, and find out what to write to Exchange.

Ports: partners, links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.errors import ContactError
from ...core.link import Link, LinkState
from ...core.plan import Action
from ...core.run import LineAction, Way
from ...core.user_requests import UserRequest
from ..pairs import Pair, Reconciled, reconcile
from ..report import Report
from ..reread import request_rereading
from ..session import Session
from .writing import WriteResult, update_existing


@dataclass(frozen=True)
class Todo:
    """A write or a deletion to carry out in the mailbox for one pair.

    :param pair: with its link as stored
    :param action: ``MERGE`` to write fields or ``DELETE_THEIRS``
    :param change_token: the partner's change token at the time of the decision
    :param result: set for ``MERGE``
    :param before: the link as it was before the merge
    """

    pair: Pair
    action: Action
    change_token: str = ""
    result: Reconciled | None = None
    before: Link | None = None


def merge_pairs(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Merge pairs whose partner exists, and write Odoo's side.

    :param pairs: links that are not stored yet have id 0
    :return: the writes that Exchange needs
    """
    pairs = _with_known_item(session, without_unreadable(session, pairs, report))
    results = [reconcile(session, pair) for pair in pairs]
    done: list[WriteResult] = []
    for taken in update_existing(session, results):
        if taken.error:
            failed(session, taken.result.pair, taken.error, report)
        else:
            done.append(taken)
    links = store(session, [_merged(taken) for taken in done])
    todos = []
    for taken, link in zip(done, links, strict=True):
        _report(taken, link, report)
        if taken.result.outcome.to_exchange:
            before, result = taken.result.pair.link, taken.result
            pair = replace(result.pair, link=link)
            todos.append(Todo(pair, Action.MERGE, _change_token(taken), result, before))
    return todos


def without_unreadable(
    session: Session, pairs: Sequence[Pair], report: Report
) -> list[Pair]:
    """Return the pairs whose partner Odoo can read.

    The other pairs stay unchanged and are reported as failed.
    """
    readable = []
    for pair in pairs:
        if pair.ours and pair.ours.problem:
            failed(session, pair, pair.ours.problem, report)
        else:
            readable.append(pair)
    return readable


def _with_known_item(session: Session, pairs: list[Pair]) -> list[Pair]:
    """Return the pairs whose base covers all fields, or whose contact was read now.

    The other pairs have a field now that was never read from Exchange; their contacts
    are read again within this run.
    """
    known = []
    for pair in pairs:
        base = pair.link.base
        if pair.ref or base is None or base.covers(session.partners.carries):
            known.append(pair)
        else:
            request_rereading(session, pair.link, gone=False)
    return known


def _change_token(taken: WriteResult) -> str:
    """Return the partner's current change token."""
    ours = taken.result.pair.ours
    return (
        taken.written.change_token
        if taken.written
        else (ours.change_token if ours else "")
    )


def _merged(taken: WriteResult) -> Link:
    """Return the link to store.

    If Exchange needs a write, the change token stays unset, so that the link is
    processed again until the write succeeds.
    """
    pair, outcome = taken.result.pair, taken.result.outcome
    if outcome.to_exchange:
        return pair.current_link.to_be_sent(outcome.base)
    # Without anything to send, Exchange already has these values.
    return pair.current_link.agreed(outcome.base_when_sent, _change_token(taken))


def _report(taken: WriteResult, link: Link, report: Report) -> None:
    pair, outcome = taken.result.pair, taken.result.outcome
    if pair.link.state is LinkState.PENDING:
        report.contact(Way.PUSH, LineAction.CREATE, pair.name, link)
        report.count("exported_created")
    elif not pair.link.remote:
        report.contact(Way.PULL, LineAction.LINK, pair.name, link)
    elif pair.link.user_request in (UserRequest.START, UserRequest.RESUME):
        report.contact(Way.PULL, LineAction.START, pair.name, link)
    for key in outcome.refused:
        report.request_not_applied(pair.name, pair.link, key)
    report.fields(Way.PULL, pair.name, link, outcome.pulled, outcome.aligned.ours)
    for conflict in outcome.merge.conflicts:
        report.conflict(pair.name, link, conflict)
    report.surplus(pair.name, link, pair.link.base)
    ours = outcome.aligned.ours
    report.differences(pair.name, link, pair.link, taken.refused, ours=ours)
    if outcome.to_odoo:
        report.count("imported_updated")
    elif not outcome.to_exchange and pair.ref:
        report.count("unchanged_count")


def revive(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Unarchive partners, then merge."""
    answers = session.partners.set_active([p.link.partner for p in pairs], True)
    unarchived = []
    for pair, answer in zip(pairs, answers, strict=True):
        if isinstance(answer, ContactError):
            failed(session, pair, answer, report)
            continue
        report.contact(Way.PULL, LineAction.REVIVE, pair.name, pair.current_link)
        if pair.ours:
            ours = replace(pair.ours, active=True, change_token=answer.change_token)
            unarchived.append(replace(pair, ours=ours))
    return merge_pairs(session, unarchived, report)


def store(session: Session, links: list[Link]) -> list[Link]:
    """Save known links and add new ones.

    :return: the links in the same order, all with ids
    """
    added = iter(session.links.add([link for link in links if not link.id]))
    session.links.save([link for link in links if link.id])
    return [link if link.id else next(added) for link in links]


def failed(session: Session, pair: Pair, error: ContactError, report: Report) -> None:
    """Report a pair that failed, and keep it for the next run; the others continue."""
    report.failure(Way.PULL, pair.name, error, pair.current_link)
    if pair.entry:
        session.tried_entries.add(pair.entry.id)
    if pair.link.id:
        session.tried_links.add(pair.link.id)
        link = replace(pair.current_link.failed(), reason=None)
        returned = pair.returned or pair.link.has_returned
        session.links.save([link.without_version() if returned else link])
