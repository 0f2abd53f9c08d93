# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronize photos after all other fields.

Photos are large, so they are read and written separately, a few at a time, and only
where one has changed.

Ports: links, log, photos, pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..core.changes import Change
from ..core.errors import (
    ContactChanged,
    ContactError,
    ContactGone,
    Remark,
    Unanswered,
    WritingRefused,
)
from ..core.fields import PHOTO
from ..core.link import Link
from ..core.merge import Conflict, Fate
from ..core.photo import NewPhoto, PhotoBase, Picture, RemotePhoto, change_of, fate_of
from ..core.policy import Side
from ..core.ports import PhotoStore, PictureStore
from ..core.run import LineAction, Step, Way
from .partial_writes import REFUSALS
from .report import Report
from .reread import ref_of, request_rereading
from .session import Session
from .unanswered import check_unanswered, to_ask_again

NONE = RemotePhoto()


@dataclass(frozen=True)
class Case:
    """A link whose photo may have changed.

    :param base: the link's base for the photo
    :param picture: the photo in Odoo
    :param found: the photo in the mailbox, if it had to be read
    """

    link: Link
    base: PhotoBase
    picture: Picture
    found: RemotePhoto

    def agreed(self, mark: str, change_token: str, token: str, content: bytes) -> Link:
        """Return the link once both sides have the same photo.

        Writing the photo to the partner must not cause another push of that partner, so
        the new change token is stored if the partner was otherwise unchanged.
        """
        known = self.link.change_token == self.picture.change_token
        base = self.base.agreed(mark, token, content)
        return replace(
            self.link,
            photo=base,
            change_token=change_token if known else self.link.change_token,
        )


def synchronize_photos(session: Session, refused: WritingRefused | None = None) -> None:
    """Synchronize the photos of all links.

    :param refused: why the mailbox refuses writes in this run; photos are then only
        pulled
    :raises OutOfTime: the next slice continues with the rest
    :raises WritingRefused: after all photos that can be pulled were pulled
    """
    tried: set[int] = set()
    while links := _changed(session, tried, may_send=refused is None):
        session.check_time()
        tried.update(link.id for link in links)
        try:
            tried -= _exchange(session, links, may_send=refused is None)
        except WritingRefused as error:
            refused = error
        session.note_progress()
        session.show(Step.PHOTOS, len(links))
    if refused:
        raise refused


def _photos(session: Session) -> PhotoStore:
    if session.photos is None:
        raise RuntimeError("photos are not synchronized")
    return session.photos


def _pictures(session: Session) -> PictureStore:
    if session.pictures is None:
        raise RuntimeError("photos are not synchronized")
    return session.pictures


def _changed(session: Session, tried: set[int], *, may_send: bool) -> list[Link]:
    if session.photos is None or session.pictures is None:
        return []
    direction = session.policy.of(True).direction(PHOTO.key)
    pull, push = direction.pulls, direction.pushes and may_send
    return session.read(
        lambda: _pictures(session).changed(
            session.sizes.photos, tried, pull=pull, push=push
        )
    )


def _exchange(session: Session, links: Sequence[Link], *, may_send: bool) -> set[int]:
    """Synchronize the photos of a batch.

    :return: ids of links that the mailbox may answer for if it is asked again
    """
    found = _read(session, links)
    sent = session.transaction(lambda: _settle(session, links, found, may_send))
    again = _send(session, sent) if sent else set()
    check_unanswered(session, list(found.values()))
    return again | to_ask_again(found, list(found.values()))


def _settle(
    session: Session,
    links: Sequence[Link],
    found: Mapping[int, RemotePhoto | ContactError],
    may_send: bool,
) -> list[Case]:
    """Decide all photos and write Odoo's side.

    :return: the cases to send to the mailbox
    """
    cases = _cases(session, links, found)
    policy = session.policy
    fates = {
        case.link.id: fate_of(
            case.base, case.picture, case.found, policy.of(case.link.pinned)
        )
        for case in cases
    }
    sent = [case for case in cases if fates[case.link.id] is Fate.SEND_OURS]
    if not may_send:
        cases = [case for case in cases if case not in sent]
    _take(session, cases, fates)
    return sent if may_send else []


def _read(
    session: Session, links: Sequence[Link]
) -> Mapping[int, RemotePhoto | ContactError]:
    """Read photos from the mailbox where they differ from the base, or may differ."""
    unknown = [link for link in links if link.photo and _is_unknown(link.photo)]
    if not unknown:
        return {}
    answers = _photos(session).read([ref_of(link) for link in unknown])
    return {link.id: one for link, one in zip(unknown, answers, strict=True)}


def _is_unknown(base: PhotoBase) -> bool:
    return base.seen != base.theirs or bool(base.sent)


def _cases(
    session: Session,
    links: Sequence[Link],
    found: Mapping[int, RemotePhoto | ContactError],
) -> list[Case]:
    report, cases = Report(), []
    unread: list[Link] = []
    pictures = _pictures(session).fetch([link.partner for link in links])
    for link in links:
        photo, picture = found.get(link.id, NONE), pictures.get(link.partner)
        if isinstance(photo, Unanswered):
            continue
        if isinstance(photo, ContactChanged | ContactGone):
            request_rereading(session, link, gone=isinstance(photo, ContactGone))
        elif isinstance(photo, ContactError):
            report.failure(Way.PULL, link.name, photo, link)
        elif picture and link.photo:
            base = link.photo.after_reading(photo) if link.id in found else link.photo
            case = Case(link, base, picture, photo)
            if picture.problem:
                report.failure(Way.PUSH, link.name, picture.problem, link)
                unread.append(_left(case))  # until the picture changes
            else:
                cases.append(case)
    session.links.save(unread)
    report.store(session)
    return cases


