# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Process links whose partner changed, and write the changes to the mailbox.

Ports: partners, links, inbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core.companies import rows_of
from ...core.errors import (
    ContactChanged,
    ContactError,
    ContactGone,
    Unanswered,
    present,
)
from ...core.link import Link
from ...core.mailbox import RemoteRef
from ...core.partner import LocalContact
from ...core.plan import Action
from ...core.run import Step, Way
from ...core.unread import to_be_read
from ..apply.dispatch import carry_out, chosen_for_export
from ..apply.merge import Todo
from ..blank import blank_contact
from ..pairs import Pair
from ..report import Report
from ..reread import request_reading, request_rereading
from ..session import Session
from ..unanswered import check_unanswered, to_ask_again
from .delete import delete
from .read_back import is_doubtful, read_back, until_read_back
from .recover import refresh_pending
from .sending import Sent, send


def push(session: Session) -> None:
    """Process the changes in Odoo.

    Under a policy that does not push, only Odoo's side is updated. If the mailbox
    refuses a write because the contact changed there too, the contact goes to the
    inbox, to be read and merged again.

    :raises OutOfTime: the next slice continues with the rest
    """
    while links := session.read(
        lambda: session.links.dirty(session.sizes.push, session.tried_links)
    ):
        session.check_time()
        errors = session.errors
        _push_batch(session, links)
        if session.errors - errors < len(links):
            session.note_progress()
        session.show(Step.PUSH, len(links))


def _push_batch(session: Session, links: list[Link]) -> None:
    session.tried_links.update(link.id for link in links)
    refused = [link for link in links if not link.remote]
    if refused:
        session.transaction(lambda: refresh_pending(session, refused))
        session.tried_links.difference_update(link.id for link in refused)
    existing = [k for k in links if k.remote and not session.is_folder_gone(k.folder)]
    todos = session.transaction(lambda: _prepare(session, existing))
    writes = [todo for todo in todos if todo.action is Action.MERGE]
    deletions = [todo for todo in todos if todo.action is Action.DELETE_THEIRS]
    if writes:
        session.tried_links -= write(session, writes)
    if deletions:
        session.tried_links -= delete(session, deletions)


def _prepare(session: Session, links: Sequence[Link]) -> list[Todo]:
    """Return what to write: merges with Exchange as last seen."""
    report = Report()
    partners = session.partners.fetch([link.partner for link in links if link.partner])
    unread = _to_read_first(session, links, partners)
    missing = session.inbox.deleted() if unread else set()
    for link in unread:
        if link.remote not in missing:
            request_rereading(session, link, gone=False)
    pairs = [
        Pair(link, partners.get(link.partner), link.base.theirs())
        for link in links
        if link.base and link not in unread
    ]
    blank = blank_contact(session)
    pairs += [Pair(link, None, blank) for link in links if link.is_erased]
    request_reading(session, [k for k in links if not (k.base or k.is_erased)])
    todos = carry_out(session, pairs, report)
    report.store(session)
    return todos


def _to_read_first(
    session: Session, links: Sequence[Link], partners: Mapping[int, LocalContact]
) -> list[Link]:
    """Return the links whose contact has to be read before it can be written.

    Links whose partner is archived, gone or no longer selected are left out; their
    contacts are read when they are deleted.
    """
    pairs = [
        Pair(link, partners.get(link.partner), link.base.theirs())
        for link in links
        if link.base and is_doubtful(session, link)
    ]
    staying = chosen_for_export(session, pairs)
    return [
        pair.link
        for pair in pairs
        if pair.ours and pair.ours.active and pair.link.id in staying
    ]


def write(session: Session, todos: list[Todo]) -> set[int]:
    """Write changes to the mailbox, and check that they were stored.

    :param todos: with the action ``MERGE``
    :return: ids of links that the mailbox may answer for if it is asked again
    """
    sent = send(session, todos)
    read_back(session, session.transaction(lambda: _acknowledge(session, todos, sent)))
    answers = [one.answer for one in sent]
    check_unanswered(session, answers)
    return to_ask_again((todo.pair.link.id for todo in todos), answers)


def _acknowledge(
    session: Session, todos: list[Todo], sent: Sequence[Sent]
) -> Sequence[Link]:
    """Store the answers, and return the links that were written."""
    report, failed, written = Report(), [], []
    for todo, one in zip(todos, sent, strict=True):
        link, answer = todo.pair.link, one.answer
        if isinstance(answer, Unanswered):
            continue
        if isinstance(answer, ContactChanged | ContactGone):
            request_rereading(session, link, gone=isinstance(answer, ContactGone))
        elif isinstance(answer, ContactError):
            report.failure(Way.PUSH, todo.pair.name, answer, todo.before)
            failed.append(link.failed())
        else:
            link = _acknowledged(session, todo, answer, one.refused)
            written.append(link)
            _report(todo, link, one.refused, report)
    session.links.save([*failed, *(until_read_back(session, link) for link in written)])
    report.store(session)
    return written


def _acknowledged(
    session: Session, todo: Todo, ref: RemoteRef, refused: Mapping[str, ContactError]
) -> Link:
    """Return the link as the mailbox has just acknowledged it."""
    outcome = present(todo.result).outcome
    accepted = [unit for unit in outcome.units_out if unit not in refused]
    sent = outcome.into_exchange(accepted)
    base = to_be_read(
        outcome.when_sent(tuple(refused)),
        todo.pair.theirs,
        sent,
        session.known_behavior,
        session.reference_data,
    )
    return todo.pair.link.at(ref).agreed(base, todo.change_token)


def _report(
    todo: Todo, link: Link, refused: Mapping[str, ContactError], report: Report
) -> None:
    pair, outcome = todo.pair, present(todo.result).outcome
    written = outcome.rows_out(tuple(refused))
    report.fields(Way.PUSH, pair.name, pair.link, written, outcome.aligned.theirs)
    only = set(rows_of(outcome.base, refused).values())
    ours = outcome.aligned.ours
    report.differences(pair.name, link, todo.before, refused, ours=ours, only=only)
    if written:
        report.count("exported_updated")
