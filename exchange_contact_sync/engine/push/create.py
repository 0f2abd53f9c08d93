# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create contacts in the mailbox, each exactly once.

The sync key is generated and committed before the request is sent. If the process dies
after the request was sent, the link stays pending; the next slice asks the mailbox for
a contact with this sync key, and completes the link or sends the request again
(``recover.py``).

Ports: remote, partners, links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from ...core import reconcile as core
from ...core.comparison import compare
from ...core.contact import Base
from ...core.dates import local_days_to_send
from ...core.errors import (
    ContactDamaged,
    ContactError,
    ContactInvalid,
    Unanswered,
    present,
)
from ...core.fields import LOCAL_DAY_ROWS
from ...core.link import UNSENT, Link
from ...core.mailbox import RemoteRef
from ...core.normalize import member, members
from ...core.partner import LocalContact
from ...core.photo import PhotoBase
from ...core.run import LineAction, Step, Way
from ...core.unread import to_be_read
from ..blank import blank_contact
from ..evidence import partner_evidence
from ..partial_writes import REFUSALS
from ..pull.collect import find_folders
from ..report import Report
from ..session import Session
from ..unanswered import check_unanswered, to_ask_again
from .already_in_mailbox import already_in_mailbox, duplicates
from .incomplete import is_incomplete, with_fewer_values
from .read_back import read_back, until_read_back

ID_OF_ANOTHER = "The server gave the id of another contact"


def export(session: Session) -> None:
    """Create the pending contacts, then those of selected partners without a link.

    While contacts may have moved to another folder or are about to be linked, no
    further partner is exported, because it might be one of these contacts, or be in a
    folder that was created just now.

    :raises OutOfTime: the next slice continues with the rest
    """
    _release_duplicates(session)
    _send_pending(session)
    if session.collects_again:
        return
    tried: set[int] = set()
    while ids := session.read(
        lambda: session.partners.exportable(session.sizes.push, tried)
    ):
        session.check_time()
        without = session.transaction(partial(_add_pending_links, session, ids))
        tried.update(without)
        if not session.looked_for_folders and len(without) < len(ids):
            if _has_new_folders(session):
                return
            continue
        _send_pending(session)
        session.show(Step.EXPORT, len(ids))


def _has_new_folders(session: Session) -> bool:
    """Return whether folders have to be read first that were created just now."""
    if session.looked_for_folders or not find_folders(session):
        return False
    session.transaction(session.collect_again)
    return True


def _add_pending_links(session: Session, ids: Sequence[int]) -> set[int]:
    """Add a pending link with a new sync key for each partner to export.

    Partners whose contact already exists get none. As long as the mailbox was not asked
    for new folders, no partner gets one.

    :return: ids of partners that will not be exported now
    """
    partners = session.partners.fetch(ids)
    _report_unreadable(session, partners.values())
    readable = [partner for partner in partners.values() if not partner.problem]
    existing = already_in_mailbox(session, readable)
    new = [partner for partner in readable if partner.id not in existing]
    if session.looked_for_folders:
        session.links.add([_pending(session, partner) for partner in new])
    return set(ids) - {partner.id for partner in new}


def _report_unreadable(session: Session, partners: Iterable[LocalContact]) -> None:
    """Report partners that Odoo cannot read; they are exported once it can."""
    report = Report()
    for partner in partners:
        if partner.problem:
            link = Link(0, partner.id, "", "", "", "")
            name = partner.contact.get("name") or ""
            report.failure(Way.PUSH, name, partner.problem, link)
    report.store(session)


def _release_duplicates(session: Session) -> None:
    """Forget the links of partners that no longer duplicate another partner.

    Such a partner is then exported like a new one.
    """
    obsolete = session.read(lambda: _former_duplicates(session))
    if obsolete:
        session.transaction(lambda: session.links.forget(obsolete))


def _former_duplicates(session: Session) -> list[Link]:
    links = session.links.of_duplicates()
    if not links:
        return []
    partners = session.partners.fetch([link.partner for link in links if link.partner])
    people = {
        partner.id: partner_evidence(session, partner)
        for partner in partners.values()
        if partner.active and not partner.problem
    }
    unread = {partner.id for partner in partners.values() if partner.problem}
    staying = duplicates(session, people).keys() | unread
    return [link for link in links if link.partner not in staying]


def _pending(session: Session, partner: LocalContact) -> Link:
    """Return a link with all values to send, so that a repeated request sends the
    same.
    """
    comparison = compare(
        None,
        partner.contact,
        blank_contact(session),
        session.reference_data,
        carries=session.partners.carries,
        preferred_slot=partner.phone_slot,
        behavior=session.known_behavior,
    )
    pinned = partner.id in session.partners.requested
    policy = session.policy.of(pinned)
    outcome = core.reconcile(comparison, policy, behavior=session.known_behavior)
    link = Link(
        *(0, partner.id, session.export_folder, "", "", session.new_sync_key()),
        base=as_created(outcome.base_when_sent, session.policy.export_category),
        change_token=partner.change_token,
        created_by_us=True,
        pinned=pinned,
    )
    return link.pending(session.export_folder)


def as_created(base: Base, category: str) -> Base:
    """Return the base of a contact that we create.

    :param base: the values about to be sent
    :param category: the category for contacts we create; "" for none
    :return: with the dates that are also written without a time zone
    """
    values = base.theirs()
    local_days = {
        local_day: "yes" for key, local_day in LOCAL_DAY_ROWS.items() if values.get(key)
    }
    remembered = {**base.remembered, **local_days}
    return _with_category(replace(base, remembered=remembered), category)


