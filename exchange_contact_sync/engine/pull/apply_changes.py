# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Apply the changes in the inbox: read the contacts, decide, and write Odoo's side.

Ports: remote, partners, links, inbox.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from ...core.align import with_name
from ...core.errors import ContactError, ContactGone, FolderGone, Unanswered
from ...core.link import Link, LinkState
from ...core.mailbox import ChangeType, Deferred, Entry
from ...core.plan import Reason
from ...core.run import Step, Way
from ..apply.dispatch import carry_out
from ..blank import pair_without_contact
from ..pairs import Pair
from ..report import Report
from ..session import Session
from ..unanswered import check_unanswered, to_skip
from .by_content import Read
from .deferred import as_deferred, may_be_unread, to_keep
from .identify import Recognized, recognize
from .moved_out import is_obsolete, moved_out
from .originals import missing_originals, settle_doubts
from .reconsider import reconsider
from .unlinked import apply_unlinked


def apply_changes(session: Session) -> None:
    """Process all inbox entries: changed contacts first, then deleted ones.

    Deletions come last because a contact that moved is deleted in one folder and new in
    another; this order recognizes it before it is missed. A contact that only this step
    finds missing may have moved to a folder that was already read, so the folders are
    read again before anything counts as deleted. Nothing counts as deleted while the
    list of a folder cannot be read, because the contact may be in that folder.

    :raises OutOfTime: the next slice continues with the rest
    """
    reconsider(session)
    while entries := _next(session, ChangeType.CHANGED):
        _process(session, _apply_changed, entries)
    if session.collects_again or session.unread_folders:
        return
    while entries := _next(session, ChangeType.DELETED):
        _process(session, _apply_deleted, entries)


def _process(
    session: Session, apply: Callable[[Session, list[Entry]], int], entries: list[Entry]
) -> None:
    session.check_time()
    if apply(session, entries):
        session.note_progress()
    session.show(Step.APPLY, len(entries))


def _next(session: Session, change_type: ChangeType) -> list[Entry]:
    return session.read(
        lambda: session.inbox.next(
            session.sizes.pull, change_type, session.tried_entries
        )
    )


@dataclass
class _Batch:
    """Inbox entries, grouped by the result of reading them.

    :param ignored: entries whose contact did not have to be read
    :param missing: entries of contacts that are no longer where they were
    :param moved: deletions of contacts whose sync key or search key another contact has
        now
    :param skipped: entries that the mailbox does not answer for in this slice
    :param evidence: of contacts that could not be read
    """

    ignored: list[Entry] = field(default_factory=list)
    read: list[Read] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)
    moved: list[Entry] = field(default_factory=list)
    failed: list[tuple[Entry, ContactError]] = field(default_factory=list)
    skipped: list[Entry] = field(default_factory=list)
    evidence: list[Deferred] = field(default_factory=list)


def _apply_changed(session: Session, entries: list[Entry]) -> int:
    selected = session.read(lambda: _select(session, entries))
    wanted, batch = selected.wanted, _Batch(selected.ignored)
    refs = [entry.ref for entry in wanted]
    answers = session.remote.fetch(refs) if refs else []
    skips = to_skip(answers)
    for entry, answer, skip in zip(wanted, answers, skips, strict=True):
        if isinstance(answer, Unanswered):
            batch.skipped += [entry] if skip else []
        elif isinstance(answer, ContactGone):
            batch.missing.append(Entry(entry.ref, ChangeType.DELETED))
        elif isinstance(answer, ContactError):
            batch.failed.append((entry, answer))
        else:
            batch.read.append((entry, answer))
    unlinked = [(e, c) for e, c in batch.read if e.ref.id not in selected.linked]
    batch.moved += missing_originals(session, unlinked)
    unread = [*batch.skipped, *(entry for entry, _error in batch.failed)]
    batch.evidence = _evidence_of_unread(session, unread)
    done = session.transaction(lambda: _apply(session, batch))
    settle_doubts(session)
    check_unanswered(session, answers)
    return done


