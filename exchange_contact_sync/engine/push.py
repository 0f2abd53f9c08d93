# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Look at pairs whose partner changed, and tell the mailbox what it has to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.errors import ContactChanged, ContactError, ContactGone, Unanswered
from ..core.plan import Action
from ..core.records import Link, LinkState, RemoteChange, RemoteRef
from .again import look_again, read_first, ref_of
from .deleting import delete
from .linked import carry_out
from .merging import Todo, in_step
from .pairs import Pair
from .parts import Slice
from .report import Report
from .unanswered import check_unanswered, to_ask_again


def push(work: Slice) -> None:
    """Work off what changed in Odoo. Under a policy that lets nothing out, this only
    settles what concerns Odoo. What the mailbox refuses because it changed there too
    goes to the inbox, to be read and merged again.

    :param work: Slice
    :raises OutOfTime: the next slice goes on with what is left
    """
    parts = work.parts
    while links := work.durably(
        lambda: parts.links.dirty(parts.sizes.push, work.passed_links)
    ):
        work.check_time()
        errors = work.errors
        _push_batch(work, links)
        if work.errors - errors < len(links):
            work.moved_on()
        parts.progress.show("push", len(links))


def _push_batch(work: Slice, links: list[Link]) -> None:
    work.passed_links.update(link.id for link in links)
    there = [link for link in links if not work.is_lost(link.folder)]
    todos = work.durably(lambda: _prepare(work, there))
    writes = [todo for todo in todos if todo.action is Action.MERGE]
    deletions = [todo for todo in todos if todo.action is Action.DELETE_THEIRS]
    if writes:
        work.passed_links -= write(work, writes)
    if deletions:
        work.passed_links -= delete(work, deletions)


def _prepare(work: Slice, links: Sequence[Link]) -> list[Todo]:
    """What has to be written: merges with Exchange as it was last seen."""
    parts, report = work.parts, Report()
    partners = parts.partners.fetch([link.partner for link in links if link.partner])
    pairs = [
        Pair(link, partners.get(link.partner), link.base.theirs())
        for link in links
        if link.base
    ]
    read_first(work, [link for link in links if not link.base])
    todos = carry_out(work, pairs, report)
    report.hand_over(work)
    return todos


def write(work: Slice, todos: list[Todo]) -> set[int]:
    """Tell the mailbox what changed.

    :param work: Slice
    :param todos: list of Todo, with the action ``MERGE``
    :return: set of int, links that the mailbox may answer for if asked again
    """
    changes = [
        RemoteChange(
            ref_of(todo.pair.link),
            todo.result.outcome.to_exchange,
        )
        for todo in todos
        if todo.result
    ]
    answers = work.parts.remote.update(changes)
    work.durably(lambda: _acknowledge(work, todos, answers))
    check_unanswered(work, answers)
    return to_ask_again((todo.pair.link.id for todo in todos), answers)


def _acknowledge(
    work: Slice, todos: list[Todo], answers: Sequence[RemoteRef | ContactError]
) -> None:
    report, saved = Report(), []
    for todo, answer in zip(todos, answers, strict=True):
        link = todo.pair.link
        if isinstance(answer, Unanswered):
            continue
        if isinstance(answer, ContactChanged | ContactGone):
            look_again(work, link, gone=isinstance(answer, ContactGone))
        elif isinstance(answer, ContactError):
            report.failure("push", todo.pair.name, answer, link)
            saved.append(replace(link, state=LinkState.ERROR))
        else:
            saved.append(_agreed(todo, answer))
            _tell(todo, report)
    work.parts.links.save(saved)
    report.hand_over(work)


def _agreed(todo: Todo, ref: RemoteRef) -> Link:
    """The pair as the mailbox has just acknowledged it."""
    assert todo.result is not None
    base = todo.result.outcome.base_when_sent
    return in_step(replace(todo.pair.link.at(ref), base=base, stamp=todo.stamp))


def _tell(todo: Todo, report: Report) -> None:
    assert todo.result is not None
    pair, outcome = todo.pair, todo.result.outcome
    report.fields(
        "push", pair.name, pair.link, outcome.merge.push, outcome.aligned.theirs
    )
    report.count("exported_updated")
