# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tell the mailbox what changed in Odoo about contacts that are linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.align import to_exchange
from ..core.contact import Base
from ..core.errors import ContactChanged, ContactError, ContactGone
from ..core.fields import NAME_EVIDENCE
from ..core.plan import Action, Theirs
from ..core.records import Entry, Link, LinkState, Mark, RemoteChange, RemoteRef
from .linked import Todo, carry_out
from .pairs import Pair
from .parts import Slice
from .report import Report


def push(work: Slice) -> bool:
    """Write to the mailbox what changed in Odoo.

    :param work: Slice
    :return: bool, whether the mailbox refused something because it changed there
        too: those contacts are in the inbox now, to be read and merged again
    :raises OutOfTime: the next slice goes on with what is left
    """
    refused = False
    parts = work.parts
    while links := parts.checkpoint.run(
        lambda: parts.links.dirty(parts.sizes.push, work.passed_links)
    ):
        work.check_time()
        refused |= _push_batch(work, links)
        parts.progress.show("push", len(links))
    return refused


def _push_batch(work: Slice, links: list[Link]) -> bool:
    todos = work.parts.checkpoint.run(lambda: _prepare(work, links))
    writes = [todo for todo in todos if todo.action is Action.MERGE]
    deletions = [todo for todo in todos if todo.action is Action.DELETE_THEIRS]
    work.passed_links.update(todo.pair.link.id for todo in todos)
    refused = _write(work, writes) if writes else False
    if deletions:
        _delete(work, deletions)
    return refused


def _prepare(work: Slice, links: Sequence[Link]) -> list[Todo]:
    """What has to be written: merges with Exchange as it was last seen."""
    parts, report = work.parts, Report()
    partners = parts.partners.fetch([link.partner for link in links if link.partner])
    pairs = [
        Pair(link, partners.get(link.partner), link.base.theirs())
        for link in links
        if link.base
    ]
    todos = carry_out(work, pairs, Theirs.SAME, report)
    report.hand_over(parts.log)
    return todos


def _payload(todo: Todo) -> dict[str, str]:
    assert todo.result is not None
    return to_exchange(todo.result.merge.push, todo.result.base.remembered)


def _write(work: Slice, todos: list[Todo]) -> bool:
    parts = work.parts
    changes = [
        RemoteChange(
            RemoteRef(link.remote, link.version, link.folder, link.sync_key),
            _payload(todo),
            link.sync_key,
        )
        for todo in todos
        for link in (todo.pair.link,)
    ]
    answers = parts.remote.update(changes)
    return parts.checkpoint.run(lambda: _acknowledge(work, todos, answers))


def _acknowledge(
    work: Slice, todos: list[Todo], answers: Sequence[RemoteRef | ContactError]
) -> bool:
    parts, report = work.parts, Report()
    saved, refused = [], False
    for todo, answer in zip(todos, answers, strict=True):
        if isinstance(answer, ContactChanged | ContactGone):
            refused = True
            _look_again(work, todo, gone=isinstance(answer, ContactGone))
        elif isinstance(answer, ContactError):
            report.failure("push", todo.pair.name, answer, todo.pair.link)
            saved.append(replace(todo.pair.link, state=LinkState.ERROR))
        else:
            saved.append(_agreed(todo, answer))
            _tell(todo, report)
    parts.links.save(saved)
    report.hand_over(parts.log)
    return refused


def _look_again(work: Slice, todo: Todo, *, gone: bool) -> None:
    link = todo.pair.link
    ref = RemoteRef(link.remote, "", link.folder, link.sync_key)
    mark = Mark.DELETED if gone else Mark.CHANGED
    work.parts.inbox.put(link.folder, [Entry(ref, mark)])
    work.passed_links.discard(link.id)


def _agreed(todo: Todo, ref: RemoteRef) -> Link:
    """The pair as the mailbox has just acknowledged it."""
    assert todo.result is not None
    base = todo.result.base.after_sending(todo.result.merge.push)
    parts_of_name = {k: v for k, v in _payload(todo).items() if k in NAME_EVIDENCE}
    remembered = {**base.remembered, **parts_of_name}
    remembered = {k: v for k, v in remembered.items() if v}
    return replace(
        todo.pair.link.at(ref),
        base=Base(base.values, base.foreign, remembered),
        stamp=todo.stamp,
        state=LinkState.SYNCED,
    )


def _tell(todo: Todo, report: Report) -> None:
    assert todo.result is not None
    pair, merged = todo.pair, todo.result.merge
    report.fields("push", pair.name, pair.link, merged.push, todo.result.aligned.theirs)
    report.count("exported_updated")


def _delete(work: Slice, todos: list[Todo]) -> None:
    parts = work.parts
    refs = [
        RemoteRef(link.remote, link.version, link.folder, link.sync_key)
        for link in (todo.pair.link for todo in todos)
    ]
    answers = parts.remote.delete(refs)
    parts.checkpoint.run(lambda: _deleted(work, todos, answers))


def _deleted(
    work: Slice, todos: list[Todo], answers: Sequence[None | ContactError]
) -> None:
    report, ended = Report(), []
    for todo, answer in zip(todos, answers, strict=True):
        pair = todo.pair
        if isinstance(answer, ContactError) and not isinstance(answer, ContactGone):
            report.failure("push", pair.name, answer, pair.link)
            continue
        ended.append(replace(pair.link, remote="", version="", state=LinkState.STOPPED))
        report.whole("push", "delete", pair.name, pair.link)
        report.count("exported_deleted")
    work.parts.links.save(ended)
    report.hand_over(work.parts.log)
