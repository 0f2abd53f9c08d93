# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Merge linked pairs, write Odoo's side, and find out what Exchange is to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.errors import ContactError
from ...core.link import UNSENT, Link, LinkState
from ...core.plan import Action, Reason
from ...core.user_requests import UserRequest
from ..pairs import Pair, Reconciled, reconcile
from ..report import Report
from ..reread import look_again
from ..session import Session
from .refusals import Taken, take_in


@dataclass(frozen=True)
class Todo:
    """Something to be done in the mailbox for one pair.

    :param pair: Pair, with its link as stored
    :param action: Action, ``MERGE`` to write fields or ``DELETE_THEIRS``
    :param change_token: str, the partner's change token when this was found out
    :param result: Reconciled, for ``MERGE``
    :param before: Link, as it was before the merge
    """

    pair: Pair
    action: Action
    change_token: str = ""
    result: Reconciled | None = None
    before: Link | None = None


def merge_pairs(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Merge pairs whose partner exists, and write Odoo's side.

    :param session: Session
    :param pairs: list of Pair, links not yet stored have id 0
    :param report: Report
    :return: list of Todo, for those that Exchange has to be told of
    """
    pairs = _seen(session, without_unreadable(session, pairs, report))
    results = [reconcile(session, pair) for pair in pairs]
    done: list[Taken] = []
    for taken in take_in(session, results):
        if taken.error:
            failed(session, taken.result.pair, taken.error, report)
        else:
            done.append(taken)
    links = store(session, [_merged(taken) for taken in done])
    todos = []
    for taken, link in zip(done, links, strict=True):
        _tell(taken, link, report)
        if taken.result.outcome.to_exchange:
            before, result = taken.result.pair.link, taken.result
            pair = replace(result.pair, link=link)
            todos.append(Todo(pair, Action.MERGE, _change_token(taken), result, before))
    return todos


def without_unreadable(
    session: Session, pairs: Sequence[Pair], report: Report
) -> list[Pair]:
    """Pairs whose partner Odoo fails to read stay as they are, whatever happened.

    :param session: Session
    :param pairs: sequence of Pair
    :param report: Report
    :return: list of Pair, the others
    """
    readable = []
    for pair in pairs:
        if pair.ours and pair.ours.problem:
            failed(session, pair, pair.ours.problem, report)
        else:
            readable.append(pair)
    return readable


def _seen(session: Session, pairs: list[Pair]) -> list[Pair]:
    """Those of which enough is known. The others have a row by now that nobody asked
    Exchange for, and are read within this run.
    """
    seen = []
    for pair in pairs:
        base = pair.link.base
        if pair.ref or base is None or base.has_seen(session.partners.carries):
            seen.append(pair)
        else:
            look_again(session, pair.link, gone=False)
    return seen


def _change_token(taken: Taken) -> str:
    """The partner's change token now."""
    ours = taken.result.pair.ours
    return (
        taken.written.change_token
        if taken.written
        else (ours.change_token if ours else "")
    )


def _merged(taken: Taken) -> Link:
    """:return: Link to keep; that of a pair which Exchange has to be told of is looked
    at until it is told
    """
    pair, outcome = taken.result.pair, taken.result.outcome
    link = replace(pair.here, change_token=_change_token(taken))
    if outcome.to_exchange:
        return replace(
            link,
            base=outcome.base,
            change_token=UNSENT,
            state=LinkState.SYNCED,
            reason=None,
        )
    # What nothing has to be sent for, Exchange has.
    return in_step(replace(link, base=outcome.base_when_sent))


def in_step(link: Link) -> Link:
    """:return: Link, once both sides have what they were to have"""
    parting = link.user_request is UserRequest.PART
    started = link.user_request is UserRequest.START
    return replace(
        link.settled(),
        state=LinkState.STOPPED if parting else LinkState.SYNCED,
        reason=Reason.PERSON if parting else None,
        facts={},
        pinned=link.pinned or started and link.created_by_us,
    )


def _tell(taken: Taken, link: Link, report: Report) -> None:
    pair, outcome = taken.result.pair, taken.result.outcome
    if pair.link.state is LinkState.PENDING:
        report.whole("push", "create", pair.name, link)
        report.count("exported_created")
    elif not pair.link.remote:
        report.whole("pull", "link", pair.name, link)
    elif pair.link.user_request in (UserRequest.START, UserRequest.RESUME):
        report.whole("pull", "start", pair.name, link)
    for key in outcome.refused:
        report.left_alone(pair.name, pair.link, key)
    report.fields("pull", pair.name, link, outcome.pulled, outcome.aligned.ours)
    for conflict in outcome.merge.conflicts:
        report.conflict(pair.name, link, conflict)
    report.surplus(pair.name, link, pair.link.base)
    ours = outcome.aligned.ours
    report.apart(pair.name, link, pair.link, taken.refused, ours=ours)
    if outcome.to_odoo:
        report.count("imported_updated")
    elif not outcome.to_exchange and pair.ref:
        report.count("unchanged_count")


def revive(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Bring archived partners back, then merge.

    :param session: Session
    :param pairs: list of Pair
    :param report: Report
    :return: list of Todo
    """
    answers = session.partners.set_active([p.link.partner for p in pairs], True)
    alive = []
    for pair, answer in zip(pairs, answers, strict=True):
        if isinstance(answer, ContactError):
            failed(session, pair, answer, report)
            continue
        report.whole("pull", "revive", pair.name, pair.here)
        if pair.ours:
            ours = replace(pair.ours, active=True, change_token=answer.change_token)
            alive.append(replace(pair, ours=ours))
    return merge_pairs(session, alive, report)


def store(session: Session, links: list[Link]) -> list[Link]:
    """Save known links and add new ones.

    :param session: Session
    :param links: list of Link
    :return: list of Link, in the same order, all with ids
    """
    fresh = iter(session.links.add([link for link in links if not link.id]))
    session.links.save([link for link in links if link.id])
    return [link if link.id else next(fresh) for link in links]


def failed(session: Session, pair: Pair, error: ContactError, report: Report) -> None:
    """Keep what is to be done for the next run; the others go on.

    :param session: Session
    :param pair: Pair
    :param error: ContactError
    :param report: Report
    """
    report.failure("pull", pair.name, error, pair.here)
    if pair.entry:
        session.passed_entries.add(pair.entry.id)
    if pair.link.id:
        session.passed_links.add(pair.link.id)
        link = replace(pair.here, state=LinkState.ERROR, reason=None)
        session.links.save([link])