@dataclass(frozen=True)
class _Selected:
    """Entries before their contacts are read.

    :param wanted: those whose contact has to be read
    :param ignored: those whose version is known already
    :param linked: ids of contacts that have a link
    """

    wanted: list[Entry]
    ignored: list[Entry]
    linked: frozenset[str]


def _select(session: Session, entries: list[Entry]) -> _Selected:
    """Return which contacts have to be read."""
    links = session.links.by_remote([entry.ref.id for entry in entries])
    ignored = [e for e in entries if _is_ignored(links.get(e.ref.id), e)]
    ignored_ids = {entry.id for entry in ignored}
    wanted = [entry for entry in entries if entry.id not in ignored_ids]
    return _Selected(wanted, ignored, frozenset(links))


def _is_ignored(link: Link | None, entry: Entry) -> bool:
    if link is None:
        return False
    settled = link.state is LinkState.SYNCED or _stays_stopped(link)
    version = entry.ref.version
    return settled and bool(version) and link.version == version


def _stays_stopped(link: Link) -> bool:
    """Return whether the link stays stopped, whatever the contact's values are."""
    return link.state is LinkState.STOPPED and link.reason is not Reason.PRIVATE


def _store_that_they_exist(session: Session, ignored: Sequence[Entry]) -> None:
    """Store that the contact of a stopped link exists, whether it can be read or not.

    This concerns links that were stopped before their contact was ever read, and links
    whose contact came back.
    """
    links = session.links.by_remote([entry.ref.id for entry in ignored])
    found = [(links.get(entry.ref.id), entry) for entry in ignored]
    session.links.save(
        [
            replace(link, version=entry.ref.version)
            for link, entry in found
            if link and link.is_known_gone
        ]
    )


def _apply(session: Session, batch: _Batch) -> int:
    """Apply a batch that was read.

    :return: how many entries are finished
    """
    inbox, report = session.inbox, Report()
    session.reopened_entries.clear()
    for entry in (*batch.missing, *batch.moved):
        inbox.put(entry.ref.folder, [entry])
    if batch.missing:
        session.collect_again()
    unreadable = _report_failures(session, batch.failed, report)
    _report_unread_values(session, batch.read, report)
    session.tried_entries.update(entry.id for entry in batch.skipped)
    ignored = [*batch.ignored, *unreadable]
    inbox.describe(batch.evidence)
    linked = recognize(session, batch.read)
    stopped = {i: found for i, found in linked.items() if _is_stopped(found)}
    _update_stopped(session, stopped.values())
    active = [found for i, found in linked.items() if i not in stopped]
    carry_out(session, _pairs(session, active), report)
    unlinked = [(e, c) for e, c in batch.read if e.id not in linked]
    later, deferred = apply_unlinked(session, unlinked, report)
    kept = later | deferred | session.tried_entries | session.reopened_entries
    done = [entry for entry, _contact in batch.read if entry.id not in kept]
    _store_that_they_exist(session, ignored)
    inbox.settle([*done, *ignored])
    report.store(session)
    return len(done) + len(deferred) + len(ignored) + len(batch.missing)


def _evidence_of_unread(session: Session, unread: Sequence[Entry]) -> list[Deferred]:
    """Read the evidence of contacts that cannot be fully read.

    Contacts without a link may be people that are about to be exported.
    """
    entries = session.read(lambda: _unlinked(session, unread))
    try:
        found = (
            session.remote.read_evidence([e.ref for e in entries]) if entries else {}
        )
    except FolderGone:
        return []  # nothing is exported to it; collect reports it
    skipped = session.policy.skip_private
    return [
        as_deferred(
            session, entry, with_name(read.contact), private=read.private and skipped
        )
        for entry in entries
        if (read := found.get(entry.ref.id))
    ]


