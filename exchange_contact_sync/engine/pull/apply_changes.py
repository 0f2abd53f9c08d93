# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Work off what happened in the mailbox: read, decide, write Odoo's side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ...core.align import with_name
from ...core.errors import ContactError, ContactGone, FolderGone, Unanswered
from ...core.link import Link, LinkState
from ...core.mailbox import Deferred, Entry, Mark
from ...core.plan import Reason
from ..apply.dispatch import carry_out
from ..blank import blank_contact
from ..pairs import Pair
from ..report import Report
from ..session import Slice
from ..unanswered import check_unanswered, left_out
from .by_content import Read
from .deferred import deferred, may_be_unread, to_keep
from .identify import Recognised, recognise
from .originals import missing_originals, settle_doubts
from .reconsider import reconsider
from .unlinked import welcome


def absorb(work: Slice) -> None:
    """Empty the inbox: what changed first, then what was deleted.

    Deletions come last because a contact that moved to another folder is
    deleted in one and new in the other: it is recognised before it is missed.
    One that is found missing only now may be in a folder that was asked already, so
    the folders are asked again before anything counts as deleted. It may be in one
    whose list cannot be read as well: then nothing counts as deleted.

    :param work: Slice
    :raises OutOfTime: the next slice goes on with what is left
    """
    work.durably(lambda: reconsider(work))
    while entries := _next(work, Mark.CHANGED):
        _work_off(work, _absorb_changed, entries)
    if work.begins_again or work.unread_folders:
        return
    while entries := _next(work, Mark.DELETED):
        _work_off(work, _absorb_deleted, entries)


def _work_off(
    work: Slice, batch: Callable[[Slice, list[Entry]], int], entries: list[Entry]
) -> None:
    work.check_time()
    if batch(work, entries):
        work.moved_on()
    work.parts.progress.show("absorb", len(entries))


def _next(work: Slice, mark: Mark) -> list[Entry]:
    parts = work.parts
    return work.durably(
        lambda: parts.inbox.next(parts.sizes.absorb, mark, work.passed_entries)
    )


@dataclass
class _Batch:
    """Entries by what was read of them.

    :param ignored: entries nothing had to be read for
    :param missing: entries of contacts that are no longer where they were
    :param moved: entries for contacts that others turned out to be now
    :param passed: entries that the mailbox does not answer for now
    :param known_by: what contacts that could not be read are recognised by
    """

    ignored: list[Entry] = field(default_factory=list)
    read: list[Read] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)
    moved: list[Entry] = field(default_factory=list)
    failed: list[tuple[Entry, ContactError]] = field(default_factory=list)
    passed: list[Entry] = field(default_factory=list)
    known_by: list[Deferred] = field(default_factory=list)


def _absorb_changed(work: Slice, entries: list[Entry]) -> int:
    wanted, ignored = work.durably(lambda: _select(work, entries))
    batch = _Batch(ignored)
    refs = [entry.ref for entry in wanted]
    answers = work.parts.remote.fetch(refs) if refs else []
    for entry, answer, passed in zip(wanted, answers, left_out(answers), strict=True):
        if isinstance(answer, Unanswered):
            batch.passed += [entry] if passed else []
        elif isinstance(answer, ContactGone):
            batch.missing.append(Entry(entry.ref, Mark.DELETED))
        elif isinstance(answer, ContactError):
            batch.failed.append((entry, answer))
        else:
            batch.read.append((entry, answer))
    batch.moved += missing_originals(work, batch.read)
    unread = [*batch.passed, *(entry for entry, _error in batch.failed)]
    batch.known_by = _glance(work, unread)
    done = work.durably(lambda: _apply(work, batch))
    settle_doubts(work)
    check_unanswered(work, answers)
    return done


