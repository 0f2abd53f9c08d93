# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stop a run that would take away too much, before it touches anything."""

from __future__ import annotations

from functools import partial

from ..core.guard import Losses, Verdict, judge
from ..core.link import LinkState
from ..core.mailbox import Entry, Mark, RemoteContact
from ..core.policy import DeletionPolicy
from .pull.identify import recognise
from .session import Brake, Slice
from .unanswered import fetch_all


def guard(work: Slice) -> None:
    """Let a run pass, or stop it.

    :param work: Slice
    :raises Brake: unless a person has agreed (``Parts.confirmed``), or it is only
        taken down (``Parts.on_brake``)
    """
    if work.parts.confirmed:
        return
    losses = work.durably(lambda: _losses(work, moved=0))
    if judge(losses, work.parts.policy) is Verdict.GO:
        return
    moved = _count_moved(work)
    losses = work.durably(lambda: _losses(work, moved))
    verdict = judge(losses, work.parts.policy)
    if verdict is Verdict.GO:
        return
    code = {
        Verdict.TOO_MANY_DELETIONS: "too_many_deletions",
        Verdict.SIDE_SUDDENLY_EMPTY: "side_suddenly_empty",
    }[verdict]
    doomed = max(losses.doomed, losses.vanished)
    work.parts.on_brake(Brake(code, doomed, losses.linked))


def _losses(work: Slice, moved: int) -> Losses:
    parts, policy = work.parts, work.parts.policy
    known = parts.links.by_remote(sorted(parts.inbox.deleted()))
    linked = (LinkState.SYNCED, LinkState.ERROR)
    gone_there = sum(1 for link in known.values() if link.state in linked)
    gone_there = max(0, gone_there - moved)
    bereft = parts.links.bereft() if policy.push else []
    doomed = 0
    if policy.exchange_deletion is DeletionPolicy.DELETE and policy.pull:
        doomed += gone_there
    if policy.odoo_deletion is DeletionPolicy.DELETE:
        doomed += sum(1 for link in bereft if link.may_be_deleted)
    return Losses(parts.links.count(), doomed, max(gone_there, len(bereft)))


def _count_moved(work: Slice) -> int:
    """How many of the contacts that are gone are only in another folder now."""
    moved, seen = 0, set[int]()
    while entries := work.durably(lambda: _next(work, seen)):
        seen.update(entry.id for entry in entries)
        fresh = work.durably(partial(_without_link, work, entries))
        refs = [entry.ref for entry in fresh]
        answers = fetch_all(work, refs)
        read = [
            (entry, answer)
            for entry, answer in zip(fresh, answers, strict=True)
            if isinstance(answer, RemoteContact)
        ]
        known = work.durably(partial(recognise, work, read))
        moved += sum(1 for one in known.values() if one.link.remote)
    return moved


def _next(work: Slice, seen: set[int]) -> list[Entry]:
    parts = work.parts
    return parts.inbox.next(parts.sizes.absorb, Mark.CHANGED, seen)


def _without_link(work: Slice, entries: list[Entry]) -> list[Entry]:
    known = work.parts.links.by_remote([entry.ref.id for entry in entries])
    return [entry for entry in entries if entry.ref.id not in known]
