# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create or find a partner for a contact whose partner was deleted.

Ports: links.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.matching import Found, assign
from ..pairs import Pair
from ..pull.candidates import candidates_for
from ..push.takeover import assign_partners, evidence_now
from ..report import Report
from ..reread import request_reading
from ..session import Session
from .creating import create_partners
from .merge import Todo, revive


def recreate_partners(
    session: Session, pairs: list[Pair], report: Report
) -> list[Todo]:
    """Create partners, unless the same person is already in Odoo.

    An archived partner is unarchived instead. If another contact of the mailbox is
    linked to the partner, or several partners match, the link is forgotten and the
    contact is identified again like one that was never linked.

    :param pairs: pairs without a partner
    """
    evidence = {pair.link.id: evidence_now(session, pair) for pair in pairs}
    found = assign(evidence, candidates_for(session, evidence.values()))
    new, archived, others = [], {}, []
    for pair in pairs:
        match = found[pair.link.id]
        if match.found is Found.NOBODY:
            new.append(pair)
        elif match.found is Found.ONE:
            archived[pair.link.id] = match.ids[0]
        else:
            others.append(pair)
    known, unclear = assign_partners(
        session, [pair for pair in pairs if pair.link.id in archived], archived
    )
    _reopen(session, [*others, *unclear])
    return [*create_partners(session, new, report), *revive(session, known, report)]


def _reopen(session: Session, pairs: Sequence[Pair]) -> None:
    links = [pair.link for pair in pairs]
    session.links.forget(links)
    request_reading(session, [pair.link for pair in pairs if not pair.entry])
    session.reopened_entries.update(pair.entry.id for pair in pairs if pair.entry)
    if links:
        session.collect_again()
