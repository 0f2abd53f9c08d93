# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Work off what happened in the mailbox: read, decide, write Odoo's side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..core.errors import ContactError, ContactGone
from ..core.plan import Theirs
from ..core.records import Entry, Link, LinkState, Mark, RemoteContact
from .linked import carry_out
from .newcomers import recognise, welcome
from .pairs import Pair
from .parts import Slice
from .report import Report


def absorb(work: Slice) -> None:
    """Empty the inbox: what changed first, then what was deleted.

    Deletions come last because a contact that moved to another folder is
    deleted in one and new in the other: it is recognised before it is missed.

    :param work: Slice
    :raises OutOfTime: the next slice goes on with what is left
    """
    for mark, batch in (
        (Mark.CHANGED, _absorb_changed),
        (Mark.DELETED, _absorb_deleted),
    ):
        while entries := _next(work, mark):
            batch(work, entries)
            work.parts.progress.show("absorb", len(entries))
            work.check_time()


def _next(work: Slice, mark: Mark) -> list[Entry]:
    parts = work.parts
    return parts.checkpoint.run(
        lambda: parts.inbox.next(parts.sizes.absorb, mark, work.passed_entries)
    )


@dataclass
class _Batch:
    """Entries by what was read of them."""

    read: list[tuple[Entry, RemoteContact]] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    failed: list[tuple[Entry, ContactError]] = field(default_factory=list)


def _absorb_changed(work: Slice, entries: list[Entry]) -> None:
    parts = work.parts
    wanted, ignored = parts.checkpoint.run(lambda: _select(work, entries))
    answers = parts.remote.fetch([entry.ref for entry in wanted]) if wanted else []
    batch = _Batch()
    for entry, answer in zip(wanted, answers, strict=True):
        if isinstance(answer, ContactGone):
            batch.gone.append(entry)
        elif isinstance(answer, ContactError):
            batch.failed.append((entry, answer))
        else:
            batch.read.append((entry, answer))
    parts.checkpoint.run(lambda: _apply(work, batch, ignored))


def _select(work: Slice, entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Which contacts have to be read: not those a person has stopped."""
    links = work.parts.links.by_remote([entry.ref.id for entry in entries])
    ignored = [e for e in entries if _is_ignored(links.get(e.ref.id), e)]
    settled = {entry.id for entry in ignored}
    return [entry for entry in entries if entry.id not in settled], ignored


def _is_ignored(link: Link | None, entry: Entry) -> bool:
    if link is None:
        return False
    if link.state is LinkState.STOPPED:
        return True
    return link.state is LinkState.SYNCED and link.version == entry.ref.version


def _apply(work: Slice, batch: _Batch, ignored: list[Entry]) -> None:
    parts, report = work.parts, Report()
    links = recognise(work, batch.read)
    for entry, error in batch.failed:
        report.failure("pull", "", error, links.get(entry.id), entry.ref.id)
        work.passed_entries.add(entry.id)
    for entry in batch.gone:
        parts.inbox.put(entry.ref.folder, [Entry(entry.ref, Mark.DELETED)])
    linked = [(e, c, links[e.id]) for e, c in batch.read if e.id in links]
    strangers = [(e, c) for e, c in batch.read if e.id not in links]
    pairs = _pairs(work, linked)
    carry_out(work, pairs, None, report)
    waiting = welcome(work, strangers, report)
    kept = waiting | work.passed_entries | {entry.id for entry in batch.gone}
    done = [entry for entry, _contact in batch.read if entry.id not in kept]
    parts.inbox.settle([*done, *ignored])
    report.hand_over(parts.log)


def _pairs(
    work: Slice, linked: Iterable[tuple[Entry, RemoteContact, Link]]
) -> list[Pair]:
    linked = list(linked)
    partners = work.parts.partners.fetch([link.partner for _e, _c, link in linked])
    return [
        Pair(
            link,
            partners.get(link.partner),
            contact.contact,
            contact.ref,
            contact.modified,
            contact.private and work.parts.policy.skip_private,
            entry,
        )
        for entry, contact, link in linked
    ]


def _absorb_deleted(work: Slice, entries: list[Entry]) -> None:
    work.parts.checkpoint.run(lambda: _apply_deleted(work, entries))


def _apply_deleted(work: Slice, entries: list[Entry]) -> None:
    parts, report = work.parts, Report()
    links = parts.links.by_remote([entry.ref.id for entry in entries])
    alive = [
        (entry, links[entry.ref.id])
        for entry in entries
        if entry.ref.id in links and links[entry.ref.id].state is not LinkState.STOPPED
    ]
    partners = parts.partners.fetch([link.partner for _entry, link in alive])
    pairs = [
        Pair(link, partners.get(link.partner), link.base.theirs(), entry=entry)
        for entry, link in alive
        if link.base
    ]
    carry_out(work, pairs, Theirs.GONE, report)
    parts.inbox.settle([e for e in entries if e.id not in work.passed_entries])
    report.hand_over(parts.log)
