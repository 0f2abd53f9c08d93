# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decide what happens to linked pairs, and carry out the part that concerns Odoo.

The part that concerns the mailbox is returned as a list of ``Todo``. A pair with a
``Todo`` is processed again until the mailbox has acknowledged the write. All work in
this file, with its bookkeeping, happens in one transaction.

Ports: partners.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from ...core.link import LinkState
from ...core.plan import Action, Reason, decide_linked, decide_requested, reason
from ..pairs import Pair, ours_of, theirs_of
from ..push.takeover import replace_partners
from ..report import Report
from ..session import Session
from . import creating, handlers, merge, recreating
from .merge import Todo

HANDLERS: dict[Action, Callable[[Session, list[Pair], Report], list[Todo]]] = {
    # Even if nothing has changed, the link is updated with what was just read.
    Action.NOTHING: merge.merge_pairs,
    Action.MERGE: merge.merge_pairs,
    Action.UNARCHIVE_OURS: merge.revive,
    Action.STOP: handlers.stop,
    Action.ARCHIVE_OURS: handlers.archive,
    Action.FORGET: handlers.forget,
    Action.DELETE_THEIRS: handlers.delete_theirs,
    Action.CREATE_OURS: recreating.recreate_partners,
    Action.CREATE_THEIRS: creating.recreate_items,
    Action.UNARCHIVE_ONLY: handlers.bring_back,
    Action.LEAVE: handlers.leave,
}


def carry_out(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Decide what to do with each pair of a batch, and do it."""
    pairs = replace_partners(session, merge.without_unreadable(session, pairs, report))
    chosen = chosen_for_export(session, pairs)
    groups: dict[Action, list[Pair]] = defaultdict(list)
    for pair in pairs:
        decided, action = _decide(session, pair, pair.link.id in chosen, report)
        groups[action].append(decided)
    todos: list[Todo] = []
    for action, group in groups.items():
        todos += HANDLERS[action](session, group, report)
    return todos


def _decide(
    session: Session, pair: Pair, chosen: bool, report: Report
) -> tuple[Pair, Action]:
    """Decide the action for a pair; a user request takes precedence.

    If the request no longer applies, log it and fall back to the normal decision.
    """
    theirs, policy, asked = (
        theirs_of(session, pair),
        session.policy.of(pair.link.pinned),
        pair.link.user_request,
    )
    ours = ours_of(session, pair, bool(asked) or chosen)
    if asked:
        action = decide_requested(asked, theirs, ours, policy, moved_out=pair.moved_out)
        if action is Action.MERGE:
            return pair, action
        if action is not Action.LEAVE:
            why = Reason.GONE if pair.moved_out else Reason.PERSON
            pair = replace(pair, reason=why)
            return _without_overrides(pair, report), action
        report.request_not_applied(pair.name, pair.link)
        pair = replace(pair, link=pair.link.settled())
        ours = ours_of(session, pair, chosen)
    ended = pair.gone and pair.link.is_being_deleted
    pair = replace(pair, reason=pair.link.reason if ended else reason(theirs, ours))
    if pair.link.state is LinkState.STOPPED and not pair.returned:
        return _without_overrides(pair, report), Action.LEAVE
    action = decide_linked(
        theirs,
        ours,
        policy,
        may_be_deleted=pair.link.may_be_deleted,
        being_deleted=ended,
        moved_out=pair.moved_out,
    )
    merged = action in (Action.NOTHING, Action.MERGE, Action.UNARCHIVE_OURS)
    return (pair if merged else _without_overrides(pair, report)), action


def to_be_recreated(session: Session, pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs whose contact is to be created again in the mailbox."""
    chosen = chosen_for_export(session, pairs)
    return [
        pair
        for pair in pairs
        if _decide(session, pair, pair.link.id in chosen, Report())[1]
        is Action.CREATE_THEIRS
    ]


def _without_overrides(pair: Pair, report: Report) -> Pair:
    """Return the pair without its field overrides, and log each one that is dropped.

    A link that is being stopped cannot apply a field override.
    """
    for key in pair.link.field_overrides:
        report.request_not_applied(pair.name, pair.link, key)
    return replace(pair, link=replace(pair.link, field_overrides={}))


def chosen_for_export(session: Session, pairs: Sequence[Pair]) -> set[int]:
    """Return the links whose partner is still selected for export.

    The export selection matters only for contacts that this addon created and that no
    person requested. Links without this dependency are always included, and so are all
    links while the policy does not push.

    :return: ids of links
    """
    partners = session.partners
    asked = [pair for pair in pairs if pair.link.follows_choice and pair.ours]
    scope: set[int] = set()
    if asked and session.policy.push:
        scope = partners.in_scope([pair.link.partner for pair in asked])
    return {
        pair.link.id
        for pair in pairs
        if not (pair.link.follows_choice and session.policy.push)
        or pair.link.partner in scope
    }
