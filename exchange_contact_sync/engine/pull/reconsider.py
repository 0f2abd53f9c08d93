# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Take up deferred contacts whose reason to wait has passed."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.evidence import PRIVATE, evidence_kept
from ...core.mailbox import Deferred, Entry
from ...core.matching import Found, Match, assign
from ...core.plan import Action, decide_unlinked
from ..session import Session
from .candidates import candidates_for
from .deferred import KEY, NOT_ADMITTED, REFUSED, key_of_hashes
from .originals import copied


def reconsider(session: Session) -> None:
    """Take up what may be decided now: somebody changed a choice, or a partner.

    :param session: Session
    """
    ready = session.read(lambda: _ready(session))
    if ready:
        session.transaction(lambda: session.inbox.resume(ready))


def _ready(session: Session) -> list[Entry]:
    """:return: list of Entry, deferred ones that may be decided now"""
    policy = session.policy
    chosen = {f.id for f in session.folders if f.imported and policy.pull}
    if not chosen:
        return []
    deferred = [
        one for one in session.inbox.deferred() if one.entry.ref.folder in chosen
    ]
    matches = _matches(session, deferred) if deferred else {}
    return [
        one.entry
        for one in deferred
        if one.entry.id in matches
        and _can_be_decided(session, matches[one.entry.id].found)
        or PRIVATE in one.facts
        and (not policy.skip_private or one.facts.get(KEY) != key_of_hashes(session))
    ]


def _matches(session: Session, deferred: Sequence[Deferred]) -> dict[int, Match]:
    """Whom contacts stand for by now; the same is asked as when they came in."""
    known = {
        one.entry.id: evidence_kept(one.facts, session.words)
        for one in deferred
        if not {PRIVATE, NOT_ADMITTED, REFUSED} & one.facts.keys()
    }
    if not known:
        return {}
    found = assign(known, candidates_for(session, known.values()))
    new = {i: known[i] for i, match in found.items() if match.found is Found.NOBODY}
    refs = {one.entry.id: one.entry.ref for one in deferred if one.entry.id in new}
    return {**found, **(copied(session, refs, new) if new else {})}


def _can_be_decided(session: Session, found: Found) -> bool:
    may_create = session.partners.may_create
    action = decide_unlinked(found, imported=may_create, private=False)
    return action not in (Action.WAIT, Action.DEFER)
