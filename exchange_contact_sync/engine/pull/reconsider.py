# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Process deferred contacts again whose reason to wait no longer applies.

Ports: partners, inbox.
"""

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
    """Resume the deferred contacts that can be decided now, because a setting or a
    partner has changed.
    """
    ready = session.read(lambda: _ready(session))
    if ready:
        session.transaction(lambda: session.inbox.resume(ready))


def _ready(session: Session) -> list[Entry]:
    """Return the deferred entries that can be decided now."""
    policy = session.policy
    chosen = {f.id for f in session.folders if f.imported and policy.pull}
    if not chosen:
        return []
    deferred = [
        one
        for one in session.inbox.deferred()
        if one.entry.ref.folder in chosen and not one.entry.never
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
    """Return the current matches of deferred contacts, found as for new contacts."""
    known = {
        one.entry.id: evidence_kept(one.facts, session.reference_data)
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
