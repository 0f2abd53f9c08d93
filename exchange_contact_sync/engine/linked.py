# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Carry out what was decided for linked pairs, on Odoo's side.

What has to be done in the mailbox comes back as a to-do; a pair with one stays
dirty until the mailbox has acknowledged it. Everything here happens in one
transaction with its bookkeeping.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..core.errors import ContactError, ContactWithoutName
from ..core.plan import Action, Ours, Theirs, decide_linked
from ..core.records import Link, LinkState, Written
from .pairs import Pair, Reconciled, ours_of, reconcile, theirs_of
from .parts import Slice
from .report import Report


@dataclass(frozen=True)
class Todo:
    """Something to be done in the mailbox for one pair.

    :param pair: Pair, with its link as stored
    :param action: Action, ``MERGE`` to write fields or ``DELETE_THEIRS``
    :param stamp: str, the partner's stamp when this was found out
    :param result: Reconciled, for ``MERGE``
    """

    pair: Pair
    action: Action
    stamp: str = ""
    result: Reconciled | None = None


def carry_out(
    work: Slice, pairs: list[Pair], theirs: Theirs | None, report: Report
) -> list[Todo]:
    """Decide and carry out, for pairs of one batch.

    :param work: Slice
    :param pairs: list of Pair
    :param theirs: Theirs, what happened in the mailbox, when it is the same for
        all of them; None to find out by content
    :param report: Report
    :return: list of Todo
    """
    groups: dict[Action, list[Pair]] = defaultdict(list)
    for pair, action in zip(pairs, _decide(work, pairs, theirs), strict=True):
        groups[action].append(pair)
    todos: list[Todo] = []
    for action, group in groups.items():
        todos += HANDLERS[action](work, group, report)
    return todos


def _decide(work: Slice, pairs: list[Pair], known: Theirs | None) -> list[Action]:
    parts, words = work.parts, work.words
    ours_made = [p.link.partner for p in pairs if p.link.created_by_us and p.ours]
    scope = parts.partners.in_scope(ours_made) if ours_made else set()
    actions = []
    for pair in pairs:
        in_scope = not pair.link.created_by_us or pair.link.partner in scope
        theirs = known or theirs_of(pair, parts.policy, words)
        ours = ours_of(pair, in_scope, parts.policy, words, parts.partners.carries)
        if ours is Ours.SAME and theirs is Theirs.SAME:
            actions.append(Action.NOTHING)
            continue
        actions.append(
            decide_linked(
                theirs, ours, parts.policy, created_by_us=pair.link.created_by_us
            )
        )
    return actions


def _at(pair: Pair) -> Link:
    return pair.link.at(pair.ref) if pair.ref else pair.link


def _nothing(work: Slice, pairs: list[Pair], report: Report) -> list[Todo]:
    work.parts.links.save(
        [
            replace(
                _at(pair),
                state=LinkState.SYNCED,
                stamp=pair.ours.stamp if pair.ours else "",
            )
            for pair in pairs
        ]
    )
    report.count("unchanged_count", sum(1 for pair in pairs if pair.ref))
    return []


def merge_pairs(work: Slice, pairs: list[Pair], report: Report) -> list[Todo]:
    """Merge pairs whose partner exists, and write Odoo's side.

    :param work: Slice
    :param pairs: list of Pair, links not yet stored have id 0
    :param report: Report
    :return: list of Todo, for those that Exchange has to be told of
    """
    parts = work.parts
    results = [
        reconcile(pair, parts.policy, work.words, parts.partners.carries)
        for pair in pairs
    ]
    changes = [(r.pair.link.partner, r.to_odoo) for r in results if r.to_odoo]
    written = iter(parts.partners.update(changes) if changes else ())
    done: list[tuple[Reconciled, Link, str]] = []
    for result in results:
        answer = next(written) if result.to_odoo else None
        if isinstance(answer, ContactError):
            _failed(work, result.pair, answer, report)
        else:
            done.append(_merged(result, answer, report))
    links = _store(work, [link for _result, link, _stamp in done])
    return [
        Todo(replace(result.pair, link=link), Action.MERGE, stamp, result)
        for (result, _link, stamp), link in zip(done, links, strict=True)
        if result.merge.push
    ]


def _merged(
    result: Reconciled, answer: Written | None, report: Report
) -> tuple[Reconciled, Link, str]:
    pair = result.pair
    stamp = answer.stamp if answer else (pair.ours.stamp if pair.ours else "")
    link = replace(
        _at(pair),
        base=result.base,
        stamp="" if result.merge.push else stamp,
        state=LinkState.SYNCED,
    )
    report.fields("pull", pair.name, link, result.merge.pull, result.aligned.ours)
    for conflict in result.merge.conflicts:
        report.conflict(pair.name, link, conflict)
    if result.to_odoo:
        report.count("imported_updated")
    elif not result.merge.push and pair.ref:
        report.count("unchanged_count")
    return result, link, stamp


def _store(work: Slice, links: list[Link]) -> list[Link]:
    """Save known links and add new ones; all come back in order, with ids."""
    fresh = iter(work.parts.links.add([link for link in links if not link.id]))
    work.parts.links.save([link for link in links if link.id])
    return [link if link.id else next(fresh) for link in links]