def _with_category(base: Base, category: str) -> Base:
    """Add the category for contacts we create.

    It counts as an Exchange-only value: it is not removed because Odoo has no such tag,
    and it is not imported as a tag (``ReferenceData.outsiders``).

    :param base: the values about to be sent
    :param category: "" for none
    """
    if not category:
        return base
    categories = {**base.values, **base.foreign}.get("categories") or ""
    if member(category) in members(categories):
        return base
    foreign = {**base.foreign, "categories": f"{categories}\n{category}".strip()}
    return replace(base, foreign=foreign)


def group_by_folder(links: Sequence[Link]) -> dict[str, list[Link]]:
    """Return links by id of their folder."""
    groups: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        groups[link.folder].append(link)
    return groups


def _send_pending(session: Session) -> None:
    """Create the pending contacts, which are known not to exist in the mailbox.

    One whose creation went unanswered may have been moved to a new folder since.
    """
    while links := session.read(
        lambda: session.links.pending(session.sizes.push, session.tried_links)
    ):
        if _has_new_folders(session):
            return
        # If the partner was deleted in the meantime, the values to send are unknown.
        session.tried_links.update(link.id for link in links if not link.base)
        ready = [link for link in links if link.base]
        for folder, group in group_by_folder(ready).items():
            session.check_time()
            errors = session.errors
            answers = session.remote.create(folder, [_draft(link) for link in group])
            ids = [link.id for link in group]
            made, reduced = session.transaction(
                partial(_acknowledge, session, group, answers)
            )
            session.tried_links |= set(ids) - to_ask_again(ids, answers) - reduced
            read_back(session, made)
            check_unanswered(session, answers)
            if session.errors - errors < len(group):
                session.note_progress()


def _draft(link: Link) -> tuple[str, dict[str, str]]:
    values = present(link.base).theirs()
    draft = {key: text for key, text in values.items() if text and key != "name"}
    local_days = {
        local_day: draft.pop(local_day, "") for local_day in LOCAL_DAY_ROWS.values()
    }
    return link.sync_key, {**draft, **local_days_to_send(draft, local_days)}


def _acknowledge(
    session: Session, links: Sequence[Link], answers: Sequence[RemoteRef | ContactError]
) -> tuple[Sequence[Link], set[int]]:
    """Store the answers to a request that created contacts.

    :return: links whose contact exists now, and ids of links whose contact has to be
        created with fewer values
    """
    report, done, reduced, refused = Report(), [], [], []
    for link, answer in zip(links, answers, strict=True):
        if isinstance(answer, Unanswered):
            continue
        if not isinstance(answer, ContactError):
            done.append((link, answer))
            continue
        fewer = with_fewer_values(link, session.policy.export_category)
        if isinstance(answer, ContactInvalid) and fewer:
            reduced.append(fewer)
            continue
        report.failure(Way.PUSH, link.name, answer, link)
        if isinstance(answer, REFUSALS):  # until the partner is changed
            refused.append(link.failed())
    session.links.save([*reduced, *refused])
    made = created(session, done, report)
    report.store(session)
    return made, {link.id for link in reduced}


def created(
    session: Session, answers: Sequence[tuple[Link, RemoteRef]], report: Report
) -> list[Link]:
    """Complete links whose contact exists in the mailbox now.

    If the server answers with the id of another link's contact, it is unknown whether
    the contact was created; a later slice looks for it by its sync key.

    :param answers: pairs (Link, RemoteRef)
    :return: the links as they are once they were read back
    """
    answers, taken = _with_own_ids(session, answers)
    for link in taken:
        report.failure(Way.PUSH, link.name, ContactDamaged(ID_OF_ANOTHER), link)
    synced = [
        replace(
            link.at(ref).synced(),
            base=_to_be_read(session, link),
            change_token=UNSENT if is_incomplete(link) else link.change_token,
            photo=PhotoBase(),
        )
        for link, ref in answers
    ]
    session.links.save([until_read_back(session, link) for link in synced])
    session.incomplete_links.update(
        link.id for link in synced if link.change_token == UNSENT
    )
    for link in synced:
        report.contact(Way.PUSH, LineAction.CREATE, link.name, link)
        report.surplus(link.name, link, None)
        if link.base:
            report.differences(link.name, link, None, {})
    report.count("exported_created", len(synced))
    return synced


def _with_own_ids(
    session: Session, answers: Sequence[tuple[Link, RemoteRef]]
) -> tuple[list[tuple[Link, RemoteRef]], list[Link]]:
    """Separate answers with an id of their own from those with another link's id.

    :return: answers with an id of their own, and the links of the others
    """
    known = session.links.by_remote([ref.id for _link, ref in answers])
    owners = {remote: link.id for remote, link in known.items()}
    own, taken = [], []
    for link, ref in answers:
        if owners.setdefault(ref.id, link.id) == link.id:
            own.append((link, ref))
        else:
            taken.append(link)
    return own, taken


def _to_be_read(session: Session, link: Link) -> Base | None:
    if link.base is None:  # the partner was deleted while it was being created
        return None
    _key, sent = _draft(link)
    return to_be_read(
        link.base, {}, sent, session.known_behavior, session.reference_data
    )
