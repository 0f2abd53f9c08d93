# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create contacts in the mailbox, each exactly once.

The identity is minted and committed before the mailbox is asked. Whoever dies
between asking and hearing leaves a pending link; the next slice asks the mailbox
whether it has a contact of that identity, and completes the link or sends again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..core.align import to_exchange
from ..core.contact import Base
from ..core.errors import ContactError
from ..core.fields import NAME_EVIDENCE
from ..core.matching import Candidate, Register
from ..core.plan import Found
from ..core.records import Link, LinkState, LocalContact, RemoteRef
from .pairs import Pair, blank, reconcile
from .parts import Slice
from .report import Report


def recover(work: Slice) -> None:
    """Find out what became of contacts an earlier slice asked for.

    :param work: Slice
    """
    parts = work.parts
    passed: set[int] = set()
    while links := parts.checkpoint.run(
        lambda: parts.links.pending(parts.sizes.push, passed)
    ):
        by_folder: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            by_folder[link.folder].append(link)
        for folder, group in by_folder.items():
            found = parts.remote.find([link.sync_key for link in group], folder)
            parts.checkpoint.run(lambda g=group, f=found: _complete(work, g, f))
        passed.update(link.id for link in links)


def _complete(
    work: Slice, links: Sequence[Link], found: Mapping[str, RemoteRef]
) -> None:
    answers = [(link, found[link.sync_key]) for link in links if link.sync_key in found]
    report = Report()
    _created(work, answers, report)
    report.hand_over(work.parts.log)


def export(work: Slice) -> bool:
    """Create what is pending, then all of the export choice that is not linked.

    :param work: Slice
    :return: bool, whether a partner turned out to be a contact that had been put
        aside: it is in the inbox now, to be linked
    :raises OutOfTime: the next slice goes on with what is left
    """
    parts = work.parts
    _send_pending(work)
    claimed: set[int] = set()
    while ids := parts.checkpoint.run(
        lambda: parts.partners.exportable(parts.sizes.push, claimed)
    ):
        work.check_time()
        claimed |= parts.checkpoint.run(lambda ids=ids: _mint(work, ids))
        _send_pending(work)
        parts.progress.show("export", len(ids))
    return bool(claimed)


def _mint(work: Slice, ids: Sequence[int]) -> set[int]:
    """Give each partner an identity, unless its contact lies aside already."""
    parts = work.parts
    partners = parts.partners.fetch(ids)
    claimed = _claim(work, list(partners.values()))
    parts.links.add(
        [
            _pending(work, partner)
            for partner in partners.values()
            if partner.id not in claimed
        ]
    )
    return claimed


def _pending(work: Slice, partner: LocalContact) -> Link:
    """A link with all that will be sent, so that sending again sends the same."""
    parts = work.parts
    link = Link(0, partner.id, parts.export_folder, "", "", parts.mint())
    pair = Pair(link, partner, blank({*partner.contact, partner.phone_slot}))
    result = reconcile(pair, parts.policy, work.words, parts.partners.carries)
    values = {**result.base.values, **result.merge.push}
    sent = to_exchange({k: v for k, v in values.items() if v}, {})
    remembered = {
        **result.base.remembered,
        **{k: v for k, v in sent.items() if k in NAME_EVIDENCE and v},
    }
    return replace(
        link,
        base=Base(values, result.base.foreign, remembered),
        stamp=partner.stamp,
        state=LinkState.PENDING,
        created_by_us=True,
    )


def _claim(work: Slice, partners: Sequence[LocalContact]) -> set[int]:
    """Partners whose contact was put aside; it is taken up again to be linked."""
    parked = work.parts.inbox.parked()
    if not parked:
        return set()
    register = Register(_as_candidate(partner) for partner in partners)
    claimed: set[int] = set()
    taken_up = []
    for entry, facts in parked:
        match = register.match(facts)
        if match.found is not Found.NOBODY:
            claimed.update(match.ids)
            taken_up.append(entry)
    work.parts.inbox.unpark(taken_up)
    return claimed


def _as_candidate(partner: LocalContact) -> Candidate:
    contact = partner.contact
    return Candidate(
        partner.id,
        (contact.get("email", ""),),
        contact.get("name", ""),
        contact.get("company", ""),
        (contact.get("phone", ""),),
    )


def _send_pending(work: Slice) -> None:
    """Ask the mailbox to create what is known not to be there."""
    parts = work.parts
    while links := parts.checkpoint.run(
        lambda: parts.links.pending(parts.sizes.push, work.passed_links)
    ):
        by_folder: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            by_folder[link.folder].append(link)
        for folder, group in by_folder.items():
            work.check_time()
            answers = parts.remote.create(folder, [_draft(link) for link in group])
            parts.checkpoint.run(lambda g=group, a=answers: _acknowledge(work, g, a))
        work.passed_links.update(link.id for link in links)


def _draft(link: Link) -> tuple[str, dict[str, str]]:
    assert link.base is not None
    values = {key: value for key, value in link.base.values.items() if value}
    return link.sync_key, to_exchange(values, {})


def _acknowledge(
    work: Slice, links: Sequence[Link], answers: Sequence[RemoteRef | ContactError]
) -> None:
    report, created = Report(), []
    for link, answer in zip(links, answers, strict=True):
        if isinstance(answer, ContactError):
            report.failure("push", _name(link), answer, link)
        else:
            created.append((link, answer))
    _created(work, created, report)
    report.hand_over(work.parts.log)


def _created(
    work: Slice, answers: Sequence[tuple[Link, RemoteRef]], report: Report
) -> None:
    synced = [replace(link.at(ref), state=LinkState.SYNCED) for link, ref in answers]
    work.parts.links.save(synced)
    for link in synced:
        report.whole("push", "create", _name(link), link)
    report.count("exported_created", len(synced))


def _name(link: Link) -> str:
    return link.base.values.get("name", "") if link.base else ""
