# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Take up deferred contacts whose reason to wait has passed."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.evidence import PRIVATE, evidence_kept
from ...core.mailbox import Deferred
from ...core.matching import Found, Match, assign
from ...core.plan import Action, decide_unlinked
from ..session import Slice
from .candidates import candidates_for
from .deferred import KEY, NOT_ADMITTED, REFUSED, key_of_hashes
from .originals import copied


def reconsider(work: Slice) -> None:
    """Take up what may be decided now: somebody changed a choice, or a partner.

    :param work: Slice
    """
    parts, policy = work.parts, work.parts.policy
    chosen = {f.id for f in parts.folders if f.imported and policy.pull}
    if not chosen:
        return
    parked = [one for one in parts.inbox.parked() if one.entry.ref.folder in chosen]
    matches = _matches(work, parked) if parked else {}
    parts.inbox.unpark(
        [
            one.entry
            for one in parked
            if one.entry.id in matches
            and _can_be_decided(work, matches[one.entry.id].found)
        ]
    )
    parts.inbox.unpark(
        [
            one.entry
            for one in parked
            if PRIVATE in one.facts
            and (not policy.skip_private or one.facts.get(KEY) != key_of_hashes(work))
        ]
    )


def _matches(work: Slice, parked: Sequence[Deferred]) -> dict[int, Match]:
    """Whom contacts stand for by now; the same is asked as when they came in."""
    known = {
        one.entry.id: evidence_kept(one.facts, work.words)
        for one in parked
        if not {PRIVATE, NOT_ADMITTED, REFUSED} & one.facts.keys()
    }
    if not known:
        return {}
    found = assign(known, candidates_for(work, known.values()))
    new = {i: known[i] for i, match in found.items() if match.found is Found.NOBODY}
    refs = {one.entry.id: one.entry.ref for one in parked if one.entry.id in new}
    return {**found, **(copied(work, refs, new) if new else {})}


def _can_be_decided(work: Slice, found: Found) -> bool:
    may_create = work.parts.partners.may_create
    action = decide_unlinked(found, imported=may_create, private=False)
    return action not in (Action.WAIT, Action.PARK)
