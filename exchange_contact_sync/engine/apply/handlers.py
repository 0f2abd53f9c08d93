# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pairs that end: stopped, archived, forgotten, or to be deleted in the mailbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...core.align import with_name
from ...core.errors import ContactError, Remark
from ...core.link import Link, LinkState
from ...core.plan import Action
from ..evidence import evidence_for, last_seen
from ..pairs import Pair
from ..pull.deferred import to_keep
from ..report import Report
from ..session import Session
from .merge import Todo, failed


def ended(link: Link) -> Link:
    """:return: Link without a contact: one that comes back can be recognised"""
    return replace(link, remote="", version="", state=LinkState.STOPPED)


def _over(session: Session, pair: Pair) -> Link:
    """The pair's link once nothing travels any more. As long as the contact is there
    it stays known, so that it does not come in as somebody new, nor is anybody
    exported who is entered in Odoo by what it says now.
    """
    link = replace(pair.here.settled(), reason=pair.reason)
    if pair.gone:
        return ended(link)
    return replace(link, state=LinkState.STOPPED, facts=_facts(session, pair))


def _facts(session: Session, pair: Pair) -> Mapping[str, object]:
    if not pair.ref:
        return pair.link.facts
    contact = with_name(pair.theirs)
    now, before = evidence_for(session, contact), last_seen(session, pair.link)
    if now.to_json() == before.to_json():
        return pair.link.facts
    deleted = not pair.link.partner
    return to_keep(session, contact, private=pair.private or deleted)


def stop(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Both sides stay as they are.

    :param session: Session
    :param pairs: list of Pair
    :param report: Report
    :return: list of Todo, empty
    """
    for pair in pairs:
        direction = "pull" if pair.entry else "push"
        why = Remark(f"stopped_{pair.reason.value}") if pair.reason else None
        report.whole(direction, "stop", pair.name, pair.here, why=why)
    session.links.save([_over(session, pair) for pair in pairs])
    return []


def archive(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Archive partners whose contact was deleted.

    :param session: Session
    :param pairs: list of Pair
    :param report: Report
    :return: list of Todo, empty
    """
    answers = session.partners.set_active([p.link.partner for p in pairs], False)
    archived = []
    for pair, answer in zip(pairs, answers, strict=True):
        if isinstance(answer, ContactError):
            failed(session, pair, answer, report)
            continue
        archived.append(_over(session, pair))
        report.whole("pull", "archive", pair.name, pair.link)
        report.count("imported_archived")
    session.links.save(archived)
    return []


def bring_back(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Bring back partners that a run archived; their pairs stay as they ended.

    :param session: Session
    :param pairs: list of Pair
    :param report: Report
    :return: list of Todo, empty
    """
    answers = session.partners.set_active([p.link.partner for p in pairs], True)
    back = []
    for pair, answer in zip(pairs, answers, strict=True):
        if isinstance(answer, ContactError):
            report.failure("pull", pair.name, answer, pair.link)
            continue
        back.append(_over(session, pair))
        report.whole("pull", "revive", pair.name, pair.link)
        report.count("imported_updated")
    session.links.save(back)
    return []


def leave(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """A pair that rests goes on resting, whatever a person had asked for it.

    :param session: Session
    :param pairs: list of Pair
    :param report: Report
    :return: list of Todo, empty
    """
    session.links.save([replace(p.link, reason=p.reason) for p in pairs])
    return []


def forget(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Neither side is there any more.

    :param session: Session
    :param pairs: list of Pair
    :param report: Report
    :return: list of Todo, empty
    """
    session.links.forget([pair.link for pair in pairs])
    return []


def delete_theirs(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """The contact in the mailbox goes; whoever pushes does it.

    :param session: Session
    :param pairs: list of Pair
    :param report: Report
    :return: list of Todo
    """
    session.links.save([pair.here for pair in pairs])
    return [Todo(replace(pair, link=pair.here), Action.DELETE_THEIRS) for pair in pairs]
