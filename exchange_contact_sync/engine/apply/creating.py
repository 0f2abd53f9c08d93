# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create the side of a link that is missing: a partner, or a contact in Exchange.

Ports: links, inbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...core.errors import ContactWithoutName, present
from ...core.evidence import evidence_kept
from ...core.link import UNSENT, Link
from ...core.mailbox import Deferred
from ...core.run import LineAction, Way
from ...core.user_requests import UserRequest
from ..evidence import as_candidates, last_seen
from ..pairs import Pair, reconcile
from ..push.create import as_created
from ..report import Report
from ..session import Session
from .merge import Todo, failed, store
from .writing import WriteResult, create_new


def create_partners(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Create a partner for each Exchange contact.

    :param pairs: pairs without a partner
    :return: always empty
    """
    new = [
        replace(p, link=replace(p.link.settled(), base=None), ours=None) for p in pairs
    ]
    results = [reconcile(session, pair) for pair in new]
    named = [result for result in results if result.outcome.to_odoo["name"]]
    nameless = [r.pair for r in results if not r.outcome.to_odoo["name"]]
    _nameless(session, nameless, report)
    created: list[WriteResult] = []
    for taken in create_new(session, named):
        if taken.error:
            failed(session, taken.result.pair, taken.error, report)
        else:
            created.append(taken)
    links = store(session, [_created(taken) for taken in created])
    for link, taken in zip(links, created, strict=True):
        name = taken.result.outcome.to_odoo["name"]
        report.contact(Way.PULL, LineAction.CREATE, name, link)
        report.differences(name, link, None, taken.refused)
    report.count("imported_created", len(links))
    return []


def _created(taken: WriteResult) -> Link:
    written = present(taken.written)
    return replace(
        taken.result.pair.current_link.synced(),
        partner=written.id,
        base=taken.result.outcome.base,
        change_token=written.change_token,
    )


def _nameless(session: Session, pairs: list[Pair], report: Report) -> None:
    """Defer contacts without a name until they have a value to use as a name."""
    for pair in pairs:
        report.failure(
            Way.PULL, "", ContactWithoutName(), None, pair.current_link.remote
        )
    session.inbox.defer([Deferred(p.entry, {}) for p in pairs if p.entry])
    session.tried_entries.update(pair.entry.id for pair in pairs if pair.entry)


def recreate_items(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Export contacts again that were deleted in Exchange but edited in Odoo.

    The new contact also gets the Exchange values that were kept out of Odoo. This
    function writes nothing in Odoo; values that Odoo may accept by now are written when
    the pair is compared next.

    :param pairs: pairs with the contact as last seen
    :return: always empty, because the export step sends pending links. Pairs whose
        contact seems to be back but could not be read yet stay unchanged
    """
    links = []
    returned = _returned(session, [pair.link for pair in pairs if not pair.entry])
    for pair in pairs:
        if pair.link.id in returned:
            continue
        push_only = replace(session.policy.of(pair.link.pinned), pull=False)
        outcome = reconcile(session, pair, push_only).outcome
        link = replace(
            pair.link.settled().pending(session.export_folder),
            sync_key=session.new_sync_key(),
            base=as_created(outcome.base_when_sent, session.policy.export_category),
            change_token=pair.ours.change_token
            if pair.ours and not outcome.base.foreign
            else UNSENT,
            pinned=pair.link.pinned or pair.link.user_request is UserRequest.START,
        )
        links.append(link)
        report.contact(Way.PUSH, LineAction.REVIVE, pair.name, link)
        for conflict in outcome.merge.conflicts:
            report.conflict(pair.name, link, conflict)
    session.links.save(links)
    session.tried_links.difference_update(link.id for link in links)
    return []


def _returned(session: Session, links: Sequence[Link]) -> set[int]:
    """Return the links whose contact has another id in the mailbox now.

    The search covers the contacts that could not be read or could not be linked.
    """
    waiting = session.inbox.described() if links else []
    refs = [one.entry.ref for one in waiting]
    keys = {key for ref in refs for key in (ref.sync_key, ref.search_key) if key}
    evidence = {
        one.entry.id: evidence_kept(one.facts, session.reference_data)
        for one in waiting
    }
    register = as_candidates(evidence)
    return {
        link.id
        for link in links
        if not keys.isdisjoint((link.sync_key, link.search_key))
        or register.same(last_seen(session, link))
    }
