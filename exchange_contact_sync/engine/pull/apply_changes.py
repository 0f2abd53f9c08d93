# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Apply the changes in the inbox: read the contacts, decide, and write Odoo's side.

Ports: remote, partners, links, inbox.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ...core.align import with_name
from ...core.errors import ContactError, ContactGone, FolderGone, Unanswered
from ...core.link import Link, LinkState
from ...core.mailbox import ChangeType, Deferred, Entry
from ...core.plan import Reason
from ...core.run import Step, Way
from ..apply.dispatch import carry_out
from ..blank import blank_contact
from ..pairs import Pair
from ..report import Report
from ..session import Session
from ..unanswered import check_unanswered, left_out
from .by_content import Read
from .deferred import as_deferred, may_be_unread, to_keep
from .identify import Recognized, recognize
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
        _work_off(session, _apply_changed, entries)
    if session.begins_again or session.unread_folders:
        return
    while entries := _next(session, ChangeType.DELETED):
        _work_off(session, _apply_deleted, entries)


def _work_off(
    session: Session, batch: Callable[[Session, list[Entry]], int], entries: list[Entry]
) -> None:
    session.check_time()
    if batch(session, entries):
        session.moved_on()
    session.show(Step.APPLY, len(entries))


def _next(session: Session, change_type: ChangeType) -> list[Entry]:
    return session.read(
        lambda: session.inbox.next(
            session.sizes.pull, change_type, session.passed_entries
        )
    )


@dataclass
class _Batch:
    """Inbox entries, grouped by the result of reading them.

    :param ignored: entries whose contact did not have to be read
    :param missing: entries of contacts that are no longer where they were
    :param moved: deletions of contacts whose sync key or search key another contact has
        now
    :param passed: entries that the mailbox does not answer for in this slice
    :param known_by: match keys of contacts that could not be read
    """

    ignored: list[Entry] = field(default_factory=list)
    read: list[Read] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)
    moved: list[Entry] = field(default_factory=list)
    failed: list[tuple[Entry, ContactError]] = field(default_factory=list)
    passed: list[Entry] = field(default_factory=list)
    known_by: list[Deferred] = field(default_factory=list)


def _apply_changed(session: Session, entries: list[Entry]) -> int:
    selected = session.read(lambda: _select(session, entries))
    wanted, batch = selected.wanted, _Batch(selected.ignored)
    refs = [entry.ref for entry in wanted]
    answers = session.remote.fetch(refs) if refs else []
    for entry, answer, passed in zip(wanted, answers, left_out(answers), strict=True):
        if isinstance(answer, Unanswered):
            batch.passed += [entry] if passed else []
        elif isinstance(answer, ContactGone):
            batch.missing.append(Entry(entry.ref, ChangeType.DELETED))
        elif isinstance(answer, ContactError):
            batch.failed.append((entry, answer))
        else:
            batch.read.append((entry, answer))
    unlinked = [(e, c) for e, c in batch.read if e.ref.id not in selected.linked]
    batch.moved += missing_originals(session, unlinked)
    unread = [*batch.passed, *(entry for entry, _error in batch.failed)]
    batch.known_by = _glance(session, unread)
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
    settled = {entry.id for entry in ignored}
    wanted = [entry for entry in entries if entry.id not in settled]
    return _Selected(wanted, ignored, frozenset(links))


def _is_ignored(link: Link | None, entry: Entry) -> bool:
    if link is None:
        return False
    known = link.state is LinkState.SYNCED or _rests(link)
    version = entry.ref.version
    return known and bool(version) and link.version == version


def _rests(link: Link) -> bool:
    """Return whether the contact is not synchronized, whatever its values are."""
    return link.state is LinkState.STOPPED and link.reason is not Reason.PRIVATE


