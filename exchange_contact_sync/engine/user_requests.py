# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Carry out user requests: other values, an undo, a new start.

Both sides are read first, because a request applies only as long as the values that the
person saw have not changed. The request stays on the link until it is done or rejected,
so that the next slice carries it out if the process dies.

Ports: remote, partners, links.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ..core.errors import ContactError, ContactGone, Unanswered
from ..core.link import Link
from ..core.mailbox import RemoteContact
from ..core.partner import LocalContact
from ..core.plan import RESUMABLE, Action, Reason
from ..core.run import Step, Way
from ..core.user_requests import UserRequest
from .apply.dispatch import carry_out
from .apply.merge import Todo
from .blank import last_contact, pair_without_contact
from .pairs import Pair
from .pull.moved_out import moved_out
from .push.delete import delete
from .push.update import write
from .report import Report
from .reread import ref_of, request_rereading
from .session import Session
from .unanswered import check_unanswered, to_ask_again

Answers = Mapping[int, RemoteContact | ContactError]


def carry_out_requests(session: Session) -> None:
    """Carry out the user requests of all links.

    :raises OutOfTime: the next slice continues with the rest
    """
    if not session.undoing:
        _resume(session)
    tried = set(session.tried_links)
    while links := session.read(lambda: session.links.asked(session.sizes.push, tried)):
        session.check_time()
        errors = session.errors
        again = _carry_out_batch(session, links)
        if session.errors - errors < len(links):
            session.note_progress()
        tried.update(link.id for link in links if link.id not in again)
        session.show(Step.USER_REQUESTS, len(links))


def _resume(session: Session) -> None:
    """Resume links that were stopped for a reason that no longer applies."""
    policy = session.policy
    reasons = RESUMABLE if policy.skip_private else (*RESUMABLE, Reason.PRIVATE)
    links = session.read(lambda: session.links.returned(reasons))
    if not policy.push:
        links = [link for link in links if link.remote or policy.of(link.pinned).push]
    if links:
        resumed = [replace(k, user_request=UserRequest.RESUME) for k in links]
        session.transaction(lambda: session.links.save(resumed))


def _carry_out_batch(session: Session, links: list[Link]) -> set[int]:
    """Carry out a batch, and return the ids of links that the mailbox may answer for if
    it is asked again.
    """
    links = [link for link in links if not session.is_folder_gone(link.folder)]
    existing = [link for link in links if link.remote and not link.is_known_gone]
    refs = [ref_of(link) for link in existing]
    answers = session.remote.fetch(refs) if refs else []
    by_link = dict(zip((link.id for link in existing), answers, strict=True))
    gone = [link for link in links if link.id not in by_link]
    moved = moved_out(session, gone)
    todos = session.transaction(lambda: _carry_out(session, links, by_link, moved))
    writes = [todo for todo in todos if todo.action is Action.MERGE]
    deletions = [todo for todo in todos if todo.action is Action.DELETE_THEIRS]
    session.tried_links.update(todo.pair.link.id for todo in writes)
    again: set[int] = set()
    if writes:
        again |= write(session, writes)
    if deletions:
        again |= delete(session, deletions)
    session.tried_links -= again
    check_unanswered(session, answers)
    return again | to_ask_again((link.id for link in existing), answers)


def _carry_out(
    session: Session, links: Sequence[Link], answers: Answers, moved: Collection[int]
) -> list[Todo]:
    """Carry out the requests of a batch, as far as Odoo is concerned.

    :param moved: ids of links whose contact is in a folder that is not synchronized
    """
    report = Report()
    partners = session.partners.fetch([link.partner for link in links if link.partner])
    pairs, untouched = [], []
    for link in links:
        answer = answers.get(link.id, ContactGone())
        if isinstance(answer, Unanswered):
            continue
        pair = _pair(session, link, partners.get(link.partner), answer, moved)
        if isinstance(answer, ContactError) and not isinstance(answer, ContactGone):
            report.failure(Way.PULL, pair.name, answer, link)
        elif link.id in answers and pair.gone and not session.undoing:
            # The contact may only have moved to another folder; the next round will
            # find out.
            request_rereading(session, link, gone=True)
        elif pair.gone and link.user_request in (None, UserRequest.SEPARATE):
            report.request_not_applied(
                pair.name, link, next(iter(link.field_overrides), "")
            )
            untouched.append(link.settled())
        else:
            pairs.append(pair)
    session.links.save(untouched)
    todos = carry_out(session, pairs, report)
    report.store(session)
    return todos


def _pair(
    session: Session,
    link: Link,
    ours: LocalContact | None,
    answer: RemoteContact | ContactError,
    moved: Collection[int],
) -> Pair:
    if isinstance(answer, ContactGone):
        return pair_without_contact(session, link, ours, moved)
    if isinstance(answer, ContactError):
        return Pair(link, ours, last_contact(session, link))
    private = answer.private and session.policy.skip_private
    return Pair(
        link,
        ours,
        answer.contact,
        answer.ref,
        answer.modified,
        private,
        photo=answer.photo,
    )