def _unlinked(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    if not entries:
        return []
    links = session.links.by_remote([entry.ref.id for entry in entries])
    described = {one.entry.id for one in session.inbox.described()}
    return [e for e in entries if e.ref.id not in links and e.id not in described]


def _report_failures(
    session: Session, failed: Sequence[tuple[Entry, ContactError]], report: Report
) -> list[Entry]:
    """Report contacts that could not be read.

    :return: entries that do not have to be read, because their links are stopped
    """
    links = session.links.by_remote([entry.ref.id for entry, _error in failed])
    stopped = []
    for entry, error in failed:
        link = links.get(entry.ref.id)
        if link and _stays_stopped(link):
            stopped.append(entry)
            continue
        name = link.name if link else ""
        report.failure(Way.PULL, name, error, link, entry.ref.id)
        session.tried_entries.add(entry.id)
    return stopped


def _report_unread_values(
    session: Session, read: Sequence[Read], report: Report
) -> None:
    incomplete = [(entry, contact) for entry, contact in read if contact.unread]
    links = session.links.by_remote([entry.ref.id for entry, _contact in incomplete])
    for entry, contact in incomplete:
        link = links.get(entry.ref.id)
        name = with_name(contact.contact).get("name") or ""
        for key in contact.unread:
            report.unread_value(name, link, entry.ref.id, key)


def _is_stopped(found: Recognized) -> bool:
    return found.link.state is LinkState.STOPPED and not found.returned


def _update_stopped(session: Session, stopped: Iterable[Recognized]) -> None:
    """Update stopped links with the contact's current location and evidence; they stay
    stopped.
    """
    skipped = session.policy.skip_private
    links = []
    for found in stopped:
        link, contact = found.link, found.contact
        private = contact.private and skipped or not link.partner
        facts = to_keep(session, with_name(contact.contact), private=private)
        links.append(replace(link.at(contact.ref), facts=facts))
    session.links.save(links)


def _pairs(session: Session, recognized: Sequence[Recognized]) -> list[Pair]:
    partners = session.partners.fetch([found.link.partner for found in recognized])
    return [
        Pair(
            found.link,
            partners.get(found.link.partner),
            found.contact.contact,
            found.contact.ref,
            found.contact.modified,
            found.contact.private and session.policy.skip_private,
            found.entry,
            returned=found.returned,
            photo=found.contact.photo,
        )
        for found in recognized
    ]


def _apply_deleted(session: Session, entries: list[Entry]) -> int:
    ids = [entry.ref.id for entry in entries]
    links = session.read(lambda: session.links.by_remote(ids))
    moved = moved_out(session, list(links.values()))
    return session.transaction(lambda: _store_deletions(session, entries, moved))


def _store_deletions(
    session: Session, entries: list[Entry], moved: Collection[int]
) -> int:
    """Apply a batch of deletions.

    :param moved: ids of links whose contact is in a folder that is not synchronized
    :return: how many entries are finished
    """
    report = Report()
    linked = _of_links(session, entries)
    partners = session.partners.fetch([link.partner for _entry, link in linked])
    pairs = [
        pair_without_contact(session, link, partners.get(link.partner), moved, entry)
        for entry, link in linked
        if (link.base or link.is_erased)
        and link.state is not LinkState.STOPPED
        and not session.is_folder_gone(link.folder)
    ]
    stopped = [link for _entry, link in linked if link.state is LinkState.STOPPED]
    obsolete = [k for k in stopped if is_obsolete(k) and k.id not in moved]
    session.links.forget(obsolete)
    session.links.save(
        [link.without_version() for link in stopped if link not in obsolete]
    )
    carry_out(session, pairs, report)
    done = [entry for entry in entries if entry.id not in session.tried_entries]
    session.inbox.settle(done)
    report.store(session)
    return len(done)


def _of_links(session: Session, entries: list[Entry]) -> list[tuple[Entry, Link]]:
    """Return the entries of linked contacts.

    Entries whose contact may have moved and could not be read there wait for the next
    slice.
    """
    links = session.links.by_remote([entry.ref.id for entry in entries])
    linked = [(e, links[e.ref.id]) for e in entries if e.ref.id in links]
    unread = may_be_unread(session, [link for _entry, link in linked])
    session.tried_entries.update(e.id for e, link in linked if link.id in unread)
    return [(e, link) for e, link in linked if link.id not in unread]