def _note_there(session: Session, ignored: Sequence[Entry]) -> None:
    """Store that the contact of a stopped link exists, whether it can be read or not.

    This concerns links that were stopped before their contact was ever read, and links
    whose contact came back.
    """
    links = session.links.by_remote([entry.ref.id for entry in ignored])
    known = [(links.get(entry.ref.id), entry) for entry in ignored]
    session.links.save(
        [
            replace(link, version=entry.ref.version)
            for link, entry in known
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
        session.begin_again()
    unread = _note_failures(session, batch.failed, report)
    _note_unread_values(session, batch.read, report)
    session.passed_entries.update(entry.id for entry in batch.passed)
    ignored = [*batch.ignored, *unread]
    inbox.describe(batch.known_by)
    known = recognize(session, batch.read)
    stopped = [k for k in known.values() if _is_stopped(k)]
    _follow(session, stopped)
    followed = {one.entry.id for one in stopped}
    carry_out(
        session,
        _pairs(session, [k for k in known.values() if k.entry.id not in followed]),
        report,
    )
    unlinked = [(e, c) for e, c in batch.read if e.id not in known]
    later, deferred = apply_unlinked(session, unlinked, report)
    kept = later | deferred | session.passed_entries | session.reopened_entries
    done = [entry for entry, _contact in batch.read if entry.id not in kept]
    _note_there(session, ignored)
    inbox.settle([*done, *ignored])
    report.hand_over(session)
    return len(done) + len(deferred) + len(ignored) + len(batch.missing)


def _glance(session: Session, unread: Sequence[Entry]) -> list[Deferred]:
    """Read the match keys of contacts that cannot be fully read.

    Contacts without a link may be people that are about to be exported.
    """
    entries = session.read(lambda: _unlinked(session, unread))
    try:
        seen = session.remote.glance([e.ref for e in entries]) if entries else {}
    except FolderGone:
        return []  # nothing is exported to it; collect reports it
    skipped = session.policy.skip_private
    return [
        as_deferred(
            session, entry, with_name(one.contact), private=one.private and skipped
        )
        for entry in entries
        if (one := seen.get(entry.ref.id))
    ]


def _unlinked(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    if not entries:
        return []
    links = session.links.by_remote([entry.ref.id for entry in entries])
    known = {one.entry.id for one in session.inbox.described()}
    return [e for e in entries if e.ref.id not in links and e.id not in known]


def _note_failures(
    session: Session, failed: Sequence[tuple[Entry, ContactError]], report: Report
) -> list[Entry]:
    """Report contacts that could not be read.

    :return: entries that do not have to be read, because their links are stopped
    """
    links = session.links.by_remote([entry.ref.id for entry, _error in failed])
    resting = []
    for entry, error in failed:
        link = links.get(entry.ref.id)
        if link and _rests(link):
            resting.append(entry)
            continue
        name = link.name if link else ""
        report.failure(Way.PULL, name, error, link, entry.ref.id)
        session.passed_entries.add(entry.id)
    return resting


def _note_unread_values(session: Session, read: Sequence[Read], report: Report) -> None:
    odd = [(entry, contact) for entry, contact in read if contact.unread]
    links = session.links.by_remote([entry.ref.id for entry, _contact in odd])
    for entry, contact in odd:
        link = links.get(entry.ref.id)
        name = with_name(contact.contact).get("name") or ""
        for key in contact.unread:
            report.unread_value(name, link, entry.ref.id, key)


def _is_stopped(known: Recognized) -> bool:
    return known.link.state is LinkState.STOPPED and not known.came_back


def _follow(session: Session, stopped: Sequence[Recognized]) -> None:
    """Update stopped links with the contact's current location and match keys; they
    stay stopped.
    """
    skipped = session.policy.skip_private
    session.links.save(
        [
            replace(
                one.link.at(one.contact.ref),
                facts=to_keep(
                    session,
                    with_name(one.contact.contact),
                    private=one.contact.private and skipped or not one.link.partner,
                ),
            )
            for one in stopped
        ]
    )


def _pairs(session: Session, known: Sequence[Recognized]) -> list[Pair]:
    partners = session.partners.fetch([one.link.partner for one in known])
    return [
        Pair(
            one.link,
            partners.get(one.link.partner),
            one.contact.contact,
            one.contact.ref,
            one.contact.modified,
            one.contact.private and session.policy.skip_private,
            one.entry,
            came_back=one.came_back,
            photo=one.contact.photo,
        )
        for one in known
    ]


def _apply_deleted(session: Session, entries: list[Entry]) -> int:
    return session.transaction(lambda: _note_deleted(session, entries))


def _note_deleted(session: Session, entries: list[Entry]) -> int:
    """Apply a batch of deletions.

    :return: how many entries are finished
    """
    report = Report()
    known = _of_links(session, entries)
    partners = session.partners.fetch([link.partner for _entry, link in known])
    pairs = [
        Pair(
            link,
            partners.get(link.partner),
            link.base.theirs() if link.base else blank_contact(session),
            entry=entry,
            gone=True,
        )
        for entry, link in known
        if (link.base or link.is_erased)
        and link.state is not LinkState.STOPPED
        and not session.is_lost(link.folder)
    ]
    stopped = [link for _entry, link in known if link.state is LinkState.STOPPED]
    over = [link for link in stopped if _is_over(link)]
    session.links.forget(over)
    session.links.save(
        [replace(link, version="") for link in stopped if link not in over]
    )
    carry_out(session, pairs, report)
    done = [entry for entry in entries if entry.id not in session.passed_entries]
    session.inbox.settle(done)
    report.hand_over(session)
    return len(done)


def _is_over(link: Link) -> bool:
    """Return whether a stopped link whose contact is gone can be forgotten."""
    only_private = link.reason is Reason.PRIVATE and link.base is None
    return not link.partner or only_private


def _of_links(session: Session, entries: list[Entry]) -> list[tuple[Entry, Link]]:
    """Return the entries of linked contacts.

    Entries whose contact may have moved and could not be read there wait for the next
    slice.
    """
    links = session.links.by_remote([entry.ref.id for entry in entries])
    known = [(e, links[e.ref.id]) for e in entries if e.ref.id in links]
    unread = may_be_unread(session, [link for _entry, link in known])
    session.passed_entries.update(e.id for e, link in known if link.id in unread)
    return [(e, link) for e, link in known if link.id not in unread]
