# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Carry out what a person decided: another value, an undo, a new start.

Both sides are read first, because a decision holds only as long as nobody has changed
what the person saw. A link keeps what was asked until it is done or refused, so that
whoever dies in between leaves it to the next slice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..core.errors import ContactError, ContactGone, Unanswered
from ..core.link import Link
from ..core.mailbox import RemoteContact
from ..core.partner import LocalContact
from ..core.plan import PASSING, Action, Reason
from ..core.user_requests import Ask
from .apply.dispatch import carry_out
from .apply.merge import Todo
from .blank import blank_contact
from .pairs import Pair
from .push.delete import delete
from .push.update import write
from .report import Report
from .reread import look_again, ref_of
from .session import Slice
from .unanswered import check_unanswered, to_ask_again

Answers = Mapping[int, RemoteContact | ContactError]


def obey(work: Slice) -> None:
    """Work off what was asked for pairs.

    :param work: Slice
    :raises OutOfTime: the next slice goes on with what is left
    """
    parts = work.parts
    if not parts.undoing:
        work.durably(lambda: _resume(work))
    passed = set(work.passed_links)
    while links := work.durably(lambda: parts.links.asked(parts.sizes.push, passed)):
        work.check_time()
        errors = work.errors
        again = _obey_batch(work, links)
        if work.errors - errors < len(links):
            work.moved_on()
        passed.update(link.id for link in links if link.id not in again)
        parts.progress.show("obey", len(links))


def _resume(work: Slice) -> None:
    """Pairs whose reason to rest has passed begin again."""
    policy = work.parts.policy
    reasons = PASSING if policy.skip_private else (*PASSING, Reason.PRIVATE)
    back = work.parts.links.returned(reasons)
    if not policy.push:
        back = [link for link in back if link.remote]
    work.parts.links.save([replace(link, asked=Ask.RESUME) for link in back])


def _obey_batch(work: Slice, links: list[Link]) -> set[int]:
    """:return: set of int, links that the mailbox may answer for if asked again"""
    links = [link for link in links if not work.is_lost(link.folder)]
    known = [link for link in links if link.remote and not link.is_known_gone]
    answers = work.parts.remote.fetch([ref_of(link) for link in known]) if known else []
    found = dict(zip((link.id for link in known), answers, strict=True))
    todos = work.durably(lambda: _carry_out(work, links, found))
    writes = [todo for todo in todos if todo.action is Action.MERGE]
    deletions = [todo for todo in todos if todo.action is Action.DELETE_THEIRS]
    work.passed_links.update(todo.pair.link.id for todo in writes)
    again: set[int] = set()
    if writes:
        again |= write(work, writes)
    if deletions:
        again |= delete(work, deletions)
    work.passed_links -= again
    check_unanswered(work, answers)
    return again | to_ask_again((link.id for link in known), answers)


def _carry_out(work: Slice, links: Sequence[Link], found: Answers) -> list[Todo]:
    parts, report = work.parts, Report()
    partners = parts.partners.fetch([link.partner for link in links if link.partner])
    pairs, untouched = [], []
    for link in links:
        answer = found.get(link.id, ContactGone())
        if isinstance(answer, Unanswered):
            continue
        pair = _pair(work, link, partners.get(link.partner), answer)
        if isinstance(answer, ContactError) and not isinstance(answer, ContactGone):
            report.failure("pull", pair.name, answer, link)
        elif link.id in found and pair.gone and not work.parts.undoing:
            # It may only be in another folder; the next round knows.
            look_again(work, link, gone=True)
        elif pair.gone and link.asked in (None, Ask.PART):
            report.left_alone(pair.name, link, next(iter(link.wishes), ""))
            untouched.append(link.settled())
        else:
            pairs.append(pair)
    parts.links.save(untouched)
    todos = carry_out(work, pairs, report)
    report.hand_over(work)
    return todos


def _pair(
    work: Slice,
    link: Link,
    ours: LocalContact | None,
    answer: RemoteContact | ContactError,
) -> Pair:
    if isinstance(answer, ContactError):
        theirs = link.base.theirs() if link.base else blank_contact(work)
        return Pair(link, ours, theirs, gone=isinstance(answer, ContactGone))
    private = answer.private and work.parts.policy.skip_private
    return Pair(
        link,
        ours,
        answer.contact,
        answer.ref,
        answer.modified,
        private,
        photo=answer.photo,
    )