def _select(work: Slice, entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Which contacts have to be read: not those that are known in this version."""
    links = work.parts.links.by_remote([entry.ref.id for entry in entries])
    ignored = [e for e in entries if _is_ignored(links.get(e.ref.id), e)]
    settled = {entry.id for entry in ignored}
    return [entry for entry in entries if entry.id not in settled], ignored


def _is_ignored(link: Link | None, entry: Entry) -> bool:
    if link is None:
        return False
    known = link.state is LinkState.SYNCED or _rests(link)
    version = entry.ref.version
    return known and bool(version) and link.version == version


def _rests(link: Link) -> bool:
    """Whether nothing of the contact travels, whatever it says."""
    return link.state is LinkState.STOPPED and link.reason is not Reason.PRIVATE


def _note_there(work: Slice, ignored: Sequence[Entry]) -> None:
    """A pair that was stopped before its contact was ever read, or whose contact came
    back, is not one whose contact is gone, whether it can be read or not.
    """
    links = work.parts.links.by_remote([entry.ref.id for entry in ignored])
    known = [(links.get(entry.ref.id), entry) for entry in ignored]
    work.parts.links.save(
        [
            replace(link, version=entry.ref.version)
            for link, entry in known
            if link and link.is_known_gone
        ]
    )


def _apply(work: Slice, batch: _Batch) -> int:
    """:return: int, how many entries are done with"""
    inbox, report = work.parts.inbox, Report()
    work.reopened_entries.clear()
    for entry in (*batch.missing, *batch.moved):
        inbox.put(entry.ref.folder, [entry])
    if batch.missing:
        work.begin_again()
    unread = _note_failures(work, batch.failed, report)
    _note_unread_values(work, batch.read, report)
    work.passed_entries.update(entry.id for entry in batch.passed)
    ignored = [*batch.ignored, *unread]
    inbox.describe(batch.known_by)
    known = recognise(work, batch.read)
    stopped = [k for k in known.values() if _is_stopped(k)]
    _follow(work, stopped)
    followed = {one.entry.id for one in stopped}
    carry_out(
        work,
        _pairs(work, [k for k in known.values() if k.entry.id not in followed]),
        report,
    )
    strangers = [(e, c) for e, c in batch.read if e.id not in known]
    later, aside = welcome(work, strangers, report)
    kept = later | aside | work.passed_entries | work.reopened_entries
    done = [entry for entry, _contact in batch.read if entry.id not in kept]
    _note_there(work, ignored)
    inbox.settle([*done, *ignored])
    report.hand_over(work)
    return len(done) + len(aside) + len(ignored) + len(batch.missing)


def _glance(work: Slice, unread: Sequence[Entry]) -> list[Deferred]:
    """Strangers that cannot be read may be people who are about to be exported."""
    entries = work.durably(lambda: _strangers(work, unread))
    try:
        seen = work.parts.remote.glance([e.ref for e in entries]) if entries else {}
    except FolderGone:
        return []  # nobody is exported into it either; collect tells of it
    skipped = work.parts.policy.skip_private
    return [
        deferred(work, entry, with_name(one.contact), private=one.private and skipped)
        for entry in entries
        if (one := seen.get(entry.ref.id))
    ]


def _strangers(work: Slice, entries: Sequence[Entry]) -> list[Entry]:
    if not entries:
        return []
    links = work.parts.links.by_remote([entry.ref.id for entry in entries])
    known = {one.entry.id for one in work.parts.inbox.described()}
    return [e for e in entries if e.ref.id not in links and e.id not in known]


def _note_failures(
    work: Slice, failed: Sequence[tuple[Entry, ContactError]], report: Report
) -> list[Entry]:
    """:return: list of Entry, those that need not be read, because their pairs rest"""
    links = work.parts.links.by_remote([entry.ref.id for entry, _error in failed])
    resting = []
    for entry, error in failed:
        link = links.get(entry.ref.id)
        if link and _rests(link):
            resting.append(entry)
            continue
        name = link.name if link else ""
        report.failure("pull", name, error, link, entry.ref.id)
        work.passed_entries.add(entry.id)
    return resting


def _note_unread_values(work: Slice, read: Sequence[Read], report: Report) -> None:
    links = work.parts.links.by_remote([e.ref.id for e, c in read if c.unread])
    for entry, contact in read:
        link = links.get(entry.ref.id)
        name = with_name(contact.contact).get("name") or ""
        for key in contact.unread:
            report.unread_value(name, link, entry.ref.id, key)


def _is_stopped(known: Recognised) -> bool:
    return known.link.state is LinkState.STOPPED and not known.came_back


def _follow(work: Slice, stopped: Sequence[Recognised]) -> None:
    """A pair that rests goes on resting, and its contact stays known wherever it is,
    and whatever it says by now.
    """
    skipped = work.parts.policy.skip_private
    work.parts.links.save(
        [
            replace(
                one.link.at(one.contact.ref),
                facts=to_keep(
                    work,
                    with_name(one.contact.contact),
                    private=one.contact.private and skipped or not one.link.partner,
                ),
            )
            for one in stopped
        ]
    )


def _pairs(work: Slice, known: Sequence[Recognised]) -> list[Pair]:
    partners = work.parts.partners.fetch([one.link.partner for one in known])
    return [
        Pair(
            one.link,
            partners.get(one.link.partner),
            one.contact.contact,
            one.contact.ref,
            one.contact.modified,
            one.contact.private and work.parts.policy.skip_private,
            one.entry,
            came_back=one.came_back,
            photo=one.contact.photo,
        )
        for one in known
    ]


def _absorb_deleted(work: Slice, entries: list[Entry]) -> int:
    return work.durably(lambda: _apply_deleted(work, entries))


def _apply_deleted(work: Slice, entries: list[Entry]) -> int:
    """:return: int, how many entries are done with"""
    parts, report = work.parts, Report()
    known = _of_links(work, entries)
    partners = parts.partners.fetch([link.partner for _entry, link in known])
    pairs = [
        Pair(
            link,
            partners.get(link.partner),
            link.base.theirs() if link.base else blank_contact(work),
            entry=entry,
            gone=True,
        )
        for entry, link in known
        if (link.base or link.is_erased)
        and link.state is not LinkState.STOPPED
        and not work.is_lost(link.folder)
    ]
    stopped = [link for _entry, link in known if link.state is LinkState.STOPPED]
    over = [link for link in stopped if _is_over(link)]
    parts.links.forget(over)
    parts.links.save(
        [replace(link, version="") for link in stopped if link not in over]
    )
    carry_out(work, pairs, report)
    done = [entry for entry in entries if entry.id not in work.passed_entries]
    parts.inbox.settle(done)
    report.hand_over(work)
    return len(done)


def _is_over(link: Link) -> bool:
    """Whether nothing is to be remembered of a stopped pair whose contact has gone."""
    only_private = link.reason is Reason.PRIVATE and link.base is None
    return not link.partner or only_private


def _of_links(work: Slice, entries: list[Entry]) -> list[tuple[Entry, Link]]:
    """Entries of contacts that are linked; those that may only be unread wait."""
    links = work.parts.links.by_remote([entry.ref.id for entry in entries])
    known = [(e, links[e.ref.id]) for e in entries if e.ref.id in links]
    unread = may_be_unread(work, [link for _entry, link in known])
    work.passed_entries.update(e.id for e, link in known if link.id in unread)
    return [(e, link) for e, link in known if link.id not in unread]
