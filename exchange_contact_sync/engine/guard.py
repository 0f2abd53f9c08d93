# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stop a run that would delete too much, before it changes anything.

Ports: links, inbox.
"""

from __future__ import annotations

from functools import partial

from ..core.guard import Losses, Verdict, judge
from ..core.mailbox import ChangeType, Entry, RemoteContact
from ..core.policy import DeletionPolicy
from .pull.identify import recognize
from .session import DeletionLimit, Session
from .unanswered import fetch_all


def guard(session: Session) -> None:
    """Check the deletions of a run against the deletion guard.

    :raises DeletionLimit: unless a person has confirmed the run
        (``RunSetup.confirmed``) or ``RunSetup.on_deletion_limit`` only records it
    """
    if session.confirmed:
        return
    losses = session.read(lambda: _losses(session, moved=0))
    if judge(losses, session.policy) is Verdict.GO:
        return
    moved = _count_moved(session)
    losses = session.read(lambda: _losses(session, moved))
    verdict = judge(losses, session.policy)
    if verdict is Verdict.GO:
        return
    code = {
        Verdict.TOO_MANY_DELETIONS: "too_many_deletions",
        Verdict.SIDE_SUDDENLY_EMPTY: "side_suddenly_empty",
    }[verdict]
    doomed = max(losses.doomed, losses.vanished)
    session.on_deletion_limit(DeletionLimit(code, doomed, losses.linked))


def _losses(session: Session, moved: int) -> Losses:
    policy = session.policy
    known = session.links.by_remote(sorted(session.inbox.deleted()))
    gone_there = sum(1 for link in known.values() if link.is_active)
    gone_there = max(0, gone_there - moved)
    without_partner = session.links.without_partner() if policy.push else []
    doomed = 0
    if policy.exchange_deletion is DeletionPolicy.DELETE and policy.pull:
        doomed += gone_there
    if policy.odoo_deletion is DeletionPolicy.DELETE:
        doomed += sum(1 for link in without_partner if link.may_be_deleted)
    return Losses(session.links.count(), doomed, max(gone_there, len(without_partner)))


def _count_moved(session: Session) -> int:
    """Return how many of the deleted contacts were only moved to another folder."""
    moved, seen = 0, set[int]()
    while entries := session.read(lambda: _next(session, seen)):
        seen.update(entry.id for entry in entries)
        fresh = session.read(partial(_without_link, session, entries))
        refs = [entry.ref for entry in fresh]
        answers = fetch_all(session, refs)
        read = [
            (entry, answer)
            for entry, answer in zip(fresh, answers, strict=True)
            if isinstance(answer, RemoteContact)
        ]
        known = session.read(partial(recognize, session, read))
        moved += sum(1 for one in known.values() if one.link.remote)
    return moved


def _next(session: Session, seen: set[int]) -> list[Entry]:
    return session.inbox.next(session.sizes.pull, ChangeType.CHANGED, seen)


def _without_link(session: Session, entries: list[Entry]) -> list[Entry]:
    known = session.links.by_remote([entry.ref.id for entry in entries])
    return [entry for entry in entries if entry.ref.id not in known]
