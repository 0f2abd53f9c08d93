# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stop a run that would delete too much, before it changes anything.

Ports: links, inbox.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from ..core.guard import Losses, Verdict, judge
from ..core.mailbox import ChangeType, Entry, RemoteContact
from ..core.policy import DeletionPolicy
from .pull.identify import recognize
from .session import DeletionLimit, LostPairs, Session
from .unanswered import fetch_all


def guard(session: Session) -> None:
    """Check the deletions of a run against the deletion guard.

    :raises DeletionLimit: unless a person has confirmed the run
        (``RunSetup.confirmed``) or ``RunSetup.on_deletion_limit`` only records it
    """
    if session.confirmed:
        return
    losses, _lost = session.read(lambda: _losses(session, moved=()))
    if judge(losses, session.policy) is Verdict.GO:
        return
    moved = _moved(session)
    losses, lost = session.read(lambda: _losses(session, moved))
    verdict = judge(losses, session.policy)
    if verdict is Verdict.GO:
        return
    code = {
        Verdict.TOO_MANY_DELETIONS: "too_many_deletions",
        Verdict.SIDE_SUDDENLY_EMPTY: "side_suddenly_empty",
    }[verdict]
    doomed = max(losses.doomed, losses.vanished)
    session.on_deletion_limit(DeletionLimit(code, doomed, losses.linked, lost))


def _losses(session: Session, moved: Collection[int]) -> tuple[Losses, LostPairs]:
    """Return what the run would delete.

    :param moved: ids of links whose item only moved to another folder
    """
    policy = session.policy
    known = session.links.by_remote(sorted(session.inbox.deleted()))
    gone = [one.id for one in known.values() if one.is_active]
    gone = [link for link in gone if link not in moved]
    without_partner = session.links.without_partner() if policy.exports else []
    if not policy.push:
        without_partner = [link for link in without_partner if link.pinned]
    archived, deleted = [], []
    if policy.exchange_deletion is DeletionPolicy.DELETE and policy.pull:
        archived = gone
    if policy.odoo_deletion is DeletionPolicy.DELETE:
        deleted = [one.id for one in without_partner if one.may_be_deleted]
    doomed = {*archived, *deleted}
    rest = {*gone, *(one.id for one in without_partner)} - doomed
    losses = Losses(
        session.links.count(),
        len(archived) + len(deleted),
        max(len(gone), len(without_partner)),
    )
    return losses, LostPairs(tuple(archived), tuple(deleted), tuple(sorted(rest)))


def _moved(session: Session) -> set[int]:
    """Return the links whose deleted item was only moved to another folder."""
    moved, seen = set[int](), set[int]()
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
        moved.update(one.link.id for one in known.values() if one.link.remote)
    return moved


def _next(session: Session, seen: set[int]) -> list[Entry]:
    return session.inbox.next(session.sizes.pull, ChangeType.CHANGED, seen)


def _without_link(session: Session, entries: list[Entry]) -> list[Entry]:
    known = session.links.by_remote([entry.ref.id for entry in entries])
    return [entry for entry in entries if entry.ref.id not in known]
