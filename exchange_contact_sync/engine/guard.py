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
from .session import AffectedLinks, DeletionLimit, Session
from .unanswered import fetch_all


def guard(session: Session) -> None:
    """Check the deletions of a run against the deletion guard.

    :raises DeletionLimit: unless a person has confirmed the run
        (``RunSetup.confirmed``) or ``RunSetup.on_deletion_limit`` only records it
    """
    if session.confirmed:
        return
    losses, _affected = session.read(lambda: _losses(session, moved=()))
    if judge(losses, session.policy) is Verdict.GO:
        return
    moved = _moved(session)
    losses, affected = session.read(lambda: _losses(session, moved))
    verdict = judge(losses, session.policy)
    if verdict is Verdict.GO:
        return
    code = {
        Verdict.TOO_MANY_DELETIONS: "too_many_deletions",
        Verdict.SIDE_SUDDENLY_EMPTY: "side_suddenly_empty",
    }[verdict]
    doomed = max(losses.doomed, losses.vanished)
    session.on_deletion_limit(DeletionLimit(code, doomed, losses.linked, affected))


def _losses(session: Session, moved: Collection[int]) -> tuple[Losses, AffectedLinks]:
    """Return what the run would delete.

    :param moved: ids of links whose item only moved to another folder
    """
    policy = session.policy
    links = session.links.by_remote(sorted(session.inbox.deleted()))
    gone = [k.id for k in links.values() if k.is_active and k.id not in moved]
    without_partner = session.links.without_partner() if policy.exports else []
    if not policy.push:
        without_partner = [link for link in without_partner if link.pinned]
    archived, deleted = [], []
    if policy.exchange_deletion is DeletionPolicy.DELETE and policy.pull:
        archived = gone
    if policy.odoo_deletion is DeletionPolicy.DELETE:
        deleted = [link.id for link in without_partner if link.may_be_deleted]
    doomed = {*archived, *deleted}
    stopped = {*gone, *(link.id for link in without_partner)} - doomed
    losses = Losses(
        session.links.count(),
        len(archived) + len(deleted),
        max(len(gone), len(without_partner)),
    )
    affected = AffectedLinks(tuple(archived), tuple(deleted), tuple(sorted(stopped)))
    return losses, affected


def _moved(session: Session) -> set[int]:
    """Return the links whose deleted item was only moved to another folder."""
    moved, tried = set[int](), set[int]()
    while entries := session.read(lambda: _next(session, tried)):
        tried.update(entry.id for entry in entries)
        unlinked = session.read(partial(_without_link, session, entries))
        answers = fetch_all(session, [entry.ref for entry in unlinked])
        read = [
            (entry, answer)
            for entry, answer in zip(unlinked, answers, strict=True)
            if isinstance(answer, RemoteContact)
        ]
        linked = session.read(partial(recognize, session, read))
        moved.update(one.link.id for one in linked.values() if one.link.remote)
    return moved


def _next(session: Session, tried: set[int]) -> list[Entry]:
    return session.inbox.next(session.sizes.pull, ChangeType.CHANGED, tried)


def _without_link(session: Session, entries: list[Entry]) -> list[Entry]:
    links = session.links.by_remote([entry.ref.id for entry in entries])
    return [entry for entry in entries if entry.ref.id not in links]
