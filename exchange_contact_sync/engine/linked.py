# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decide what becomes of linked pairs, and have it done on Odoo's side.

What has to be done in the mailbox comes back as a to-do; a pair with one stays
dirty until the mailbox has acknowledged it. Everything here happens in one
transaction with its bookkeeping.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from ..core.plan import Action, Theirs, decide_linked
from . import creating, endings, merging
from .merging import Todo
from .pairs import Pair, ours_of, theirs_of
from .parts import Slice
from .report import Report

HANDLERS: dict[Action, Callable[[Slice, list[Pair], Report], list[Todo]]] = {
    # What is remembered of a contact that was read is renewed even so.
    Action.NOTHING: merging.merge_pairs,
    Action.MERGE: merging.merge_pairs,
    Action.REVIVE_OURS: merging.revive,
    Action.STOP: endings.stop,
    Action.ARCHIVE_OURS: endings.archive,
    Action.FORGET: endings.forget,
    Action.DELETE_THEIRS: endings.delete_theirs,
    Action.CREATE_OURS: creating.create_partners,
    Action.CREATE_THEIRS: creating.create_again,
    Action.BRING_BACK: endings.bring_back,
    Action.LEAVE: endings.leave,
}


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
    for pair, action in zip(pairs, decide(work, pairs, theirs), strict=True):
        groups[action].append(pair)
    todos: list[Todo] = []
    for action, group in groups.items():
        todos += HANDLERS[action](work, group, report)
    return todos


def decide(work: Slice, pairs: list[Pair], known: Theirs | None) -> list[Action]:
    """What becomes of pairs, by the owner's choices.

    :param work: Slice
    :param pairs: list of Pair
    :param known: Theirs or None, see :func:`carry_out`
    :return: list of Action
    """
    policy = work.parts.policy
    chosen = chosen_for_export(work, pairs)
    return [
        decide_linked(
            known or theirs_of(work, pair),
            ours_of(work, pair, pair.link.id in chosen),
            policy,
            may_be_deleted=pair.link.may_be_deleted,
        )
        for pair in pairs
    ]


def chosen_for_export(work: Slice, pairs: list[Pair]) -> set[int]:
    """Links whose partner did not leave the export choice.

    Only contacts this addon created are there because of the choice, unless a person
    asked for them, and they stay while nothing is exported at all.

    :param work: Slice
    :param pairs: list of Pair
    :return: set of int, ids of links
    """
    partners = work.parts.partners
    asked = [pair for pair in pairs if pair.link.follows_choice and pair.ours]
    scope: set[int] = set()
    if asked and work.parts.policy.push:
        scope = partners.in_scope([pair.link.partner for pair in asked])
    return {
        pair.link.id
        for pair in pairs
        if not (pair.link.follows_choice and work.parts.policy.push)
        or pair.link.partner in scope
    }