def _change(case: Case) -> Change:
    return change_of(case.base, case.picture, case.found)


def _take(session: Session, cases: Sequence[Case], fates: Mapping[int, Fate]) -> None:
    """Write Odoo's side, and store what was decided for the other photos.

    A photo that stays as it is is compared again only after it has changed.
    """
    report, saved = Report(), []
    counted = session.log.changed(Way.PULL, list(fates))
    taken = [case for case in cases if fates[case.link.id] is Fate.TAKE_THEIRS]
    answers = _pictures(session).save(
        [(case.link.partner, case.found.content) for case in taken]
    )
    for case, answer in zip(taken, answers, strict=True):
        token, content = case.found.token, case.found.content
        if isinstance(answer, ContactError):
            report.failure(Way.PULL, case.link.name, answer, case.link)
            if isinstance(answer, REFUSALS):  # until the photo changes
                mark = case.picture.mark
                saved.append(case.agreed(mark, case.link.change_token, token, content))
            continue
        saved.append(case.agreed(answer.mark, answer.change_token, token, content))
        _report(report, Way.PULL, case, case.link.id in counted)
    for case in cases:
        if fates[case.link.id] is Fate.LEAVE:
            saved.append(_left(case))
        elif fates[case.link.id] is Fate.SEND_OURS:
            base = case.base.sending(case.picture)
            saved.append(replace(case.link, photo=base))
    session.links.save(saved)
    report.store(session)


def _left(case: Case) -> Link:
    """Return the link of a photo that stays as it is.

    This picture is not tried again. A different photo in the mailbox is pulled once it
    may be pulled.
    """
    base, found, mark = case.base, case.found, case.picture.mark
    if _change(case) is Change.BOTH_SAME:
        return replace(case.link, photo=base.agreed(mark, found.token, found.content))
    return replace(case.link, photo=replace(base, ours=mark))


def _send(session: Session, cases: Sequence[Case]) -> set[int]:
    """Write photos to the mailbox.

    The links already store which photos are being sent, in case the process dies before
    the answer arrives.

    :return: ids of links that the mailbox may answer for if it is asked again
    """
    answers = _photos(session).write(
        [(ref_of(case.link), case.base.seen, case.picture.content) for case in cases]
    )
    session.transaction(lambda: _acknowledge(session, cases, answers))
    check_unanswered(session, answers)
    return to_ask_again((case.link.id for case in cases), answers)


def _acknowledge(
    session: Session, cases: Sequence[Case], answers: Sequence[NewPhoto | ContactError]
) -> None:
    report, saved = Report(), []
    counted = session.log.changed(Way.PUSH, [case.link.id for case in cases])
    for case, answer in zip(cases, answers, strict=True):
        if isinstance(answer, Unanswered):
            continue
        if isinstance(answer, ContactChanged | ContactGone):
            request_rereading(session, case.link, gone=isinstance(answer, ContactGone))
        elif isinstance(answer, ContactError):
            report.failure(Way.PUSH, case.link.name, answer, case.link)
            if isinstance(answer, REFUSALS):  # until the picture changes
                base = replace(case.base, ours=case.picture.mark, sent="", sent_mark="")
                saved.append(replace(case.link, photo=base))
        else:
            mark, change_token = case.picture.mark, case.picture.change_token
            content = b"" if answer.refused else case.picture.content
            saved.append(case.agreed(mark, change_token, answer.token, content))
            if answer.refused:
                _report_refused(report, case, answer.refused)
            elif case.base.seen or answer.token:
                _report(report, Way.PUSH, case, case.link.id in counted)
            # The mailbox accepts a photo even if the contact has changed, so its new
            # version may include other changes: read the contact again.
            request_rereading(session, case.link, gone=False)
    session.links.save(saved)
    report.store(session)


def _report(report: Report, direction: Way, case: Case, counted: bool) -> None:
    """:param counted: the contact is among those that this run counts already"""
    if _change(case) is Change.BOTH_DIFFERENT:
        winner = Side.EXCHANGE if direction is Way.PULL else Side.ODOO
        report.conflict(case.link.name, case.link, Conflict(PHOTO.key, winner, "", ""))
    sent = case.found.content if direction is Way.PULL else case.picture.content
    why = None if sent else Remark("photo_removed")
    report.field(direction, case.link.name, case.link, PHOTO.key, why=why)
    counter = "imported_updated" if direction is Way.PULL else "exported_updated"
    report.count(counter, not counted)


def _report_refused(report: Report, case: Case, error: ContactError) -> None:
    """Report a photo that Exchange refused.

    The photo stays in Odoo and is not sent again until it changes.
    """
    if isinstance(error, Remark):
        link = case.link
        report.field(
            Way.PUSH, link.name, link, PHOTO.key, action=LineAction.SKIP, why=error
        )
    else:
        report.failure(Way.PUSH, case.link.name, error, case.link)