def _failed(work: Slice, pair: Pair, error: ContactError, report: Report) -> None:
    """Keep what is to be done for the next run; the others go on."""
    report.failure("pull", pair.name, error, pair.link)
    if pair.entry:
        work.passed_entries.add(pair.entry.id)
    if pair.link.id:
        work.passed_links.add(pair.link.id)
        work.parts.links.save([replace(pair.link, state=LinkState.ERROR)])


def _stop(work: Slice, pairs: list[Pair], report: Report) -> list[Todo]:
    """Both sides stay; a contact that is gone may come back and be recognised."""
    stopped = []
    for pair in pairs:
        link = replace(_at(pair), state=LinkState.STOPPED)
        if pair.entry and pair.ref is None:
            link = replace(link, remote="", version="")
        stopped.append(link)
        report.whole("pull" if pair.entry else "push", "stop", pair.name, pair.link)
    work.parts.links.save(stopped)
    return []


def _archive(work: Slice, pairs: list[Pair], report: Report) -> list[Todo]:
    answers = work.parts.partners.set_active([p.link.partner for p in pairs], False)
    stopped = []
    for pair, answer in zip(pairs, answers, strict=True):
        if isinstance(answer, ContactError):
            _failed(work, pair, answer, report)
            continue
        stopped.append(
            replace(pair.link, remote="", version="", state=LinkState.STOPPED)
        )
        report.whole("pull", "archive", pair.name, pair.link)
        report.count("imported_archived")
    work.parts.links.save(stopped)
    return []


def _revive(work: Slice, pairs: list[Pair], report: Report) -> list[Todo]:
    answers = work.parts.partners.set_active([p.link.partner for p in pairs], True)
    alive = []
    for pair, answer in zip(pairs, answers, strict=True):
        if isinstance(answer, ContactError):
            _failed(work, pair, answer, report)
        else:
            alive.append(pair)
            report.whole("pull", "revive", pair.name, pair.link)
    return merge_pairs(work, alive, report)


def create_partners(work: Slice, pairs: list[Pair], report: Report) -> list[Todo]:
    """Create a partner for each contact of Exchange.

    :param work: Slice
    :param pairs: list of Pair without a partner
    :param report: Report
    :return: list of Todo, empty
    """
    parts = work.parts
    afresh = [replace(p, link=replace(p.link, base=None), ours=None) for p in pairs]
    results = [
        reconcile(pair, parts.policy, work.words, parts.partners.carries)
        for pair in afresh
    ]
    named = [result for result in results if result.to_odoo.get("name")]
    for result in results:
        if not result.to_odoo.get("name"):
            _nameless(work, result.pair, report)
    answers = parts.partners.create([result.to_odoo for result in named])
    links = []
    for result, answer in zip(named, answers, strict=True):
        if isinstance(answer, ContactError):
            _failed(work, result.pair, answer, report)
        else:
            links.append(_created(result, answer))
    for link, name in zip(
        _store(work, [link for link, _name in links]),
        [name for _link, name in links],
        strict=True,
    ):
        report.whole("pull", "create", name, link)
    report.count("imported_created", len(links))
    return []


def _created(result: Reconciled, answer: Written) -> tuple[Link, str]:
    link = replace(
        _at(result.pair),
        partner=answer.id,
        base=result.base,
        stamp=answer.stamp,
        state=LinkState.SYNCED,
    )
    return link, result.to_odoo["name"]


def _nameless(work: Slice, pair: Pair, report: Report) -> None:
    report.failure("pull", "", ContactWithoutName(), pair.link)
    if pair.entry:
        work.passed_entries.add(pair.entry.id)


def _create_again(work: Slice, pairs: list[Pair], report: Report) -> list[Todo]:
    """The contact was deleted in Exchange, but edited here: it is exported anew."""
    parts, again = work.parts, []
    for pair in pairs:
        result = reconcile(
            replace(
                pair, theirs=pair.link.base.theirs() if pair.link.base else pair.theirs
            ),
            parts.policy,
            work.words,
            parts.partners.carries,
        )
        values = {**result.base.values, **result.merge.push}
        again.append(
            replace(
                pair.link,
                remote="",
                version="",
                folder=parts.export_folder,
                sync_key=parts.mint(),
                base=replace(result.base, values=values),
                stamp=pair.ours.stamp if pair.ours else "",
                state=LinkState.PENDING,
                created_by_us=True,
            )
        )
        report.whole("push", "revive", pair.name, pair.link)
    parts.links.save(again)
    return []


def _forget(work: Slice, pairs: list[Pair], report: Report) -> list[Todo]:
    work.parts.links.forget([pair.link for pair in pairs])
    return []


def _delete_theirs(work: Slice, pairs: list[Pair], report: Report) -> list[Todo]:
    work.parts.links.save([_at(pair) for pair in pairs])
    return [Todo(pair, Action.DELETE_THEIRS) for pair in pairs]


HANDLERS: dict[Action, Callable[[Slice, list[Pair], Report], list[Todo]]] = {
    Action.NOTHING: _nothing,
    Action.MERGE: merge_pairs,
    Action.STOP: _stop,
    Action.ARCHIVE_OURS: _archive,
    Action.REVIVE_OURS: _revive,
    Action.CREATE_OURS: create_partners,
    Action.CREATE_THEIRS: _create_again,
    Action.FORGET: _forget,
    Action.DELETE_THEIRS: _delete_theirs,
}
